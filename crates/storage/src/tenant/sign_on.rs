//! Single sign-on: the providers an office trusts, accounts there connected with accounts here, and logins on their way.
//!
//! A connection is found by a keyed hash of issuer and subject and by nothing else; whose it is is sealed and bound to that
//! hash and to the user: someone who writes the database but lacks the keys can make none and move none. A login on its
//! way is bound to the state that finds it.

use access::Role;
use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::{IdentityId, InvitationId, ProviderId, SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{TenantTx, moment};
use crate::rows::{identities, sign_on_journeys, sign_on_providers};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const PROVIDER: Column = Column::new("sign_on_providers", "sealed", Purpose::Office);
const IDENTITY: Column = Column::new("identities", "sealed", Purpose::Users);
const JOURNEY: Column = Column::new("sign_on_journeys", "sealed", Purpose::Sessions);

/// How long somebody may take at the provider.
pub const JOURNEY_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Whom a provider may bring in who has no account here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Nobody: only those who are connected or invited come in.
    #[default]
    Known,
    /// Whoever has a value there that means a role here.
    ByRole,
}

/// A provider an office trusts.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its id; part of the address it sends people back to.
    pub id: ProviderId,
    /// What the button says.
    pub name: String,
    /// Its name for itself, an `https` address.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// What proves that it is us.
    pub client_secret: Zeroizing<String>,
    /// The claim that says what someone is; none if roles are decided here.
    pub claim: Option<String>,
    /// Values of that claim and the roles they mean; the first that fits counts.
    pub roles: Vec<(String, Role)>,
    /// Who may come in that has no account here.
    pub admission: Admission,
    /// Values of `acr` or `amr` that stand for a second factor; none: the house asks for its own.
    pub second_factor: Vec<String>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({}, {})", self.id, self.issuer)
    }
}

#[derive(Serialize, Deserialize)]
struct KeptProvider {
    name: String,
    issuer: String,
    client_id: String,
    client_secret: String,
    claim: Option<String>,
    roles: Vec<(String, String)>,
    admission: Admission,
    second_factor: Vec<String>,
}

impl Drop for KeptProvider {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.client_secret);
    }
}

/// An account at a provider, connected with an account here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: IdentityId,
    /// At which provider.
    pub provider: ProviderId,
    /// Whose here.
    pub user: UserId,
    /// What it is called there when it was last used, for the list of one's own.
    pub label: String,
    /// Whether the role here was last decided by what the provider said.
    pub role_from_provider: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// The last login with it.
    pub used_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct KeptIdentity {
    label: String,
    role_from_provider: bool,
}

/// What somebody was sent to a provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// To log in.
    LogIn,
    /// To make the account of this invitation.
    Invitation(InvitationId),
    /// To connect the account of this login.
    Link(UserId, SessionId),
    /// To prove once more who one is, for this login.
    Prove(UserId, SessionId),
}

/// A login on its way: what the answer must match.
#[derive(Clone, PartialEq, Eq)]
pub struct Journey {
    /// At which provider.
    pub provider: ProviderId,
    /// What for.
    pub errand: Aim,
    /// Hash of what the browser keeps that was sent.
    pub browser: TokenHash,
    /// Comes back in the ID token.
    pub nonce: Zeroizing<String>,
    /// Proves to the provider that it was us who asked.
    pub verifier: Zeroizing<String>,
    /// Where to go on afterwards, a path of this house; may be empty.
    pub next: String,
    /// Since when.
    pub begun_at: Timestamp,
}

impl std::fmt::Debug for Journey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Journey({}, {:?})", self.provider, self.errand)
    }
}

#[derive(Serialize, Deserialize)]
struct KeptJourney {
    provider: ProviderId,
    errand: Aim,
    browser: [u8; 32],
    nonce: String,
    verifier: String,
    next: String,
    begun_at: i64,
}

impl Drop for KeptJourney {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.nonce);
        zeroize::Zeroize::zeroize(&mut self.verifier);
    }
}

/// What a connection's sealed part is bound to.
fn identity_place([id, provider, user]: [Uuid; 3], lookup: &[u8]) -> Vec<u8> {
    bound(&[id.as_bytes(), provider.as_bytes(), user.as_bytes(), lookup])
}

fn place_of(row: &identities::Model) -> Vec<u8> {
    identity_place([row.id, row.provider_id, row.user_id], &row.lookup)
}

impl TenantTx {
    /// The providers the office trusts, in the order they were added.
    pub async fn providers(&self) -> Result<Vec<Provider>> {
        let rows =
            sign_on_providers::Entity::find().order_by_asc(sign_on_providers::Column::CreatedAt).all(&self.tx).await?;
        rows.into_iter().map(|row| self.read_provider(&row)).collect()
    }

    /// How many there are.
    pub async fn count_providers(&self) -> Result<usize> {
        let count = sign_on_providers::Entity::find().count(&self.tx).await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// One of them.
    pub async fn provider(&self, id: ProviderId) -> Result<Option<Provider>> {
        let row = sign_on_providers::Entity::find_by_id(id.0).one(&self.tx).await?;
        row.map(|row| self.read_provider(&row)).transpose()
    }

    fn read_provider(&self, row: &sign_on_providers::Model) -> Result<Provider> {
        let mut kept: KeptProvider = self.sealer().open(PROVIDER, row.id.as_bytes(), &row.sealed)?;
        let roles =
            std::mem::take(&mut kept.roles).into_iter().map(|(value, role)| Some((value, Role::from_code(&role)?)));
        let roles = roles.collect::<Option<_>>().ok_or(StorageError::Unreadable { what: "a provider" })?;
        Ok(Provider {
            id: ProviderId(row.id),
            name: std::mem::take(&mut kept.name),
            issuer: std::mem::take(&mut kept.issuer),
            client_id: std::mem::take(&mut kept.client_id),
            client_secret: std::mem::take(&mut kept.client_secret).into(),
            claim: kept.claim.take(),
            roles,
            admission: kept.admission,
            second_factor: std::mem::take(&mut kept.second_factor),
        })
    }

    fn seal_provider(&self, provider: &Provider) -> Result<Vec<u8>> {
        let Provider { id, name, issuer, client_id, client_secret, claim, roles, admission, second_factor } = provider;
        let kept = KeptProvider {
            name: name.clone(),
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            client_secret: client_secret.to_string(),
            claim: claim.clone(),
            roles: roles.iter().map(|(value, role)| (value.clone(), role.code())).collect(),
            admission: *admission,
            second_factor: second_factor.clone(),
        };
        self.sealer().seal(PROVIDER, id.0.as_bytes(), &kept)
    }

    /// Adds a provider.
    pub async fn insert_provider(&self, provider: &Provider) -> Result<()> {
        let row = sign_on_providers::ActiveModel {
            id: Set(provider.id.0),
            sealed: Set(self.seal_provider(provider)?),
            created_at: Set(self.now().as_millisecond()),
        };
        sign_on_providers::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Changes a provider; [`StorageError::Conflict`] if it is gone.
    pub async fn save_provider(&self, provider: &Provider) -> Result<()> {
        let sealed = self.seal_provider(provider)?;
        let changed = sign_on_providers::Entity::update_many()
            .col_expr(sign_on_providers::Column::Sealed, sealed.into())
            .filter(sign_on_providers::Column::Id.eq(provider.id.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Removes a provider with all connections to it; whether it was there.
    pub async fn remove_provider(&self, id: ProviderId) -> Result<bool> {
        Ok(sign_on_providers::Entity::delete_by_id(id.0).exec(&self.tx).await?.rows_affected == 1)
    }

    /// What finds a connection: a keyed hash of both parts of its name.
    fn identity_lookup(&self, issuer: &str, subject: &str) -> Vec<u8> {
        let text = format!("identity {} {issuer} {subject}", issuer.len());
        self.sealer().keyring.lookup_text(&text).to_vec()
    }

    fn read_identity(&self, row: &identities::Model) -> Result<Identity> {
        let kept: KeptIdentity = self.sealer().open(IDENTITY, &place_of(row), &row.sealed)?;
        let KeptIdentity { label, role_from_provider } = kept;
        Ok(Identity {
            id: IdentityId(row.id),
            provider: ProviderId(row.provider_id),
            user: UserId(row.user_id),
            label,
            role_from_provider,
            created_at: moment(row.created_at)?,
            used_at: row.used_at.map(moment).transpose()?,
        })
    }

    /// The connection of an account at a provider.
    pub async fn identity(&self, provider: ProviderId, issuer: &str, subject: &str) -> Result<Option<Identity>> {
        let row = identities::Entity::find()
            .filter(identities::Column::Lookup.eq(self.identity_lookup(issuer, subject)))
            .filter(identities::Column::ProviderId.eq(provider.0))
            .one(&self.tx)
            .await?;
        row.map(|row| self.read_identity(&row)).transpose()
    }

    /// A user's connections, oldest first.
    pub async fn identities_of(&self, user: UserId) -> Result<Vec<Identity>> {
        let rows = identities::Entity::find()
            .filter(identities::Column::UserId.eq(user.0))
            .order_by_asc(identities::Column::CreatedAt)
            .all(&self.tx)
            .await?;
        rows.iter().map(|row| self.read_identity(row)).collect()
    }

    /// All connections with a provider.
    pub async fn identities_at(&self, provider: ProviderId) -> Result<Vec<Identity>> {
        let rows =
            identities::Entity::find().filter(identities::Column::ProviderId.eq(provider.0)).all(&self.tx).await?;
        rows.iter().map(|row| self.read_identity(row)).collect()
    }

    /// Connects an account; [`StorageError::Taken`] if it is connected already.
    pub async fn insert_identity(&self, identity: &Identity, (issuer, subject): (&str, &str)) -> Result<()> {
        let Identity { id, provider, user, label, role_from_provider, created_at, used_at } = identity;
        let lookup = self.identity_lookup(issuer, subject);
        let kept = KeptIdentity { label: label.clone(), role_from_provider: *role_from_provider };
        let place = identity_place([id.0, provider.0, user.0], &lookup);
        let row = identities::ActiveModel {
            id: Set(id.0),
            provider_id: Set(provider.0),
            user_id: Set(user.0),
            sealed: Set(self.sealer().seal(IDENTITY, &place, &kept)?),
            lookup: Set(lookup),
            created_at: Set(created_at.as_millisecond()),
            used_at: Set(used_at.map(Timestamp::as_millisecond)),
        };
        match identities::Entity::insert(row).exec_without_returning(&self.tx).await {
            Ok(_) => Ok(()),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Taken { what: "the connection" }),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes a login with a connection: what it is called there now, and who decided the role.
    pub async fn identity_used(&self, identity: &Identity) -> Result<()> {
        let found = identities::Entity::find_by_id(identity.id.0).one(&self.tx).await?;
        let row = found.ok_or(StorageError::Conflict)?;
        let kept = KeptIdentity { label: identity.label.clone(), role_from_provider: identity.role_from_provider };
        let sealed = self.sealer().seal(IDENTITY, &place_of(&row), &kept)?;
        let changed = identities::Entity::update_many()
            .col_expr(identities::Column::Sealed, sealed.into())
            .col_expr(identities::Column::UsedAt, Some(self.now().as_millisecond()).into())
            .filter(identities::Column::Id.eq(identity.id.0))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Disconnects; whether it was there.
    pub async fn remove_identity(&self, id: IdentityId) -> Result<bool> {
        Ok(identities::Entity::delete_by_id(id.0).exec(&self.tx).await?.rows_affected == 1)
    }

    /// Keeps a login on its way under the hash of its state.
    pub async fn insert_journey(&self, state: &TokenHash, journey: &Journey) -> Result<()> {
        let Journey { provider, errand, browser, nonce, verifier, next, begun_at } = journey;
        let kept = KeptJourney {
            provider: *provider,
            errand: *errand,
            browser: *browser.as_bytes(),
            nonce: nonce.to_string(),
            verifier: verifier.to_string(),
            next: next.clone(),
            begun_at: begun_at.as_millisecond(),
        };
        let id: Uuid = self.ids().next();
        let expires = begun_at.saturating_add(JOURNEY_LIFETIME).unwrap_or(*begun_at);
        let row = sign_on_journeys::ActiveModel {
            id: Set(id),
            state_hash: Set(state.as_bytes().to_vec()),
            sealed: Set(self.sealer().seal(JOURNEY, &bound(&[id.as_bytes(), state.as_bytes()]), &kept)?),
            expires_at: Set(expires.as_millisecond()),
        };
        sign_on_journeys::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Takes the login of a state: of parallel tries exactly one gets it, and none after [`JOURNEY_LIFETIME`].
    pub async fn take_journey(&self, state: &TokenHash) -> Result<Option<Journey>> {
        let found = sign_on_journeys::Entity::find()
            .filter(sign_on_journeys::Column::StateHash.eq(state.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let taken = sign_on_journeys::Entity::delete_by_id(row.id).exec(&self.tx).await?;
        if taken.rows_affected != 1 {
            return Ok(None);
        }
        let place = bound(&[row.id.as_bytes(), &row.state_hash]);
        let mut kept: KeptJourney = self.sealer().open(JOURNEY, &place, &row.sealed)?;
        let begun_at = moment(kept.begun_at)?;
        if self.now().duration_since(begun_at) >= JOURNEY_LIFETIME {
            return Ok(None);
        }
        Ok(Some(Journey {
            provider: kept.provider,
            errand: kept.errand,
            browser: TokenHash(kept.browser),
            nonce: std::mem::take(&mut kept.nonce).into(),
            verifier: std::mem::take(&mut kept.verifier).into(),
            next: std::mem::take(&mut kept.next),
            begun_at,
        }))
    }

    /// Removes logins nobody came back from; how many.
    pub async fn remove_expired_journeys(&self) -> Result<u64> {
        let over = sign_on_journeys::Column::ExpiresAt.lte(self.now().as_millisecond());
        Ok(sign_on_journeys::Entity::delete_many().filter(over).exec(&self.tx).await?.rows_affected)
    }
}
