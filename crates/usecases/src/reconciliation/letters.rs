//! Letters for the groups of a campaign that no mail reaches, as one PDF.

use std::collections::HashMap;

use access::Permit;
use access::actions::RunReconciliation;
use domain::audit::AuditEvent;
use domain::office::OfficeProfile;
use domain::reconciliation::{Occasion, Round, Step, Way};
use domain::{CampaignId, Field, Group, GroupId, Item, Person, Value};
use letters::{Letter, Paragraph};
use storage::TenantTx;
use storage::tenant::{Campaign, FreshLink};

use super::links::public_name;
use super::overview::{is_letter, takes_part};
use super::words::{Filling, Tongue};
use crate::groups::edit::today;
use crate::{Error, House, Result};

/// A letter without its link: what is known of the group and whom it goes to.
struct Draft {
    group: Group,
    to: Vec<String>,
    seen: Vec<String>,
}

/// The letters of a campaign, those printed before included: each time with further links. The addresses are recorded as
/// read. [`Error::NotFound`] if there is nobody to write a letter to.
///
/// Groups and people are read before, and the file is made after the links are kept: others write meanwhile. A file that
/// cannot be made, or is lost on its way, leaves links that nobody has; letters can be made again.
pub async fn letters(permit: &Permit<RunReconciliation>, house: &House, id: CampaignId) -> Result<Vec<u8>> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let look = house.stores.look(permit).await?;
    let campaign = look.campaign(id).await?.ok_or(Error::NotFound)?;
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
    let today = today(house).strftime("%d.%m.%Y").to_string();
    let mut seen = Vec::new();
    let mut all = Vec::with_capacity(drafts.len());
    for ((draft, round), fresh) in drafts.into_iter().zip(&fresh) {
        let Draft { group, to, seen: here } = draft;
        seen.extend(here);
        all.push(letter(&office, &today, to, public_name(&group), &campaign, fresh, &origin));
        let moved = round.reached(Step::Sent, now).unwrap_or_else(|| round.clone());
        // From here on it is written to by letter, also where a mail came back.
        tx.save_round(&Round { way: Way::Letter, bounced_at: None, ..moved }).await?;
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
        let people: Vec<_> = group.people.iter().map(|one| one.person).collect();
        let persons = look.persons(&people).await?;
        let mut seen = Vec::new();
        let to = people
            .iter()
            .filter_map(|id| persons.iter().find(|person| person.id == *id))
            .find_map(|person| address_of(person, &mut seen))
            .unwrap_or_default();
        drafts.push(Draft { group, to, seen });
    }
    drafts.sort_by_cached_key(|draft| (directory::sort_key(draft.group.name()), draft.group.id));
    Ok(drafts)
}

/// A person's name and address for the window of an envelope; none without an address. Nothing there says what the group is.
fn address_of(person: &Person, seen: &mut Vec<String>) -> Option<Vec<String>> {
    let of = |field| person.items.iter().find(move |item: &&Item| item.field == field);
    let address = of(Field::PersonAddress)?;
    let Value::Venue(place) = &address.value else { return None };
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

fn letter(
    office: &OfficeProfile,
    today: &str,
    to: Vec<String>,
    group: Option<String>,
    campaign: &Campaign,
    fresh: &FreshLink,
    origin: &str,
) -> Letter {
    let filling = Filling::of(group, &office.name, Some(campaign.plan.deadline), fresh, origin);
    let town = format!("{} {}", office.postcode, office.town);
    let sender: Vec<&str> = [office.name.as_str(), office.street.as_str(), town.trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let mut paragraphs = Vec::new();
    for paragraph in campaign.wording.german.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        match paragraph {
            "{code}" => paragraphs.push(Paragraph::Typed(fresh.code.to_string())),
            "{link}" => paragraphs.push(code(&filling)),
            text => {
                // A link in the middle of a text cannot be followed on paper: the code stands below.
                let inline = text.contains("{link}");
                let text = text.replace("{link}", "(siehe Code unten)");
                paragraphs.push(Paragraph::Text(filling.fill(&text, Tongue::German)));
                if inline {
                    paragraphs.push(code(&filling));
                }
            }
        }
    }
    if !campaign.wording.german.contains("{code}") {
        paragraphs.push(Paragraph::Text(format!("Oder geben Sie {} ein und dort diesen Code:", filling.address)));
        paragraphs.push(Paragraph::Typed(fresh.code.to_string()));
    }
    Letter {
        sender: sender.join(" · "),
        to,
        dated: if office.town.is_empty() { today.to_owned() } else { format!("{}, {today}", office.town) },
        subject: filling.fill(&campaign.wording.subject, Tongue::German),
        paragraphs,
    }
}

fn code(filling: &Filling) -> Paragraph {
    Paragraph::Code {
        holds: filling.link.clone(),
        beside: "Halten Sie die Kamera Ihres Telefons auf dieses Bild und tippen Sie auf die Adresse, die erscheint."
            .to_owned(),
    }
}
