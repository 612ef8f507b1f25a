//! What can go wrong in a store.

/// What can go wrong in a store. A message never holds a stored value.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or could not be reached.
    #[error("the database did not answer as it should")]
    Database(#[from] sea_orm::DbErr),
    /// A sealed value does not open: it was changed, moved, or its key is gone.
    #[error("a sealed value in {table} does not open")]
    Sealed {
        /// The table.
        table: &'static str,
    },
    /// A stored value is not what this version of the program writes.
    #[error("{what} in the database cannot be read")]
    Unreadable {
        /// What kind of value.
        what: &'static str,
    },
    /// Someone else saved first.
    #[error("the object was changed by someone else meanwhile")]
    Conflict,
    /// The name or address is taken.
    #[error("{what} is taken")]
    Taken {
        /// What kind of name.
        what: &'static str,
    },
    /// A key is missing or does not fit.
    #[error("the keys of this store cannot be used: {0}")]
    Keys(String),
    /// A file of the store could not be written or read.
    #[error("the store's files cannot be used")]
    Files(#[from] std::io::Error),
    /// All connections are in use.
    #[error("the service is busy")]
    Busy,
    /// This process may not make or change databases.
    #[error("this process holds no provisioning role")]
    NotProvisioner,
    /// The tenant's database has another schema than this program.
    #[error("the tenant's database has schema {found}, this program needs {needed}: run `ampelhaus migrate`")]
    Schema {
        /// What is there.
        found: String,
        /// What is needed.
        needed: String,
    },
    /// There is no such tenant.
    #[error("there is no such tenant")]
    NoTenant,
}

impl StorageError {
    /// The database cannot be reached at the moment; it is no fault of what was asked.
    pub const fn is_unreachable(&self) -> bool {
        use sea_orm::DbErr;
        matches!(self, Self::Database(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)))
    }

    /// A unique constraint was hit.
    pub(crate) fn is_unique(error: &sea_orm::DbErr) -> bool {
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }
}
