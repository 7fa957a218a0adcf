//! Somebody who was signed up for the occasion.

use authcheck::{Answer, Site};
use serde_json::{Value, json};

use crate::{Fault, Result};

const PASSWORD: &str = "Correct-horse-7-battery";

pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) cookie: String,
    pub(crate) token: String,
}

impl Person {
    pub(crate) async fn sign_up(site: &Site, name: &str) -> Result<Self> {
        let mut chance = [0; 8];
        getrandom::fill(&mut chance)
            .map_err(|_| Fault("The system has no random numbers.".to_owned()))?;
        let chance = u64::from_le_bytes(chance);
        // Nobody's, by RFC 2606.
        let email = format!("smoke-{name}-{chance:016x}@example.com");
        let body = json!({"name": name, "email": email, "password": PASSWORD});
        Self::enter(site, "/api/auth/sign-up/email", &email, &body).await
    }

    pub(crate) async fn sign_in(&mut self, site: &Site) -> Result<()> {
        let body = json!({"email": self.email, "password": PASSWORD});
        *self = Self::enter(site, "/api/auth/sign-in/email", &self.email, &body).await?;
        Ok(())
    }

    async fn enter(site: &Site, path: &str, email: &str, body: &Value) -> Result<Self> {
        let answer = want(path, 200, site.answer(site.post(path, body)).await?)?;
        let cookies: Vec<&str> = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect();
        let cookie = cookies.join("; ");
        let session = site.get("/api/auth/get-session").header("cookie", &cookie);
        let session = want("/api/auth/get-session", 200, site.answer(session).await?)?;
        if session.json().unwrap_or_default()["user"]["email"] != email {
            return Err(Fault(
                "The session names somebody else, or nobody.".to_owned(),
            ));
        }
        let minted = site.get("/api/auth/token").header("cookie", &cookie);
        let minted = want("/api/auth/token", 200, site.answer(minted).await?)?;
        let token = minted.json().unwrap_or_default()["token"]
            .as_str()
            .ok_or_else(|| Fault("/api/auth/token answers without a token.".to_owned()))?
            .to_owned();
        Ok(Self {
            email: email.to_owned(),
            cookie,
            token,
        })
    }

    pub(crate) async fn get(&self, site: &Site, path: &str) -> Result<Answer> {
        Ok(site.answer(site.get(path).bearer_auth(&self.token)).await?)
    }

    pub(crate) async fn post(&self, site: &Site, path: &str, body: &Value) -> Result<Answer> {
        let request = site.post(path, body).bearer_auth(&self.token);
        Ok(site.answer(request).await?)
    }

    pub(crate) fn password(&self) -> Value {
        json!({"password": PASSWORD})
    }
}

/// That status, or a fault that says what came instead.
pub(crate) fn want(what: &str, status: u16, answer: Answer) -> Result<Answer> {
    if answer.status == status {
        return Ok(answer);
    }
    let body = answer.json().unwrap_or_default();
    let code = body["code"].as_str().unwrap_or("no code");
    let message = body["message"].as_str().unwrap_or_default();
    Err(Fault(format!(
        "{what} answers {} instead of {status}: {code} {message}",
        answer.status
    )))
}
