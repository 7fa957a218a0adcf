//! The short-lived token that every function but sign-in asks for.
//!
//! **Invariant:** it lives in memory and nowhere else: not in storage, not in an address.

use std::cell::RefCell;

use protocol::UserId;

use crate::browser;
use crate::wire::{self, read_struct};

/// Renew when fewer seconds than this are left, so that no call starts with a token that is
/// over by the time it arrives; of one that lives shorter, half its life.
const SPARE_SECONDS: f64 = 60.0;

/// A token with what the page must know of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    text: String,
    subject: String,
    /// By this machine's clock, in milliseconds.
    usable_until: f64,
}

thread_local! {
    /// What came along with the newest answer of the session endpoint, until somebody needs it.
    static ALONG: RefCell<Option<Token>> = const { RefCell::new(None) };
}

/// Keeps the token of the session endpoint's newest answer, in the place of an older one.
pub(super) fn put_along(text: Option<String>) {
    ALONG.set(text.and_then(|text| Token::read(text, browser::now())));
}

/// Gives it away, once, if it is this person's.
pub(super) fn take_along(user: &UserId) -> Option<Token> {
    ALONG
        .take()
        .filter(|token| token.subject() == user.as_str())
}

struct Claims {
    sub: Option<String>,
    iat: i64,
    exp: i64,
}

read_struct! {
    Claims { sub, iat, exp }
}

impl Token {
    /// Reads a token received just now. Its life is counted from `now`, since the clocks of
    /// the two machines need not agree. The signature is the server's business.
    pub(super) fn read(text: String, now: f64) -> Option<Self> {
        let payload = text.split('.').nth(1)?;
        let claims: Claims = wire::parse(str::from_utf8(&base64url(payload)?).ok()?)?;
        let life = f64::from(i32::try_from(claims.exp - claims.iat).ok()?);
        Some(Self {
            text,
            subject: claims.sub?,
            usable_until: now + (life - SPARE_SECONDS.min(life / 2.0)) * 1000.0,
        })
    }

    pub(super) fn is_fresh(&self, now: f64) -> bool {
        now < self.usable_until
    }

    /// Whose token it is.
    pub(super) fn subject(&self) -> &str {
        &self.subject
    }

    /// The value of the `Authorization` header.
    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.text)
    }
}

fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"sub":"ann","iat":1000,"exp":1900}` between two parts that nobody reads here.
    const JWT: &str = "e30.eyJzdWIiOiJhbm4iLCJpYXQiOjEwMDAsImV4cCI6MTkwMH0.sig";

    #[test]
    fn is_fresh_until_a_minute_before_its_end() {
        let token = Token::read(JWT.to_owned(), 5_000.0).unwrap();

        assert_eq!(token.subject(), "ann");
        assert!(token.is_fresh(5_000.0 + 839_000.0));
        assert!(!token.is_fresh(5_000.0 + 840_000.0));
    }

    /// The same with `"exp":1010`.
    #[test]
    fn a_short_life_is_used_for_half_its_time() {
        let jwt = "e30.eyJzdWIiOiJhbm4iLCJpYXQiOjEwMDAsImV4cCI6MTAxMH0.sig";

        let token = Token::read(jwt.to_owned(), 5_000.0).unwrap();

        assert!(token.is_fresh(5_000.0 + 4_999.0));
        assert!(!token.is_fresh(5_000.0 + 5_000.0));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in ["", "opaque", "a.b.c", "a.!!.c", "e30.e30.sig"] {
            assert_eq!(Token::read(text.to_owned(), 0.0), None, "{text}");
        }
    }

    #[test]
    fn base64url_reads_every_length() {
        assert_eq!(base64url("").unwrap(), b"");
        assert_eq!(base64url("Zg").unwrap(), b"f");
        assert_eq!(base64url("Zm8").unwrap(), b"fo");
        assert_eq!(base64url("Zm9v").unwrap(), b"foo");
        assert_eq!(base64url("-_-_").unwrap(), [0xfb, 0xff, 0xbf]);
    }
}
