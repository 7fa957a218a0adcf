//! Whose word is taken for where a request comes from: `CLIENT_ADDRESS_HEADER`.

use super::{Environment, Fault};

/// The headers that hold the client's address, the first that is there counts. None is believed
/// unless something in front of us overwrites what clients send.
pub(super) fn read(variable: Environment<'_>) -> Result<Vec<String>, Fault> {
    const NAME: &str = "CLIENT_ADDRESS_HEADER";
    let Some(name) = variable(NAME) else {
        // Vercel sets both, and drops a client's own.
        let of_platform = ["x-vercel-forwarded-for", "x-real-ip"].map(str::to_owned);
        let is_there = variable("VERCEL").is_some();
        return Ok(if is_there {
            of_platform.to_vec()
        } else {
            Vec::new()
        });
    };
    let name = name.trim().to_ascii_lowercase();
    if axum::http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err(Fault::new(
            NAME,
            "is no name of a header, such as x-real-ip",
        ));
    }
    Ok(vec![name])
}
