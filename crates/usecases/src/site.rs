//! The public site of an office, in memory: its profile and its published groups, never older than half a second.

use directory::Directory;
use domain::office::{OfficeProfile, Visibility};
use domain::projection::PublishedContact;
use domain::{Slug, TenantId};

/// What the public sees of one office at one version. Holds nothing that is not public.
#[derive(Debug)]
pub struct Site {
    /// Whose.
    pub tenant: TenantId,
    /// The office's subdomain.
    pub slug: Slug,
    /// Counts the office's published changes; part of every `ETag`.
    pub version: u64,
    /// Whether the directory is public now.
    pub visibility: Visibility,
    /// What the office says about itself.
    pub profile: OfficeProfile,
    /// The groups.
    pub directory: Directory,
    /// Contacts by group slug, shown behind the notice only.
    contacts: std::collections::HashMap<Slug, PublishedContact>,
    /// Signs the "notice acknowledged" cookie of this site.
    pub visit_key: [u8; 32],
}

impl Site {
    /// Puts a site together.
    pub fn new(
        tenant: TenantId, slug: Slug, version: u64, visibility: Visibility, profile: OfficeProfile, directory: Directory,
        contacts: std::collections::HashMap<Slug, PublishedContact>, visit_key: [u8; 32],
    ) -> Self {
        Self { tenant, slug, version, visibility, profile, directory, contacts, visit_key }
    }

    /// The contact of a group: call only after the notice was acknowledged.
    pub fn contact(&self, group: &Slug) -> Option<&PublishedContact> {
        self.contacts.get(group)
    }
}
