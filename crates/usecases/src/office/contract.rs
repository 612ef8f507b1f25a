//! The processing contract between the office and the operator (Art. 28 GDPR, § 29 KDG, § 30 DSG-EKD), as recorded by
//! the lead.

use access::Permit;
use access::actions::RecordContract;
use domain::audit::AuditEvent;
use domain::office::{Regime, Visibility};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use storage::platform::Contract;

use super::state::{checklist_of, regime};
use crate::{Error, House, Problem, Result};

/// Largest document, in bytes.
pub const LARGEST_DOCUMENT: usize = 10 * 1024 * 1024;

/// The form, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// `2026-11-22`
    pub concluded_on: String,
    /// Who signed for the office.
    pub signer: String,
    /// What the document is called.
    pub document_name: String,
    /// The document.
    pub document: Vec<u8>,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Form({} bytes)", self.document.len())
    }
}

/// A recorded contract without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When it was signed.
    pub concluded_on: Date,
    /// Who signed for the office.
    pub signer: String,
    /// What the document is called.
    pub document_name: String,
    /// How large it is, in bytes.
    pub size: usize,
}

/// The contract's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The office's data protection law, which says what the contract must hold.
    pub regime: Option<Regime>,
    /// What is recorded.
    pub recorded: Option<Recorded>,
    /// Whether the public can see the directory.
    pub visibility: Visibility,
}

/// What is recorded. Who signed is a person's name: seeing it is logged.
pub async fn contract(permit: &Permit<RecordContract>, house: &House) -> Result<View> {
    let recorded = house.stores.platform_look().await?.contract(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let recorded = recorded.map(|Contract { concluded_on, signer, document_name, document, .. }| Recorded {
        concluded_on,
        signer,
        document_name,
        size: document.len(),
    });
    let view = View { regime: regime(&tx).await?, recorded, visibility: tx.site().await?.visibility };
    if view.recorded.is_some() {
        tx.commit(AuditEvent::new("contract.seen", permit.tenant())).await?;
    }
    Ok(view)
}

/// The document itself; recorded as read.
pub async fn document(permit: &Permit<RecordContract>, house: &House) -> Result<Contract> {
    let contract = house.stores.platform_look().await?.contract(permit.tenant()).await?.ok_or(Error::NotFound)?;
    let tx = house.stores.begin(permit).await?;
    tx.commit(AuditEvent::new("contract.read", permit.tenant())).await?;
    Ok(contract)
}

/// Records the contract, replacing an older one. A directory in trial is live from this moment on.
///
/// The document is in the platform's store and what was done in both logs: two databases, so two commits. If the second
/// fails the form is simply sent again.
pub async fn record_contract(permit: &Permit<RecordContract>, house: &House, form: Form) -> Result<Visibility> {
    let tenant = permit.tenant();
    let now = house.clock().now();
    let contract = read(form, tenant, now)?;
    let summary = format!("concluded on {}", contract.concluded_on);
    let event = || AuditEvent::new("contract.recorded", tenant).summary(summary.clone());
    let platform = house.stores.platform().await?;
    platform.put_contract(&contract).await?;
    platform.commit(permit.actor(), event()).await?;

    let tx = house.stores.begin(permit).await?;
    let site = tx.site_for_change().await?;
    let checklist = checklist_of(&site.profile, &tx.counts().await?, Some(contract.concluded_on));
    let ends_trial = site.visibility == Visibility::Trial && checklist.allows() == Some(Visibility::Live);
    let visibility = if ends_trial { Visibility::Live } else { site.visibility };
    tx.save_site(visibility, &site.profile).await?;
    let event = event();
    tx.commit(if ends_trial { event.summary(format!("{summary}; trial → live")) } else { event }).await?;
    house.sites.changed(tenant);
    Ok(visibility)
}

fn read(form: Form, tenant: domain::TenantId, now: jiff::Timestamp) -> Result<Contract> {
    let Form { concluded_on, signer, document_name, document } = form;
    let mut problems = Vec::new();
    let today = now.to_zoned(TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC)).date();
    let date = concluded_on.trim().parse::<Date>().ok();
    match date {
        None if concluded_on.trim().is_empty() => problems.push(Problem::new("concluded_on", "missing")),
        None => problems.push(Problem::new("concluded_on", "not-a-date")),
        Some(date) if date > today => problems.push(Problem::new("concluded_on", "date-in-future")),
        // The GDPR and both church laws apply since May 2018; an older contract cannot be one under them.
        Some(date) if date < jiff::civil::date(2018, 5, 24) => {
            problems.push(Problem::new("concluded_on", "contract-too-old"));
        }
        Some(_) => {}
    }
    let signer = signer.trim().to_owned();
    if signer.is_empty() {
        problems.push(Problem::new("signer", "missing"));
    } else if signer.chars().count() > 200 {
        problems.push(Problem::new("signer", "too-long"));
    } else if signer.chars().any(char::is_control) {
        problems.push(Problem::new("signer", "control-characters"));
    }
    if document.is_empty() {
        problems.push(Problem::new("document", "document-missing"));
    } else if document.len() > LARGEST_DOCUMENT {
        problems.push(Problem::new("document", "document-too-large"));
    } else if !document.starts_with(b"%PDF-") {
        problems.push(Problem::new("document", "not-a-pdf"));
    }
    match (problems.is_empty(), date) {
        (true, Some(concluded_on)) => Ok(Contract {
            tenant,
            concluded_on,
            signer,
            document_name: file_name(&document_name),
            document,
            recorded_at: now,
        }),
        _ => Err(Error::Invalid(problems)),
    }
}

/// A file's name without folders and what no name needs.
fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    let name = name.trim();
    if name.is_empty() { "Vertrag.pdf".to_owned() } else { name.to_owned() }
}
