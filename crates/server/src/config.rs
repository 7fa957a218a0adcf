//! Configuration: the only place that reads the environment. It is checked whole, and every
//! fault names its variable and never its value.

mod address;
mod cors;
mod costs;
mod duration;
mod limits;
mod mail;
mod preview;
mod secret;
mod sessions;
mod telemetry;
mod tokens;

use agent::Endpoint;
use chat::Costs;
use protocol::UserId;
use store::Settings;

pub use self::limits::Limits;
pub use self::mail::Mail;
pub use self::sessions::Sessions;
pub(crate) use self::telemetry::Collector;
pub(crate) use self::tokens::{Further, KeySource, Tokens};

/// Looks up a variable; empty ones count as absent.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a deployment is told by its environment.
#[derive(Clone)]
pub struct Config {
    /// `DATABASE_URL`, and `DATABASE_CA` for an authority of one's own.
    pub database: Settings,
    /// `BETTER_AUTH_SECRET`: signs cookies and seals keys, those of people's models too. The name is Better Auth's, so that
    /// both can run on one database.
    pub secret: String,
    /// Where people reach us, without a slash at the end. First the one that tokens are made
    /// for: `BETTER_AUTH_URL`, or on Vercel the address of the deployment; then the further
    /// addresses of the same deployment.
    pub origins: Vec<String>,
    /// `CORS_ORIGINS`: pages elsewhere that are let in as our own are.
    pub cors_origins: Vec<String>,
    /// `OPENAI_MODEL`, `OPENAI_API_KEY` and `OPENAI_BASE_URL`; the built-in assistant if unset.
    pub model: Option<Endpoint>,
    /// Whether MCP clients are offered the contract's names for one task at a time as well:
    /// `MCP_SINGULAR_TOOLS`, unless `off`.
    pub singular_tools: bool,
    /// Whether people may bring a model and a key of their own: `OWN_MODEL_KEYS`, unless `off`.
    pub own_model_keys: bool,
    /// Whether models are asked at all: `MODEL_CALLS`, unless `off`. The built-in assistant is none.
    pub model_calls: bool,
    /// Whether nothing may be changed: `READ_ONLY`, if `on`.
    pub read_only: bool,
    /// `MODEL_PRICES`, `DAILY_BUDGET` and `DAILY_BUDGET_PER_USER`.
    pub costs: Costs,
    /// `OWNER_IDS`: who sees the deployment's numbers and may stop it. Ids, because anybody can sign up
    /// with an address that is not theirs.
    pub owners: Vec<UserId>,
    /// Where traces go: `OTEL_EXPORTER_OTLP_…`, `OTEL_SERVICE_NAME`.
    pub(crate) collector: Option<Collector>,
    /// Whose tokens are taken: `AUTH_*`.
    pub(crate) tokens: Tokens,
    /// `CRON_SECRET`: lets the platform's clock in; without it nobody is.
    pub cron_secret: Option<String>,
    /// `OPENAI_TRANSCRIPTION_MODEL`, on the same server; without it nobody listens.
    pub transcription: Option<Endpoint>,
    /// The headers in which the platform says where a client is: `CLIENT_ADDRESS_HEADER`.
    pub address_headers: Vec<String>,
    pub limits: Limits,
    pub mail: Mail,
    pub sessions: Sessions,
}

/// What is wrong with a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub variable: &'static str,
    /// Goes on after the variable's name: "is not set; …".
    pub problem: String,
}

impl Fault {
    fn new(variable: &'static str, problem: impl Into<String>) -> Self {
        Self {
            variable,
            problem: problem.into(),
        }
    }
}

impl Config {
    /// # Errors
    /// All faults at once.
    pub fn from_process() -> Result<Self, Vec<Fault>> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that reads the environment"
        )]
        Self::read(&|name| std::env::var(name).ok())
    }

    /// # Errors
    /// All faults at once.
    pub fn read(environment: Environment<'_>) -> Result<Self, Vec<Fault>> {
        let variable = |name: &str| {
            let is_declared = variables::find(name).is_some();
            debug_assert!(is_declared, "{name} has no entry in crates/variables");
            environment(name).filter(|value| !value.trim().is_empty())
        };
        let mut faults = Vec::new();
        let database = keep(&mut faults, database(&variable));
        let preview = keep(&mut faults, preview::read(&variable));
        let secret = keep(&mut faults, secret::own(&variable));
        let origins = keep(&mut faults, origins(&variable));
        let cors_origins = keep(&mut faults, cors::read(&variable));
        let origin = origins.as_ref().and_then(|origins| origins.first());
        let tokens = tokens::tokens(&variable, origin.map(String::as_str), &mut faults);
        let singular_tools = keep(&mut faults, switch(&variable, "MCP_SINGULAR_TOOLS", true));
        let own_model_keys = keep(&mut faults, switch(&variable, "OWN_MODEL_KEYS", true));
        let model_calls = keep(&mut faults, switch(&variable, "MODEL_CALLS", true));
        let read_only = keep(&mut faults, switch(&variable, "READ_ONLY", false));
        let model = keep(&mut faults, model(&variable));
        let collector = keep(&mut faults, telemetry::read(&variable));
        let owners = variable("OWNER_IDS").unwrap_or_default();
        let owners = owners.split(',').map(str::trim).filter(|id| !id.is_empty());
        let owners = owners.map(UserId::new).collect();
        let asked = model.as_ref().and_then(Option::as_ref);
        let transcription =
            asked
                .zip(variable("OPENAI_TRANSCRIPTION_MODEL"))
                .map(|(endpoint, model)| Endpoint {
                    model,
                    ..endpoint.clone()
                });
        let priced = [
            ("OPENAI_MODEL", asked),
            ("OPENAI_TRANSCRIPTION_MODEL", transcription.as_ref()),
        ];
        let costs = costs::read(&variable, priced, &mut faults);
        let cron_secret = keep(&mut faults, cron_secret(&variable));
        let address_headers = keep(&mut faults, address::read(&variable));
        let mail = keep(
            &mut faults,
            mail::read(&variable, origin.map(String::as_str)),
        );
        let limits = limits::read(&variable, &mut faults);
        let sessions = sessions::read(&variable, &mut faults);
        let config = || {
            preview?;
            Some(Self {
                database: database?,
                secret: secret?,
                origins: origins?,
                cors_origins: cors_origins?,
                tokens: tokens?,
                singular_tools: singular_tools?,
                own_model_keys: own_model_keys?,
                model_calls: model_calls?,
                read_only: read_only?,
                costs: costs?,
                owners,
                collector: collector?,
                model: model?,
                transcription,
                cron_secret: cron_secret?,
                address_headers: address_headers?,
                limits: limits?,
                mail: mail?,
                sessions: sessions?,
            })
        };
        config().ok_or(faults)
    }

    /// The model that answers who has brought none; `None` for the built-in assistant.
    pub(crate) fn asked_model(&self) -> Option<&Endpoint> {
        self.model.as_ref().filter(|_| self.model_calls)
    }

    /// The address that tokens are made for.
    pub fn origin(&self) -> &str {
        self.origins.first().map_or("", String::as_str)
    }

    /// Every origin whose pages are trusted: ours, and those that were let in.
    pub(crate) fn trusted_origins(&self) -> impl Iterator<Item = &String> {
        self.origins.iter().chain(&self.cors_origins)
    }

    /// Cookies are for encrypted connections only, except on one's own machine.
    pub fn is_secure(&self) -> bool {
        self.origin().starts_with("https://")
    }
}

fn keep<T>(faults: &mut Vec<Fault>, value: Result<T, Fault>) -> Option<T> {
    value.map_err(|fault| faults.push(fault)).ok()
}

/// `on`, `off`, or nothing, which is the `standard`.
fn switch(variable: Environment<'_>, name: &'static str, standard: bool) -> Result<bool, Fault> {
    match variable(name).as_deref().map(str::trim) {
        None => Ok(standard),
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(_) => Err(Fault::new(name, "is neither `on` nor `off`")),
    }
}

fn database(variable: Environment<'_>) -> Result<Settings, Fault> {
    const NAME: &str = "DATABASE_URL";
    let url = variable(NAME)
        .ok_or_else(|| Fault::new(NAME, "is not set; give it the URL of a Postgres database"))?;
    let mut settings: Settings = url
        .trim()
        .parse()
        .map_err(|error: store::UrlError| Fault::new(NAME, error.to_string()))?;
    settings.authority = variable("DATABASE_CA");
    Ok(settings)
}

fn cron_secret(variable: Environment<'_>) -> Result<Option<String>, Fault> {
    const NAME: &str = "CRON_SECRET";
    match variable(NAME) {
        Some(secret) if secret.len() < 16 => Err(Fault::new(NAME, "is shorter than 16 characters")),
        secret => Ok(secret),
    }
}

fn origins(variable: Environment<'_>) -> Result<Vec<String>, Fault> {
    const NAME: &str = "BETTER_AUTH_URL";
    let host = |name| variable(name).map(|host| format!("https://{host}"));
    let production = variable("VERCEL_ENV").is_none_or(|kind| kind == "production");
    let of_platform = [
        host("VERCEL_PROJECT_PRODUCTION_URL").filter(|_| production),
        host("VERCEL_BRANCH_URL"),
        host("VERCEL_URL"),
    ];
    let given = variable(NAME)
        // A preview has an address of its own; the production one would not be its origin.
        .filter(|_| production || of_platform.iter().all(Option::is_none))
        .map(|url| url.trim().trim_end_matches('/').to_owned());
    let mut origins: Vec<String> = Vec::new();
    for origin in given.into_iter().chain(of_platform.into_iter().flatten()) {
        check_origin(&origin).map_err(|problem| Fault::new(NAME, problem))?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.is_empty() {
        return Err(Fault::new(
            NAME,
            "is not set; give it the address people use, such as https://tasks.example.com",
        ));
    }
    Ok(origins)
}

fn check_origin(origin: &str) -> Result<(), &'static str> {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))
        .ok_or("does not begin with https://")?;
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', '*', ',']) {
        return Err("is more than scheme, host and port");
    }
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let name = match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => host,
    };
    if origin.starts_with("http://") && !is_local(name) {
        return Err("begins with http://, which only an address of this very machine may");
    }
    Ok(())
}

/// Whether a host is this very machine (RFC 6761, section 6.3).
fn is_local(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&host) || host.ends_with(".localhost")
}

fn model(variable: Environment<'_>) -> Result<Option<Endpoint>, Fault> {
    let (key, base_url) = (variable("OPENAI_API_KEY"), variable("OPENAI_BASE_URL"));
    if key.is_none() && base_url.is_none() {
        return Ok(None);
    }
    let line = |name, value: String| {
        let value = value.trim().to_owned();
        let fits = value.chars().all(|c| c.is_ascii_graphic());
        fits.then_some(value)
            .ok_or_else(|| Fault::new(name, "has a character that cannot be sent in a header"))
    };
    let base_url = base_url.unwrap_or_else(|| "https://api.openai.com/v1".to_owned());
    let base_url = line("OPENAI_BASE_URL", base_url)?;
    if !base_url.starts_with("https://") && !base_url.starts_with("http://") {
        return Err(Fault::new(
            "OPENAI_BASE_URL",
            "does not begin with https://",
        ));
    }
    Ok(Some(Endpoint {
        model: variable("OPENAI_MODEL")
            .ok_or_else(|| Fault::new("OPENAI_MODEL", "is not set, though a model server is"))?,
        base_url,
        // Servers of one's own often want no key, and refuse an empty one.
        api_key: line("OPENAI_API_KEY", key.unwrap_or_else(|| "none".to_owned()))?,
    }))
}

#[cfg(test)]
mod tests;
