//! A certified OpenID provider (npm `oidc-provider`), started as a process of its own, and someone's browser at its door.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::redirect::Policy;
use serde_json::{Value, json};
use url::Url;

/// A running provider; it ends when dropped, and with the test.
pub struct Certified {
    child: Child,
    // It writes there now and then, and ends if nobody can listen.
    _said: BufReader<ChildStdout>,
    /// Its name for itself.
    pub issuer: String,
    state: Value,
}

impl Drop for Certified {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Certified {
    /// Starts one without clients.
    ///
    /// # Panics
    /// When the tests were started without it, or it does not start.
    pub fn start() -> Self {
        let Some(home) = std::env::var_os("AMPELHAUS_TEST_OIDC") else {
            panic!(
                "AMPELHAUS_TEST_OIDC is not set, so there is no OpenID provider: run the tests with `cargo xtask test`, \
                 or `npm ci` a copy of tests/oidc and name its directory in it"
            );
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oidc/server.mjs");
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "node"]).arg(script).env("AMPELHAUS_TEST_OIDC", home);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("node can be started");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        said.read_line(&mut line).expect("its first line");
        let issuer = line.trim().to_owned();
        assert!(issuer.starts_with("http://127.0.0.1:"), "the provider did not start: {line}");
        let state = json!({"clients": [], "accounts": {}, "keys": "one", "idTokenClaims": true});
        Self { child, _said: said, issuer, state }
    }

    /// Changes one thing: `clients`, `accounts`, `keys` or `idTokenClaims`.
    pub async fn set(&mut self, what: &str, value: Value) {
        self.state[what] = value;
        let answer = reqwest::Client::new()
            .post(format!("{}/test/set", self.issuer))
            .body(self.state.to_string())
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.text().await.expect("a body"), "ok");
    }

    /// Knows a client with this address to send people back to, and one to lead to after logging out.
    pub async fn register(&mut self, id: &str, secret: &str, redirect_uri: &str) {
        let after = Url::parse(redirect_uri).and_then(|url| url.join("/login")).expect("an address");
        let client = json!({
            "client_id": id,
            "client_secret": secret,
            "redirect_uris": [redirect_uri],
            "post_logout_redirect_uris": [after],
        });
        let mut clients = self.state["clients"].as_array().cloned().unwrap_or_default();
        clients.retain(|known| known["client_id"] != id);
        clients.push(client);
        self.set("clients", clients.into()).await;
    }

    /// Knows somebody: what it tells of them, and with what they log in.
    pub async fn account(&mut self, subject: &str, claims: Value, amr: &[&str]) {
        let mut accounts = self.state["accounts"].clone();
        accounts[subject] = json!({"claims": claims, "amr": amr});
        self.set("accounts", accounts).await;
    }

    /// A new browser at its door.
    pub fn browser(&self) -> AtProvider {
        let client = reqwest::Client::builder().redirect(Policy::none()).cookie_store(true).build().expect("a client");
        AtProvider { client, issuer: self.issuer.clone() }
    }
}

/// Somebody's browser, as far as the provider sees it; it keeps the provider's cookies.
pub struct AtProvider {
    client: reqwest::Client,
    issuer: String,
}

impl AtProvider {
    /// Follows an address to the provider, logs in as `subject` where that is asked, and says where it leads back to.
    ///
    /// # Panics
    /// When it leads nowhere.
    pub async fn log_in(&self, to: &str, subject: &str) -> Url {
        self.go(to, &[("login", subject), ("what", "in")]).await
    }

    /// The same, but says no.
    ///
    /// # Panics
    /// When it leads nowhere.
    pub async fn cancel(&self, to: &str) -> Url {
        self.go(to, &[("what", "no")]).await
    }

    async fn go(&self, to: &str, typed: &[(&str, &str)]) -> Url {
        let mut url = Url::parse(to).expect("an address");
        let home = Url::parse(&self.issuer).expect("an address");
        let mut sent = false;
        for _ in 0..20 {
            if url.origin() != home.origin() {
                return url;
            }
            let asks = url.path().starts_with("/interaction/") && !sent;
            let request = if asks {
                sent = true;
                let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
                self.client.post(url.clone()).body(body)
            } else {
                self.client.get(url.clone())
            };
            let answer = request.send().await.expect("an answer");
            let Some(next) = answer.headers().get("location").map(|next| next.to_str().expect("text").to_owned())
            else {
                panic!("the provider leads nowhere from {url}: {} {}", answer.status(), answer.text().await.unwrap());
            };
            url = url.join(&next).expect("an address");
        }
        panic!("the provider leads in circles from {to}");
    }
}
