//! The public site of an office, in memory: its profile and its published groups, never older than half a second.
//!
//! The version of what is published stands in the office's own database and is written in the transaction of every
//! change. A request that finds the last comparison older than [`FRESH`] compares again; whoever comes meanwhile waits
//! for that one comparison. So every process sees every change within half a second, without any message that could get
//! lost between two databases.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use directory::Directory;
use domain::office::{OfficeProfile, Visibility};
use domain::projection::PublishedContact;
use domain::{Slug, TenantId};
use moka::future::Cache;
use storage::Stores;
use tokio::sync::Mutex;

use crate::{Error, Result};

/// How long a comparison with the database counts.
pub const FRESH: Duration = Duration::from_millis(400);

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
    contacts: HashMap<Slug, PublishedContact>,
    /// Signs the "notice acknowledged" cookie of this site.
    pub visit_key: [u8; 32],
}

impl Site {
    /// Puts a site together.
    #[expect(clippy::too_many_arguments, reason = "made in one place and in tests; a builder would say it twice")]
    pub fn new(
        tenant: TenantId,
        slug: Slug,
        version: u64,
        visibility: Visibility,
        profile: OfficeProfile,
        directory: Directory,
        contacts: HashMap<Slug, PublishedContact>,
        visit_key: [u8; 32],
    ) -> Self {
        Self { tenant, slug, version, visibility, profile, directory, contacts, visit_key }
    }

    /// The contact of a group: call only after the notice was acknowledged.
    pub fn contact(&self, group: &Slug) -> Option<&PublishedContact> {
        self.contacts.get(group)
    }
}

/// The sites in memory.
pub(crate) struct Sites {
    slots: Cache<Slug, Arc<Slot>>,
}

impl fmt::Debug for Sites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sites")
    }
}

struct Slot {
    tenant: TenantId,
    slug: Slug,
    // What was found, and when it was last compared.
    current: RwLock<Option<(Arc<Site>, Instant)>>,
    comparing: Mutex<()>,
    given: bool,
}

impl Sites {
    pub(crate) fn new() -> Self {
        // An office that nobody visits leaves memory after ten minutes.
        Self { slots: Cache::builder().max_capacity(2_000).time_to_idle(Duration::from_secs(600)).build() }
    }

    /// Sites given from outside, never compared with a database: for tests and previews of pages.
    pub(crate) async fn give(&self, sites: Vec<Site>) {
        for site in sites {
            let slot = Slot {
                tenant: site.tenant,
                slug: site.slug.clone(),
                comparing: Mutex::default(),
                given: true,
                current: RwLock::new(Some((Arc::new(site), Instant::now()))),
            };
            self.slots.insert(slot.slug.clone(), Arc::new(slot)).await;
        }
    }

    async fn slot(&self, stores: &Stores, slug: &Slug) -> Result<Option<Arc<Slot>>> {
        if let Some(slot) = self.slots.get(slug).await {
            return Ok(Some(slot));
        }
        let Some(record) = stores.platform_look().await?.tenant_by_slug(slug).await? else { return Ok(None) };
        if record.state != storage::platform::TenantState::Ready {
            return Ok(None);
        }
        let slot = Slot {
            tenant: record.id,
            slug: record.slug,
            current: RwLock::default(),
            comparing: Mutex::default(),
            given: false,
        };
        Ok(Some(self.slots.get_with(slug.clone(), async { Arc::new(slot) }).await))
    }

    pub(crate) async fn tenant(&self, stores: &Stores, slug: &Slug) -> Result<Option<TenantId>> {
        Ok(self.slot(stores, slug).await?.map(|slot| slot.tenant))
    }

    pub(crate) async fn get(&self, stores: &Stores, slug: &Slug) -> Result<Option<Arc<Site>>> {
        let Some(slot) = self.slot(stores, slug).await? else { return Ok(None) };
        if let Some(site) = slot.fresh() {
            return Ok(Some(site));
        }
        let _one_at_a_time = slot.comparing.lock().await;
        if let Some(site) = slot.fresh() {
            return Ok(Some(site));
        }
        slot.compare(stores).await.map(Some)
    }

    /// The next request compares, however fresh the last comparison is: someone in this very process changed something
    /// and will look for it.
    pub(crate) fn changed(&self, tenant: TenantId) {
        for (_, slot) in &self.slots {
            if slot.tenant == tenant {
                let mut current = slot.current.write().unwrap_or_else(PoisonError::into_inner);
                if let Some((_, compared)) = current.as_mut() {
                    *compared = compared.checked_sub(FRESH).unwrap_or(*compared);
                }
            }
        }
    }
}

impl Slot {
    fn fresh(&self) -> Option<Arc<Site>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current
            .as_ref()
            .filter(|(_, compared)| self.given || compared.elapsed() < FRESH)
            .map(|(site, _)| Arc::clone(site))
    }

    async fn compare(&self, stores: &Stores) -> Result<Arc<Site>> {
        // Taken before the question: what changes after it is found by the next comparison.
        let asked = Instant::now();
        let public = stores.public(self.tenant).await?;
        let published = public.site().await?;
        let known =
            self.current.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(site, _)| Arc::clone(site));
        let site = match known {
            Some(site) if site.version == published.version => site,
            _ => {
                let rows = if published.visibility.is_public() { public.groups().await? } else { Vec::new() };
                drop(public);
                let contacts = rows.iter().map(|(group, contact)| (group.slug.clone(), contact.clone())).collect();
                let groups = rows.into_iter().map(|(group, _)| group).collect();
                let directory = tokio::task::spawn_blocking(move || Directory::new(groups))
                    .await
                    .map_err(|error| Error::Internal(error.to_string()))?;
                Arc::new(Site {
                    tenant: self.tenant,
                    slug: self.slug.clone(),
                    version: published.version,
                    visibility: published.visibility,
                    profile: published.profile,
                    directory,
                    contacts,
                    visit_key: published.visit_key,
                })
            }
        };
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&site), asked));
        Ok(site)
    }
}
