//! The one way out: where we go, how long we wait, how much we take.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// A provider has this long to accept a connection.
const CONNECT: Duration = Duration::from_secs(4);
/// And this long for a whole answer.
const ANSWER: Duration = Duration::from_secs(8);
/// More than this nobody sends who has something to say: discovery documents and key sets are a few KiB.
const MOST_BYTES: usize = 256 * 1024;

/// Which addresses may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public ones, over `https`.
    Public,
    /// Those inside the operator's own network, and `http`, too: only if the operator says so.
    Anywhere,
}

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It would have gone where we do not go.
    #[error("this address is not allowed")]
    NotAllowed,
    /// The answer is too large.
    #[error("the answer is too large")]
    TooLarge,
    /// The connection, the name or the time.
    #[error("the request failed")]
    Http(#[source] reqwest::Error),
    /// The answer cannot be passed on.
    #[error("the answer cannot be read")]
    Unreadable(#[source] http::Error),
}

impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(this) = cause {
            if this.is::<Private>() {
                return Self::NotAllowed;
            }
            cause = this.source();
        }
        Self::Http(error.without_url())
    }
}

/// The client for all outbound requests.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    client: reqwest::Client,
    reach: Reach,
}

impl Network {
    pub(crate) fn new(reach: Reach) -> Result<Self, CallError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            // Each request resolves its name anew and connects to just the addresses that were looked at: a name that
            // changes its mind in between leads nowhere else.
            .pool_max_idle_per_host(0)
            .dns_resolver(std::sync::Arc::new(Resolver(reach)))
            .user_agent(concat!("Ampelhaus/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, reach })
    }

    /// Whether an address may be asked, as far as it says so itself; names are looked at when they are resolved.
    pub(crate) fn admits(&self, url: &Url) -> bool {
        let named = url.username().is_empty() && url.password().is_none();
        let reached = match (self.reach, url.host()) {
            (_, None) => false,
            (Reach::Anywhere, Some(_)) => matches!(url.scheme(), "http" | "https"),
            (Reach::Public, Some(Host::Domain(_))) => url.scheme() == "https",
            // The client connects to a bare address without asking the resolver.
            (Reach::Public, Some(Host::Ipv4(address))) => url.scheme() == "https" && is_public(address.into()),
            (Reach::Public, Some(Host::Ipv6(address))) => url.scheme() == "https" && is_public(address.into()),
        };
        named && reached
    }

    pub(crate) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let request = reqwest::Request::try_from(request)?;
        if !self.admits(request.url()) {
            return Err(CallError::NotAllowed);
        }
        let mut response = self.client.execute(request).await?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(CallError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            headers.clone_from(response.headers());
        }
        answer.body(body).map_err(CallError::Unreadable)
    }
}

impl<'c> AsyncHttpClient<'c> for Network {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// A name led to an address we do not go to.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
struct Private;

/// Resolves names, and refuses those that lead inside: all addresses of a name must be public.
struct Resolver(Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if reach == Reach::Public && !found.iter().all(|address| is_public(address.ip())) {
                return Err(Box::new(Private) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet, by IANA's registries of special-purpose addresses (RFC 6890 and
/// what has been added since).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        // This network; shared by carriers; IETF's own; relays to IPv6; benchmarks; reserved and broadcast.
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only what is handed out as global unicast (2000::/3), without IETF's own (Teredo among them), 6to4, documentation.
    let unicast = a & 0xe000 == 0x2000;
    let special =
        (a == 0x2001 && b < 0x0200) || a == 0x2002 || (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    unicast && !special
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use url::Url;

    use super::{Network, Reach, is_public};

    #[test]
    fn only_public_addresses_are_public() {
        for public in ["9.9.9.9", "193.99.144.80", "2a02:2e0:3fe:1001:302::", "2606:4700::1111"] {
            assert!(is_public(public.parse::<IpAddr>().unwrap()), "{public}");
        }
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "100::1",
        ] {
            assert!(!is_public(inside.parse::<IpAddr>().unwrap()), "{inside}");
        }
    }

    #[test]
    fn an_address_must_be_https_name_no_user_and_be_public() {
        let network = Network::new(Reach::Public).unwrap();
        let admits = |text: &str| network.admits(&Url::parse(text).unwrap());
        assert!(admits("https://login.example.org/realm"));
        for bad in [
            "http://login.example.org/",
            "https://me:secret@login.example.org/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert!(!admits(bad), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_after_it_was_resolved() {
        let network = Network::new(Reach::Public).unwrap();
        let request = || {
            let request = openidconnect::http::Request::builder().uri("https://localhost:1/");
            request.body(Vec::new()).unwrap()
        };
        let refused = network.send(request()).await.unwrap_err();
        assert!(matches!(refused, super::CallError::NotAllowed), "{refused:?}");
        let open = Network::new(Reach::Anywhere).unwrap().send(request()).await.unwrap_err();
        assert!(matches!(open, super::CallError::Http(_)), "allowed, only nobody is there: {open:?}");
    }
}
