//! One section of the group's own items as a step.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Permit;
use domain::catalogue::Section;
use domain::{Catalogue, Field, GroupId, Item, ItemId, Light, Value};
use storage::TenantTx;

use super::shown::{Eyes, Sight};
use super::{Desktop, Door, counted_guess, differences, filled_up, keep, of_items};
use crate::groups::apply::{Owner, apply};
use crate::groups::edit::{demanded, desk, section_code};
use crate::groups::{Entry, record_seen};
use crate::review::submit::{SECTIONS, fields};
use crate::{Error, House, Result};

/// One step: items for a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormStep {
    /// The group's name, as in [`super::WizardView::name`].
    pub name: Option<String>,
    /// Names what the form was made from.
    pub mark: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
    /// Its items. A masked one holds no value: see [`FormStep::masks`].
    pub items: Vec<Item>,
    /// What is told of the masked ones.
    pub masks: BTreeMap<ItemId, String>,
}

/// A filled-in step.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Of which group.
    pub group: GroupId,
    /// [`FormStep::mark`] of the form.
    pub mark: String,
    /// All its rows.
    pub entries: Vec<Entry>,
    /// Masked items that are to go: an empty row of a masked item leaves it as it is.
    pub removed: Vec<ItemId>,
}

/// Takes the values out of those that are masked; what is told of them, and the ids of what is read in full and not public.
pub(super) fn veil(
    eyes: &Eyes<'_>,
    items: &mut [Item],
    light: impl Fn(&Item) -> Light,
) -> (BTreeMap<ItemId, String>, Vec<String>) {
    let mut masks = BTreeMap::new();
    let mut seen = Vec::new();
    for item in items {
        let shown = eyes.shown(item, light(item));
        if eyes.is_read(&shown) {
            seen.push(item.id.to_string());
        }
        if eyes.mask(item, shown.light) {
            masks.insert(item.id, item.value.masked());
            // The value goes no further.
            item.value = Value::Text(String::new());
        }
    }
    (masks, seen)
}

pub(super) fn mark<'a>(tx: &TenantTx, items: impl IntoIterator<Item = &'a Item>, fields: &[Field]) -> String {
    tx.keyed(&of_items(items.into_iter().filter(|item| fields.contains(&item.field))))
}

/// The items of a section for its form. What is shown in full and not public is recorded as read.
pub async fn section<D: Door>(permit: &Permit<D>, house: &House, id: GroupId, section: Section) -> Result<FormStep> {
    if !SECTIONS.contains(&section) {
        return Err(Error::NotFound);
    }
    let look = house.stores.look(permit).await?;
    let desktop = Desktop::of(permit, &look, id).await?;
    let fields = fields(&desktop.catalogue, section);
    let mark = mark(&look, &desktop.wanted, &fields);
    drop(look);
    let eyes = desktop.eyes(permit);
    let name = desktop.name::<D>();
    let mut items: Vec<Item> = desktop.wanted.iter().filter(|item| fields.contains(&item.field)).cloned().collect();
    let (masks, seen) = veil(&eyes, &mut items, Item::effective);
    record_seen(permit, house, id, "wizard", seen).await?;
    let catalogue = Arc::clone(&desktop.catalogue);
    Ok(FormStep { name, mark, fields, catalogue, items, masks })
}

/// Keeps a filled-in section. [`Error::Conflict`] if what the form showed is something else by now, unless what was filled in
/// is there already: whoever presses twice has saved once.
pub async fn save<D: Door>(permit: &Permit<D>, house: &House, section: Section, filled: &Filled) -> Result<()> {
    if !SECTIONS.contains(&section) {
        return Err(Error::NotFound);
    }
    let Filled { group: id, mark: made_from, entries, removed } = filled;
    let tx = house.stores.begin(permit).await?;
    let desktop = Desktop::of(permit, &tx, *id).await?;
    let fields = fields(&desktop.catalogue, section);
    let fresh = mark(&tx, &desktop.wanted, &fields) == *made_from;
    let Desktop { catalogue, draft, base, wanted: shown, .. } = &desktop;
    let eyes = desktop.eyes(permit);
    let masked = |item: &Item| D::SIGHT == Sight::Masked && eyes.mask(item, item.effective());
    counted_guess::<D>(&tx, *id, entries, shown, masked).await?;
    let entries = filled_up(entries, shown, removed, masked);
    let applied = apply(Owner::Group, shown, &fields, &entries, desk(house, catalogue));
    let wanted = demanded(catalogue, section, Some(shown), applied, &entries);
    if !fresh {
        tx.commit_housekeeping().await?;
        let same = wanted.is_ok_and(|wanted| differences(base, shown, &wanted.items).is_empty());
        return if same { Ok(()) } else { Err(Error::Conflict) };
    }
    let newer = differences(base, shown, &wanted.map_err(Error::Invalid)?.items);
    let (code, draft) = (section_code(section), draft.clone());
    keep(permit, tx, *id, draft, (code, code), (shown, newer)).await
}
