//! URLs as people paste them.

use tokio_postgres::config::ChannelBinding;

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

/// FR-240. As the providers hand them out, with names and passwords made up.
#[test]
fn the_urls_of_providers_are_read_as_they_are() {
    for (url, user, port, options) in [
        (
            "postgresql://neondb_owner:npg_x@ep-a-b-123-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require",
            "neondb_owner",
            None,
            None,
        ),
        (
            "postgres://neondb_owner:npg_x@ep-a-b-123-pooler.eu-central-1.aws.neon.tech/neondb?connect_timeout=15&sslmode=require&pgbouncer=true",
            "neondb_owner",
            None,
            None,
        ),
        (
            "postgres://u:p@c.pooler.neon.tech/neondb?options=endpoint%3Dep-a-b-123",
            "u",
            None,
            Some("endpoint=ep-a-b-123"),
        ),
        (
            "postgresql://postgres.abcdefghijklmnopqrst:p%40ss@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1",
            "postgres.abcdefghijklmnopqrst",
            Some(6543),
            None,
        ),
        (
            "postgres://postgres.abcdefghijklmnopqrst:p@aws-1-us-east-1.pooler.supabase.com:6543/postgres?sslmode=require&supa=base-pooler.x",
            "postgres.abcdefghijklmnopqrst",
            Some(6543),
            None,
        ),
        (
            "postgresql://postgres:p@db.abcdefghijklmnopqrst.supabase.co:5432/postgres?sslrootcert=system&statement_timeout=5000&lock_timeout=2s",
            "postgres",
            Some(5432),
            Some("-c statement_timeout=5000 -c lock_timeout=2s"),
        ),
        (
            "postgres://u:p@db.example/x?options=-c%20search_path%3Dapp&statement_timeout=5000",
            "u",
            None,
            Some("-c search_path=app -c statement_timeout=5000"),
        ),
    ] {
        let driver = url.parse::<Settings>().unwrap().driver;

        assert_eq!(driver.get_ssl_mode(), SslMode::Require, "{url}");
        assert_eq!(driver.get_user(), Some(user));
        assert_eq!(driver.get_ports().first().copied(), port.or(Some(5432)));
        assert_eq!(driver.get_options(), options);
    }
    let neon = "postgres://u:p@h.neon.tech/x?channel_binding=require";
    let driver = neon.parse::<Settings>().unwrap().driver;
    assert_eq!(driver.get_channel_binding(), ChannelBinding::Require);
}

#[test]
fn unusable_urls_say_why_and_never_what() {
    for (url, error) in [
        ("", UrlError::NotAUrl),
        ("mysql://u:secret@h/x", UrlError::NotAUrl),
        ("postgres://", UrlError::NoHost),
        ("postgres://u:secret@h:port/x", UrlError::Driver),
        (
            "postgres://u:secret@h/x?color=secret",
            UrlError::Parameter("color".to_owned()),
        ),
        (
            "postgres://u:secret@h/x?statement_timeout=5%20-c%20secret",
            UrlError::Parameter("statement_timeout".to_owned()),
        ),
        (
            "postgres://u:secret@h/x?sslrootcert=/secret.pem",
            UrlError::RootCertificate,
        ),
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

/// FR-240. The role that is asked about, and that migrations make.
#[test]
fn supabases_pooler_keeps_the_projects_name_to_itself() {
    for (url, role) in [
        (
            "postgres://latchwork.abcdefghij:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres",
            "latchwork",
        ),
        ("postgres://first.last:p@db.example/x", "first.last"),
        (
            "postgres://postgres:p@db.abcdefghij.supabase.co/postgres",
            "postgres",
        ),
    ] {
        assert_eq!(url.parse::<Settings>().unwrap().role(), role);
    }
}
