//! Letters for the groups of a campaign that no mail reaches, as one PDF.

use std::collections::HashMap;

use access::Permit;
use access::actions::RunReconciliation;
use domain::audit::AuditEvent;
use domain::reconciliation::{Occasion, Round, Step, Way, end_of};
use domain::{CampaignId, Field, Group, GroupId, Item, Person, Value};
use jiff::ToSpan;
pub use letters::{Letter, Paragraph};
use storage::TenantTx;
use storage::tenant::Wording;

use super::links::public_name;
use super::overview::{is_letter, takes_part};
use super::people;
use super::words::{Filling, Tongue};
use crate::groups::edit::today;
use crate::{Error, House, Result};

/// A letter without its link: what is known of the group and whom it goes to.
struct Draft {
    group: Group,
    to: Vec<String>,
    seen: Vec<String>,
}

/// A letter needs so many days to be printed, posted and answered. Where fewer are left until the deadline…
const NEEDED: i64 = 7;

/// … it gives so many from today, as a mail that came back is known too late.
const GIVEN: i64 = 14;

/// The letters of a campaign, those printed before included: each time with further links. The addresses are recorded as
/// read. Groups without an address are left out: they wait. [`Error::NotFound`] if there is nobody to write a letter to.
///
/// Groups and people are read before, and the file is made after the links are kept: others write meanwhile. A file that
/// cannot be made, or is lost on its way, leaves links that nobody has; letters can be made again.
pub async fn letters(permit: &Permit<RunReconciliation>, house: &House, id: CampaignId) -> Result<Vec<u8>> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let look = house.stores.look(permit).await?;
    let campaign = look.campaign(id).await?.filter(|campaign| campaign.ended_at.is_none()).ok_or(Error::NotFound)?;
    let office = look.site().await?.profile;
    let drafts = drafts(&look, id).await?;
    drop(look);

    let tx = house.stores.begin(permit).await?;
    let now = tx.now();
    // Whoever answered while this was read needs no letter.
    let rounds: HashMap<GroupId, Round> = to_write_to(&tx, id).await?.map(|round| (round.group, round)).collect();
    let drafts: Vec<(Draft, &Round)> =
        drafts.into_iter().filter_map(|draft| rounds.get(&draft.group.id).map(|round| (draft, round))).collect();
    let ids: Vec<GroupId> = drafts.iter().map(|(draft, _)| draft.group.id).collect();
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let fresh = tx.issue_group_links(&ids, Occasion::Letter).await?;
    let today = today(house);
    let in_days = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let later = campaign.plan.deadline < in_days(NEEDED);
    let deadline = if later { in_days(GIVEN) } else { campaign.plan.deadline };
    let dated = today.strftime("%d.%m.%Y").to_string();
    let mut seen = Vec::new();
    let mut all = Vec::with_capacity(drafts.len());
    for ((draft, round), fresh) in drafts.into_iter().zip(&fresh) {
        let Draft { group, to, seen: here } = draft;
        seen.extend(here);
        let filling = Filling::of(public_name(&group), &office, Some(deadline), fresh, &origin);
        all.push(letter(&dated, to, &campaign.wording, &filling));
        let moved = round.reached(Step::Sent, now).unwrap_or_else(|| round.clone());
        // From here on it is written to by letter, also where a mail came back.
        let moved = Round { way: Way::Letter, bounced_at: None, ..moved };
        let moved = if later { Round { overdue_at: None, next_at: Some(end_of(deadline)), ..moved } } else { moved };
        tx.save_round(&moved).await?;
    }
    let said = format!("{} letters", all.len());
    tx.commit(AuditEvent::new("reconcile.letters", id).summary(said).items(seen)).await?;

    let title = format!("Datenabgleich {}", campaign.made_at.strftime("%Y-%m-%d"));
    tokio::task::spawn_blocking(move || letters::pdf(&all, &title))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))
}

/// The rounds of a campaign that are written a letter.
async fn to_write_to(tx: &TenantTx, id: CampaignId) -> Result<impl Iterator<Item = Round>> {
    let rounds = tx.rounds_of(id).await?;
    Ok(rounds.into_iter().filter(|round| is_letter(round.way, round.shown())))
}

/// Those who are written to, by the names of their groups; only groups in reach.
async fn drafts(look: &TenantTx, id: CampaignId) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for round in to_write_to(look, id).await? {
        let Some(group) = look.group(round.group).await?.filter(|group| takes_part(group.status)) else { continue };
        let mut seen = Vec::new();
        let to = posted_to(look, group.id, &mut seen).await?;
        if to.is_empty() {
            continue;
        }
        drafts.push(Draft { group, to, seen });
    }
    drafts.sort_by_cached_key(|draft| (directory::sort_key(draft.group.name()), draft.group.id));
    Ok(drafts)
}

/// What stands in the window of an envelope to a group; nothing where no address is known. What was read is noted in `seen`.
pub(super) async fn posted_to(look: &TenantTx, group: GroupId, seen: &mut Vec<String>) -> Result<Vec<String>> {
    let people = people(look, &[group]).await?.remove(&group).unwrap_or_default();
    Ok(people.iter().find_map(|person| address_of(person, seen)).unwrap_or_default())
}

/// Whether a letter reaches a person.
pub(super) fn has_address(person: &Person) -> bool {
    address_of(person, &mut Vec::new()).is_some()
}

/// A person's name and address for the window of an envelope; none without an address. Nothing there says what the group is.
fn address_of(person: &Person, seen: &mut Vec<String>) -> Option<Vec<String>> {
    let of = |field| person.items.iter().find(move |item: &&Item| item.field == field);
    let address = of(Field::PersonAddress)?;
    let Value::Venue(place) = &address.value else { return None };
    if place.town.trim().is_empty() || place.street.trim().is_empty() && place.name.trim().is_empty() {
        return None;
    }
    seen.push(address.id.to_string());
    let mut lines = Vec::new();
    if let Some(name) = of(Field::PersonName) {
        seen.push(name.id.to_string());
        lines.push(name.value.plain());
    }
    let town = format!("{} {}", place.postcode, place.town);
    lines.extend([place.name.clone(), place.street.clone(), town.trim().to_owned()]);
    lines.retain(|line| !line.trim().is_empty());
    Some(lines)
}

pub(super) fn letter(dated: &str, to: Vec<String>, wording: &Wording, filling: &Filling) -> Letter {
    let office = &filling.office;
    let town = format!("{} {}", office.postcode, office.town);
    let sender: Vec<&str> = [office.name.as_str(), office.street.as_str(), town.trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let mut paragraphs = Vec::new();
    for paragraph in wording.german.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        match paragraph {
            "{code}" => paragraphs.push(Paragraph::Typed(filling.code.clone())),
            "{link}" => paragraphs.push(code(filling)),
            text => {
                // A link in the middle of a text cannot be followed on paper: the picture stands below.
                let inline = text.contains("{link}");
                let text = text.replace("{link}", "(siehe Bild unten)");
                paragraphs.push(Paragraph::Text(filling.fill(&text, Tongue::German).trim_end().to_owned()));
                if inline {
                    paragraphs.push(code(filling));
                }
            }
        }
    }
    if !wording.german.contains("{code}") {
        paragraphs.push(Paragraph::Text(format!("Oder geben Sie {} ein und dort diesen Code:", filling.address)));
        paragraphs.push(Paragraph::Typed(filling.code.clone()));
    }
    Letter {
        sender: sender.join(" · "),
        to,
        dated: if office.town.is_empty() { dated.to_owned() } else { format!("{}, {dated}", office.town) },
        subject: filling.fill(&wording.subject, Tongue::German),
        paragraphs,
    }
}

fn code(filling: &Filling) -> Paragraph {
    Paragraph::Code {
        holds: filling.link.clone(),
        beside:
            "Mit diesem Bild (QR-Code): Halten Sie die Kamera Ihres Telefons darauf und tippen Sie auf die Adresse, \
                 die erscheint.\nOhne Kamera: Nehmen Sie Adresse und Code von unten, oder rufen Sie uns an."
                .to_owned(),
    }
}
