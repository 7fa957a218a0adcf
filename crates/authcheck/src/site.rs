//! The deployment under test, as something that answers.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::Value;

/// More of an answer is not looked at.
const MOST_READ: usize = 256 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a server may ask us to wait, and how often.
const LONGEST_WAIT: u64 = 90;
const MOST_WAITS: u32 = 4;

/// Why the look at a deployment could not be finished.
#[derive(Debug)]
pub struct Problem(pub String);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

pub struct Site {
    base: String,
    client: Client,
}

impl Site {
    /// # Errors
    /// If that is no `http` or `https` address.
    pub fn new(base: &str) -> Result<Self, Problem> {
        let base = base.trim_end_matches('/');
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(Problem(format!("`{base}` is no http or https address.")));
        }
        // Another user of the same process may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let roots = rustls::RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let tls = rustls::ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            // A redirect is an answer that is looked at.
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .user_agent("latchwork-authcheck")
            .build()
            .map_err(|error| Problem(format!("No client could be made: {error}.")))?;
        Ok(Self {
            base: base.to_owned(),
            client,
        })
    }

    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.base.starts_with("https://")
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// A request with JSON, as the site's own page would send it.
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path)
            .header("content-type", "application/json")
            .header("origin", &self.base)
            .body(body.to_string())
    }

    /// Whether anything answers there.
    pub async fn is_reachable(&self) -> bool {
        self.get("/").send().await.is_ok()
    }

    /// Sends it, and waits where the server asks for patience.
    ///
    /// # Errors
    /// If no answer comes.
    pub async fn answer(&self, request: RequestBuilder) -> Result<Answer, Problem> {
        let mut waits = 0;
        loop {
            let copy = || {
                let unclonable = || Problem("A request cannot be repeated.".to_owned());
                request.try_clone().ok_or_else(unclonable)
            };
            let answer = match self.once(copy()?).await {
                Ok(answer) => answer,
                // A server that fails may close the connection after its answer, while the next
                // request is on its way.
                Err(_) => self.once(copy()?).await?,
            };
            match answer.header(RETRY_AFTER.as_str()).parse() {
                Ok(seconds @ ..=LONGEST_WAIT) if answer.status == 429 && waits < MOST_WAITS => {
                    waits += 1;
                    tokio::time::sleep(Duration::from_secs(seconds.max(1))).await;
                }
                _ => return Ok(answer),
            }
        }
    }

    /// Sends it, and takes what comes.
    ///
    /// # Errors
    /// If no answer comes.
    pub async fn once(&self, request: RequestBuilder) -> Result<Answer, Problem> {
        let unreachable =
            |error: reqwest::Error| Problem(format!("No answer: {}.", error.without_url()));
        let mut response = request.send().await.map_err(unreachable)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while body.len() < MOST_READ
            && let Some(chunk) = response.chunk().await.map_err(unreachable)?
        {
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

pub(crate) type Said = (u16, [Value; 4]);

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The first one of that name; empty if there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..300)
    }

    /// The status, and what the body says of the reason: alike for answers of the same reason.
    pub(crate) fn said(&self) -> Said {
        let body = self.json().unwrap_or_default();
        let reason = ["code", "message", "detail", "error"].map(|name| body[name].clone());
        (self.status, reason)
    }

    /// A page where data was asked for: a proxy or a rewrite took the request.
    #[must_use]
    pub fn is_html(&self) -> bool {
        let start = self.body.trim_start().get(..9).unwrap_or_default();
        self.header("content-type").starts_with("text/html")
            || start.eq_ignore_ascii_case("<!doctype")
    }
}
