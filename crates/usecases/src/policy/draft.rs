//! Changing the policy, one field after another; nothing counts before it is saved.

use access::Permit;
use access::actions::EditPolicy;
use domain::audit::AuditEvent;
use domain::catalogue::{Bilingual, OwnChoice, Section};
use domain::policy::{FieldRule, OwnField, OwnKind, Policy};
use domain::{Field, FieldId, Light};
use storage::TenantTx;
use storage::tenant::{PolicyDraft, SavedPolicy};

use super::{checked, draft_of, problems, user};
use crate::{Error, House, Result};

/// A filled-in form about one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldForm {
    /// What it is called.
    pub label: Bilingual,
    /// What is said about filling it in.
    pub help: Bilingual,
    /// Where it stands.
    pub section: Option<Section>,
    /// As which one of its section, from 1.
    pub place: usize,
    /// The light of a new item.
    pub default: Option<Light>,
    /// The most open light.
    pub ceiling: Option<Light>,
    /// Whether a group must have it.
    pub required: bool,
    /// What an own field holds.
    pub kind: Option<OwnKind>,
    /// Its choices: the code of one there is (empty for a new one), and the words.
    pub choices: Vec<(String, Bilingual)>,
}

impl FieldForm {
    /// The form about a field as a policy has it.
    pub fn of(policy: &Policy, field: Field) -> Option<Self> {
        let FieldRule { field: _, section, default, ceiling, required, label, help, own } = policy.rule(field)?;
        let beside = policy.fields.iter().filter(|rule| rule.section == *section);
        let choices = own.iter().flat_map(|own| &own.choices);
        Some(Self {
            label: label.clone(),
            help: help.clone(),
            section: Some(*section),
            place: beside.map(|rule| rule.field).position(|one| one == field).unwrap_or_default() + 1,
            default: Some(*default),
            ceiling: Some(*ceiling),
            required: *required,
            kind: own.as_ref().map(|own| own.kind),
            choices: choices.map(|choice| (choice.code.clone(), choice.words.clone())).collect(),
        })
    }

    /// `taken` are codes of choices that items may hold, from whatever version.
    fn rule(&self, field: Field, taken: &[String]) -> Result<FieldRule> {
        let missing = |name| Error::invalid(name, "missing");
        let kind = if super::is_own(field) { Some(self.kind.ok_or_else(|| missing("kind"))?) } else { None };
        Ok(FieldRule {
            field,
            section: self.section.ok_or_else(|| missing("section"))?,
            default: self.default.ok_or_else(|| missing("default"))?,
            ceiling: self.ceiling.ok_or_else(|| missing("ceiling"))?,
            required: self.required,
            label: trimmed(&self.label),
            help: trimmed(&self.help),
            own: kind.map(|kind| OwnField {
                kind,
                choices: if kind == OwnKind::Choice { self.choices(taken) } else { Vec::new() },
            }),
        })
    }

    /// The choices that say something; new ones get a code that none ever had, not even one that was taken away.
    fn choices(&self, taken: &[String]) -> Vec<OwnChoice> {
        let mut next = 1_u32;
        let mut new = || loop {
            let code = format!("c{next}");
            next += 1;
            if !self.choices.iter().any(|(known, _)| *known == code) && !taken.contains(&code) {
                return code;
            }
        };
        let said = self.choices.iter().map(|(code, words)| (code, trimmed(words)));
        said.filter(|(code, words)| !code.is_empty() || *words != Bilingual::default())
            .map(|(code, words)| OwnChoice { code: if code.is_empty() { new() } else { code.clone() }, words })
            .collect()
    }
}

fn trimmed(words: &Bilingual) -> Bilingual {
    Bilingual { de: words.de.trim().to_owned(), en: words.en.trim().to_owned() }
}

/// Puts a rule at its place among those of its section.
fn put(policy: &mut Policy, rule: FieldRule, place: usize) {
    let before = policy.fields.iter().position(|known| known.field == rule.field);
    policy.fields.retain(|known| known.field != rule.field);
    let beside: Vec<usize> = policy
        .fields
        .iter()
        .enumerate()
        .filter(|(_, known)| known.section == rule.section)
        .map(|(index, _)| index)
        .collect();
    let last = beside.last().map_or(before.unwrap_or(policy.fields.len()), |last| last + 1);
    let at = place.checked_sub(1).and_then(|place| beside.get(place).copied()).unwrap_or(last);
    policy.fields.insert(at.min(policy.fields.len()), rule);
}

/// What own fields hold never changes, not even of one that was taken away: its values are still there.
pub(super) fn keeps_kinds(saved: &[SavedPolicy], policy: &Policy) -> Result<()> {
    for saved in saved {
        policy.keeps_kinds(&saved.policy).map_err(|wrong| Error::Invalid(problems(&wrong)))?;
    }
    Ok(())
}

/// Keeps a draft; one that changes nothing is none.
pub(super) async fn keep(permit: &Permit<EditPolicy>, tx: TenantTx, mut draft: PolicyDraft) -> Result<()> {
    checked(&draft.policy, 1)?;
    keeps_kinds(&tx.policies().await?, &draft.policy)?;
    draft.delete.retain(|field| draft.policy.rule(*field).is_none());
    let user = user(permit)?;
    if draft.policy == super::current(&tx).await?.1 && draft.delete.is_empty() {
        tx.remove_policy_draft(user).await?;
    } else {
        tx.put_policy_draft(user, &draft).await?;
    }
    tx.commit(AuditEvent::new("policy.drafted", permit.tenant())).await?;
    Ok(())
}

/// Notes what a field shall be.
pub async fn change(permit: &Permit<EditPolicy>, house: &House, field: Field, form: &FieldForm) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut draft = draft_of(&tx, user(permit)?).await?;
    let known = draft.policy.rule(field).ok_or(Error::NotFound)?;
    // What it holds was decided when it was made.
    let form = FieldForm { kind: known.own.as_ref().map(|own| own.kind), ..form.clone() };
    let rule = form.rule(field, &codes(&tx, &draft.policy, field).await?)?;
    rule.check().map_err(|wrong| Error::Invalid(problems(&wrong)))?;
    put(&mut draft.policy, rule, form.place);
    keep(permit, tx, draft).await
}

/// The codes of a field's choices in this draft and in every version there was.
async fn codes(tx: &TenantTx, draft: &Policy, field: Field) -> Result<Vec<String>> {
    let saved = tx.policies().await?;
    let policies = saved.iter().map(|saved| &saved.policy).chain([draft]);
    let own = policies.filter_map(|policy| policy.rule(field)?.own.as_ref());
    Ok(own.flat_map(|own| &own.choices).map(|choice| choice.code.clone()).collect())
}

/// Notes a new field of the office's own.
pub async fn add(permit: &Permit<EditPolicy>, house: &House, form: &FieldForm) -> Result<Field> {
    let field = Field::Own(house.ids().next::<FieldId>());
    let rule = form.rule(field, &[])?;
    rule.check().map_err(|wrong| Error::Invalid(problems(&wrong)))?;
    let tx = house.stores.begin(permit).await?;
    let mut draft = draft_of(&tx, user(permit)?).await?;
    put(&mut draft.policy, rule, form.place);
    keep(permit, tx, draft).await?;
    Ok(field)
}

/// What becomes of the values of a field that is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// They stay, red and shown nowhere, until the field comes back.
    Hidden,
    /// They are deleted for good.
    Deleted,
}

/// An own field and how many values of it there are.
pub async fn removal(permit: &Permit<EditPolicy>, house: &House, field: Field) -> Result<(FieldRule, usize)> {
    let look = house.stores.look(permit).await?;
    let draft = draft_of(&look, user(permit)?).await?;
    let rule = draft.policy.rule(field).filter(|rule| rule.own.is_some()).ok_or(Error::NotFound)?.clone();
    Ok((rule, look.count_items_of(field).await?))
}

/// Notes that an own field is taken away.
pub async fn remove(permit: &Permit<EditPolicy>, house: &House, field: Field, values: Values) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut draft = draft_of(&tx, user(permit)?).await?;
    draft.policy.rule(field).filter(|rule| rule.own.is_some()).ok_or(Error::NotFound)?;
    draft.policy.fields.retain(|rule| rule.field != field);
    if values == Values::Deleted {
        draft.delete.insert(field);
    }
    keep(permit, tx, draft).await
}

/// Notes for how many months consents given from then on count; none: until they are withdrawn.
pub async fn limit_consents(permit: &Permit<EditPolicy>, house: &House, months: Option<u16>) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut draft = draft_of(&tx, user(permit)?).await?;
    draft.policy.consent_months = months;
    keep(permit, tx, draft).await
}

/// Takes back what is noted about one field: it is again as the policy in force has it, or is not added.
/// [`Error::NotFound`] for one that neither knows.
pub async fn undo(permit: &Permit<EditPolicy>, house: &House, field: Field) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut draft = draft_of(&tx, user(permit)?).await?;
    let (_, now) = super::current(&tx).await?;
    match (now.rule(field), FieldForm::of(&now, field)) {
        (Some(rule), Some(FieldForm { place, .. })) => put(&mut draft.policy, rule.clone(), place),
        _ if draft.policy.rule(field).is_some() => draft.policy.fields.retain(|rule| rule.field != field),
        _ => return Err(Error::NotFound),
    }
    draft.delete.remove(&field);
    keep(permit, tx, draft).await
}

/// Throws the draft away. Not an error if there is none.
pub async fn discard(permit: &Permit<EditPolicy>, house: &House) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    tx.remove_policy_draft(user(permit)?).await?;
    tx.commit(AuditEvent::new("policy.discarded", permit.tenant())).await?;
    Ok(())
}
