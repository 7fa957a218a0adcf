//! Which program it is: one that registered, or one whose id is the address of its document.

use store::oauth::{self, Client};

use super::{document, redirect};
use crate::{App, Error};

/// The client of an id, or what a person is told if there is none.
pub(super) async fn find(app: &App, id: &str) -> Result<Result<Client, String>, Error> {
    let now = (app.clock)();
    let known = oauth::client(&app.db, id).await?;
    let is_document = id.starts_with("https://");
    if let Some(client) = known
        && client.expires_at.is_none_or(|end| end > now)
    {
        return Ok(Ok(client));
    }
    if !is_document {
        return Ok(Err("This program has not registered here.".to_owned()));
    }
    match document::fetch(id, now).await {
        Ok(client) => {
            oauth::keep_client(&app.db, &client, now).await?;
            Ok(Ok(client))
        }
        Err(reason) => Ok(Err(format!("The program's own description {reason}."))),
    }
}

/// A name that can be shown: one line, and nothing that changes how the rest is read.
pub(super) fn shown_name(name: Option<&str>, redirect_uris: &[String]) -> String {
    let is_plain = |c: &char| {
        // Marks that turn the direction of a text, and letters without a width.
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}');
        !c.is_control() && !turns
    };
    let name: String = name.unwrap_or_default().chars().filter(is_plain).collect();
    let name: String = name.trim().chars().take(100).collect();
    if name.is_empty() {
        let host = redirect_uris.first().map(|uri| redirect::shown(uri));
        return host.unwrap_or_default().chars().take(100).collect();
    }
    name
}

/// Redirects that a client may have, or why not.
pub(super) fn checked_redirects(uris: &[String]) -> Result<(), &'static str> {
    if !(1..=20).contains(&uris.len()) {
        return Err("has no redirect_uris, or more than 20");
    }
    if !uris.iter().all(|uri| redirect::may_be_registered(uri)) {
        return Err(
            "has a redirect_uri that is neither https nor of this very machine nor an app's",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_plain_line() {
        let uris = ["https://example.com/cb".to_owned()];
        let shown = |name| shown_name(name, &uris);

        assert_eq!(shown(Some(" Claude ")), "Claude");
        assert_eq!(shown(Some("Cla\u{202e}ude\n")), "Claude");
        assert_eq!(shown(Some("\u{200b}")), "example.com");
        assert_eq!(shown(None), "example.com");
        assert_eq!(shown(Some(&"a".repeat(200))).len(), 100);
    }
}
