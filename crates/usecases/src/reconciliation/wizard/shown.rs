//! What a door shows of an item: all of it, or so much that whoever knows it recognises it.

use std::collections::BTreeMap;

use domain::{Field, Item, ItemId, Light, Value};

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
}

/// What may be seen of items that are as they are, or as they are to be.
///
/// What counts for a mask is the light an item has **now**: one that is only asked to be green stays masked, else whoever
/// holds a link would ask for green and read it.
pub(crate) struct Eyes {
    sight: Sight,
    /// The lights in effect now.
    now: BTreeMap<ItemId, Light>,
}

impl Eyes {
    pub(crate) fn of(sight: Sight, now: impl IntoIterator<Item = (ItemId, Light)>) -> Self {
        Self { sight, now: now.into_iter().collect() }
    }

    /// Whether an item that is to have this light is masked. A new one says what was typed here.
    pub(crate) fn mask(&self, item: ItemId, light: Light) -> bool {
        let now = self.now.get(&item).copied().unwrap_or(Light::Green);
        self.sight == Sight::Masked && light.under(now) != Light::Green
    }

    pub(crate) fn shown(&self, item: &Item, light: Light) -> ShownItem {
        let said = if self.mask(item.id, light) {
            Said::Masked(item.value.masked())
        } else {
            Said::Full(item.value.clone())
        };
        ShownItem { id: item.id, field: item.field, said, light }
    }

    /// Whether showing it is recorded: it is told in full, and not public.
    pub(crate) fn is_read(&self, shown: &ShownItem) -> bool {
        let now = self.now.get(&shown.id).copied().unwrap_or(Light::Green);
        matches!(shown.said, Said::Full(_)) && shown.light.under(now) != Light::Green
    }
}
