//! The proof that the contact notice was acknowledged: a cookie that only this office's site can make.
//!
//! `{hour}.{mac}`: the hour of the acknowledgement (hours since 1970) and the first 128 bits of an HMAC-SHA-256 over it
//! with the site's visit key. It names nobody, is the same for all who acknowledge in that hour, and ends with the visit
//! (session cookie) or after twelve hours.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use usecases::site::Site;

/// Hours after which the notice is shown again.
const HOURS: i64 = 12;

/// The value of the cookie for an acknowledgement now.
pub(super) fn acknowledged(site: &Site, now: Timestamp) -> Option<String> {
    let hour = hour(now);
    let mac = mac(site, hour)?.finalize().into_bytes();
    Some(format!("{hour}.{}", HEXLOWER.encode(mac.get(..16)?)))
}

/// Whether a cookie proves an acknowledgement that still counts.
pub(super) fn holds(site: &Site, now: Timestamp, cookie: &str) -> bool {
    let check = || {
        let (hour_text, tag) = cookie.split_once('.')?;
        let given: i64 = hour_text.parse().ok()?;
        let tag = HEXLOWER.decode(tag.as_bytes()).ok().filter(|tag| tag.len() == 16)?;
        let age = hour(now).checked_sub(given)?;
        if !(0..HOURS).contains(&age) {
            return None;
        }
        mac(site, given)?.verify_truncated_left(&tag).ok()
    };
    check().is_some()
}

fn hour(now: Timestamp) -> i64 {
    now.as_second().div_euclid(3_600)
}

fn mac(site: &Site, hour: i64) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&site.visit_key).ok()?;
    mac.update(b"contact notice acknowledged");
    mac.update(&hour.to_be_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use directory::Directory;
    use domain::office::{OfficeProfile, Visibility};
    use domain::{Slug, TenantId};
    use jiff::{SignedDuration, Timestamp};
    use usecases::site::Site;

    use super::{acknowledged, holds};

    fn site(key: u8) -> Site {
        let tenant = "0190a0b0c0d070008000000000000001".parse::<TenantId>().unwrap();
        let slug = Slug::parse("demo").unwrap();
        let directory = Directory::new(Vec::new());
        Site::new(tenant, slug, 1, Visibility::Live, OfficeProfile::default(), directory, HashMap::new(), [key; 32])
    }

    #[test]
    fn an_acknowledgement_holds_for_this_visit_and_this_office() {
        let now: Timestamp = "2026-11-22T10:30:00Z".parse().unwrap();
        let cookie = acknowledged(&site(1), now).unwrap();
        assert!(holds(&site(1), now, &cookie));
        assert!(holds(&site(1), now + SignedDuration::from_hours(11), &cookie));
        assert!(!holds(&site(1), now + SignedDuration::from_hours(12), &cookie));
        assert!(!holds(&site(1), now - SignedDuration::from_hours(1), &cookie));
        assert!(!holds(&site(2), now, &cookie));
    }

    #[test]
    fn a_made_up_cookie_does_not_hold() {
        let now: Timestamp = "2026-11-22T10:30:00Z".parse().unwrap();
        let cookie = acknowledged(&site(1), now).unwrap();
        let (hour, tag) = cookie.split_once('.').unwrap();
        let later = format!("{}.{tag}", hour.parse::<i64>().unwrap() + 1);
        for bad in ["", ".", "1.2", &format!("{hour}."), &format!("{hour}.{}", &tag[..30]), &later] {
            assert!(!holds(&site(1), now + SignedDuration::from_hours(1), bad), "{bad}");
        }
    }
}
