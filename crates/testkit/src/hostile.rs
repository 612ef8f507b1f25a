//! A provider that does whatever a test wants: what a correct one never would.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};

/// A running provider with several realms, each an issuer of its own. It stops when dropped.
pub struct Hostile {
    /// `http://127.0.0.1:port`
    pub origin: String,
    inner: Arc<Mutex<Inner>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Default)]
struct Inner {
    origin: String,
    realms: BTreeMap<String, Realm>,
    /// ID tokens by the code they are given for.
    tokens: BTreeMap<String, String>,
    /// Codes that somebody tried to trade, with the realm that was asked.
    traded: Vec<(String, String)>,
    requests: usize,
}

/// How a realm behaves.
#[derive(Clone, Debug)]
pub struct Realm {
    /// The name of its key; another name is another key.
    pub key: String,
    /// What its discovery document says otherwise.
    pub discovery: Value,
    /// What it does at its door.
    pub door: Door,
}

impl Default for Realm {
    fn default() -> Self {
        Self { key: "one".to_owned(), discovery: json!({}), door: Door::Open }
    }
}

/// What a realm does at its door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// Answers.
    Open,
    /// Leads somewhere else.
    Redirect(String),
    /// Says that it is broken.
    Broken,
    /// Sends more than anybody reads.
    Flood,
    /// Never answers.
    Silent,
}

/// How an ID token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// As it should be, with the key of this name.
    With(&'static str),
    /// With a key the realm does not have, under the name of one it has.
    Falsely,
    /// Not at all (`alg: none`).
    Not,
    /// With the client's secret instead of a key (`alg: HS256`).
    WithSecret,
}

fn key(name: &str, kid: &str) -> CoreEdDsaPrivateSigningKey {
    // RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8.
    let mut der = data_encoding::HEXLOWER.decode(b"302e020100300506032b657004220420").expect("hex");
    let seed: Vec<u8> = name.bytes().cycle().take(32).collect();
    der.extend(seed);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64.encode(&der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(kid.to_owned()))).expect("a key")
}

/// An ID token with these claims.
pub fn id_token(claims: &Value, signed: Signed) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let (algorithm, kid, name) = match signed {
        Signed::With(name) => ("EdDSA", name, name),
        Signed::Falsely => ("EdDSA", "one", "false"),
        Signed::Not => ("none", "one", "one"),
        Signed::WithSecret => ("HS256", "one", "one"),
    };
    let message = format!("{}.{}", part(&json!({"alg": algorithm, "typ": "JWT", "kid": kid})), part(claims));
    let signature = match signed {
        Signed::Not => Vec::new(),
        Signed::WithSecret => {
            let key = openidconnect::core::CoreHmacKey::new(SECRET.as_bytes().to_vec());
            key.sign(&CoreJwsSigningAlgorithm::HmacSha256, message.as_bytes()).expect("signed")
        }
        Signed::With(_) | Signed::Falsely => {
            key(name, kid).sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).expect("signed")
        }
    };
    format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
}

/// The client's secret at every realm.
pub const SECRET: &str = "only-for-tests";

impl Hostile {
    /// Starts one with a well-behaved realm of each name.
    pub async fn start(realms: &[&str]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let realms = realms.iter().map(|name| ((*name).to_owned(), Realm::default())).collect();
        let inner = Arc::new(Mutex::new(Inner { origin: origin.clone(), realms, ..Inner::default() }));
        let app = Router::new()
            .route("/{realm}/.well-known/openid-configuration", get(discovery))
            .route("/{realm}/jwks", get(jwks))
            .route("/{realm}/token", post(token))
            .with_state(Arc::clone(&inner));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        Self { origin, inner, task }
    }

    /// The issuer of a realm.
    pub fn issuer(&self, realm: &str) -> String {
        format!("{}/{realm}", self.origin)
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }

    /// Lets a realm behave like this.
    pub fn set(&self, realm: &str, behaviour: Realm) {
        self.inner().realms.insert(realm.to_owned(), behaviour);
    }

    /// Gives this ID token for this code, once.
    pub fn give(&self, code: &str, token: String) {
        self.inner().tokens.insert(code.to_owned(), token);
    }

    /// Which codes somebody tried to trade, and where.
    pub fn traded(&self) -> Vec<(String, String)> {
        self.inner().traded.clone()
    }

    /// How many requests came in.
    pub fn requests(&self) -> usize {
        self.inner().requests
    }
}

type Shared = State<Arc<Mutex<Inner>>>;

fn asked(inner: &Arc<Mutex<Inner>>, realm: &str) -> Option<(String, Realm)> {
    let mut inner = inner.lock().expect("not poisoned");
    inner.requests += 1;
    Some((format!("{}/{realm}", inner.origin), inner.realms.get(realm)?.clone()))
}

async fn at_the_door(door: &Door) -> Option<Response> {
    match door {
        Door::Open => None,
        Door::Redirect(to) => Some((StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response()),
        Door::Broken => Some(StatusCode::BAD_GATEWAY.into_response()),
        Door::Flood => Some(axum::Json(json!({"issuer": "x".repeat(2_000_000)})).into_response()),
        Door::Silent => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            None
        }
    }
}

async fn discovery(State(inner): Shared, Path(realm): Path<String>) -> Response {
    let Some((issuer, behaviour)) = asked(&inner, &realm) else { return StatusCode::NOT_FOUND.into_response() };
    if let Some(answer) = at_the_door(&behaviour.door).await {
        return answer;
    }
    let mut said = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "code_challenge_methods_supported": ["S256"],
        "end_session_endpoint": format!("{issuer}/end"),
    });
    if let (Some(said), Value::Object(instead)) = (said.as_object_mut(), behaviour.discovery) {
        said.extend(instead);
    }
    axum::Json(said).into_response()
}

async fn jwks(State(inner): Shared, Path(realm): Path<String>) -> Response {
    let Some((_, behaviour)) = asked(&inner, &realm) else { return StatusCode::NOT_FOUND.into_response() };
    let key = key(&behaviour.key, &behaviour.key).as_verification_key();
    axum::Json(json!({"keys": [serde_json::to_value(key).expect("a key")]})).into_response()
}

async fn token(State(inner): Shared, Path(realm): Path<String>, body: Bytes) -> Response {
    if asked(&inner, &realm).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let sent: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let code = sent.get("code").cloned().unwrap_or_default();
    let mut inner = inner.lock().expect("not poisoned");
    inner.traded.push((realm, code.clone()));
    match inner.tokens.remove(&code) {
        Some(token) => axum::Json(json!({"access_token": "for-nothing", "token_type": "Bearer", "id_token": token}))
            .into_response(),
        None => (StatusCode::BAD_REQUEST, axum::Json(json!({"error": "invalid_grant"}))).into_response(),
    }
}
