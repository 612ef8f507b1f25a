//! Leave for the operator's support to look into the office: to whom, why, with which rights, until when.
//!
//! A grant is kept with the office's keys, so that nobody without them can make one or lengthen it. Its id is that of the
//! account under which the support acts, so that everything it does stands in the log under its name.

use access::{Right, Rights, Role};
use crypto::token::TokenHash;
use domain::{EmailAddress, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Standing, TenantTx, User, UserProfile, UserState};
use crate::{Result, StorageError};

/// Key of the setting that holds them.
const GRANTS: &str = "support";
/// So many grants are remembered; older ones are in the log.
const REMEMBERED: usize = 50;
/// How long the link works by which support comes in.
pub const DOOR_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Leave for one person of the operator's to look in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportGrant {
    /// The account this grant is for, and the name of the grant.
    pub account: UserId,
    /// Name of the person.
    pub name: String,
    /// Where the person is reached.
    pub email: EmailAddress,
    /// Why.
    pub reason: String,
    /// With which rights.
    pub rights: Rights,
    /// By whom.
    pub granted_by: UserId,
    /// Since when.
    pub granted_at: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
    /// The link that waits to be used, as its hash, and until when.
    pub door: Option<(TokenHash, Timestamp)>,
}

impl SupportGrant {
    /// Whether support may be here.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.until
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    account: UserId,
    name: String,
    email: EmailAddress,
    reason: String,
    rights: Vec<String>,
    granted_by: UserId,
    granted_at: i64,
    until: i64,
    ended_at: Option<i64>,
    door: Option<(String, i64)>,
}

impl TenantTx {
    /// All grants remembered, the newest first.
    pub async fn support_grants(&self) -> Result<Vec<SupportGrant>> {
        let kept: Vec<Kept> = self.setting(GRANTS).await?.unwrap_or_default();
        kept.into_iter().map(read).collect()
    }

    /// Keeps these grants instead of those there were, the newest first.
    pub async fn put_support_grants(&self, grants: &[SupportGrant]) -> Result<()> {
        let kept: Vec<Kept> = grants.iter().take(REMEMBERED).map(keep).collect();
        self.put_setting(GRANTS, &kept).await
    }

    /// Those in force now.
    pub async fn support_in_force(&self) -> Result<Vec<SupportGrant>> {
        let mut grants = self.support_grants().await?;
        grants.retain(|grant| grant.is_in_force(self.now()));
        Ok(grants)
    }

    /// Makes the account of a grant, if it is not there yet. Nobody can log in with it: only the grant's link does.
    pub async fn put_support_account(&self, grant: &SupportGrant) -> Result<()> {
        if self.user(grant.account).await?.is_some() {
            return Ok(());
        }
        self.insert_user(&User {
            id: grant.account,
            standing: Standing { role: Role::Support, state: UserState::Active, groups: Vec::new() },
            profile: UserProfile::new(grant.name.clone(), grant.email.clone()),
            password: Zeroizing::default(),
            last_login_at: None,
        })
        .await
    }
}

fn keep(grant: &SupportGrant) -> Kept {
    let SupportGrant { account, name, email, reason, rights, granted_by, granted_at, until, ended_at, door } =
        grant.clone();
    Kept {
        account,
        name,
        email,
        reason,
        rights: rights.iter().map(|right| right.code().to_owned()).collect(),
        granted_by,
        granted_at: granted_at.as_millisecond(),
        until: until.as_millisecond(),
        ended_at: ended_at.map(Timestamp::as_millisecond),
        door: door.map(|(hash, until)| (data_encoding::HEXLOWER.encode(hash.as_bytes()), until.as_millisecond())),
    }
}

fn read(kept: Kept) -> Result<SupportGrant> {
    let unreadable = || StorageError::Unreadable { what: "a support grant" };
    let moment = |millis| Timestamp::from_millisecond(millis).map_err(|_| unreadable());
    let Kept { account, name, email, reason, rights, granted_by, granted_at, until, ended_at, door } = kept;
    Ok(SupportGrant {
        account,
        name,
        email,
        reason,
        rights: rights.iter().map(|code| Right::from_code(code)).collect::<Option<_>>().ok_or_else(unreadable)?,
        granted_by,
        granted_at: moment(granted_at)?,
        until: moment(until)?,
        ended_at: ended_at.map(moment).transpose()?,
        door: door
            .map(|(hash, until)| {
                let hash = data_encoding::HEXLOWER.decode(hash.as_bytes()).map_err(|_| unreadable())?;
                Ok::<_, StorageError>((TokenHash(hash.try_into().map_err(|_| unreadable())?), moment(until)?))
            })
            .transpose()?,
    })
}
