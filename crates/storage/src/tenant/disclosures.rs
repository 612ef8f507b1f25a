//! What was passed on to whom: sealed, and bound to everything that stands beside it in the clear, so that whoever writes
//! the database can neither bring a used link back nor give one another end.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::audit::Actor;
use domain::disclosure::{Answer, Answerer, Channel, Disclosure, Link, Particulars, PassedItem, Recipient, State};
use domain::{DisclosureId, EmailAddress, GroupId, UserId};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::rows::{ask_first, disclosure_questions, disclosures};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SEALED: Column = Column::new("disclosures", "sealed", Purpose::Disclosures);
const QUESTION: Column = Column::new("disclosure_questions", "sealed", Purpose::Disclosures);
const ASK_FIRST: Column = Column::new("ask_first", "sealed", Purpose::Disclosures);

/// Who of the group was asked, by which link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Whether what may be passed on.
    pub about: DisclosureId,
    /// Who was asked.
    pub asked: Answerer,
    /// At which address: whoever reads another one's mail does not answer.
    pub to: EmailAddress,
}

#[derive(Serialize, Deserialize)]
struct KeptQuestion {
    asked: Answerer,
    to: EmailAddress,
}

/// That a group wants to be asked before anything of it is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskFirst {
    /// Who decided it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// So many rows of the register are read at once.
const BATCH: u64 = 200;

/// Which of the office's disclosures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Only those begun at this moment or later.
    pub since: Option<Timestamp>,
    /// Only those begun before this moment.
    pub until: Option<Timestamp>,
    /// Only what comes after this one, for paging.
    pub after: Option<DisclosureId>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    by: UserId,
    items: Vec<PassedItem>,
    recipient: Option<Recipient>,
    purpose: Option<String>,
    answer: Option<(Answer, Answerer)>,
    browser: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptRule {
    wanted: bool,
    by: Actor,
}

fn place(row: &disclosures::Model) -> Vec<u8> {
    let disclosures::Model {
        id,
        group_id,
        state,
        channel,
        made_at,
        changed_at,
        expires_at,
        token_hash,
        version,
        sealed: _,
        // Only when to look: what is erased is decided by what is bound here.
        forget_at: _,
    } = row;
    let expires_at = expires_at.map(i64::to_be_bytes);
    bound(&[
        id.as_bytes(),
        group_id.as_bytes(),
        state.as_bytes(),
        channel.as_bytes(),
        &made_at.to_be_bytes(),
        &changed_at.to_be_bytes(),
        expires_at.as_ref().map_or(&[][..], |at| at),
        token_hash.as_deref().unwrap_or_default(),
        &version.to_be_bytes(),
    ])
}

fn row(tx: &TenantTx, disclosure: &Disclosure) -> Result<disclosures::Model> {
    let Disclosure {
        id,
        group,
        items,
        particulars,
        channel,
        by,
        made_at,
        state,
        changed_at,
        link,
        answer,
        browser,
        version,
    } = disclosure;
    let kept = Kept {
        by: *by,
        items: items.clone(),
        recipient: particulars.as_ref().map(|one| one.recipient.clone()),
        purpose: particulars.as_ref().map(|one| one.purpose.clone()),
        answer: *answer,
        browser: browser.clone(),
    };
    let mut row = disclosures::Model {
        id: id.0,
        group_id: group.0,
        state: state.code().to_owned(),
        channel: channel.code().to_owned(),
        made_at: made_at.as_millisecond(),
        changed_at: changed_at.as_millisecond(),
        expires_at: link.map(|link| link.expires_at.as_millisecond()),
        token_hash: link.map(|link| link.hash.to_vec()),
        version: i64::from(*version),
        sealed: Vec::new(),
        forget_at: particulars
            .as_ref()
            .and_then(|_| changed_at.checked_add(disclosure.kept().duration()).ok())
            .map(Timestamp::as_millisecond),
    };
    row.sealed = tx.sealer().seal(SEALED, &place(&row), &kept)?;
    Ok(row)
}

fn read(tx: &TenantTx, row: disclosures::Model) -> Result<Disclosure> {
    const UNREADABLE: StorageError = StorageError::Unreadable { what: "a disclosure" };
    let place = place(&row);
    let disclosures::Model {
        id,
        group_id,
        state,
        channel,
        made_at,
        changed_at,
        expires_at,
        token_hash,
        version,
        sealed,
        forget_at: _,
    } = row;
    let Kept { by, items, recipient, purpose, answer, browser } = tx.sealer().open(SEALED, &place, &sealed)?;
    let link = match (token_hash, expires_at) {
        (Some(hash), Some(at)) => {
            Some(Link { hash: hash.try_into().map_err(|_| UNREADABLE)?, expires_at: moment(at)? })
        }
        _ => None,
    };
    Ok(Disclosure {
        id: DisclosureId(id),
        group: GroupId(group_id),
        items,
        particulars: recipient.zip(purpose).map(|(recipient, purpose)| Particulars { recipient, purpose }),
        channel: Channel::from_code(&channel).ok_or(UNREADABLE)?,
        by,
        made_at: moment(made_at)?,
        state: State::from_code(&state).ok_or(UNREADABLE)?,
        changed_at: moment(changed_at)?,
        link,
        answer,
        browser,
        version: u32::try_from(version).map_err(|_| UNREADABLE)?,
    })
}

impl TenantTx {
    /// Keeps a new one. [`StorageError::Taken`] if there is one of this id: the form was sent before.
    pub async fn insert_disclosure(&self, disclosure: &Disclosure) -> Result<()> {
        let row: disclosures::ActiveModel = row(self, disclosure)?.into();
        match disclosures::Entity::insert(row.reset_all()).exec_without_returning(&self.tx).await {
            Ok(_) => Ok(()),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "a disclosure" }),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps what became of it, as the version after `from`: [`StorageError::Conflict`] if somebody else did something to
    /// it meanwhile. Of two at once exactly one succeeds.
    pub async fn save_disclosure(&self, disclosure: &Disclosure, from: u32) -> Result<()> {
        let row = row(self, disclosure)?;
        let saved = disclosures::Entity::update_many()
            .col_expr(disclosures::Column::State, row.state.into())
            .col_expr(disclosures::Column::Channel, row.channel.into())
            .col_expr(disclosures::Column::ChangedAt, row.changed_at.into())
            .col_expr(disclosures::Column::ExpiresAt, Expr::value(row.expires_at))
            .col_expr(disclosures::Column::TokenHash, Expr::value(row.token_hash))
            .col_expr(disclosures::Column::Version, row.version.into())
            .col_expr(disclosures::Column::Sealed, row.sealed.into())
            .col_expr(disclosures::Column::ForgetAt, Expr::value(row.forget_at))
            .filter(disclosures::Column::Id.eq(row.id))
            .filter(disclosures::Column::Version.eq(i64::from(from)))
            .exec(&self.tx)
            .await?;
        if saved.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// One about a group in reach.
    pub async fn disclosure(&self, id: DisclosureId) -> Result<Option<Disclosure>> {
        let Some(row) = disclosures::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        if !self.within(GroupId(row.group_id)).await? {
            return Ok(None);
        }
        read(self, row).map(Some)
    }

    /// How many a group agreed to that were not passed on yet; none of them is opened.
    pub async fn count_agreed_disclosures(&self) -> Result<usize> {
        let groups: Vec<Uuid> = disclosures::Entity::find()
            .select_only()
            .column(disclosures::Column::GroupId)
            .filter(disclosures::Column::State.eq(State::Agreed.code()))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let within = self.in_reach(groups.iter().copied().map(GroupId)).await?;
        Ok(groups.into_iter().filter(|group| within.contains(&GroupId(*group))).count())
    }

    /// The one a link is for, whatever its state.
    pub async fn disclosure_by_link(&self, token: &TokenHash) -> Result<Option<Disclosure>> {
        let row = disclosures::Entity::find()
            .filter(disclosures::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        row.map(|row| read(self, row)).transpose()
    }

    /// Those about one group in reach, newest first; at most so many.
    pub async fn disclosures_of(&self, group: GroupId, most: u64) -> Result<Vec<Disclosure>> {
        if !self.within(group).await? {
            return Ok(Vec::new());
        }
        let rows = disclosures::Entity::find()
            .filter(disclosures::Column::GroupId.eq(group.0))
            .order_by_desc(disclosures::Column::MadeAt)
            .limit(most)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| read(self, row)).collect()
    }

    /// Those about groups in reach, newest first, as chosen; at most so many.
    pub async fn disclosures(&self, chosen: &Chosen, most: usize) -> Result<Vec<Disclosure>> {
        let Chosen { group, since, until, after } = chosen;
        let mut all = disclosures::Entity::find();
        if let Some(group) = group {
            all = all.filter(disclosures::Column::GroupId.eq(group.0));
        }
        if let Some(since) = since {
            all = all.filter(disclosures::Column::MadeAt.gte(since.as_millisecond()));
        }
        if let Some(until) = until {
            all = all.filter(disclosures::Column::MadeAt.lt(until.as_millisecond()));
        }
        let mut after = match after {
            Some(id) => disclosures::Entity::find_by_id(id.0).one(&self.tx).await?.map(|row| (row.made_at, row.id)),
            None => None,
        };
        let mut within = HashMap::new();
        let mut found = Vec::new();
        loop {
            let mut page = all.clone();
            if let Some((at, id)) = after {
                let same = disclosures::Column::MadeAt.eq(at).and(disclosures::Column::Id.lt(id));
                page = page.filter(disclosures::Column::MadeAt.lt(at).or(same));
            }
            let rows = page
                .order_by_desc(disclosures::Column::MadeAt)
                .order_by_desc(disclosures::Column::Id)
                .limit(BATCH)
                .all(&self.tx)
                .await?;
            let Some(last) = rows.last() else { return Ok(found) };
            after = Some((last.made_at, last.id));
            for row in rows {
                let group = GroupId(row.group_id);
                let reached = match within.entry(group) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(unknown) => *unknown.insert(self.within(group).await?),
                };
                if reached {
                    found.push(read(self, row)?);
                    if found.len() == most {
                        return Ok(found);
                    }
                }
            }
        }
    }

    /// Groups, in reach or not, of which anything was passed on or was to be.
    pub async fn disclosed_groups(&self) -> Result<HashSet<GroupId>> {
        let groups: Vec<Uuid> = disclosures::Entity::find()
            .select_only()
            .column(disclosures::Column::GroupId)
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(groups.into_iter().map(GroupId).collect())
    }

    /// Those of which to whom and why is to be erased by now, the most overdue first; at most so many.
    pub async fn disclosures_to_forget(&self, most: u64) -> Result<Vec<Disclosure>> {
        let rows = disclosures::Entity::find()
            .filter(disclosures::Column::ForgetAt.lte(self.now().as_millisecond()))
            .order_by_asc(disclosures::Column::ForgetAt)
            .limit(most)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| read(self, row)).collect()
    }

    /// Asks somebody of the group: whoever brings the token until then answers.
    pub async fn ask_about(&self, question: Question, token: &TokenHash, until: Timestamp) -> Result<()> {
        let Question { about, asked, to } = question;
        let id: Uuid = self.ids().next();
        let expires_at = until.as_millisecond();
        let place = question_place(id, about, token.as_bytes(), expires_at);
        let row = disclosure_questions::ActiveModel {
            id: Set(id),
            disclosure_id: Set(about.0),
            token_hash: Set(token.as_bytes().to_vec()),
            expires_at: Set(expires_at),
            sealed: Set(self.sealer().seal(QUESTION, &place, &KeptQuestion { asked, to })?),
        };
        disclosure_questions::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// What a link to answer is about, if it is in force.
    pub async fn question(&self, token: &TokenHash) -> Result<Option<Question>> {
        let row = disclosure_questions::Entity::find()
            .filter(disclosure_questions::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .filter(disclosure_questions::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .one(&self.tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let about = DisclosureId(row.disclosure_id);
        let place = question_place(row.id, about, &row.token_hash, row.expires_at);
        let KeptQuestion { asked, to } = self.sealer().open(QUESTION, &place, &row.sealed)?;
        Ok(Some(Question { about, asked, to }))
    }

    /// Takes the links back by which a group was to answer.
    pub async fn end_questions(&self, about: DisclosureId) -> Result<()> {
        let all = disclosure_questions::Entity::delete_many();
        all.filter(disclosure_questions::Column::DisclosureId.eq(about.0)).exec(&self.tx).await?;
        Ok(())
    }

    /// Removes links to answer whose time is over; how many.
    pub async fn remove_expired_questions(&self) -> Result<u64> {
        let removed = disclosure_questions::Entity::delete_many()
            .filter(disclosure_questions::Column::ExpiresAt.lte(self.now().as_millisecond()))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }

    /// Whether a group wants to be asked first.
    pub async fn ask_first(&self, group: GroupId) -> Result<Option<AskFirst>> {
        let Some(row) = ask_first::Entity::find_by_id(group.0).one(&self.tx).await? else { return Ok(None) };
        let place = bound(&[group.0.as_bytes(), &row.set_at.to_be_bytes()]);
        let KeptRule { wanted, by } = self.sealer().open(ASK_FIRST, &place, &row.sealed)?;
        Ok(if wanted { Some(AskFirst { by, at: moment(row.set_at)? }) } else { None })
    }

    /// Sets whether a group in reach is asked first.
    pub async fn set_ask_first(&self, group: GroupId, wanted: Wanted) -> Result<()> {
        if !self.within(group).await? {
            return Err(StorageError::Conflict);
        }
        let set_at = self.now().as_millisecond();
        let place = bound(&[group.0.as_bytes(), &set_at.to_be_bytes()]);
        let kept = KeptRule { wanted: wanted == Wanted::Yes, by: self.actor() };
        let row = ask_first::ActiveModel {
            group_id: Set(group.0),
            set_at: Set(set_at),
            sealed: Set(self.sealer().seal(ASK_FIRST, &place, &kept)?),
        };
        let again = OnConflict::column(ask_first::Column::GroupId)
            .update_columns([ask_first::Column::SetAt, ask_first::Column::Sealed])
            .to_owned();
        ask_first::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }
}

/// Whether a group wants to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// It does.
    Yes,
    /// It does not (any more).
    No,
}

fn question_place(id: Uuid, about: DisclosureId, token: &[u8], expires_at: i64) -> Vec<u8> {
    bound(&[id.as_bytes(), about.0.as_bytes(), token, &expires_at.to_be_bytes()])
}
