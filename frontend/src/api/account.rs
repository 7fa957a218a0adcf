//! What a person does with their own account: `/api/auth/*` by the cookie, and what is kept of
//! them by the token.

use js_sys::Promise;
use protocol::grant::{CreatedToken, Grant, GrantList, NewToken};
use protocol::model::{ModelSettings, NewModel, OwnModel};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob};

use super::Api;
use super::auth::object;
use super::failure::Failure;
use super::http::{self, Call};
use crate::wire::{Read, read_struct};

const MODEL: &str = "/api/account/model";

/// One sign-in of one device.
#[expect(non_snake_case, reason = "fields are called as they are on the wire")]
pub struct Device {
    pub id: String,
    pub token: String,
    pub createdAt: String,
    pub updatedAt: String,
    pub ipAddress: String,
    pub userAgent: String,
}

read_struct! {
    Device { id, token, createdAt, updatedAt, ipAddress, userAgent }
    Grant { id, name, client_id, scope, created_at, last_used_at, expires_at }
    GrantList { grants }
    ModelSettings { enabled, model, builtin, dictation, own }
    OwnModel { model, base_url, key_end, set_at }
}

impl Read for CreatedToken {
    fn read(value: Value) -> Option<Self> {
        let token = value["token"].as_str()?.to_owned();
        Some(Self {
            token,
            grant: Grant::read(value)?,
        })
    }
}

/// The body of `POST /api/auth/change-password`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPassword {
    pub current_password: String,
    pub new_password: String,
}

/// What was removed with an account, by table.
pub struct Deleted {
    pub deleted: Map<String, Value>,
}

read_struct! {
    Deleted { deleted }
}

impl Api {
    /// `POST /api/auth/update-user`
    pub async fn rename_user(&self, name: &str) -> Result<(), Failure> {
        self.post("update-user", &[("name", name)]).await
    }

    /// `POST /api/auth/change-email`. Where letters are sent, the address changes when the link
    /// in the letter is opened.
    pub async fn change_email(&self, email: &str) -> Result<(), Failure> {
        let form = [("newEmail", email), ("callbackURL", "/account?done=email")];
        self.post("change-email", &form).await
    }

    /// `POST /api/auth/send-verification-email`
    pub async fn verify_email(&self, email: &str) -> Result<(), Failure> {
        let form = [("email", email), ("callbackURL", "/account?done=verified")];
        self.post("send-verification-email", &form).await
    }

    /// `POST /api/auth/change-password`: the other devices are signed out.
    pub async fn change_password(&self, form: &NewPassword) -> Result<(), Failure> {
        let call = Call::new("POST", "/api/auth/change-password").json(form);
        self.by_cookie::<Value>(call).await.map(drop)
    }

    /// `GET /api/auth/list-sessions`
    pub async fn devices(&self) -> Result<Vec<Device>, Failure> {
        self.by_cookie(Call::new("GET", "/api/auth/list-sessions"))
            .await
    }

    /// `POST /api/auth/revoke-session`
    pub async fn end_session(&self, token: &str) -> Result<(), Failure> {
        self.post("revoke-session", &[("token", token)]).await
    }

    /// `POST /api/auth/revoke-other-sessions`
    pub async fn end_other_sessions(&self) -> Result<(), Failure> {
        self.post("revoke-other-sessions", &[]).await
    }

    /// `POST /api/auth/delete-user`: everything of the person, for good.
    pub async fn delete_user(&self, password: &str) -> Result<Deleted, Failure> {
        let form = object(&[("password", password)]);
        self.by_cookie(Call::new("POST", "/api/auth/delete-user").json(&form))
            .await
    }

    /// `GET /api/auth/grants`
    pub async fn grants(&self) -> Result<Vec<Grant>, Failure> {
        let list: GrantList = self.get("/api/auth/grants").await?;
        Ok(list.grants)
    }

    /// `POST /api/auth/grants`: the only time that the token is shown.
    pub async fn create_token(&self, new: &NewToken) -> Result<CreatedToken, Failure> {
        self.json(Call::new("POST", "/api/auth/grants").json(new))
            .await
    }

    /// `DELETE /api/auth/grants/{id}`
    pub async fn delete_grant(&self, id: &str) -> Result<(), Failure> {
        let call = Call::new("DELETE", &format!("/api/auth/grants/{id}"));
        self.send(call).await.map(drop)
    }

    /// `GET /api/account/model`: which model answers the person.
    pub async fn model(&self) -> Result<ModelSettings, Failure> {
        self.get(MODEL).await
    }

    /// `PUT /api/account/model`: the only time that the key goes anywhere.
    pub async fn set_model(&self, new: &NewModel) -> Result<ModelSettings, Failure> {
        self.json(Call::new("PUT", MODEL).json(new)).await
    }

    /// `DELETE /api/account/model`
    pub async fn delete_model(&self) -> Result<ModelSettings, Failure> {
        self.json(Call::new("DELETE", MODEL)).await
    }

    /// A file that the server makes, such as `/api/account/export`.
    pub async fn file(&self, path: &str) -> Result<Blob, Failure> {
        let response = self.send(Call::new("GET", path)).await?;
        let blob: Promise = response.blob().map_err(|_| Failure::Unreachable)?;
        let blob = JsFuture::from(blob)
            .await
            .map_err(|_| Failure::Unreachable)?;
        blob.dyn_into().map_err(|_| Failure::Unreachable)
    }

    async fn post(&self, name: &str, form: &[(&str, &str)]) -> Result<(), Failure> {
        let call = Call::new("POST", &format!("/api/auth/{name}")).json(&object(form));
        self.by_cookie::<Value>(call).await.map(drop)
    }

    /// A call to Better Auth's endpoints, which know people by their cookie.
    async fn by_cookie<T: Read>(&self, mut call: Call) -> Result<T, Failure> {
        call.signal = self.0.abort.as_ref().map(AbortController::signal);
        match http::send(&call, None).await {
            Err(Failure::Refused(why)) if why.status == 401 => Err(self.lose(why.code)),
            answer => http::read_json(&answer?).await,
        }
    }
}
