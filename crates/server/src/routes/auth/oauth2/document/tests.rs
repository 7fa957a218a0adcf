//! What is not fetched, and what is not believed.

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const ID: &str = "https://client.example.com/oauth/client.json";

/// FR-130.
#[test]
fn only_a_plain_public_address_is_fetched() {
    assert!(address(ID).is_ok());
    for id in [
        "",
        "client_1",
        "http://client.example.com/client.json",
        "https://client.example.com",
        "https://client.example.com/",
        "https://localhost/client.json",
        "https://127.0.0.1/client.json",
        "https://2130706433/client.json",
        "https://0x7f.1/client.json",
        "https://[::1]/client.json",
        "https://client.example.com./client.json",
        "https://client.example.com:443/client.json",
        "https://client.example.com:8443/client.json",
        "https://user@client.example.com/client.json",
        "https://client.example.com/client.json?a=b",
        "https://client.example.com/client.json#a",
        "https://client.example.com/a/../client.json",
        "https://client.example.com/./client.json",
        "https://client.example.com/%2e%2e/client.json",
        "https://CLIENT.example.com/client.json",
        "https:client.example.com/client.json",
        "https://client.example.com\\@evil.example/client.json",
        " https://client.example.com/client.json",
    ] {
        assert!(address(id).is_err(), "{id}");
    }
}

#[test]
fn a_description_must_be_the_clients_own() {
    let good = serde_json::json!({
        "client_id": ID,
        "client_name": "Client",
        "redirect_uris": ["https://client.example.com/cb"],
        "token_endpoint_auth_method": "none",
    });
    let client = read(ID, good.to_string().as_bytes(), NOW).unwrap();
    assert_eq!(client.name, "Client");
    assert_eq!(client.expires_at, Some(NOW.plus_seconds(FRESH)));
    for (name, value) in [
        (
            "client_id",
            serde_json::json!("https://other.example.com/client.json"),
        ),
        ("redirect_uris", serde_json::json!([])),
        ("redirect_uris", serde_json::json!(["http://evil.example/"])),
        ("redirect_uris", serde_json::json!(["javascript:alert(1)"])),
        (
            "redirect_uris",
            serde_json::json!("https://client.example.com/cb"),
        ),
        (
            "token_endpoint_auth_method",
            serde_json::json!("client_secret_basic"),
        ),
        (
            "token_endpoint_auth_method",
            serde_json::json!("private_key_jwt"),
        ),
        ("client_secret", serde_json::json!("s")),
    ] {
        let mut bad = good.clone();
        bad[name] = value;
        assert!(read(ID, bad.to_string().as_bytes(), NOW).is_err(), "{bad}");
    }
    assert!(read(ID, b"<html>", NOW).is_err());
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_fetched() {
    let refused = fetch("https://localhost.localdomain/client.json", NOW).await;

    assert!(refused.is_err());
}
