//! What was passed on, as the office and the group read it.

use std::sync::Arc;

use access::actions::PassOn;
use access::{Permit, Right, Rights};
use domain::disclosure::{Answer, Channel, Disclosure, Recipient, State};
use domain::{Catalogue, DisclosureId, Field, GroupId};
use jiff::Timestamp;
use storage::TenantTx;

use super::{found, whole};
use crate::groups::{names, record_seen, shown_name};
use crate::{House, Result};

/// So many are listed at a group.
const MOST: u64 = 200;

/// One time something was passed on, for the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: DisclosureId,
    /// Since when it stands as it does.
    pub at: Timestamp,
    /// By whom; none if the account is gone.
    pub by: Option<String>,
    /// To whom; none if its reader may not know, or the time to keep it is over.
    pub recipient: Option<Recipient>,
    /// Why; none if the time to keep it is over.
    pub purpose: Option<String>,
    /// What.
    pub fields: Vec<Field>,
    /// How.
    pub channel: Channel,
    /// How far it is.
    pub state: State,
    /// Whether its link came to its end unopened.
    pub expired: bool,
    /// Whether its link can be shown once more.
    pub can_show_link: bool,
    /// Whether what the group agreed to can be carried out, or was agreed to too long ago.
    pub agreement_carries: bool,
    /// What the group said, if it was asked.
    pub answer: Option<Answer>,
    /// What a step is about.
    pub version: u32,
}

impl Line {
    pub(super) fn of(look: &TenantTx, disclosure: Disclosure, rights: Rights, by: Option<String>) -> Self {
        let now = look.now();
        let works = disclosure.link_works(now);
        let agreement_carries = disclosure.agreement_carries(now);
        let Disclosure { id, items, particulars, channel, state, changed_at, answer, version, .. } = disclosure;
        let (recipient, purpose) = particulars.map(|one| (one.recipient, one.purpose)).unzip();
        Self {
            id,
            at: changed_at,
            by,
            recipient: recipient.filter(|_| rights.contains(Right::SeeDisclosures)),
            purpose,
            fields: items.into_iter().map(|passed| passed.field).collect(),
            channel,
            state,
            expired: state == State::Sent && !works,
            can_show_link: works && channel == Channel::Link,
            agreement_carries,
            answer: answer.map(|(answer, _)| answer),
            version,
        }
    }
}

/// What was passed on of a group, newest first. Recipients are for those who see the register; their lines name what was
/// seen.
pub(crate) async fn of_group_for(look: &TenantTx, group: GroupId, rights: Rights) -> Result<Vec<Line>> {
    let by = names(look).await?;
    let found = look.disclosures_of(group, MOST).await?;
    let line = |one: Disclosure| {
        let who = by(domain::audit::Actor::User(one.by));
        Line::of(look, one, rights, who)
    };
    Ok(found.into_iter().map(line).collect())
}

/// One time, for the page where it goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Which group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub line: Line,
    /// Whether it could be passed on now: nothing of it has become red.
    pub open: bool,
    /// The office's fields.
    pub catalogue: Arc<Catalogue>,
}

/// One time something was passed on, or is to be. Its recipient is recorded as read.
pub async fn page(permit: &Permit<PassOn>, house: &House, id: DisclosureId) -> Result<Page> {
    let look = house.stores.look(permit).await?;
    let disclosure = found(&look, id).await?;
    let (group, people) = whole(&look, disclosure.group).await?;
    let open = disclosure.shows(&group, &people).is_some();
    let who = names(&look).await?(domain::audit::Actor::User(disclosure.by));
    let line = Line::of(&look, disclosure, permit.rights(), who);
    let catalogue = look.catalogue().await?;
    drop(look);
    let mut seen = vec![id.to_string()];
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, group.id, "disclosure", seen).await?;
    Ok(Page { group: group.id, name, line, open, catalogue })
}

/// One time something was passed on, for the group: not to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLine {
    /// When.
    pub at: Timestamp,
    /// Why; none if the time to keep it is over.
    pub purpose: Option<String>,
    /// What.
    pub fields: Vec<Field>,
    /// Whether a link is out that nobody opened.
    pub waits: bool,
}

/// What was passed on of a group, for the group itself, newest first: only what somebody learned, or can at any moment.
pub(crate) async fn for_the_group(look: &TenantTx, group: GroupId) -> Result<Vec<OwnLine>> {
    let now = look.now();
    let out = look.disclosures_of(group, MOST).await?.into_iter().filter(|one| one.state.is_out());
    let out = out.filter(|one| one.state != State::Sent || one.link_works(now));
    let line = |Disclosure { items, particulars, changed_at, state, .. }| OwnLine {
        at: changed_at,
        purpose: particulars.map(|one| one.purpose),
        fields: items.into_iter().map(|passed: domain::disclosure::PassedItem| passed.field).collect(),
        waits: state == State::Sent,
    };
    Ok(out.map(line).collect())
}
