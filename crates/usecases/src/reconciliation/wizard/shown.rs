//! What a door shows of an item: all of it, or so much that whoever knows it recognises it.

use std::collections::BTreeMap;

use domain::{Field, Item, ItemId, Light, LinkId, Value};

/// How much of what is not public a door shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything.
    Full,
    /// What is yellow or red only so far that one recognises it.
    Masked,
}

/// What an item says, as far as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// All of it.
    Full(Value),
    /// So much that one recognises it.
    Masked(String),
}

/// An item as the wizard shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownItem {
    /// Which.
    pub id: ItemId,
    /// What it says something about.
    pub field: Field,
    /// What it says.
    pub said: Said,
    /// Its light.
    pub light: Light,
    /// Whether it does not count yet.
    pub pending: Option<Pending>,
}

/// Why an item that is shown does not count yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// It was filled in, and not sent.
    NotSent,
    /// It waits for the office.
    Waits,
}

/// What may be seen of items that are as they are, or as they are to be.
///
/// What counts for a mask is what an item says and how it is lit **now**, in the group: neither a draft nor what waits makes
/// anything visible, else whoever holds a link would ask for green and read it. Only what was typed with a link is told back:
/// to whoever holds that same link, to be checked before it is sent and until it counts; what is to be public, to whoever
/// holds any link of the group.
pub(crate) struct Eyes<'a> {
    sight: Sight,
    link: Option<LinkId>,
    /// What stands there now, with the lights in effect.
    now: BTreeMap<ItemId, (&'a Value, Light)>,
    /// Items whose new value was typed with a link.
    typed: &'a BTreeMap<ItemId, LinkId>,
}

impl<'a> Eyes<'a> {
    pub(crate) fn of(
        sight: Sight,
        link: Option<LinkId>,
        now: impl IntoIterator<Item = (&'a Item, Light)>,
        typed: &'a BTreeMap<ItemId, LinkId>,
    ) -> Self {
        Self { sight, link, now: now.into_iter().map(|(item, light)| (item.id, (&item.value, light))).collect(), typed }
    }

    /// Whether an item that is to have this light is masked.
    pub(crate) fn mask(&self, item: &Item, light: Light) -> bool {
        let with = self.typed.get(&item.id);
        let own = with.is_some_and(|with| self.link == Some(*with));
        let public = with.is_some() && light == Light::Green;
        let told = match self.now.get(&item.id) {
            Some((value, Light::Green)) => **value == item.value || public || own,
            // As soon as it counts, its light does.
            Some((value, _)) => own && **value != item.value,
            None => public || own,
        };
        self.sight == Sight::Masked && !told
    }

    pub(crate) fn shown(&self, item: &Item, light: Light) -> ShownItem {
        let said =
            if self.mask(item, light) { Said::Masked(item.value.masked()) } else { Said::Full(item.value.clone()) };
        ShownItem { id: item.id, field: item.field, said, light, pending: None }
    }

    /// Whether showing it is recorded: it is told in full, and not public.
    pub(crate) fn is_read(&self, shown: &ShownItem) -> bool {
        let now = self.now.get(&shown.id).map_or(Light::Green, |(_, light)| *light);
        matches!(shown.said, Said::Full(_)) && shown.light.under(now) != Light::Green
    }
}
