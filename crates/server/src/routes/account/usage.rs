//! `GET /api/account/usage`: what a person's turns took, by day and model.

use axum::Json as Answer;
use axum::extract::State;
use protocol::usage::Usage;
use store::{Scope, spending};

use crate::book::Book;
use crate::extract::SignedIn;
use crate::{App, Error};

/// Seconds that are shown.
const SHOWN: i64 = 30 * 24 * 60 * 60;

pub(super) fn describe(book: &mut Book) {
    book.route("GET /api/account/usage", "What one's turns took")
        .answers::<Usage>(200)
        .done();
}

/// `GET /api/account/usage`
pub(super) async fn find_usage(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Answer<Usage>, Error> {
    let now = app.now();
    let tx = app.db.begin(Scope {
        user: caller.user(),
        session: caller.session(),
    });
    let days = spending::of_person(tx, now.plus_seconds(-SHOWN)).await?;
    let today = now.to_string();
    let of_today = days.iter().filter(|usage| today.starts_with(&usage.day));
    Ok(Answer(Usage {
        spent_today: of_today.map(|usage| usage.cost).sum(),
        budget: app.config.costs.daily_per_user,
        resets_at: now.end_of_day(),
        days,
    }))
}
