//! argon2id with bounded memory: as many at once as allowed, some waiting for a while, the rest told to come back.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Ids;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::{Zeroize, Zeroizing};

use super::Password;
use crate::password::rules::MAX_LENGTH;

/// Stored hashes asking for more than this are refused: who can write the database must not be able to take the machine.
const MOST_MEMORY_KIB: u32 = 128 * 1024;
const MOST_PASSES: u32 = 10;
const MOST_LANES: u32 = 4;

/// What one argon2id hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// 19 MiB, two passes, one lane: the first choice of the OWASP Password Storage Cheat Sheet.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
}

/// How many hashes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Hashes computed at the same time; each takes [`Cost::memory_kib`].
    pub at_once: usize,
    /// Requests waiting for their turn, at most.
    pub waiting: usize,
    /// How long one waits, at most.
    pub patience: Duration,
}

impl Default for Limits {
    /// One per core, 16 waiting for each, five seconds.
    fn default() -> Self {
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        Self { at_once, waiting: at_once * 16, patience: Duration::from_secs(5) }
    }
}

/// A password cannot be hashed or compared now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many at once: answer 503 and ask to try again. Says nothing about the password.
    #[error("too many passwords are being checked")]
    Busy,
    /// Cost out of range, or no memory.
    #[error("the password hash cannot be computed")]
    Failed,
    /// The stored hash is no argon2id hash, or asks for more than it may.
    #[error("the stored password hash is unusable")]
    Unusable,
}

/// Whether a password is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not, or there is no such user.
    Wrong,
    /// It is.
    Right {
        /// The stored hash was made at another cost: hash the password anew and store it.
        needs_rehash: bool,
    },
}

type Work = Box<dyn FnOnce() + Send>;

/// As many threads as may hash at once, and no others: the allocator keeps for each thread what a hash took, which over
/// the many threads of a shared pool comes to hundreds of MiB. They end when the last handle is dropped.
#[derive(Clone)]
struct Threads(mpsc::Sender<Work>);

impl Threads {
    fn start(count: usize) -> Result<Self, HashError> {
        let (give, take) = mpsc::channel::<Work>();
        let take = Arc::new(Mutex::new(take));
        for _ in 0..count {
            let take = Arc::clone(&take);
            let work_on = move || {
                loop {
                    let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(work) = next else { return };
                    // A panic is one failed hash; its sender is dropped, which tells the one who waits.
                    let _failed = catch_unwind(AssertUnwindSafe(work));
                }
            };
            std::thread::Builder::new().name("passwords".to_owned()).spawn(work_on).map_err(|_| HashError::Failed)?;
        }
        Ok(Self(give))
    }

    fn run(&self, work: Work) -> Result<(), HashError> {
        self.0.send(work).map_err(|_| HashError::Failed)
    }
}

/// Hashes and compares passwords. One for the whole process; clones share the limits.
#[derive(Clone)]
pub struct Passwords {
    params: Params,
    patience: Duration,
    /// Seats: those computing and those waiting.
    seats: Arc<Semaphore>,
    /// Those computing.
    turns: Arc<Semaphore>,
    threads: Threads,
    /// Compared with where there is no user, so that it takes as long.
    dummy: Arc<str>,
    ids: Ids,
}

impl Passwords {
    /// At this cost, within these limits.
    pub fn new(cost: Cost, limits: Limits, ids: Ids) -> Result<Self, HashError> {
        let Cost { memory_kib, passes, lanes } = cost;
        let Limits { at_once, waiting, patience } = limits;
        let params = Params::new(memory_kib, passes, lanes, None).map_err(|_| HashError::Failed)?;
        if !affordable(&params) {
            return Err(HashError::Failed);
        }
        let at_once = at_once.clamp(1, Semaphore::MAX_PERMITS / 2);
        let seats = at_once.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Ok(Self {
            dummy: dummy(&params, &ids).ok_or(HashError::Failed)?.into(),
            params,
            patience,
            seats: Arc::new(Semaphore::new(seats)),
            turns: Arc::new(Semaphore::new(at_once)),
            threads: Threads::start(at_once)?,
            ids,
        })
    }

    /// A PHC string (`$argon2id$v=19$…`) with a fresh salt of 16 bytes, to be stored. Does not ask the
    /// [`rules`](super::rules).
    pub async fn hash(&self, password: &Password) -> Result<Zeroizing<String>, HashError> {
        let text = Zeroizing::new(password.text().to_owned());
        let mut salt = [0; 16];
        self.ids.fill(&mut salt);
        let argon2 = self.argon2();
        self.in_turn(move || {
            let hash = argon2.hash_password_with_salt(text.as_bytes(), &salt).map_err(|_| HashError::Failed)?;
            Ok(Zeroizing::new(hash.to_string()))
        })
        .await
    }

    /// Whether `password` is the one `stored` was made of. `None` stands for an unknown user and takes as long as a known
    /// one with a hash of the present cost.
    pub async fn verify(&self, password: &Password, stored: Option<&str>) -> Result<Verdict, HashError> {
        let text = Zeroizing::new(password.text().to_owned());
        let stored = Zeroizing::new(stored.unwrap_or(&self.dummy).to_owned());
        let (argon2, current) = (self.argon2(), self.params.clone());
        self.in_turn(move || verify(&argon2, &current, &text, &stored)).await
    }

    fn argon2(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    /// Runs `work` on one of the threads when it is its turn. The permits go with the work: a caller who leaves does not
    /// make room before the memory is free again.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().map_err(|_| HashError::Busy)?;
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned());
        let turn = turn.await.map_err(|_| HashError::Busy)?.map_err(|_| HashError::Busy)?;
        let permits: [OwnedSemaphorePermit; 2] = [seat, turn];
        let (tell, told) = tokio::sync::oneshot::channel();
        self.threads.run(Box::new(move || {
            let result = work();
            drop(permits);
            // Whoever asked may have left.
            let _nobody = tell.send(result);
        }))?;
        told.await.map_err(|_| HashError::Failed)?
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({} turns free)", self.turns.available_permits())
    }
}

fn verify(argon2: &Argon2<'_>, current: &Params, text: &str, stored: &str) -> Result<Verdict, HashError> {
    let hash = PasswordHash::new(stored).map_err(|_| HashError::Unusable)?;
    let params = Params::try_from(&hash).map_err(|_| HashError::Unusable)?;
    let ours = hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into())
        && hash.salt.is_some()
        && hash.hash.is_some();
    if !ours || !affordable(&params) {
        return Err(HashError::Unusable);
    }
    // Longer than any stored password can be: wrong, but at the same price.
    let too_long = text.chars().count() > MAX_LENGTH;
    match argon2.verify_password(text.as_bytes(), &hash) {
        Ok(()) if !too_long => Ok(Verdict::Right { needs_rehash: !same_cost(&params, current) }),
        Ok(()) | Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(_) => Err(HashError::Failed),
    }
}

fn affordable(params: &Params) -> bool {
    params.m_cost() <= MOST_MEMORY_KIB && params.t_cost() <= MOST_PASSES && params.p_cost() <= MOST_LANES
}

fn same_cost(one: &Params, other: &Params) -> bool {
    (one.m_cost(), one.t_cost(), one.p_cost()) == (other.m_cost(), other.t_cost(), other.p_cost())
}

/// A hash of no password: random output, which costs nothing to make and as much as any other to compare with.
fn dummy(params: &Params, ids: &Ids) -> Option<String> {
    let (mut salt, mut output) = ([0; 16], [0; 32]);
    ids.fill(&mut salt);
    ids.fill(&mut output);
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).ok()?,
        salt: Some(Salt::new(&salt).ok()?),
        hash: Some(Output::new(&output).ok()?),
    };
    output.zeroize();
    Some(hash.to_string())
}
