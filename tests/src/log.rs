//! Everything the program says about itself, kept in memory.

use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The log of this process.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps everything from the first call on, on every thread: our own crates down to TRACE, all others down to DEBUG, statements of
    /// the databases included. Only the test's own client is left out, which of course knows what it sends.
    pub fn begin() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let ours = ["domain", "access", "crypto", "storage", "usecases", "web", "jobs", "directory", "intake"];
            let ours: Vec<String> = ours.iter().map(|name| format!("{name}=trace")).collect();
            let filter = EnvFilter::new(format!("debug,{},reqwest=off,hyper_util::client=off", ours.join(",")));
            tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(log.clone()).init();
            log
        })
        .clone()
    }

    /// What was said so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
