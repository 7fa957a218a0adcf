//! A deployment on this machine: the built functions and the page, behind the real routing table.

use std::net::SocketAddr;
use std::path::Path;

use gateway::{Gateway, Options};

pub(crate) const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

pub(crate) struct Site {
    pub(crate) gateway: Gateway,
    pub(crate) url: String,
}

impl Site {
    pub(crate) fn start_with(
        database_url: &str,
        configure: impl FnOnce(Options) -> Options,
    ) -> Self {
        let port = testing::free_port();
        let url = format!("http://localhost:{port}");
        let environment = [
            ("DATABASE_URL", database_url),
            ("BETTER_AUTH_SECRET", SECRET),
            ("BETTER_AUTH_URL", &url),
            // Everybody in a test comes from one address.
            ("RATE_LIMIT_SIGN_IN", "off"),
            ("RATE_LIMIT_SIGN_UP", "off"),
        ];
        let gateway = Gateway::start(configure(Options {
            env: environment
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            listen: SocketAddr::from(([127, 0, 0, 1], port)),
            ..options()
        }));
        Self {
            gateway: gateway.unwrap(),
            url,
        }
    }
}

/// The binaries that cargo built for this test.
pub(crate) fn options() -> Options {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let binary = Path::new(env!("CARGO_BIN_EXE_health"));
    Options {
        cold: testing::is_cold(),
        ..Options::new(root, binary.parent().unwrap())
    }
}
