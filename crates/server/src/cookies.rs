//! The session cookie, in Better Auth's form: name, attributes and their order.

use axum::http::{HeaderMap, header};

use crate::Config;
use crate::client::text;

/// Whether the browser forgets the session when it is closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remember {
    /// For this many seconds.
    For(i64),
    UntilClosed,
}

/// What an answer does to the session that its receiver keeps.
#[derive(Default)]
pub(crate) struct SetCookies {
    /// The `Set-Cookie` lines.
    pub(crate) lines: Vec<String>,
    /// The signed token, for programs that keep no cookies.
    pub(crate) token: Option<String>,
}

pub(crate) struct Cookies<'a> {
    config: &'a Config,
}

impl<'a> Cookies<'a> {
    pub(crate) const fn new(config: &'a Config) -> Self {
        Self { config }
    }

    /// RFC 6265bis, section 4.1.3.1: browsers take a `__Secure-` cookie from encrypted
    /// connections only.
    fn name(&self, name: &str) -> String {
        let prefix = if self.config.is_secure() {
            "__Secure-"
        } else {
            ""
        };
        format!("{prefix}better-auth.{name}")
    }

    /// The session token of a request: as a bearer, which a program sends, or in the cookie. A
    /// signature must be ours; a bearer may come without, as the token itself is the secret.
    pub(crate) fn session_token(&self, headers: &HeaderMap) -> Option<String> {
        self.bearer(headers)
            .or_else(|| self.signed(headers, "session_token"))
    }

    fn bearer(&self, headers: &HeaderMap) -> Option<String> {
        let value = text(headers, "authorization")?;
        let (scheme, token) = value.split_once(' ')?;
        let token = auth::cookie::decode(token.trim())?;
        if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
            return None;
        }
        if !token.contains('.') {
            return Some(token);
        }
        auth::cookie::verify(&token, &self.config.secret).map(str::to_owned)
    }

    /// Whether the session is to end with the browser.
    pub(crate) fn is_forgotten(&self, headers: &HeaderMap) -> bool {
        self.signed(headers, "dont_remember").is_some()
    }

    fn signed(&self, headers: &HeaderMap, name: &str) -> Option<String> {
        let value = read(headers, &self.name(name))?;
        let signed = auth::cookie::decode(value)?;
        let token = auth::cookie::verify(&signed, &self.config.secret)?;
        Some(token.to_owned())
    }

    /// Gives out a session.
    pub(crate) fn set(&self, token: &str, remember: Remember) -> SetCookies {
        let mut lines = vec![self.line("session_token", token, remember)];
        if remember == Remember::UntilClosed {
            lines.push(self.line("dont_remember", "true", remember));
        }
        SetCookies {
            lines,
            token: Some(auth::cookie::sign(token, &self.config.secret)),
        }
    }

    fn line(&self, name: &str, value: &str, remember: Remember) -> String {
        let signed = auth::cookie::sign(value, &self.config.secret);
        let age = match remember {
            Remember::For(seconds) => format!(" Max-Age={seconds};"),
            Remember::UntilClosed => String::new(),
        };
        self.with_attributes(name, &auth::cookie::encode(&signed), &age)
    }

    /// Takes everything back.
    pub(crate) fn clear(&self) -> SetCookies {
        let names = ["session_token", "session_data", "dont_remember"];
        SetCookies {
            lines: names
                .map(|name| self.with_attributes(name, "", " Max-Age=0;"))
                .to_vec(),
            token: None,
        }
    }

    fn with_attributes(&self, name: &str, value: &str, age: &str) -> String {
        let secure = if self.config.is_secure() {
            " Secure;"
        } else {
            ""
        };
        let name = self.name(name);
        format!("{name}={value};{age} Path=/; HttpOnly;{secure} SameSite=Lax")
    }
}

fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}
