//! Readable public addresses of groups. A group gets one when it is published for the first time: before that its name
//! may be anything but public, and slugs are kept in the clear.

use std::collections::{HashMap, HashSet};

use domain::Slug;
use sea_orm::{EntityTrait, QuerySelect};

use super::TenantTx;
use crate::Result;
use crate::rows::groups;

/// The longest readable part of a group's address.
const LONGEST: usize = 60;

/// Addresses that are taken.
pub(super) struct Slugs {
    taken: HashSet<String>,
    // Where the search for a free number goes on: a hundred groups may have one name.
    next: HashMap<String, u32>,
}

impl Slugs {
    fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect(), next: HashMap::new() }
    }

    /// A free address made of a name; it is taken then.
    pub(super) fn of(&mut self, name: &str) -> Slug {
        let wanted = Slug::from_name(name, LONGEST, "gruppe");
        if self.taken.insert(wanted.to_string()) {
            return wanted;
        }
        let number = self.next.entry(wanted.to_string()).or_insert(2);
        loop {
            let slug = wanted.numbered(*number);
            *number += 1;
            if self.taken.insert(slug.to_string()) {
                return slug;
            }
        }
    }
}

impl TenantTx {
    pub(super) async fn speaking_slugs(&self) -> Result<Slugs> {
        let rows: Vec<String> =
            groups::Entity::find().select_only().column(groups::Column::Slug).into_tuple().all(&self.tx).await?;
        Ok(Slugs::new(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::Slugs;

    #[test]
    fn groups_of_one_name_get_numbers() {
        let mut slugs = Slugs::new(["mut".to_owned(), "mut-3".to_owned()]);
        let got: Vec<String> = (0..3).map(|_| slugs.of("Mut").to_string()).collect();
        assert_eq!(got, ["mut-2", "mut-4", "mut-5"]);
    }
}
