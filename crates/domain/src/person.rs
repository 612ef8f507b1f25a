//! A contact person: names, several phones and mails, each with its own light and consent; linked to groups in a role.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ConsentNeed, Limit};
use crate::consent::ConsentState;
use crate::{ConsentReceipt, Item, Light, PersonId};

/// What the person is to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// Kontaktperson.
    Contact,
    /// Vertretung: at most yellow.
    Deputy,
}

impl PersonRole {
    /// All roles, as offered.
    pub const ALL: [Self; 2] = [Self::Contact, Self::Deputy];

    /// The most open light anything of a person in this role may have.
    pub const fn ceiling(self) -> Light {
        match self {
            Self::Contact => Light::Green,
            Self::Deputy => Light::Yellow,
        }
    }

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Deputy => "deputy",
        }
    }

    /// Reads [`PersonRole::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A person, with their items and what they agreed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The person's id; the person's own key has the same.
    pub id: PersonId,
    /// Name, phones, mails, address.
    pub items: Vec<Item>,
    /// What they agreed to.
    pub consents: Vec<ConsentReceipt>,
}

impl Person {
    /// How open the person allowed this item to be: red without a consent in force.
    pub fn consented(&self, item: &Item) -> Light {
        self.consents
            .iter()
            .filter(|consent| consent.said.item == item.id && consent.in_force())
            .map(|consent| consent.said.light)
            .max()
            .unwrap_or(Light::Red)
    }

    /// When the person withdrew the consent to this item, if nothing was agreed to since.
    pub fn withdrew(&self, item: &Item) -> Option<Timestamp> {
        let last = self.consents.iter().rev().find(|consent| consent.said.item == item.id)?;
        last.ended_at.filter(|_| last.state == ConsentState::Withdrawn)
    }

    /// The light that counts for one of the person's items, whatever the role: the strictest of the item's own light,
    /// the field's ceiling and the person's consent.
    pub fn effective(&self, item: &Item) -> Light {
        self.allowed(item, item.limit)
    }

    /// The same person with the lights that count in place of those that stand in the items.
    #[must_use]
    pub fn as_it_counts(mut self) -> Self {
        let lights: Vec<Light> = self.items.iter().map(|item| self.effective(item)).collect();
        for (item, light) in self.items.iter_mut().zip(lights) {
            item.light = light;
        }
        self
    }

    /// The same under a limit that may be another than the item was read with.
    pub(crate) fn allowed(&self, item: &Item, limit: Limit) -> Light {
        let light = item.light.under(limit.ceiling);
        match limit.consent {
            ConsentNeed::None => light,
            ConsentNeed::OfThePerson => light.under(self.consented(item)),
        }
    }

    /// The same within one group.
    pub fn effective_as(&self, item: &Item, role: PersonRole) -> Light {
        self.effective(item).under(role.ceiling())
    }
}
