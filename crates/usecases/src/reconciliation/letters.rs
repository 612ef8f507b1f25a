//! Letters for the groups of a campaign that no mail reaches, as one PDF.

use access::Permit;
use access::actions::RunReconciliation;
use domain::audit::AuditEvent;
use domain::office::OfficeProfile;
use domain::reconciliation::{Occasion, Round, Step};
use domain::{CampaignId, Field, Item, Person, Value};
use letters::{Letter, Paragraph};
use storage::tenant::{Campaign, FreshLink};

use super::links::public_name;
use super::overview::{is_letter, takes_part};
use super::words::{Filling, Tongue};
use crate::groups::edit::today;
use crate::{Error, House, Result};

/// The letters of a campaign, those printed before included: each time with further links. The addresses are recorded as
/// read. [`Error::NotFound`] if there is nobody to write a letter to.
pub async fn letters(permit: &Permit<RunReconciliation>, house: &House, id: CampaignId) -> Result<Vec<u8>> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let campaign = tx.campaign(id).await?.ok_or(Error::NotFound)?;
    let mut rounds = tx.rounds_of(id).await?;
    rounds.retain(|round| is_letter(round.way, round.shown()));
    let mut groups = Vec::new();
    for round in rounds {
        // Only groups in reach.
        if let Some(group) = tx.group(round.group).await?.filter(|group| takes_part(group.status)) {
            groups.push((directory::sort_key(group.name()), group, round));
        }
    }
    groups.sort_by(|(a, one, _), (b, other, _)| (a, one.id).cmp(&(b, other.id)));
    let ids: Vec<_> = groups.iter().map(|(_, group, _)| group.id).collect();
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let office = tx.site().await?.profile;
    let now = tx.now();
    let fresh = tx.issue_group_links(&ids, Occasion::Letter).await?;
    let mut seen = Vec::new();
    let mut all = Vec::with_capacity(groups.len());
    for ((_, group, round), fresh) in groups.into_iter().zip(fresh) {
        let people: Vec<_> = group.people.iter().map(|one| one.person).collect();
        let persons = tx.persons(&people).await?;
        let to = people
            .iter()
            .filter_map(|id| persons.iter().find(|person| person.id == *id))
            .find_map(|person| address_of(person, &mut seen))
            .unwrap_or_default();
        let today = today(house).strftime("%d.%m.%Y").to_string();
        all.push(letter(&office, &today, to, public_name(&group), &campaign, &fresh, &origin));
        let moved = round.reached(Step::Sent, now).unwrap_or(round);
        tx.save_round(&Round { bounced_at: None, ..moved }).await?;
    }
    let said = format!("{} letters", all.len());
    let title = format!("Datenabgleich {}", campaign.made_at.strftime("%Y-%m-%d"));
    // Made before anything is kept: a file that cannot be made leaves no links behind.
    let file = tokio::task::spawn_blocking(move || letters::pdf(&all, &title))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))?;
    tx.commit(AuditEvent::new("reconcile.letters", id).summary(said).items(seen)).await?;
    Ok(file)
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
