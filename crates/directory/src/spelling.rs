//! How many slips two words are apart, if few: letters too many, missing, wrong or swapped.

/// Longest word compared, in bytes; words are cut to this.
const MOST: usize = 64;

/// More slips than any that are asked for, with room to count on.
const FAR: u8 = 127;

/// 0, 1, 2, …: that many letters are missing.
const FIRST_ROW: [u8; MOST + 1] = {
    let mut row = [0; MOST + 1];
    let mut at = 1;
    while at < row.len() {
        row[at] = row[at - 1] + 1;
        at += 1;
    }
    row
};

/// Optimal string alignment distance, if at most `most`. Works on bytes: folded German has one for each letter.
///
/// Gives up as soon as no alignment can stay within `most`; nearly all pairs end after a few letters.
pub(crate) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most || a.len() > MOST || b.len() > MOST {
        return None;
    }
    let mut before = [0_u8; MOST + 1];
    let mut above = FIRST_ROW;
    let mut last = u8::MAX;
    let limit = u8::try_from(most).ok()?;
    for (i, letter) in a.iter().enumerate() {
        let mut row = [FAR; MOST + 1];
        // Cells farther from the diagonal than `most` cannot matter.
        let (from, to) = (i.saturating_sub(most), (i + most + 1).min(b.len()));
        if from == 0 {
            row[0] = FIRST_ROW[i + 1];
        }
        let mut best = row[0];
        for j in from..to {
            let other = b[j];
            let mut here = above[j] + u8::from(*letter != other);
            here = here.min(row[j] + 1);
            if j < i + most {
                here = here.min(above[j + 1] + 1);
            }
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == other {
                here = here.min(before[j - 1] + 1);
            }
            row[j + 1] = here;
            best = best.min(here);
        }
        // A swap looks two rows back, so both must be out of reach.
        if best > limit && last > limit {
            return None;
        }
        last = best;
        before = above;
        above = row;
    }
    Some(usize::from(above[b.len()])).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::slips;

    #[test]
    fn slips_of_the_pen_are_counted() {
        assert_eq!(slips("alkhol", "alkohol", 2), Some(1));
        assert_eq!(slips("depresion", "depression", 2), Some(1));
        assert_eq!(slips("krebs", "kerbs", 1), Some(1));
        assert_eq!(slips("angst", "angst", 1), Some(0));
        assert_eq!(slips("", "ab", 2), Some(2));
        assert_eq!(slips("trauer", "sucht", 2), None);
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_plain_algorithm(a in "[abc]{0,9}", b in "[abc]{0,9}", most in 0_usize..4) {
            let plain = strsim::osa_distance(&a, &b);
            prop_assert_eq!(slips(&a, &b, most), (plain <= most).then_some(plain));
        }
    }
}
