//! A list read back from the office's database after it was brought in, cell by cell.
#![allow(dead_code, reason = "each test file uses its part")]

#[path = "../../../intake/tests/accounting/mod.rs"]
mod accounting;

use domain::{GroupId, ImportId, Light, Value};
use intake::Understood;
use storage::{AuditFilter, TenantTx};
use usecases::import::{Report, SheetNote};

/// The groups of an import in the order of its rows, from the audit event of the act itself.
pub async fn groups_of(look: &TenantTx, id: ImportId) -> Vec<GroupId> {
    let filter = AuditFilter {
        actions: vec!["import.done".to_owned()],
        object: Some(id.to_string()),
        limit: 10,
        ..AuditFilter::default()
    };
    let entries = look.audit_entries(&filter).await.unwrap();
    assert_eq!(entries.len(), 1, "one event for one act");
    entries[0].details.items.iter().map(|id| id.parse().unwrap()).collect()
}

/// What was understood, rebuilt from what stands in the database and nothing else; every cell of the file is in it.
pub async fn nothing_is_lost(look: &TenantTx, id: ImportId, bytes: &[u8], report: &Report) -> Understood {
    let workbook = intake::read(bytes).unwrap();
    let mut understood = intake::understand(&workbook, &intake::propose(&workbook, &[]));
    let groups = groups_of(look, id).await;
    assert_eq!(groups.len(), understood.drafts.len());
    for (draft, group) in understood.drafts.iter_mut().zip(groups) {
        let group = look.group(group).await.unwrap().unwrap();
        assert_eq!(group.status, draft.status);
        draft.items = group.items.iter().map(|item| (item.field, item.value.clone())).collect();
        draft.notes = look.notes(group.id).await.unwrap().into_iter().map(|note| note.text).collect();
        let members: Vec<_> = group.people.iter().map(|member| member.person).collect();
        let persons = look.persons(&members).await.unwrap();
        assert_eq!(persons.len(), draft.people.len());
        for (person, named) in persons.iter().zip(&mut draft.people) {
            *named = intake::DraftPerson::named(String::new(), named.role);
            for item in &person.items {
                assert_eq!(item.light, Light::Red, "contacts come in red");
                match &item.value {
                    Value::Text(name) => named.name.clone_from(name),
                    Value::Phone { number, remark } => named.phones.push((number.clone(), remark.clone())),
                    Value::Email(mail) => named.emails.push(mail.clone()),
                    Value::Venue(address) => named.address = Some(address.clone()),
                    other => panic!("a person with {other:?}"),
                }
            }
        }
    }
    for (sheet, result) in understood.sheets.iter_mut().enumerate() {
        let name = result.name.clone();
        let kept = report.leftovers.iter().filter(|left| left.sheet == name);
        result.notes = kept.map(|left| SheetNote { row: left.row, text: left.text.clone() }).collect();
        assert_eq!(workbook.sheets[sheet].name, name);
    }
    let mapping = intake::propose(&workbook, &[]);
    assert_eq!(accounting::lost(&workbook, &mapping, &understood), Vec::<String>::new());
    understood
}
