//! Groups, people, lights: the rules of the house, without input or output.
//!
//! A [`Group`] is a versioned set of [`Item`]s; each item carries a [`Light`] (green public, yellow passed on by the
//! office on request, red internal). What leaves to the public is built by [`projection`] and by nothing else.
//!
//! This crate does not store, encrypt, send or render anything, and asks neither the clock nor the system for
//! randomness: both are passed in ([`Clock`], [`Ids`]). Start reading at [`light`], then [`catalogue`], [`group`],
//! [`projection`].

pub mod alert;
pub mod audit;
pub mod catalogue;
pub mod change_request;
pub mod clock;
pub mod consent;
pub mod contact;
pub mod disclosure;
pub mod group;
pub mod ids;
pub mod item;
pub mod language;
pub mod light;
pub mod office;
pub mod person;
pub mod policy;
pub mod projection;
pub mod reconciliation;
pub mod retention;
pub mod schedule;
pub mod silence;
pub mod slug;
pub mod value;

pub use catalogue::{Catalogue, Field};
pub use clock::{Clock, SystemClock, TestClock};
pub use consent::ConsentReceipt;
pub use contact::{EmailAddress, PhoneNumber};
pub use group::{Group, Status};
pub use ids::{
    AlertId, CampaignId, ConsentId, DisclosureId, FactorId, FieldId, GroupId, IdentityId, Ids, ImportId, InvitationId,
    ItemId, LinkId, MailId, NoteId, OperatorId, PersonId, ProviderId, RequestId, RoleId, RoundId, SessionId, SignupId,
    SuggestionId, TenantId, UserId,
};
pub use item::{Item, Source};
pub use language::Language;
pub use light::Light;
pub use person::{Person, PersonRole};
pub use schedule::Schedule;
pub use slug::Slug;
pub use value::{Value, Venue};
