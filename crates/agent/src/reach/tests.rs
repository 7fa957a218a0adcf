//! Where nobody is led.

use super::*;

#[test]
fn addresses_that_are_not_everybodys_are_left_alone() {
    for address in [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "100::1",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for address in [
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "2a00::1",
    ] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

/// FR-147.
#[test]
fn a_persons_server_has_a_public_address() {
    let checked = |text| checked_address(text, Reach::Public);
    assert_eq!(
        checked(" https://api.openai.com/v1/ "),
        Ok("https://api.openai.com/v1".to_owned())
    );
    assert!(checked("https://models.example.com:8443/openai").is_ok());
    assert!(checked("https://1.1.1.1/v1").is_ok());
    for text in [
        "",
        "api.openai.com",
        "http://api.openai.com/v1",
        "ftp://api.openai.com/v1",
        "file:///etc/passwd",
        "https://localhost/v1",
        "https://api.localhost/v1",
        "https://ollama:11434/v1",
        "https://printer.local/v1",
        "https://metadata.google.internal/v1",
        "https://127.0.0.1/v1",
        "https://2130706433/v1",
        "https://0x7f.1/v1",
        "https://0177.0.0.1/v1",
        "https://10.1.2.3/v1",
        "https://169.254.169.254/latest",
        "https://[::1]/v1",
        "https://[::ffff:10.0.0.1]/v1",
        "https://[fd00:ec2::254]/v1",
        "https://user:pass@api.openai.com/v1",
        "https://api.openai.com/v1?a=b",
        "https://api.openai.com/v1#a",
    ] {
        assert!(checked(text).is_err(), "{text}");
    }
}

#[test]
fn on_ones_own_machine_a_server_may_be_beside() {
    let checked = |text| checked_address(text, Reach::Anywhere);

    assert!(checked("http://127.0.0.1:11434/v1").is_ok());
    assert!(checked("https://ollama:11434/v1").is_ok());
    assert!(checked("file:///etc/passwd").is_err());
}

/// FR-147: the name is looked at again when it is connected to.
#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
    let found = PublicOnly.resolve("localhost".parse().unwrap()).await;

    assert!(found.is_err());
}
