//! The operator's people, by whose names offices grant support.

use crypto::keys::Purpose;
use domain::{EmailAddress, OperatorId};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};
use serde::{Deserialize, Serialize};

use super::PlatformTx;
use crate::Result;
use crate::rows::operators;
use crate::sealing::Column;

const SEALED: Column = Column::new("operators", "sealed", Purpose::Office);

/// Someone who works for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The id.
    pub id: OperatorId,
    /// As offices are to see it.
    pub name: String,
    /// Where they are reached.
    pub email: EmailAddress,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    email: EmailAddress,
}

impl PlatformTx {
    /// All of them, the oldest first.
    pub async fn operators(&self) -> Result<Vec<Operator>> {
        let rows = operators::Entity::find().order_by_asc(operators::Column::CreatedAt).all(&self.tx).await?;
        rows.into_iter()
            .map(|row| {
                let Sealed { name, email } = self.sealer.open(SEALED, row.id.as_bytes(), &row.sealed)?;
                Ok(Operator { id: OperatorId(row.id), name, email })
            })
            .collect()
    }

    /// Adds one.
    pub async fn add_operator(&self, operator: &Operator) -> Result<()> {
        let Operator { id, name, email } = operator;
        let sealed = Sealed { name: name.clone(), email: email.clone() };
        let row = operators::ActiveModel {
            id: Set(id.0),
            sealed: Set(self.sealer.seal(SEALED, id.0.as_bytes(), &sealed)?),
            created_at: Set(self.clock.now().as_millisecond()),
        };
        operators::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Takes one off the list; whether there was such a one.
    pub async fn remove_operator(&self, id: OperatorId) -> Result<bool> {
        Ok(operators::Entity::delete_by_id(id.0).exec(&self.tx).await?.rows_affected == 1)
    }
}
