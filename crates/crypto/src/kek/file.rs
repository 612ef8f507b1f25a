//! A key-encryption key in a file: 32 random bytes, readable by its owner only.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use domain::Ids;
use hkdf::Hkdf;
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox};
use sha2::Sha256;

use super::{KekError, KekFuture, KekId, KekProvider, KeyName};
use crate::{Key, KeyVersion, Scope, Sealed, sealed};

/// The key file cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum FileKekError {
    /// There is no such file.
    #[error("there is no key file at {}", .0.display())]
    Missing(PathBuf),
    /// A key file is never overwritten: what is wrapped under it would be lost.
    #[error("there already is a file at {}; a key file is never overwritten", .0.display())]
    Exists(PathBuf),
    /// Others than the owner may read or write it.
    #[error("the key file {} is open to others (mode {mode:o}); run: chmod 600 {}", path.display(), path.display())]
    TooOpen {
        /// Where.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Not 32 bytes, or nothing but zeros.
    #[error("the file {} is no key file (32 random bytes)", .0.display())]
    NoKey(PathBuf),
    /// The system refuses.
    #[error("the key file {} cannot be used", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The key-encryption key of the embedded default.
pub struct FileKek {
    id: KekId,
    key: Key,
    ids: Ids,
}

impl FileKek {
    const SEALED: Sealed = Sealed { scope: Scope::Kek, version: KeyVersion::FIRST };

    /// Makes a key file (mode 0600) and loads it. The file appears whole or not at all, and is on disk when this returns.
    /// Call it on a first start with no tenant only.
    pub fn create(path: &Path, ids: Ids) -> Result<Self, FileKekError> {
        let key = SecretBox::init_with_mut(|bytes: &mut [u8; 32]| ids.fill(bytes));
        let mut suffix = [0; 8];
        ids.fill(&mut suffix);
        let mut draft = OsString::from(path);
        draft.push(format!(".{}.new", HEXLOWER.encode(&suffix)));
        let draft = PathBuf::from(draft);
        let written = write_new(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
        let removed = fs::remove_file(&draft);
        written.map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => FileKekError::Exists(path.to_owned()),
            _ => FileKekError::Io { path: path.to_owned(), source },
        })?;
        removed
            .and_then(|()| sync_directory(path))
            .map_err(|source| FileKekError::Io { path: path.to_owned(), source })?;
        Ok(Self::new(key, ids))
    }

    /// Loads a key file. Refuses one that others than its owner may read.
    pub fn load(path: &Path, ids: Ids) -> Result<Self, FileKekError> {
        let fail = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => FileKekError::Missing(path.to_owned()),
            _ => FileKekError::Io { path: path.to_owned(), source },
        };
        let mut file = File::open(path).map_err(fail)?;
        let metadata = file.metadata().map_err(fail)?;
        let mode = metadata.permissions().mode() & 0o777;
        if !metadata.is_file() || metadata.len() != 32 {
            return Err(FileKekError::NoKey(path.to_owned()));
        }
        if mode & 0o077 != 0 {
            return Err(FileKekError::TooOpen { path: path.to_owned(), mode });
        }
        let mut key = SecretBox::new(Box::new([0; 32]));
        file.read_exact(key.expose_secret_mut()).map_err(fail)?;
        if *key.expose_secret() == [0; 32] {
            return Err(FileKekError::NoKey(path.to_owned()));
        }
        Ok(Self::new(key, ids))
    }

    /// The id is derived from the key, so that a wrong file is recognised and named.
    fn new(key: Key, ids: Ids) -> Self {
        let mut name = [0; 8];
        #[expect(clippy::expect_used, reason = "the expansion is 8 bytes, RFC 5869 allows 8,160")]
        Hkdf::<Sha256>::new(None, key.expose_secret()).expand(b"ampelhaus kek id", &mut name).expect("short");
        Self { id: KekId(format!("file-{}", HEXLOWER.encode(&name))), key, ids }
    }
}

fn write_new(path: &Path, key: &Key) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.expose_secret())?;
    file.sync_all()
}

fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

impl KekProvider for FileKek {
    fn id(&self) -> &KekId {
        &self.id
    }

    fn wrap<'a>(&'a self, name: KeyName, key: &'a SecretBox<[u8; 32]>) -> KekFuture<'a, Vec<u8>> {
        let body = sealed::seal(&self.key, Self::SEALED, &name.aad(), key.expose_secret(), &self.ids);
        let wrapped = self.id.tag(&body);
        Box::pin(std::future::ready(Ok(wrapped)))
    }

    fn unwrap<'a>(&'a self, name: KeyName, wrapped: &'a [u8]) -> KekFuture<'a, SecretBox<[u8; 32]>> {
        let unwrapped = self.id.untag(wrapped).and_then(|body| {
            let bytes = sealed::open(&self.key, Self::SEALED, &name.aad(), body).map_err(|_| KekError::CannotUnwrap)?;
            let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KekError::CannotUnwrap)?;
            Ok(SecretBox::init_with_mut(|key: &mut [u8; 32]| key.copy_from_slice(bytes)))
        });
        Box::pin(std::future::ready(unwrapped))
    }
}

impl fmt::Debug for FileKek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKek({})", self.id)
    }
}
