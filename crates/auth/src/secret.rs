//! Secrets that are looked up by their hash: personal access tokens, authorization codes, refresh
//! tokens. Whoever reads the database cannot use what stands there.

use protocol::{ErrorCode, SessionId, Timestamp, UserId};
use sha2::{Digest, Sha256};

use crate::random::{self, Fill};
use crate::seal::hex;
use crate::{Caller, Refusal, Scopes};

/// What personal access tokens begin with, so that scanners of published code know them.
pub const PERSONAL: &str = "lwp_";

/// A new secret; 43 letters hold 256 bits, which nobody guesses.
pub fn generate(prefix: &str, fill: Fill<'_>) -> String {
    format!("{prefix}{}", random::alphanumeric(43, fill))
}

/// What is kept of it. A secret of so much chance needs no salt and no slow hash.
pub fn hash(secret: &str) -> String {
    hex(&digest(secret))
}

/// SHA-256, as PKCE wants it (RFC 7636, section 4.2).
pub fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// What the database knows of a personal access token.
#[derive(Clone, Copy, Debug)]
pub struct Personal<'a> {
    pub id: &'a SessionId,
    pub user: &'a UserId,
    pub hash: &'a str,
    pub scopes: Scopes,
    pub expires_at: Timestamp,
}

impl Personal<'_> {
    /// The caller that the token proves. The hash is compared again here, so that a row alone
    /// makes nobody a caller.
    ///
    /// # Errors
    /// `token.unknown_key` for another token, `token.expired` for one that is over.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Refusal> {
        if !token.starts_with(PERSONAL) || hash(token) != self.hash {
            return Err(ErrorCode::TokenUnknownKey);
        }
        if self.expires_at <= now {
            return Err(ErrorCode::TokenExpired);
        }
        let session = Some(self.id.clone());
        let caller = Caller::verified(self.user.clone(), session, self.expires_at);
        Ok(caller.limited_to(self.scopes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    #[test]
    fn a_row_makes_a_caller_only_with_its_token() {
        let mut next = 0;
        let token = generate(PERSONAL, &mut |buffer| {
            for byte in buffer {
                *byte = next;
                next += 1;
            }
        });
        let (id, user) = (SessionId::new("grant_1"), UserId::new("ann"));
        let row = Personal {
            id: &id,
            user: &user,
            hash: &hash(&token),
            scopes: Scopes::READ,
            expires_at: NOW.plus_seconds(60),
        };

        let caller = row.verify(&token, NOW).unwrap();

        assert_eq!(caller.user(), &user);
        assert_eq!(caller.scopes(), Scopes::READ);
        assert_eq!(
            row.verify("lwp_other", NOW),
            Err(ErrorCode::TokenUnknownKey)
        );
        let late = NOW.plus_seconds(60);
        assert_eq!(row.verify(&token, late), Err(ErrorCode::TokenExpired));
        assert_eq!(token.len(), 47);
    }
}
