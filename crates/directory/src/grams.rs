//! Pairs of letters as bits: a quick look whether one word can be inside another, or spelt nearly like it.

/// The letter pairs of a folded word, each hashed to one of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grams(u64);

impl Grams {
    pub(crate) fn of(folded: &str) -> Self {
        let bit = |pair: &[u8]| match pair {
            [a, b] => 1_u64 << (a.wrapping_mul(31).wrapping_add(b.wrapping_mul(7)) % 64),
            _ => 0,
        };
        Self(folded.as_bytes().windows(2).fold(0, |bits, pair| bits | bit(pair)))
    }

    /// False only where `self` cannot be a part of `other`.
    pub(crate) const fn may_be_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// False only where the two cannot be within `edits` (each changes at most three pairs of a word).
    pub(crate) const fn may_be_near(self, other: Self, edits: u32) -> bool {
        (self.0 & !other.0).count_ones() <= 3 * edits && (other.0 & !self.0).count_ones() <= 3 * edits
    }
}

#[cfg(test)]
mod tests {
    use super::Grams;

    #[test]
    fn parts_and_near_spellings_are_never_missed() {
        let g = Grams::of;
        assert!(g("krebs").may_be_in(g("brustkrebsnachsorge")));
        assert!(!g("krebs").may_be_in(g("angst")));
        assert!(g("alkhol").may_be_near(g("alkohol"), 1));
        assert!(g("depresion").may_be_near(g("depression"), 1));
        assert!(!g("depression").may_be_near(g("schlaganfall"), 1));
    }
}
