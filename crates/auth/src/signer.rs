//! Making the short-lived tokens that every function asks for.

use ed25519_dalek::{Signer as _, SigningKey};
use protocol::{SessionId, Timestamp, UserId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Scopes, base64url, seal};

/// An Ed25519 key with its name.
pub struct Signer {
    kid: String,
    key: SigningKey,
}

/// What an access token says. The members of `user` are Better Auth's own payload: the whole
/// row of the account.
pub struct AccessClaims<'a> {
    pub user: Value,
    pub subject: &'a UserId,
    pub session: &'a SessionId,
    /// `iss` and `aud`, without a slash at the end.
    pub origin: &'a str,
    pub issued_at: Timestamp,
    /// Seconds.
    pub lifetime: i64,
}

/// What a token for a program says (RFC 9068, section 2.2).
pub struct GrantClaims<'a> {
    pub issuer: &'a str,
    pub resource: &'a str,
    pub subject: &'a UserId,
    pub grant: &'a SessionId,
    pub client: &'a str,
    pub scopes: Scopes,
    /// Its name: one that is never used again.
    pub id: &'a str,
    pub issued_at: Timestamp,
    /// Seconds.
    pub lifetime: i64,
}

impl Signer {
    pub fn from_seed(kid: &str, seed: &[u8; 32]) -> Self {
        Self {
            kid: kid.to_owned(),
            key: SigningKey::from_bytes(seed),
        }
    }

    /// Opens the private key of a row of Better Auth's `jwks` table; `None` if it was sealed
    /// under another secret or is no Ed25519 key.
    pub fn from_row(kid: &str, private_key: &str, secret: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Private {
            crv: String,
            d: String,
        }
        let jwk = seal::open_column(private_key, secret)?;
        let jwk: Private = serde_json::from_str(&jwk).ok()?;
        let seed = base64url::decode(jwk.d)?.try_into().ok()?;
        (jwk.crv == "Ed25519").then(|| Self::from_seed(kid, &seed))
    }

    /// The `privateKey` column of a new row.
    pub fn private_column(&self, secret: &str, nonce: [u8; 24]) -> String {
        let jwk = json!({
            "crv": "Ed25519",
            "d": base64url::encode(self.key.as_bytes()),
            "x": self.x(),
            "kty": "OKP",
        });
        seal::seal_column(&jwk.to_string(), secret, nonce)
    }

    /// The `publicKey` column of the row.
    pub fn public_jwk(&self) -> String {
        json!({"crv": "Ed25519", "x": self.x(), "kty": "OKP"}).to_string()
    }

    fn x(&self) -> String {
        base64url::encode(self.key.verifying_key())
    }

    /// A JWT in Better Auth's form, with the session it comes from as `sid`.
    pub fn access_token(&self, claims: &AccessClaims<'_>) -> String {
        let issued_at = claims.issued_at.seconds();
        // Whatever the row says, the claims that decide are ours.
        let mut payload = match &claims.user {
            Value::Object(row) => Value::Object(row.clone()),
            _ => json!({}),
        };
        payload["iat"] = issued_at.into();
        payload["exp"] = (issued_at + claims.lifetime).into();
        payload["sub"] = claims.subject.as_str().into();
        payload["sid"] = claims.session.as_str().into();
        payload["iss"] = claims.origin.into();
        payload["aud"] = claims.origin.into();
        let header = json!({"alg": "EdDSA", "kid": self.kid});
        self.sign(&header.to_string(), &payload.to_string())
    }

    /// A JWT in the form of RFC 9068.
    pub fn grant_token(&self, claims: &GrantClaims<'_>) -> String {
        let issued_at = claims.issued_at.seconds();
        let payload = json!({
            "iss": claims.issuer,
            "aud": claims.resource,
            "sub": claims.subject,
            "sid": claims.grant,
            "client_id": claims.client,
            "scope": claims.scopes.to_string(),
            "jti": claims.id,
            "iat": issued_at,
            "exp": issued_at + claims.lifetime,
        });
        let header = json!({"alg": "EdDSA", "kid": self.kid, "typ": "at+jwt"});
        self.sign(&header.to_string(), &payload.to_string())
    }

    /// A JWT of whatever header and claims: nothing is checked here.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!(
            "{}.{}",
            base64url::encode(header),
            base64url::encode(claims)
        );
        let signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", base64url::encode(signature.to_bytes()))
    }
}
