//! The group's rule "ask me first". The group or the office sets it, either takes it back; the group's admins are told when
//! the office does.

use access::Permit;
use access::actions::{DecideAskFirst, SetAskFirst};
use domain::audit::AuditEvent;
use domain::{EmailAddress, GroupId};
pub use storage::tenant::disclosures::Wanted;
use storage::{Mail, TenantTx};

use super::pass_on::admins_of;
use crate::groups::group_of;
use crate::{House, Result};

async fn keep(tx: &TenantTx, group: GroupId, wanted: Wanted) -> Result<AuditEvent> {
    group_of(tx, group).await?;
    tx.set_ask_first(group, wanted).await?;
    let word = match wanted {
        Wanted::Yes => "on",
        Wanted::No => "off",
    };
    Ok(AuditEvent::new("group.ask_first", group).summary(word))
}

/// The office sets the rule for a group.
pub async fn set(permit: &Permit<SetAskFirst>, house: &House, group: GroupId, wanted: Wanted) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let before = tx.ask_first(group).await?;
    let event = keep(&tx, group, wanted).await?;
    if before.is_some() && wanted == Wanted::No {
        let office = tx.site().await?.profile.name;
        let link = format!("{}/meine-gruppen/{group}", house.addresses.office(&slug));
        for admin in admins_of(&tx, group).await? {
            tx.enqueue(&told(admin.profile.email, &office, &link)).await?;
        }
    }
    tx.commit(event).await?;
    house.ring();
    Ok(())
}

/// A group admin decides it.
pub async fn decide(permit: &Permit<DecideAskFirst>, house: &House, group: GroupId, wanted: Wanted) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let event = keep(&tx, group, wanted).await?;
    tx.commit(event).await?;
    Ok(())
}

fn told(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: "Ihre Gruppe wird nicht mehr vorher gefragt".to_owned(),
        body: format!(
            "Guten Tag,\n\n{office} fragt Ihre Gruppe nicht mehr, bevor sie gelbe Angaben weitergibt.\nWenn Sie weiter \
             gefragt werden möchten, stellen Sie das hier wieder ein:\n\n{link}\n\n--\n\nHello,\n\n{office} no longer asks \
             your group before it passes yellow items on.\nIf you want to be asked, you can set that again \
             here:\n\n{link}\n"
        ),
    }
}
