//! What the platform's edge does with a request before and after the function.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hyper::header::{CACHE_CONTROL, HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::http::uri::PathAndQuery;
use hyper::{Request, Response, Uri};
use protocol::error::ErrorCode;

use crate::answer::{Body, failure};
use crate::files::Files;
use crate::instances::Instances;
use crate::invoke::{Names, invoke};
use crate::lab::{self, Lab};
use crate::limit::Limited;
use crate::project::Project;
use crate::routes::Target;

const UNCACHED: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

pub(crate) struct Server {
    pub(crate) project: Project,
    pub(crate) instances: Arc<Instances>,
    pub(crate) files: Files,
    /// Only where one asked for it.
    pub(crate) lab: Option<Lab>,
    /// Tells this gateway's requests from another's.
    pub(crate) session: String,
    pub(crate) requests: AtomicU64,
}

impl Server {
    /// Answers one request as the deployed site would.
    pub(crate) async fn handle(
        &self,
        request: Request<Body>,
        client: SocketAddr,
    ) -> Response<Body> {
        let (number, id) = self.next_id();
        let path = request.uri().path().to_owned();
        if let (Some(lab), Some(name)) = (&self.lab, path.strip_prefix(lab::PREFIX)) {
            return lab.answer(name, &request, &self.instances, &id).await;
        }
        let mut response = match self.project.routes.target(&path) {
            Target::File(file) => {
                let page = self.lab.as_ref().and_then(|_| lab::with_panel(&file));
                match page {
                    Some(page) => page,
                    None => {
                        self.files
                            .serve(request.method(), request.headers(), &file, &id)
                            .await
                    }
                }
            }
            Target::Function(place, added) => {
                let request = forwarded(request, &added, client, &id);
                self.call_as_asked(place, request, Names { number, id: &id })
                    .await
            }
            Target::Nothing => failure(ErrorCode::RouteUnknown, &id),
        };
        self.finish(response.headers_mut(), &path, &id);
        response
    }

    /// Calls a function, and twice where the lab is asked to.
    async fn call_as_asked(
        &self,
        place: usize,
        request: Request<Body>,
        names: Names<'_>,
    ) -> Response<Body> {
        let Some(lab) = &self.lab else {
            return self.call(place, request, names).await;
        };
        let (request, twin) = lab.twins.split(request).await;
        let limit = self.project.functions[place].limit;
        let second = twin.map(|twin| {
            let (number, id) = self.next_id();
            twin.send(&self.instances, place, limit, number, id)
        });
        let response = self.call(place, request, names).await;
        if let Some(second) = second {
            second.beside(response.status());
        }
        response
    }

    /// Calls a function without asking the routes.
    pub(crate) async fn invoke(&self, place: usize, request: Request<Body>) -> Response<Body> {
        let (number, id) = self.next_id();
        let client = SocketAddr::from(([127, 0, 0, 1], 0));
        let request = forwarded(request, &[], client, &id);
        self.call(place, request, Names { number, id: &id }).await
    }

    async fn call(&self, place: usize, request: Request<Body>, names: Names<'_>) -> Response<Body> {
        if Limited::is_announced(&request) {
            Limited::discard(request).await;
            return failure(ErrorCode::RequestTooLarge, names.id);
        }
        let limit = self.project.functions[place].limit;
        invoke(&self.instances, place, limit, request, names).await
    }

    fn next_id(&self) -> (u64, String) {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        (number, format!("dev1::{}-{number}", self.session))
    }

    /// What a function says about its answer counts more than what `vercel.json` says.
    fn finish(&self, headers: &mut HeaderMap, path: &str, id: &str) {
        let mut configured = HeaderMap::new();
        for (name, value) in self.project.routes.headers(path) {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(value),
            ) {
                configured.insert(name, value);
            }
        }
        for (name, value) in configured.iter().chain([(&CACHE_CONTROL, &UNCACHED)]) {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert("x-vercel-id", id);
        }
    }
}

/// The request as the function sees it: its own path, the rewrite's additions to the query, and
/// headers about the client that the client itself cannot set.
fn forwarded(
    mut request: Request<Body>,
    added: &[(String, String)],
    client: SocketAddr,
    id: &str,
) -> Request<Body> {
    *request.uri_mut() = with_query(request.uri(), added);
    let headers = request.headers_mut();
    let claimed: Vec<HeaderName> = headers
        .keys()
        .filter(|name| {
            let name = name.as_str();
            name.starts_with("x-vercel-") || name.starts_with("x-forwarded-")
        })
        .cloned()
        .collect();
    for name in claimed {
        headers.remove(name);
    }
    let host = headers
        .entry(HOST)
        .or_insert(HeaderValue::from_static("localhost"))
        .clone();
    let address = client.ip().to_string();
    let forwarded = format!(
        "for={address};host={};proto=http",
        host.to_str().unwrap_or_default()
    );
    for (name, value) in [
        ("x-forwarded-for", address.as_str()),
        ("x-vercel-forwarded-for", &address),
        ("x-real-ip", &address),
        ("x-forwarded-proto", "http"),
        ("x-vercel-id", id),
        ("forwarded", &forwarded),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers.insert("x-vercel-deployment-url", host.clone());
    headers.insert("x-forwarded-host", host);
    request
}

/// Of two values for one name, the client's counts.
fn with_query(uri: &Uri, added: &[(String, String)]) -> Uri {
    let path = uri.path();
    let mut pairs: Vec<String> = uri.query().map(str::to_owned).into_iter().collect();
    for (name, value) in added {
        let own = format!("{name}=");
        let is_set = uri
            .query()
            .is_some_and(|query| query.split('&').any(|pair| pair.starts_with(&own)));
        if !is_set {
            pairs.push(format!("{name}={value}"));
        }
    }
    let mark = if pairs.is_empty() { "" } else { "?" };
    PathAndQuery::try_from(format!("{path}{mark}{}", pairs.join("&")))
        .map_or_else(|_| uri.clone(), Uri::from)
}
