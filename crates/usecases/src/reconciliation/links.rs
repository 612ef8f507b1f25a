//! Personal links: fetched or sent by the office, brought by the group, asked for anew by the group.

use access::actions::{FetchGroupLink, OpenGroupLink, ReconcileByLink};
use access::{Permit, anonymous_permit, link_permit};
use domain::audit::{Actor, AuditEvent};
use domain::reconciliation::{MailKind, Occasion, Purpose, Round, Step, Way};
use domain::{EmailAddress, Field, Group, GroupId, Light, LinkId, Status, TenantId};
use jiff::{SignedDuration, Timestamp};
use storage::TenantTx;
use storage::tenant::{FreshLink, GroupLink};
use zeroize::Zeroizing;

use super::overview::takes_part;
use super::words::{Filling, link, mail, renewed, suggested, typed_address};
use super::{address, addresses, reached};
use crate::account::{count_asked, not_too_often};
use crate::groups::{group_of, names, record_seen, shown_name};
use crate::{Error, House, Result};

/// How long somebody who brought a link can go on without bringing it again.
pub const SESSION: SignedDuration = SignedDuration::from_hours(4);

/// What its cookie is sealed as.
const COOKIE: &str = "reconciliation";

/// Wrong codes from one network: ten at once, then slower and slower. 120 random bits are not guessed this way; it keeps
/// the noise down.
const GUESSES: storage::throttle::Pace =
    storage::throttle::Pace { free: 10, first_ms: 30_000, longest_ms: 900_000, forget_ms: 3_600_000 };

/// The same link brought again and again: more than a family with its devices ever does, then slower and slower.
const OPENINGS: storage::throttle::Pace =
    storage::throttle::Pace { free: 30, first_ms: 30_000, longest_ms: 900_000, forget_ms: 3_600_000 };

/// New links to one group, or to one mailbox, whoever asks.
const RENEWED: storage::throttle::Pace =
    storage::throttle::Pace { free: 3, first_ms: 600_000, longest_ms: 6 * 3_600_000, forget_ms: 24 * 3_600_000 };

/// Whose session a cookie is.
#[derive(Debug)]
pub struct Entered {
    /// For this group and no other.
    pub permit: Permit<ReconcileByLink>,
    /// Which group.
    pub group: GroupId,
}

/// Somebody brings what stands in the link, or the typed code: what their cookie holds from now on. Nothing is used up.
/// [`Error::NotFound`] for what opens nothing (any more), [`Error::Throttled`] after many of these.
pub async fn open(
    permit: &Permit<OpenGroupLink>,
    house: &House,
    typed: &str,
    network: &str,
) -> Result<Zeroizing<String>> {
    let tx = house.stores.begin(permit).await?;
    let now = tx.now();
    let found = tx.group_link_by_secret(typed, Purpose::Reconcile).await?.filter(|link| link.in_force(now));
    // A group that has ended has nothing to check.
    let found = match found {
        Some(link) => tx.group(link.group).await?.filter(|group| takes_part(group.status)).map(|_| link),
        None => None,
    };
    let Some(link) = found else {
        // Wrong ones only: neighbours in the same network keep nobody out who has a link.
        let what = format!("group link from {network}");
        not_too_often(&tx, &what).await?;
        tx.count_against(&what, GUESSES).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::NotFound);
    };
    let opened = format!("group link {} opened", link.id);
    not_too_often(&tx, &opened).await?;
    tx.count_against(&opened, OPENINGS).await?;
    reached(&tx, link.group, Step::Opened).await?;
    let cookie = tx.seal_cookie(COOKIE, &format!("{}.{}", link.id, now.as_millisecond()));
    tx.commit_as(Actor::Group(link.group), AuditEvent::new("group_link.opened", link.group)).await?;
    Ok(Zeroizing::new(cookie))
}

/// Whose session a cookie is; none if its time is over, or its link's, if the link was taken back, or the group has ended.
pub async fn session(house: &House, tenant: TenantId, cookie: &str) -> Result<Option<Entered>> {
    let look = house.stores.look(&anonymous_permit::<OpenGroupLink>(tenant)).await?;
    let Some(text) = look.open_cookie(COOKIE, cookie) else { return Ok(None) };
    let Some((id, since)) = text.split_once('.') else { return Ok(None) };
    let (Ok(id), Ok(since)) = (id.parse::<LinkId>(), since.parse::<i64>()) else { return Ok(None) };
    let now = look.now();
    let since = Timestamp::from_millisecond(since).map_err(|_| Error::NotFound)?;
    if now.duration_since(since) >= SESSION || now < since {
        return Ok(None);
    }
    let link = look.group_link(id, Purpose::Reconcile).await?.filter(|link| link.in_force(now));
    let Some(GroupLink { group, .. }) = link else { return Ok(None) };
    let there = look.group(group).await?.is_some_and(|group| takes_part(group.status));
    Ok(there.then(|| Entered { permit: link_permit(tenant, group, id), group }))
}

/// Somebody whose link is dead asks for a new one, by the old code or by the mail address. It goes to the address the
/// office knows, and only there; what is answered is the same in any case.
pub async fn renew(
    permit: &Permit<OpenGroupLink>,
    house: &House,
    code: &str,
    typed: &str,
    network: &str,
) -> Result<()> {
    let typed = typed.trim();
    let email = if typed.is_empty() { None } else { Some(EmailAddress::parse(typed)?) };
    if email.is_none() && code.trim().is_empty() {
        return Err(Error::invalid("email", "missing"));
    }
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    // By the old code: the group it was of, whatever became of the link, but for one that was taken back.
    let old = tx.group_link_by_secret(code, Purpose::Reconcile).await?.filter(|link| link.revoked_at.is_none());
    let asked = email.as_ref().map_or_else(|| code.trim().to_owned(), EmailAddress::folded);
    count_asked(&tx, "group link", &asked, network).await?;
    let mut groups: Vec<GroupId> = old.into_iter().map(|link| link.group).collect();
    if let Some(email) = &email {
        groups.extend(groups_at(&tx, email).await?);
    }
    groups.sort_unstable();
    groups.dedup();
    let mut sent = 0;
    for id in groups {
        let Some(group) = tx.group(id).await?.filter(|group| takes_part(group.status)) else { continue };
        let Some(to) = address(&tx, &group).await? else { continue };
        // Whoever asks, and from wherever: nobody's mailbox is filled. What is answered stays the same.
        let throttles = [format!("group link renewed of {id}"), format!("group link renewed to {}", to.folded())];
        let mut room = true;
        for what in &throttles {
            room &= tx.throttled(what).await?.is_none();
        }
        if !room {
            continue;
        }
        for what in &throttles {
            tx.count_against(what, RENEWED).await?;
        }
        if send_new(&tx, &group, &origin, Occasion::Renewed).await? {
            tx.also(
                AuditEvent::new("group_link.sent", id).summary("asked for by whoever has the mailbox or an old link"),
            );
            sent += 1;
        }
    }
    tx.commit(AuditEvent::new("group_link.renewed", "").summary(format!("{sent} sent"))).await?;
    house.ring();
    Ok(())
}

/// The groups that are written to at this address.
async fn groups_at(tx: &TenantTx, email: &EmailAddress) -> Result<Vec<GroupId>> {
    let summaries = tx.group_summaries(&[Field::GroupEmail]).await?;
    let with: Vec<(GroupId, &[domain::Item])> =
        summaries.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let known = addresses(tx, &with).await?;
    let same = |known: &EmailAddress| known.folded() == email.folded();
    Ok(known.into_iter().filter(|(_, (_, address))| same(address)).map(|(group, _)| group).collect())
}

/// Makes a link and mails it to the group's known address; whether there is one.
async fn send_new(tx: &TenantTx, group: &Group, origin: &str, occasion: Occasion) -> Result<bool> {
    let Some(to) = address(tx, group).await? else { return Ok(false) };
    let Some(fresh) = tx.issue_group_links(&[group.id], occasion).await?.pop() else { return Ok(false) };
    let office = tx.site().await?.profile;
    let filling = Filling::of(public_name(group), &office, None, &fresh, origin);
    let mail = match occasion {
        Occasion::Renewed => renewed(to, &filling),
        _ => mail(to, &single(), &filling, MailKind::First),
    };
    tx.enqueue(&mail).await?;
    Ok(true)
}

/// The wording of a mail to one group: without a deadline.
fn single() -> storage::tenant::Wording {
    let mut wording = suggested();
    for (text, sentence) in [
        (&mut wording.german, "Bitte antworten Sie bis zum {frist}. "),
        (&mut wording.english, "Please answer by {frist}. "),
    ] {
        *text = text.replace(sentence, "");
    }
    wording
}

/// A group's name, if everybody may know it: never one that the office has not published.
pub(crate) fn public_name(group: &Group) -> Option<String> {
    if group.status != Status::Active {
        return None;
    }
    let name = group.of(Field::Name).next().filter(|item| item.effective() == Light::Green)?;
    Some(name.value.plain())
}

/// A personal link as it is shown once.
pub struct ShownLink {
    /// The link with its token.
    pub link: Zeroizing<String>,
    /// Where the code is typed.
    pub address: String,
    /// The code.
    pub code: Zeroizing<String>,
    /// Until when both work.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for ShownLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShownLink(…)")
    }
}

/// A link of a group as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkLine {
    /// Who had it made; none for the group itself and for jobs.
    pub by: Option<String>,
    /// Why.
    pub occasion: Occasion,
    /// When.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A group's links that work now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinksView {
    /// The group's name.
    pub name: String,
    /// Where the group is written to, if there is such an address.
    pub address: Option<EmailAddress>,
    /// Whether the group takes part; where it has ended, or has not begun, links open nothing.
    pub takes_part: bool,
    /// Newest first.
    pub links: Vec<LinkLine>,
}

/// A group's links that work now. Its name and address are recorded as read where they are not public.
pub async fn of_group(permit: &Permit<FetchGroupLink>, house: &House, id: GroupId) -> Result<LinksView> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let by = names(&look).await?;
    let links = look.group_links_of(id).await?;
    let with = [(id, group.items.as_slice())];
    let address = addresses(&look, &with).await?.remove(&id);
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    seen.extend(address.iter().map(|(item, _)| item.to_string()));
    record_seen(permit, house, id, "group link", seen).await?;
    let line = |link: GroupLink| LinkLine {
        by: by(link.by),
        occasion: link.occasion,
        created_at: link.created_at,
        expires_at: link.expires_at,
    };
    let links = links.into_iter().map(line).collect();
    let takes_part = takes_part(group.status);
    Ok(LinksView { name, address: address.map(|(_, address)| address), takes_part, links })
}

/// A group that takes part: `Invalid` with the code `takes-no-part` where a link would open nothing.
async fn participant(tx: &TenantTx, id: GroupId) -> Result<Group> {
    let group = group_of(tx, id).await?;
    if takes_part(group.status) { Ok(group) } else { Err(Error::invalid("", "takes-no-part")) }
}

/// Makes a further link of a group, to be copied or printed; it is shown this once. `Invalid` with the code
/// `takes-no-part` where it would open nothing.
pub async fn fetch(permit: &Permit<FetchGroupLink>, house: &House, id: GroupId) -> Result<ShownLink> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let group = participant(&tx, id).await?;
    let fresh = tx.issue_group_links(&[id], Occasion::Shown).await?.pop();
    let FreshLink { token, code, expires_at, .. } =
        fresh.ok_or_else(|| Error::Internal("no link was made".to_owned()))?;
    begun_by_hand(&tx, &group, Way::Hand).await?;
    tx.commit(AuditEvent::new("group_link.fetched", id)).await?;
    Ok(ShownLink { link: Zeroizing::new(link(&origin, &token)), address: typed_address(&origin), code, expires_at })
}

/// Makes a further link and mails it to the group. `Invalid` with the code `no-address` if there is nowhere to send it, with
/// `takes-no-part` as in [`fetch`].
pub async fn send(permit: &Permit<FetchGroupLink>, house: &House, id: GroupId) -> Result<()> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let group = participant(&tx, id).await?;
    if !send_new(&tx, &group, &origin, Occasion::Sent).await? {
        return Err(Error::invalid("", "no-address"));
    }
    begun_by_hand(&tx, &group, Way::Mail).await?;
    tx.commit(AuditEvent::new("group_link.sent", id)).await?;
    house.ring();
    Ok(())
}

/// Takes back all links of a group that work now; how many.
pub async fn revoke(permit: &Permit<FetchGroupLink>, house: &House, id: GroupId) -> Result<u64> {
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, id).await?;
    let revoked = tx.revoke_group_links(id).await?;
    tx.commit(AuditEvent::new("group_link.revoked", id).summary(format!("{revoked} links"))).await?;
    Ok(revoked)
}

/// A link in somebody's hand is a round, if there was none. What a group answered stays: that somebody looked at a link says
/// nothing about it.
async fn begun_by_hand(tx: &TenantTx, group: &Group, way: Way) -> Result<()> {
    let last = tx.last_round(group.id).await?;
    let again = way == Way::Mail && last.as_ref().is_some_and(|round| round.step.is_answered());
    if last.is_none() || again {
        let round = Round::new(tx.ids().next(), group.id, None, way, tx.now());
        tx.insert_rounds(&[Round { step: Step::Sent, ..round }]).await?;
    }
    Ok(())
}
