//! A `DATABASE_URL` as people paste it, read into what the driver understands.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::{Host, SslMode};

/// Parameters that other drivers know and that change nothing for us.
const FOREIGN: [&str; 8] = [
    "pgbouncer",
    "connection_limit",
    "pool_timeout",
    "schema",
    "supa",
    "workaround",
    "uselibpqcompat",
    "sslnegotiation",
];

/// Those that our driver knows, beside what stands before the question mark.
const KNOWN: [&str; 18] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "password",
    "port",
    "sslmode",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];

/// Settings of the server that other drivers take as parameters; ours takes them as options.
const OF_SERVER: [&str; 3] = [
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
];

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) driver: tokio_postgres::Config,
    /// Connections one process holds at the most.
    pub connections: usize,
    /// A certificate authority (PEM) to trust beside the public ones.
    pub authority: Option<String>,
    pub patience: Patience,
}

/// How long something is waited for, before it fails with
/// [`Error::Unavailable`](crate::Error::Unavailable).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection, an old one that is free or a new one.
    pub connection: Duration,
    /// By the server for a statement, which may wait for another's lock and would outlive the
    /// process that wants its answer.
    pub statement: Duration,
    /// By the server for the next statement of a transaction. A process that is frozen, or cut off
    /// from the network, would keep its locks for as long as nobody misses it.
    pub silence: Duration,
    /// For an answer. The server, which has a shorter time, should end first.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connection: Duration::from_secs(8),
            statement: Duration::from_secs(15),
            silence: Duration::from_secs(5),
            answer: Duration::from_secs(20),
        }
    }
}

/// Why a URL is not used. Never shows the URL, which holds a password.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    #[error("is not a postgres:// URL")]
    NotAUrl,
    #[error("names no database server")]
    NoHost,
    #[error("has sslmode={0}, which is none of disable, prefer, require, verify-ca, verify-full")]
    SslMode(String),
    #[error("has the parameter `{0}`, which is not known; leave it out")]
    Parameter(String),
    #[error("has sslrootcert; give the certificate to DATABASE_CA instead")]
    RootCertificate,
    #[error("cannot be read by the Postgres driver")]
    Driver,
    #[error("names a certificate authority that is no PEM certificate")]
    Authority,
}

impl FromStr for Settings {
    type Err = UrlError;

    fn from_str(url: &str) -> Result<Self, UrlError> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
            return Err(UrlError::NotAUrl);
        }
        let mut ssl_mode = None;
        let mut kept = Vec::new();
        let mut options = String::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=').unwrap_or((pair, "")) {
                ("sslmode", mode) => ssl_mode = Some(parse_ssl_mode(mode)?),
                // The public authorities, which are trusted in any case.
                ("sslrootcert", "system") => {}
                ("sslrootcert", _) => return Err(UrlError::RootCertificate),
                (name, _) if FOREIGN.contains(&name) => {}
                (name, value) if OF_SERVER.contains(&name) && is_time(value) => {
                    options = format!("{options} -c {name}={value}");
                }
                (name, _) if KNOWN.contains(&name) => kept.push(pair),
                (name, _) => return Err(UrlError::Parameter(name.chars().take(40).collect())),
            }
        }
        let mut driver: tokio_postgres::Config = format!("{address}?{}", kept.join("&"))
            .parse()
            .map_err(|_| UrlError::Driver)?;
        if !options.is_empty() {
            let given = driver.get_options().unwrap_or_default();
            driver.options(format!("{given}{options}").trim());
        }
        if driver.get_hosts().is_empty() {
            return Err(UrlError::NoHost);
        }
        driver.ssl_mode(ssl_mode.unwrap_or_else(|| default_ssl_mode(&driver)));
        driver.connect_timeout(Duration::from_secs(5));
        driver.keepalives_idle(Duration::from_secs(30));
        driver.application_name("latchwork");
        Ok(Self {
            driver,
            connections: 3,
            authority: None,
            patience: Patience::default(),
        })
    }
}

/// Certificates are verified in every mode that encrypts: `require` without it stops nobody who
/// can stand between.
fn parse_ssl_mode(mode: &str) -> Result<SslMode, UrlError> {
    match mode {
        "disable" | "allow" | "prefer" => Ok(SslMode::Disable),
        "require" | "verify-ca" | "verify-full" => Ok(SslMode::Require),
        other => Err(UrlError::SslMode(other.chars().take(20).collect())),
    }
}

/// Milliseconds, or a number with a unit. Nothing else may get among the options.
fn is_time(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A URL that does not say is encrypted, unless the server is this very machine.
fn default_ssl_mode(driver: &tokio_postgres::Config) -> SslMode {
    let local = driver.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => ["localhost", "127.0.0.1", "::1"].contains(&name.as_str()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    if local {
        SslMode::Disable
    } else {
        SslMode::Require
    }
}

impl Settings {
    /// The role that the server knows us as. Supabase's pooler is told the project as well, after
    /// a dot, which it keeps to itself.
    pub(crate) fn role(&self) -> &str {
        let user = self.driver.get_user().unwrap_or_default();
        let of_supabase = self.driver.get_hosts().iter().any(|host| match host {
            Host::Tcp(name) => name.ends_with(".pooler.supabase.com"),
            #[cfg(unix)]
            Host::Unix(_) => false,
        });
        match user.rsplit_once('.') {
            Some((role, _)) if of_supabase => role,
            _ => user,
        }
    }

    pub(crate) fn tls(&self) -> Result<ClientConfig, UrlError> {
        let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        if let Some(pem) = &self.authority {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                let certificate = certificate.map_err(|_| UrlError::Authority)?;
                roots.add(certificate).map_err(|_| UrlError::Authority)?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| UrlError::Authority)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(config)
    }
}

#[cfg(test)]
mod tests;
