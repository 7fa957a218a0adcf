//! The failure lab: on this machine one can do to a site what elsewhere only happens to it, and
//! watch that nothing is lost and nothing is there twice.
//!
//! A site that is asked for with [`Options::lab`](crate::Options::lab) has a bar on its page, and
//! behind it these routes, each of which does the real thing:
//!
//! - `POST /_lab/kill` ends the processes that serve a request at this moment.
//! - `POST /_lab/drop?seconds=8` cuts every connection and takes no new one meanwhile; it is
//!   answered when the network is back.
//! - `POST /_lab/duplicate` sends the next change twice at the same moment; it is answered when
//!   both were.
//!
//! **Invariant:** none of it is in the page or the functions, so nothing of it can be deployed; a
//! site that other machines can reach has no lab; and another site's page cannot use it, since it
//! may not send the header.

mod outage;
mod page;
mod twin;

use std::sync::Arc;
use std::time::Duration;

use hyper::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response};
use protocol::error::ErrorCode;
use serde_json::{Value, json};

use crate::answer::{Body, failure, full};
use crate::instances::Instances;

pub(crate) use outage::Outage;
pub(crate) use page::with_panel;
pub(crate) use twin::Twins;

/// Whatever is below is the lab's.
pub(crate) const PREFIX: &str = "/_lab/";

/// Only a page of this very site may send it.
const HEADER: &str = "x-failure-lab";

/// An outage that nobody said the length of, and the longest there is.
const OUTAGE: u64 = 8;
const LONGEST_OUTAGE: u64 = 60;

#[derive(Default)]
pub(crate) struct Lab {
    pub(crate) outage: Outage,
    pub(crate) twins: Twins,
}

impl Lab {
    /// Answers a request to the lab itself. Its connection ends with it: what comes later must not
    /// find a line that is spared from an outage.
    pub(crate) async fn answer(
        &self,
        name: &str,
        request: &Request<Body>,
        instances: &Arc<Instances>,
        id: &str,
    ) -> Response<Body> {
        let mut response = match (request.method(), name) {
            (&Method::GET, name) => match page::part(name) {
                Some((kind, text)) => answered(kind, text),
                None => failure(ErrorCode::RouteUnknown, id),
            },
            (&Method::POST, _) if !request.headers().contains_key(HEADER) => {
                failure(ErrorCode::OriginForbidden, id)
            }
            (&Method::POST, "kill") => told(&json!({"killed": instances.kill_serving().await})),
            (&Method::POST, "drop") => {
                let length = seconds(request.uri().query());
                self.outage.last(Duration::from_secs(length)).await;
                told(&json!({"seconds": length}))
            }
            (&Method::POST, "duplicate") => match self.twins.next().await {
                Some(seen) => told(&seen),
                None => told(&Value::Null),
            },
            _ => failure(ErrorCode::RouteUnknown, id),
        };
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

fn seconds(query: Option<&str>) -> u64 {
    let mut pairs = query.unwrap_or_default().split('&');
    let given = pairs.find_map(|pair| pair.strip_prefix("seconds=")?.parse().ok());
    given.unwrap_or(OUTAGE).min(LONGEST_OUTAGE)
}

fn told(value: &Value) -> Response<Body> {
    answered("application/json", value.to_string())
}

fn answered(kind: &'static str, text: impl Into<bytes::Bytes>) -> Response<Body> {
    let mut response = Response::new(full(text));
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
