//! What a person sees, and what may not be done with it.

use axum::body::Body;
use axum::http::Request;

use super::{CALLBACK, Stage, cookie, form, param, query};

#[tokio::test]
async fn the_question_names_the_program_and_where_it_leads() {
    let stage = Stage::new().await;

    let page = stage
        .authorize(&query(&stage.asking()), &cookie(&stage.ann))
        .await;

    assert!(page.body.contains("Test &lt;client&gt;"), "{}", page.body);
    assert!(page.body.contains("client.example.com") && page.body.contains("ann@example.com"));
    assert!(!page.body.contains("<client>"));
}

/// Clickjacking: FR-128.
#[tokio::test]
async fn the_question_is_shown_in_no_frame_and_leads_nowhere_else() {
    let stage = Stage::new().await;

    let page = stage
        .authorize(&query(&stage.asking()), &cookie(&stage.ann))
        .await;

    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self' https://client.example.com",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_program_on_this_machine_is_warned_of() {
    let mut stage = Stage::new().await;
    stage.client = super::register(&stage.desk, "http://127.0.0.1:1/cb").await;
    let asking = stage.asking_with("redirect_uri", "http://127.0.0.1:2/cb");

    let page = stage.authorize(&asking, &cookie(&stage.ann)).await;

    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("class=\"warning\""), "{}", page.body);
}

#[tokio::test]
async fn who_is_not_signed_in_signs_in_and_comes_back_to_the_question() {
    let stage = Stage::new().await;

    let page = stage.authorize(&query(&stage.asking()), "").await;

    let (_, rest) = page
        .body
        .split_once("name=\"callbackURL\" value=\"")
        .unwrap();
    let (back, _) = rest.split_once('"').unwrap();
    let (_, again) = back.split_once('?').unwrap();
    let page = stage.authorize(again, &cookie(&stage.ann)).await;
    assert!(page.body.contains("use your tasks?"), "{}", page.body);
    assert!(page.body.contains("name=\"request\""));
}

/// A page of another site cannot answer for the person, nor can one that hides where it is.
#[tokio::test]
async fn only_the_page_that_asked_may_answer() {
    let stage = Stage::new().await;
    let asking = query(&stage.asking());
    for origin in [None, Some("https://evil.example"), Some("null")] {
        let fields = [("request", asking.as_str()), ("decision", "allow")];
        let mut request = form("/api/auth/oauth2/consent", &fields);
        let headers = request.headers_mut();
        headers.insert("cookie", cookie(&stage.ann).parse().unwrap());
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }

        let answer = stage.desk.send(request).await;

        assert_eq!(answer.status, 403, "{origin:?}");
        assert_eq!(answer.header("location"), "");
    }
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_was_not_registered() {
    let stage = Stage::new().await;
    for uri in [
        "https://client.example.com/callback/",
        "https://client.example.com/callback?x",
        "https://client.example.com.evil.example/callback",
        "https://client.example.com@evil.example/callback",
        "https://evil.example/callback",
        "http://client.example.com/callback",
        "//evil.example/callback",
        "javascript:alert(1)",
    ] {
        // Whatever else is wrong as well.
        for asking in [
            stage.asking_with("redirect_uri", uri),
            stage.asking_with("redirect_uri", uri) + "&response_type=token",
        ] {
            let page = stage.authorize(&asking, &cookie(&stage.ann)).await;
            assert_eq!(page.status, 400, "{uri}");
            assert_eq!(page.header("location"), "", "{uri}");
            let answer = stage.decide(&asking, &[("decision", "allow")]).await;
            assert_eq!(answer.header("location"), "", "{uri}");
        }
    }
    let unknown = stage.asking_with("client_id", "client_unknown");
    assert_eq!(
        stage.authorize(&unknown, &cookie(&stage.ann)).await.status,
        400
    );
}

#[tokio::test]
async fn what_is_wrong_otherwise_is_told_to_the_program() {
    let stage = Stage::new().await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "unsupported_response_type"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        (
            "resource",
            "https://other.example/api/mcp",
            "invalid_target",
        ),
        ("scope", "admin", "invalid_scope"),
        ("prompt", "none", "consent_required"),
        ("request", "eyJhbGciOiJub25lIn0", "request_not_supported"),
    ] {
        let answer = stage
            .authorize(&stage.asking_with(name, value), &cookie(&stage.ann))
            .await;

        let place = answer.header("location");
        assert!(place.starts_with(CALLBACK), "{name}: {place}");
        assert_eq!(param(place, "error"), error, "{name}");
        assert_eq!(param(place, "state"), "st at&e");
        // RFC 9207: an answer of another server cannot be taken for ours.
        assert!(param(place, "iss").ends_with("/api/auth"));
    }
}

#[tokio::test]
async fn a_description_at_an_address_inside_is_not_fetched() {
    let stage = Stage::new().await;
    for id in [
        "https://localhost/client.json",
        "https://127.0.0.1/client.json",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/client.json",
        "https://localhost:5432/client.json",
        "https://user@example.com/client.json",
        "https://10.0.0.1.:443/client.json",
    ] {
        let asking = stage.asking_with("client_id", id);
        let page = stage.authorize(&asking, &cookie(&stage.ann)).await;

        assert_eq!(page.status, 400, "{id}");
        assert!(page.body.contains("own description"), "{}", page.body);
    }
    let nothing = Request::get("/api/auth/oauth2/authorize")
        .body(Body::empty())
        .unwrap();
    assert_eq!(stage.desk.send(nothing).await.status, 400);
}
