//! `POST /api/chatkit`: OpenAI ChatKit's protocol for servers of one's own.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chat::{Reply, Visit};
use protocol::chatkit::Request;

use crate::client::Client;
use crate::extract::{Json, SignedIn};
use crate::sse::{self, Form};
use crate::{App, Error};

pub fn router() -> Router<App> {
    Router::new().route("/api/chatkit", post(handle))
}

async fn handle(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(request): Json<Request>,
) -> Result<Response, Error> {
    let background = client.background.clone();
    let reply = app.chat().handle(request, &visit(caller, client)).await?;
    Ok(match reply {
        Reply::Json(value) => Answer(value).into_response(),
        Reply::Stream(stream) => sse::respond(stream, Form::ChatKit, &background),
    })
}

pub(super) fn visit(caller: auth::Caller, client: Client) -> Visit {
    Visit {
        caller,
        zone: client.zone,
        key: client.key,
        deadline: client.deadline,
    }
}
