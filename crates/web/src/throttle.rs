//! How often one network may do something.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// The part of an address that is counted as one: an IPv4 /24 or an IPv6 /48, so that moving one's address a little does
/// not help. No address is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network([u8; 6]);

impl Network {
    /// The network of an address; an unknown address shares one network with all unknown ones.
    pub fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            None => Self([0; 6]),
            Some(IpAddr::V4(v4)) => {
                let [a, b, c, _] = v4.octets();
                Self([0xff, 0xff, 0xff, a, b, c])
            }
            Some(IpAddr::V6(v6)) => {
                let mut network = [0; 6];
                network.iter_mut().zip(v6.octets()).for_each(|(part, octet)| *part = octet);
                Self(network)
            }
        }
    }
}

impl Network {
    /// An address of this network, as exact as it is kept.
    pub fn address(self) -> IpAddr {
        match self.0 {
            [0xff, 0xff, 0xff, v4 @ ..] => IpAddr::from([v4[0], v4[1], v4[2], 0]),
            v6 => {
                let mut octets = [0; 16];
                octets[..6].copy_from_slice(&v6);
                IpAddr::from(octets)
            }
        }
    }
}

impl std::fmt::Display for Network {
    /// For throttles that outlive the process, which store a keyed hash of it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Counts per network, in memory of this process.
#[derive(Debug)]
pub struct Throttle {
    limiter: DefaultKeyedRateLimiter<Network>,
    clock: DefaultClock,
}

impl Throttle {
    /// At most `count` a minute, all of them at once if one likes.
    pub fn per_minute(count: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_minute(count)), clock: DefaultClock::default() }
    }

    /// Counts one; if it is too many, tells after which time to come again.
    pub fn check(&self, network: Network) -> Result<(), Duration> {
        if self.limiter.len() > 10_000 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::{Network, Throttle};

    #[test]
    fn a_network_that_asks_too_often_waits_and_others_do_not() {
        let throttle = Throttle::per_minute(NonZeroU32::new(3).unwrap());
        let network = |text: &str| Network::of(Some(text.parse().unwrap()));
        for host in 1..=3 {
            assert!(throttle.check(network(&format!("192.0.2.{host}"))).is_ok());
        }
        let wait = throttle.check(network("192.0.2.77")).unwrap_err();
        assert!(wait.as_secs() <= 20, "{wait:?}");
        assert!(throttle.check(network("198.51.100.1")).is_ok());
        assert_eq!(network("2001:db8:1::1"), network("2001:db8:1:ffff::2"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.9"));
    }
}
