//! Every table as sea-orm sees it. What each column holds and how it is protected stands in `columns.toml`.

macro_rules! tables {
    ($($module:ident = $name:literal { $($(#[$attr:meta])* $column:ident: $type:ty),+ $(,)? })+) => {$(
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model { $($(#[$attr])* pub $column: $type),+ }

            #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )+};
}

tables! {
    // The same in the platform's store and in each tenant's.
    audit = "audit" {
        #[sea_orm(primary_key, auto_increment = false)] seq: i64,
        at: i64, actor: String, action: String, object: String, details: Vec<u8>, key_version: i64,
        mac: Vec<u8>,
    }
    outbox = "outbox" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        created_at: i64, due_at: i64, claimed_until: i64, attempts: i64, state: String, last_error: String,
        message: Vec<u8>,
    }
    alerts = "alerts" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        at: i64, sign: String, sealed: Vec<u8>, done_at: Option<i64>,
    }
    throttles = "throttles" {
        #[sea_orm(primary_key, auto_increment = false)] key: Vec<u8>,
        failures: i64, blocked_until: i64, updated_at: i64,
    }
    // Platform.
    tenants = "tenants" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        slug: String, state: String, database: String, logins: Vec<u8>, schema: String, created_at: i64,
    }
    signups = "signups" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, slug: String, state: String, sealed: Vec<u8>, created_at: i64, expires_at: i64,
        tenant_id: Option<Uuid>, attempts: i64, next_try_at: i64,
    }
    wakeups = "wakeups" {
        #[sea_orm(primary_key, auto_increment = false)] tenant_id: Uuid,
        due_at: i64, mark: Uuid,
    }
    contracts = "contracts" {
        #[sea_orm(primary_key, auto_increment = false)] tenant_id: Uuid,
        concluded_on: String, sealed: Vec<u8>, recorded_at: i64,
    }
    operators = "operators" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        sealed: Vec<u8>, created_at: i64,
    }
    audit_heads = "audit_heads" {
        #[sea_orm(primary_key, auto_increment = false)] tenant_id: Uuid,
        seq: i64, mac: Vec<u8>, at: i64,
    }
    // Keystore.
    tenant_keys = "tenant_keys" {
        #[sea_orm(primary_key, auto_increment = false)] tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] version: i64,
        wrapped: Vec<u8>, escrow: Option<Vec<u8>>, canary: Vec<u8>, created_at: i64,
    }
    person_keys = "person_keys" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        tenant_id: Uuid, wrapped: Vec<u8>, created_at: i64,
    }
    // Tenant.
    users = "users" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        email_lookup: Vec<u8>, standing: Vec<u8>, profile: Vec<u8>, password: Vec<u8>, totp: Option<Vec<u8>>,
        totp_step: i64, created_at: i64, last_login_at: Option<i64>,
    }
    recovery_codes = "recovery_codes" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        user_id: Uuid, hash: Vec<u8>, used_at: Option<i64>,
    }
    sessions = "sessions" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, user_id: Uuid, created_at: i64, seen_at: i64, sealed: Vec<u8>,
    }
    invitations = "invitations" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, sealed: Vec<u8>, created_at: i64, expires_at: i64, used_at: Option<i64>,
    }
    sign_on_providers = "sign_on_providers" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        sealed: Vec<u8>, created_at: i64,
    }
    identities = "identities" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        provider_id: Uuid, user_id: Uuid, lookup: Vec<u8>, sealed: Vec<u8>, created_at: i64, used_at: Option<i64>,
    }
    sign_on_journeys = "sign_on_journeys" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        state_hash: Vec<u8>, sealed: Vec<u8>, expires_at: i64,
    }
    factors = "factors" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        user_id: Uuid, lookup: Vec<u8>, sealed: Vec<u8>, mark: i64, created_at: i64, used_at: Option<i64>,
    }
    tickets = "tickets" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, user_id: Uuid, sealed: Vec<u8>, created_at: i64, expires_at: i64,
    }
    spent = "spent" {
        #[sea_orm(primary_key, auto_increment = false)] key: Vec<u8>,
        expires_at: i64,
    }
    factor_losses = "factor_losses" {
        #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
        sealed: Vec<u8>, due_at: i64,
    }
    email_changes = "email_changes" {
        #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
        sealed: Vec<u8>, expires_at: i64,
    }
    settings = "settings" {
        #[sea_orm(primary_key, auto_increment = false)] key: String,
        sealed: Vec<u8>, updated_at: i64,
    }
    groups = "groups" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        slug: String, status: String, version: i64, created_at: i64, updated_at: i64,
    }
    people = "people" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        created_at: i64,
    }
    erasures = "erasures" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        at: i64,
    }
    items = "items" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        group_id: Option<Uuid>, person_id: Option<Uuid>, field: String, light: String, source: String, position: i64,
        sealed: Vec<u8>, policy: i64,
    }
    change_requests = "change_requests" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        group_id: Uuid, state: String, made_at: i64, ended_at: Option<i64>, version: i64, sealed: Vec<u8>,
        taken_by: Option<Uuid>,
    }
    request_comments = "request_comments" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        request_id: Uuid, at: i64, sealed: Vec<u8>,
    }
    consent_papers = "consent_papers" {
        #[sea_orm(primary_key, auto_increment = false)] receipt_id: Uuid,
        person_id: Uuid, sealed: Vec<u8>,
    }
    form_drafts = "form_drafts" {
        #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] form: String,
        saved_at: i64, sealed: Vec<u8>,
    }
    disclosures = "disclosures" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        group_id: Uuid, state: String, channel: String, made_at: i64, changed_at: i64, expires_at: Option<i64>,
        token_hash: Option<Vec<u8>>, version: i64, sealed: Vec<u8>, forget_at: Option<i64>,
    }
    disclosure_questions = "disclosure_questions" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        disclosure_id: Uuid, token_hash: Vec<u8>, expires_at: i64, sealed: Vec<u8>,
    }
    ask_first = "ask_first" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        set_at: i64, sealed: Vec<u8>,
    }
    group_links = "group_links" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, code_hash: Vec<u8>, group_id: Uuid, purpose: String, created_at: i64, expires_at: i64,
        revoked_at: Option<i64>, sealed: Vec<u8>,
    }
    reconciliation_campaigns = "reconciliation_campaigns" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        made_at: i64, sealed: Vec<u8>,
    }
    reconciliation_rounds = "reconciliation_rounds" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        group_id: Uuid, campaign_id: Option<Uuid>, way: String, step: String, begun_at: i64, moved_at: i64,
        answered_by: Option<String>, reminders: i64, bounced_at: Option<i64>, overdue_at: Option<i64>, next_at: Option<i64>,
    }
    reconciliation_mails = "reconciliation_mails" {
        #[sea_orm(primary_key, auto_increment = false)] round_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] kind: String,
        mail_id: Uuid, at: i64,
    }
    reconciliation_drafts = "reconciliation_drafts" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        updated_at: i64, sealed: Vec<u8>,
    }
    silences = "silences" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        changed_at: i64, mail_id: Uuid, sealed: Vec<u8>,
    }
    consent_receipts = "consent_receipts" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        person_id: Uuid, item_id: Uuid, recorded_at: i64, ended_at: Option<i64>, until: String, reminded_at: Option<i64>,
        sealed: Vec<u8>,
    }
    consent_links = "consent_links" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        token_hash: Vec<u8>, person_id: Uuid, made_at: i64, expires_at: i64, sealed: Vec<u8>,
    }
    suggestions = "suggestions" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        state: String, group_id: Option<Uuid>, made_at: i64, expires_at: Option<i64>, token_hash: Vec<u8>,
        sealed: Vec<u8>,
    }
    policies = "policies" {
        #[sea_orm(primary_key, auto_increment = false)] version: i64,
        at: i64, actor: String, sealed: Vec<u8>,
    }
    policy_drafts = "policy_drafts" {
        #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
        sealed: Vec<u8>, updated_at: i64,
    }
    memberships = "memberships" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] person_id: Uuid,
        role: String, position: i64,
    }
    consents = "consents" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        person_id: Uuid, item_id: Uuid, light: String, given_on: String, channel: String, wording: String,
        recorded_by: Option<Uuid>, recorded_at: i64, withdrawn_at: Option<i64>,
    }
    group_versions = "group_versions" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)] version: i64,
        at: i64, actor: String, change: String, sealed: Vec<u8>,
    }
    notes = "notes" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        group_id: Uuid, at: i64, actor: String, sealed: Vec<u8>,
    }
    published_groups = "published_groups" {
        #[sea_orm(primary_key, auto_increment = false)] group_id: Uuid,
        slug: String, page: String, contact: String,
    }
    published_site = "published_site" {
        #[sea_orm(primary_key, auto_increment = false)] id: i64,
        version: i64, visibility: String, profile: String, visit_key: Vec<u8>,
    }
    imports = "imports" {
        #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
        created_at: i64, actor: String, state: String, file: Vec<u8>, mapping: Vec<u8>, report: Vec<u8>,
    }
}
