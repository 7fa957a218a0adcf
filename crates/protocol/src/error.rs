//! The one shape of every failure: RFC 9457 problem details with a stable code.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $message:literal;)*) => {
        /// A failure's stable name. Clients branch on it; its sentence may change, it may not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
            /// A code that this build does not know, from a newer server.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ErrorCode {
            /// Every code there is, in the order of the reference.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The HTTP status the code travels with.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                    Self::Unknown => 500,
                }
            }

            /// The public sentence, where the occasion has no better one.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                    Self::Unknown => "Something went wrong.",
                }
            }
        }
    };
}

codes! {
    /// No credential at all. RFC 6750, section 3.1: without an error code in the challenge.
    TokenMissing = "token.missing", 401, "Sign in to continue.";
    TokenMalformed = "token.malformed", 401, "This sign-in is not valid. Sign in again.";
    /// An opaque session token was sent where a JWT belongs.
    TokenNotAJwt = "token.not_a_jwt", 401, "This sign-in is not valid. Sign in again.";
    TokenTooLarge = "token.too_large", 401, "This sign-in is not valid. Sign in again.";
    /// Five parts: encrypted, so not for us.
    TokenEncrypted = "token.encrypted", 401, "This sign-in is not valid. Sign in again.";
    TokenAlgorithm = "token.algorithm", 401, "This sign-in is not valid. Sign in again.";
    /// Better Auth can sign with it, and our libraries cannot verify it.
    TokenEs512 = "token.es512", 401, "Sign-ins by ES512 are not supported; EdDSA, ES256, RS256 and PS256 are.";
    TokenHeader = "token.header", 401, "This sign-in is not valid. Sign in again.";
    /// An ID token, a link of a mail, a cookie: signed by the same key, and no access token.
    TokenKind = "token.kind", 401, "This sign-in is not valid. Sign in again.";
    TokenUnknownKey = "token.unknown_key", 401, "This sign-in is not valid. Sign in again.";
    TokenSignature = "token.signature", 401, "This sign-in is not valid. Sign in again.";
    TokenExpired = "token.expired", 401, "Your sign-in has expired. Sign in again.";
    TokenNotYetValid = "token.not_yet_valid", 401, "This sign-in is not valid. Sign in again.";
    TokenIssuer = "token.issuer", 401, "This sign-in is not valid. Sign in again.";
    TokenAudience = "token.audience", 401, "This sign-in is not valid. Sign in again.";
    TokenClaims = "token.claims", 401, "This sign-in is not valid. Sign in again.";
    /// More time between `iat` and `exp` than a token may live.
    TokenLifetime = "token.lifetime", 401, "This sign-in is not valid. Sign in again.";
    /// Two claims name two users.
    TokenClaimConflict = "token.claim_conflict", 401, "This sign-in is not valid. Sign in again.";
    TokenNoSubject = "token.no_subject", 401, "This sign-in is not valid. Sign in again.";
    /// RFC 6750, section 3.1: a request with two tokens.
    TokenRepeated = "token.repeated", 400, "The request has more than one token.";
    /// Addresses end in logs and histories (RFC 9700, section 4.3.2).
    TokenInUrl = "token.in_url", 400, "Send the token in the Authorization header, never in the address.";
    /// The session was revoked, or its user is gone.
    SessionEnded = "session.ended", 401, "This session has ended. Sign in again.";
    /// A session answer without a user id: treated as signed out.
    SessionNoUserId = "session.no_user_id", 401, "This session names no user. Sign in again.";
    /// `AUTH_ISSUER` says that another system signs people in.
    SignInElsewhere = "auth.elsewhere", 404, "People sign in at another system here.";
    /// RFC 6750, section 3.1: the token is good, and was not made for this.
    ScopeInsufficient = "scope.insufficient", 403, "This program was not allowed to do that.";
    /// The path names another user than the token.
    UserMismatch = "user.mismatch", 403, "This address belongs to another account.";
    /// `OWNER_IDS` does not name this person.
    OwnerOnly = "owner.only", 403, "This page is for the owner of the deployment.";
    OriginForbidden = "origin.forbidden", 403, "This request came from another site.";

    RequestMalformed = "request.malformed", 400, "The request could not be read.";
    RequestInvalid = "request.invalid", 422, "The request has a value that is not allowed.";
    RequestTooLarge = "request.too_large", 413, "The request is too large.";
    RequestMediaType = "request.media_type", 415, "Send application/json.";
    RouteUnknown = "route.unknown", 404, "There is nothing at this address.";
    MethodNotAllowed = "method.not_allowed", 405, "This address does not take that method.";

    TaskNotFound = "task.not_found", 404, "There is no such task.";
    /// Another device changed the task first (`If-Match`).
    TaskChanged = "task.changed", 412, "The task was changed elsewhere.";
    ThreadNotFound = "thread.not_found", 404, "There is no such conversation.";
    ThreadLocked = "thread.locked", 409, "This conversation takes no messages.";
    ItemNotFound = "item.not_found", 404, "There is no such message.";
    /// The question was answered before, or the item is none.
    ItemNotPending = "item.not_pending", 409, "This was answered already.";
    AttachmentNotFound = "attachment.not_found", 404, "There is no such file.";
    AttachmentType = "attachment.type", 415, "Only PNG, JPEG, GIF and WebP images and text files can be attached.";
    AttachmentTooLarge = "attachment.too_large", 413, "A file may have one megabyte.";
    /// Another length, or another kind of content, than was announced.
    AttachmentMismatch = "attachment.mismatch", 422, "The file is not what it was said to be.";
    /// No speech model is configured.
    TranscriptionOff = "transcription.off", 422, "This server takes no speech: no model for it is configured.";
    AudioType = "audio.type", 415, "Only WebM, Ogg, MP4, MP3 and WAV audio can be transcribed.";
    GrantNotFound = "grant.not_found", 404, "There is no such program or token.";
    RunNotFound = "run.not_found", 404, "There is no such answer.";
    /// Its messages are in the conversation.
    RunSwept = "run.swept", 410, "This answer is too old to be followed.";
    /// The secret of the platform's clock is missing or wrong.
    CronForbidden = "cron.forbidden", 401, "Only the platform's clock may do this.";
    MessageEmpty = "message.empty", 422, "Write something first.";
    MessageTooLong = "message.too_long", 422, "The message is too long.";
    /// The same `Idempotency-Key` with another body.
    KeyReused = "idempotency.key_reused", 422, "This key was used for another request.";
    LimitReached = "limit.reached", 422, "A limit is reached.";
    RateLimited = "rate.limited", 429, "Too many requests. Wait a moment.";
    /// `DAILY_BUDGET` or `DAILY_BUDGET_PER_USER`; `Retry-After` says when the next day begins.
    BudgetSpent = "budget.spent", 429, "Today's budget for the assistant is spent. It begins anew at midnight UTC; until then the built-in assistant goes on: begin your message with “built-in:”.";

    /// The environment is wrong; the message names the variable, never its value.
    ConfigInvalid = "config.invalid", 503, "The server is not set up.";
    /// The issuer's keys cannot be fetched, and none that we have fits.
    KeysUnavailable = "keys.unavailable", 503, "Sign-ins cannot be checked at the moment. Try again.";
    DatabaseUnavailable = "database.unavailable", 503, "The database does not answer. Try again.";
    SchemaMismatch = "database.schema", 503, "The database has another version than this server.";
    /// `OWN_MODEL_KEYS=off`.
    OwnModelOff = "model.own_off", 422, "This server takes no model keys of people.";
    /// `MODEL_CALLS=off`, or the owner's switch, for what the built-in assistant cannot do.
    ModelsOff = "model.off", 503, "The assistant's models are switched off at the moment.";
    /// `READ_ONLY=on`, or the owner's switch.
    ReadOnly = "server.read_only", 503, "Nothing can be changed at the moment. Your tasks and conversations are safe, and you can read them.";
    /// Given up before the platform ends the process. What was asked for may be done or not, and is
    /// done once if it is repeated with the same `Idempotency-Key`.
    ServerTimeout = "server.timeout", 503, "This took too long. Try again.";
    ModelUnavailable = "model.unavailable", 503, "The assistant does not answer. Try again.";
    Internal = "internal", 500, "Something went wrong on our side.";
}

/// The body of every failure (RFC 9457, section 3), sent as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// The status code's name, the same for every failure of that status.
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub status: u16,
    pub code: ErrorCode,
    /// A sentence for a person.
    pub message: String,
    /// Names the request in the logs.
    #[serde(default)]
    pub request_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_written_as_they_are_named() {
        for (place, code) in ErrorCode::ALL.iter().enumerate() {
            let written = serde_json::to_value(code).unwrap();

            assert_eq!(written, code.as_str());
            assert!(!ErrorCode::ALL[..place].contains(code));
            assert!((400..600).contains(&code.status()), "{written}");
        }
    }

    #[test]
    fn a_code_from_the_future_is_unknown() {
        let read: ErrorCode = serde_json::from_str(r#""token.quantum""#).unwrap();

        assert_eq!(read, ErrorCode::Unknown);
    }
}
