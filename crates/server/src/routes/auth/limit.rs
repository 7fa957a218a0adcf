//! Who asks too often is refused before any work is done for them.

use axum::http::{HeaderMap, StatusCode};
use store::limits::{self, Hit, Quota};
use store::meter;

use super::answer::Refusal;
use crate::quota::{at_address, at_email, hashed};
use crate::{App, Error};

/// Counts an attempt to sign in, for the address it comes from and for the e-mail address it
/// names, and refuses it where one of both is used up or the e-mail address is locked.
pub(super) async fn sign_in(app: &App, headers: &HeaderMap, email: &str) -> Result<(), Refusal> {
    let rule = app.config.limits.sign_in;
    let hits = [
        at_address(app, headers, "sign-in", rule),
        at_email(app, email, "sign-in-email", rule),
    ];
    let hits: Vec<Hit> = hits.into_iter().flatten().collect();
    let now = (app.clock)();
    let quotas = match app.config.limits.lockout {
        Some(lockout) => limits::attempt(&app.db, &hits, &lock(app, email), lockout, now).await,
        None => limits::count(&app.db, &hits, now).await,
    };
    judge(&quotas.map_err(Error::from)?)
}

/// The lock of an e-mail address opens: its owner has shown who they are.
pub(super) async fn forgive(app: &App, email: &str) -> Result<(), Refusal> {
    if app.config.limits.lockout.is_some() {
        limits::forgive(&app.db, &lock(app, email)).await?;
    }
    Ok(())
}

/// Counts what happens at these places.
pub(super) async fn count<const N: usize>(
    app: &App,
    hits: [Option<Hit>; N],
) -> Result<(), Refusal> {
    let hits: Vec<Hit> = hits.into_iter().flatten().collect();
    judge(&limits::count(&app.db, &hits, (app.clock)()).await?)
}

fn lock(app: &App, email: &str) -> String {
    hashed(app, &["lock", email])
}

fn judge(quotas: &[Quota]) -> Result<(), Refusal> {
    meter::note(quotas);
    if quotas.iter().any(Quota::is_over) {
        return Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate.limited",
            "Too many requests. Please try again later.",
        ));
    }
    Ok(())
}
