//! What goes wrong around the functions.

use std::net::SocketAddr;

use gateway::{Gateway, Options};
use reqwest::{Method, StatusCode};
use serde_json::json;
use testing::Database;
use tokio::net::TcpListener;
use tokio_postgres::Config;

use crate::site::{SECRET, Site, answer, cold, options, with};

#[tokio::test]
async fn unknown_addresses_are_json_too() {
    let (_database, site) = cold().await;
    for path in ["/api/nothing", "/api/tasks/1/2/3", "/api/auth/nothing"] {
        let (status, body) = site.get(path).await;

        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(body["code"], "route.unknown", "{path}");
    }
}

/// FR-010.
#[tokio::test]
async fn a_missing_variable_is_named_by_every_function() {
    let database = Database::new().await;
    let complete = [
        ("DATABASE_URL", database.url.as_str()),
        ("BETTER_AUTH_SECRET", SECRET),
        ("BETTER_AUTH_URL", "http://localhost:4000"),
    ];
    for (missing, _) in complete {
        let env = complete
            .iter()
            .filter(|(name, _)| *name != missing)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let gateway = Gateway::start(Options { env, ..options() }).unwrap();
        for function in gateway.functions() {
            let url = format!("{}/api/{function}", gateway.url());

            let (status, body) = answer(testing::client().get(url)).await;

            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{function}");
            let message = body["message"].as_str().unwrap();
            assert!(message.starts_with(missing), "{function}: {message}");
            assert!(!message.contains(SECRET), "{message}");
        }
    }
}

#[tokio::test]
async fn a_database_that_is_away_at_the_start_and_comes_back_is_waited_for() {
    let database = Database::new().await;
    let port = testing::free_port();
    let real: Config = database.url.parse().unwrap();
    let (user, name) = (real.get_user().unwrap(), real.get_dbname().unwrap());
    let site = Site::start(&format!("postgres://{user}@127.0.0.1:{port}/{name}"), false);
    let body = json!({"name": "Ann", "email": "ann@example.com", "password": "correct horse"});
    let sign_up = || {
        let request = site.request(Method::POST, "/api/auth/sign-up/email");
        with(request, &body).header("origin", &site.url)
    };

    let (status, refused) = answer(sign_up()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused["code"], "database.unavailable");

    tokio::spawn(forward(port, real.clone()));
    let (status, signed_up) = answer(sign_up()).await;
    assert_eq!(status, StatusCode::OK, "{signed_up}");
}

/// The way to the database, opened late.
async fn forward(port: u16, server: Config) {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let listener = TcpListener::bind(address).await.unwrap();
    while let Ok((mut client, _)) = listener.accept().await {
        let server = server.clone();
        tokio::spawn(async move {
            let mut server = testing::dial(&server).await?;
            tokio::io::copy_bidirectional(&mut client, &mut server).await
        });
    }
}

#[tokio::test]
async fn an_expired_or_foreign_token_opens_nothing() {
    let (_database, site) = cold().await;
    for (token, code) in [
        ("", "token.missing"),
        ("abc", "token.not_a_jwt"),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.", "token.algorithm"),
    ] {
        let request = site.request(Method::GET, "/api/tasks").bearer_auth(token);

        let (status, body) = answer(request).await;

        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(body["code"], code, "{token}");
    }
}
