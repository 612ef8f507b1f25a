//! The traffic light on every item: who may learn it.

use serde::{Deserialize, Serialize};

/// Who may learn an item. Ordered by openness, so `min` of two lights is the stricter one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// Internal: the office only.
    Red,
    /// The office passes it on, on request, and records to whom.
    Yellow,
    /// Public.
    Green,
}

impl Light {
    /// All lights, most open first, as they are shown.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];

    /// The effective light: the stricter of the item's own light and a ceiling, so that a tightened policy acts at
    /// once without touching items.
    #[must_use]
    pub fn under(self, ceiling: Self) -> Self {
        self.min(ceiling)
    }

    /// The word used in databases, addresses and form values.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }

    /// Reads [`Light::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|light| light.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::Light;

    #[test]
    fn the_stricter_light_wins() {
        for light in Light::ALL {
            for ceiling in Light::ALL {
                assert!(light.under(ceiling) <= ceiling);
                assert!(light.under(ceiling) <= light);
            }
        }
    }

    #[test]
    fn codes_read_back() {
        for light in Light::ALL {
            assert_eq!(Light::from_code(light.code()), Some(light));
        }
    }
}
