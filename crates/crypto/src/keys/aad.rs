//! Where a value belongs. A sealed value opens nowhere else.

use domain::Light;

/// The place of a value in its database. The owner (office, person) is not named here: the key adds it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aad<'a> {
    table: &'a str,
    column: &'a str,
    row: &'a [u8],
    light: Option<Light>,
}

impl<'a> Aad<'a> {
    /// A column of a row. `row` is the primary key, usually `id.0.as_bytes()`.
    pub const fn new(table: &'a str, column: &'a str, row: &'a [u8]) -> Self {
        Self { table, column, row, light: None }
    }

    /// With the item's own light, so that someone who writes the database cannot turn red into green.
    #[must_use]
    pub const fn light(mut self, light: Light) -> Self {
        self.light = Some(light);
        self
    }

    /// The bytes that are bound: a fixed number of fields, each with its length before it, so that no two different
    /// places read the same.
    pub(super) fn encode(&self, owner: &[u8], purpose: &str) -> Vec<u8> {
        let Self { table, column, row, light } = *self;
        let light = light.map_or("", Light::code);
        length_prefixed(&[owner, purpose.as_bytes(), table.as_bytes(), column.as_bytes(), row, light.as_bytes()])
    }
}

/// Each field after its length (8 bytes, big endian): unambiguous for a known number of fields.
pub fn length_prefixed(fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| field.len() + 8).sum());
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Aad, length_prefixed};

    #[test]
    fn moving_a_letter_between_fields_gives_another_place() {
        let one = Aad::new("item", "svalue", b"1").encode(b"", "items");
        let two = Aad::new("items", "value", b"1").encode(b"", "items");
        assert_ne!(one, two);
    }

    proptest! {
        #[test]
        fn different_fields_have_different_bytes(a: [Vec<u8>; 3], b: [Vec<u8>; 3]) {
            let bytes = |fields: &[Vec<u8>; 3]| length_prefixed(&[&fields[0], &fields[1], &fields[2]]);
            prop_assert_eq!(a == b, bytes(&a) == bytes(&b));
        }
    }
}
