//! A group that asks for something.

use domain::change_request::{Change, ChangeRequest, Submitter};
use domain::{Catalogue, Field, GroupId, Source, UserId, Value};
use storage::TenantTx;

/// A request of this user that the group says in green what it costs to come: not kept anywhere yet.
pub fn wish(tx: &TenantTx, group: GroupId, by: UserId, costs: &str) -> ChangeRequest {
    let costs = Catalogue::built_in().item(tx.ids().next(), Field::Costs, Value::Text(costs.to_owned()), Source::Group);
    let mut request = ChangeRequest::new(tx.ids().next(), group, Submitter::User(by), tx.now());
    request.amend(vec![Change::new(&costs, None, Some(&costs))]);
    request
}
