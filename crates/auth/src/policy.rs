//! What a token must say to be for us.

use protocol::{ErrorCode, SessionId, Timestamp};

use crate::claims::Claims;
use crate::json::Json;
use crate::subject::is_identifier;
use crate::{Caller, Refusal, Scopes};

/// Rules for the claims of a token whose signature was checked.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Exact `iss` values; several where previews have their own address.
    pub issuers: Vec<String>,
    /// `aud` must hold the first. The others may stand beside it; any further one is refused,
    /// because whoever it is meant for could replay the token here (RFC 8725, section 3.9).
    /// If there is none, `aud` must be absent, and `parties` decide.
    pub audiences: Vec<String>,
    /// If there are any, `azp` must be one of them. Clerk's tokens have no `aud` but this.
    pub parties: Vec<String>,
    /// Seconds by which clocks may differ.
    pub leeway: i64,
    /// Seconds between `iat` and `exp` at the most.
    pub longest_life: i64,
    pub sessions: Sessions,
}

/// Whose sessions `sid` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// Those of our own table. A token without `sid` was made by a Better Auth that shares the
    /// keys, and lives on for its few minutes after its session has ended.
    Ours,
    /// Another system's, of which we know nothing.
    Foreign,
    /// Grants to programs. A token names its grant and its scopes (RFC 9068, section 2.2.3).
    Grants,
}

impl Policy {
    /// Tokens that a deployment makes for itself: both claims are its origin, as in Better Auth.
    pub fn of_origin(origin: &str) -> Self {
        Self {
            issuers: vec![origin.to_owned()],
            audiences: vec![origin.to_owned()],
            parties: Vec::new(),
            leeway: 5,
            longest_life: 3600,
            sessions: Sessions::Ours,
        }
    }

    /// Tokens that a deployment makes for programs which a person has let in.
    pub fn of_resource(issuer: &str, resource: &str) -> Self {
        Self {
            issuers: vec![issuer.to_owned()],
            sessions: Sessions::Grants,
            ..Self::of_origin(resource)
        }
    }

    pub(crate) fn accept(&self, claims: Claims<'_>, now: Timestamp) -> Result<Caller, Refusal> {
        if claims.is_of_other_kind {
            return Err(ErrorCode::TokenKind);
        }
        let expires_at = self.check_times(&claims, now)?;
        let issuer = claims.iss.as_ref().and_then(Json::text);
        if !issuer.is_some_and(|issuer| self.issuers.iter().any(|known| known == issuer)) {
            return Err(ErrorCode::TokenIssuer);
        }
        if !self.is_for_us(claims.aud.as_ref()) || !self.is_through_us(claims.azp.as_ref()) {
            return Err(ErrorCode::TokenAudience);
        }
        let session = self.session(claims.sid.as_ref())?;
        let user = claims.subject.user()?;
        let scopes = self.scopes(claims.scope.as_ref())?;
        Ok(Caller::verified(user, session, expires_at).limited_to(scopes))
    }

    /// RFC 7519, sections 4.1.4 to 4.1.6: `exp` and `iat` are demanded, `nbf` is obeyed.
    fn check_times(&self, claims: &Claims<'_>, now: Timestamp) -> Result<Timestamp, Refusal> {
        let now = now.seconds();
        let expires = seconds(claims.exp.as_ref())?;
        let issued = seconds(claims.iat.as_ref())?;
        let not_before = match &claims.nbf {
            None => issued,
            given => seconds(given.as_ref())?,
        };
        if expires <= issued {
            return Err(ErrorCode::TokenClaims);
        }
        if expires - issued > self.longest_life {
            return Err(ErrorCode::TokenLifetime);
        }
        if expires <= now - self.leeway {
            return Err(ErrorCode::TokenExpired);
        }
        if issued.max(not_before) > now + self.leeway {
            return Err(ErrorCode::TokenNotYetValid);
        }
        Ok(Timestamp::from_seconds(expires))
    }

    fn is_for_us(&self, aud: Option<&Json<'_>>) -> bool {
        let Some((ours, _)) = self.audiences.split_first() else {
            return aud.is_none() && !self.parties.is_empty();
        };
        let known = |aud: &Json<'_>| {
            let aud = aud.text();
            aud.is_some_and(|aud| self.audiences.iter().any(|known| known == aud))
        };
        match aud {
            Some(Json::List(list)) => {
                list.iter().all(known) && list.iter().any(|aud| aud.text() == Some(ours))
            }
            Some(aud) => aud.text() == Some(ours),
            None => false,
        }
    }

    /// `OpenID` Connect Core, section 2: the party that the token was issued to.
    fn is_through_us(&self, azp: Option<&Json<'_>>) -> bool {
        let party = azp.and_then(Json::text);
        self.parties.is_empty()
            || party.is_some_and(|party| self.parties.iter().any(|known| known == party))
    }

    fn session(&self, sid: Option<&Json<'_>>) -> Result<Option<SessionId>, Refusal> {
        match (self.sessions, sid) {
            (Sessions::Foreign, _) | (Sessions::Ours, None) => Ok(None),
            (Sessions::Ours | Sessions::Grants, Some(Json::Text(id))) if is_identifier(id) => {
                Ok(Some(SessionId::new(id.as_ref())))
            }
            (Sessions::Ours, Some(_)) | (Sessions::Grants, _) => Err(ErrorCode::TokenClaims),
        }
    }

    fn scopes(&self, scope: Option<&Json<'_>>) -> Result<Scopes, Refusal> {
        if self.sessions != Sessions::Grants {
            return Ok(Scopes::ALL);
        }
        let scopes = scope.and_then(Json::text).and_then(Scopes::parse);
        scopes.ok_or(ErrorCode::TokenClaims)
    }
}

/// A `NumericDate` within the years that a signed-in person may meet. Fractions are allowed by
/// RFC 7519, section 2, and written by nobody we trust, so they are refused with the rest.
fn seconds(value: Option<&Json<'_>>) -> Result<i64, Refusal> {
    match value {
        Some(Json::Whole(seconds @ 0..=253_402_300_799)) => Ok(*seconds),
        _ => Err(ErrorCode::TokenClaims),
    }
}
