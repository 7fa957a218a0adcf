//! From a routing table to a running function.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::Response;
use http_body::Frame;
use http_body_util::BodyExt;
use protocol::{ErrorCode, Timestamp};
use sync_wrapper::SyncWrapper;
use tower::ServiceExt;
use vercel_runtime::{AppState, ResponseBody};

use crate::{App, Background, Config, Error, Fault, cors, middleware};

/// Bytes of a request's body; far below the 4.5 MB that the platform allows.
const LARGEST: usize = 1024 * 1024;

/// How a function ends: never, unless it cannot begin.
pub type Exit = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Serves a routing table as a function of Vercel's.
///
/// # Errors
/// If the runtime cannot listen.
pub fn run(routes: Router<App>) -> Exit {
    let service = from_process(routes);
    let serving = vercel_runtime::run(vercel_runtime::service_fn(
        move |request: vercel_runtime::Request, state: AppState| {
            let service = service.clone();
            async move { Ok::<_, vercel_runtime::Error>(answer(service, request, state).await) }
        },
    ));
    // One thread: a function has a processor at the most, and tasks that wake each other across
    // threads cost a quarter more. Passwords are hashed beside it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // Polled first, it listens; then the socket is there.
        let at_once = async {
            #[cfg(target_os = "linux")]
            let _ = crate::nodelay::set();
        };
        tokio::join!(biased; serving, at_once).0
    })
}

/// A routing table set up by the environment, for adapters to other platforms.
pub fn from_process(routes: Router<App>) -> Router {
    let app = Config::from_process().and_then(|config| App::new(config, now));
    service(routes, app)
}

/// A routing table with everything around it that a request goes through. A deployment that is
/// not set up answers every request with what is missing.
pub fn service(routes: Router<App>, app: Result<App, Vec<Fault>>) -> Router {
    let app = match app {
        Ok(app) => app,
        Err(faults) => return misconfigured(&faults),
    };
    let around = {
        let app = app.clone();
        axum::middleware::from_fn(move |request, next| {
            middleware::around(app.clone(), request, next)
        })
    };
    let routes = if app.config.tokens.are_foreign() {
        routes.layer(axum::middleware::from_fn(middleware::elsewhere))
    } else {
        routes
    };
    let origins: Arc<[String]> = app.config.cors_origins.as_slice().into();
    let routes = routes
        .fallback(async || Error::from(ErrorCode::RouteUnknown))
        .method_not_allowed_fallback(async || Error::from(ErrorCode::MethodNotAllowed))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(around)
        .with_state(app);
    if origins.is_empty() {
        return routes;
    }
    routes.layer(axum::middleware::from_fn(move |request, next| {
        cors::around(Arc::clone(&origins), request, next)
    }))
}

fn misconfigured(faults: &[Fault]) -> Router {
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{} {}.", fault.variable, fault.problem))
        .collect();
    let told = told.join(" ");
    let answer = async move || Error::new(ErrorCode::ConfigInvalid, told);
    let around = |request, next| middleware::logged(now, request, next);
    Router::new()
        .fallback(answer)
        .layer(axum::middleware::from_fn(around))
}

/// Never an `Err`: the runtime would show it to the client word by word.
async fn answer(
    service: Router,
    request: vercel_runtime::Request,
    state: AppState,
) -> vercel_runtime::Response<ResponseBody> {
    let mut request: Request = request.map(Body::new);
    // The runtime takes a request for done when its head was sent, unless told of more.
    let background = Background::new(move |task| state.wait_until(task));
    request.extensions_mut().insert(background);
    let response = service.oneshot(request).await;
    let response = response.unwrap_or_else(|impossible: Infallible| match impossible {});
    into_vercel(response)
}

fn into_vercel(response: Response) -> vercel_runtime::Response<ResponseBody> {
    response.map(|body| ResponseBody(Shared(SyncWrapper::new(body)).map_err(Into::into).boxed()))
}

/// The runtime wants bodies that may be shared between threads, which ours never are.
struct Shared(SyncWrapper<Body>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(self.0.get_mut()).poll_frame(context)
    }
}

/// The clock of this process, which is read nowhere else.
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "the clock of the process is read here and handed on"
    )]
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.map_or(0, |since| since.as_micros());
    Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}
