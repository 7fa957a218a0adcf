//! Speaking HTTP to what is tested.

/// A client that follows no redirect and trusts no certificate: everything tested is on this
/// machine.
///
/// # Panics
/// If the system has no random numbers.
pub fn client() -> reqwest::Client {
    // Another test of the same process may have installed it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .tls_certs_only([])
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client without certificates can be made")
}

/// Below the ports that a system gives to connections, and not the gateway's for its functions:
/// nobody takes one of these between two starts of the same server.
const PORTS: std::ops::Range<u16> = 10_000..20_000;

/// A port that nobody listened on a moment ago.
///
/// # Panics
/// If there is none.
pub fn free_port() -> u16 {
    let mut chance = [0; 2];
    getrandom::fill(&mut chance).expect("the system has random numbers");
    let count = PORTS.end - PORTS.start;
    let first = u16::from_le_bytes(chance) % count;
    (0..count)
        .map(|step| PORTS.start + (first + step) % count)
        .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("there is a free port")
}
