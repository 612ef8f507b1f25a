//! Answers to strangers leave on an even beat, so that the time they take does not tell whether an account is there.
//!
//! An answer waits for the next whole beat since its request came. Checking a password takes as long for an address
//! without an account; what else is done differs by some ten microseconds, so that of two answers one in a thousand leaves
//! at another beat of [`LOGIN`]. Where a mail is sent or not the difference is some milliseconds: such answers leave at
//! whole [`MAIL`]s, and one in fifty tells. Nothing is held meanwhile.

use std::time::Duration;

use tokio::time::Instant;

/// For answers to a login.
const LOGIN: Duration = Duration::from_millis(50);
/// For answers after which a mail may come.
const MAIL: Duration = Duration::from_millis(250);

/// When a request came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Since(Instant);

impl Since {
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// Hands the answer to a login on.
    pub(super) async fn answer<T>(self, answer: T) -> T {
        self.on(LOGIN).await;
        answer
    }

    /// Hands the answer on after which a mail may come.
    pub(crate) async fn mail_answer<T>(self, answer: T) -> T {
        self.on(MAIL).await;
        answer
    }

    async fn on(self, beat: Duration) {
        let beats = self.0.elapsed().as_nanos() / beat.as_nanos() + 1;
        tokio::time::sleep_until(self.0 + beat * u32::try_from(beats).unwrap_or(u32::MAX)).await;
    }
}
