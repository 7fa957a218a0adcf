//! What a token claims.

use protocol::ErrorCode;

use crate::Refusal;
use crate::json::{Json, members};
use crate::subject::Subject;

/// The claims that some rule looks at; the others are none of our business.
#[derive(Debug, Default)]
pub(crate) struct Claims<'a> {
    pub(crate) exp: Option<Json<'a>>,
    pub(crate) iat: Option<Json<'a>>,
    pub(crate) nbf: Option<Json<'a>>,
    pub(crate) iss: Option<Json<'a>>,
    pub(crate) aud: Option<Json<'a>>,
    pub(crate) azp: Option<Json<'a>>,
    pub(crate) sid: Option<Json<'a>>,
    pub(crate) scope: Option<Json<'a>>,
    pub(crate) subject: Subject,
    /// Whether something shows that it is no access token.
    pub(crate) is_of_other_kind: bool,
}

impl<'a> Claims<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut claims = Self::default();
        members(bytes, |name, value| claims.take(name, value)).ok_or(ErrorCode::TokenMalformed)?;
        Ok(claims)
    }

    fn take(&mut self, name: &str, value: Json<'a>) {
        let place = match name {
            "sub" | "user_id" | "userId" | "id" => return self.subject.add(&value),
            "exp" => &mut self.exp,
            "iat" => &mut self.iat,
            "nbf" => &mut self.nbf,
            "iss" => &mut self.iss,
            "aud" => &mut self.aud,
            "azp" => &mut self.azp,
            "sid" => &mut self.sid,
            "scope" => &mut self.scope,
            _ => return self.is_of_other_kind |= shows_other_kind(name, &value),
        };
        *place = Some(value);
    }
}

/// Issuers sign more than access tokens with the same key, and their rules for those are not
/// ours (RFC 8725, sections 2.8 and 3.12).
fn shows_other_kind(name: &str, value: &Json<'_>) -> bool {
    match name {
        // Better Auth: the cookie cache, and links in mails for a new address.
        "session" | "updateTo" | "requestType" => true,
        // `OpenID` Connect Core, sections 2 and 3.3.2.11: an ID token.
        "nonce" | "at_hash" | "c_hash" | "s_hash" => true,
        // RFC 8417, section 2.2: a security event, such as a back-channel logout.
        "events" => true,
        // RFC 7800, section 3.1: whoever presents it has to prove a key, which we do not ask
        // for. RFC 9449, section 4.2: such a proof.
        "cnf" | "htm" | "htu" => true,
        // Cognito and Keycloak say it in the claims.
        "token_use" => value.text() != Some("access"),
        "typ" => !value.text().is_some_and(is_bearer),
        _ => false,
    }
}

fn is_bearer(typ: &str) -> bool {
    ["Bearer", "JWT", "at+jwt"]
        .iter()
        .any(|known| typ.eq_ignore_ascii_case(known))
}
