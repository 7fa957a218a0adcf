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

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) driver: tokio_postgres::Config,
    /// Connections one process holds at the most.
    pub connections: usize,
    /// A certificate authority (PEM) to trust beside the public ones.
    pub authority: Option<String>,
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
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", mode)) => ssl_mode = Some(parse_ssl_mode(mode)?),
                Some((name, _)) if FOREIGN.contains(&name) => {}
                _ => kept.push(pair),
            }
        }
        let mut driver: tokio_postgres::Config = format!("{address}?{}", kept.join("&"))
            .parse()
            .map_err(|_| UrlError::Driver)?;
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
mod tests {
    use super::*;

    fn mode(url: &str) -> Result<SslMode, UrlError> {
        url.parse::<Settings>()
            .map(|settings| settings.driver.get_ssl_mode())
    }

    #[test]
    fn remote_servers_are_encrypted_unless_the_url_says_no() {
        assert_eq!(mode("postgres://u:p@db.example/x"), Ok(SslMode::Require));
        assert_eq!(
            mode("postgresql://u:p@db.example/x?sslmode=verify-full&pgbouncer=true"),
            Ok(SslMode::Require)
        );
        assert_eq!(
            mode("postgres://u@db.example/x?sslmode=disable"),
            Ok(SslMode::Disable)
        );
        assert_eq!(mode("postgres://u@localhost:5433/x"), Ok(SslMode::Disable));
        assert_eq!(mode("postgres://u@%2Ftmp%2Fpg/x"), Ok(SslMode::Disable));
    }

    #[test]
    fn unusable_urls_say_why_and_never_what() {
        for (url, error) in [
            ("", UrlError::NotAUrl),
            ("mysql://u:secret@h/x", UrlError::NotAUrl),
            ("postgres://", UrlError::NoHost),
            ("postgres://u:secret@h:port/x", UrlError::Driver),
            (
                "postgres://u:secret@h/x?sslmode=maybe",
                UrlError::SslMode("maybe".to_owned()),
            ),
        ] {
            let refused = url.parse::<Settings>().unwrap_err();

            assert!(!refused.to_string().contains("secret"), "{refused}");
            assert_eq!(refused, error, "{url}");
        }
    }
}
