//! What is counted and noted while one request is answered.
//!
//! A request may begin several transactions, in whatever crate; only the first of them counts it.
//! So the meter belongs to the task that answers, and not to the arguments of every function on
//! the way.

use std::cell::RefCell;
use std::future::Future;
use std::time::{Duration, Instant};

use crate::limits::Quota;

tokio::task_local! {
    static METER: RefCell<Meter>;
}

#[derive(Default)]
struct Meter {
    is_counted: bool,
    noted: Noted,
}

/// What came to light while a request was answered.
#[derive(Debug, Default)]
pub struct Noted {
    pub quotas: Vec<Quota>,
    /// Nothing may be changed at the moment.
    pub read_only: bool,
    /// When a round trip to the database began, and how long it took; the first ones.
    pub trips: Vec<(Instant, Duration)>,
}

/// Round trips that are noted of one request.
const MOST: usize = 32;

/// Answers a request, and tells what was noted meanwhile.
pub async fn measured<T>(answer: impl Future<Output = T>) -> (T, Noted) {
    let answer = async {
        let answer = answer.await;
        let noted = METER.with(|meter| std::mem::take(&mut meter.borrow_mut().noted));
        (answer, noted)
    };
    METER.scope(RefCell::default(), answer).await
}

/// Adds a count that was made. Outside of a measured request it is forgotten.
pub fn note(quotas: &[Quota]) {
    let _ = METER.try_with(|meter| meter.borrow_mut().noted.quotas.extend_from_slice(quotas));
}

/// Notes a round trip.
pub(crate) fn trip(began: Instant) {
    let _ = METER.try_with(|meter| {
        let trips = &mut meter.borrow_mut().noted.trips;
        if trips.len() < MOST {
            trips.push((began, began.elapsed()));
        }
    });
}

/// Notes that nothing may be changed.
pub(crate) fn hold_still() {
    let _ = METER.try_with(|meter| meter.borrow_mut().noted.read_only = true);
}

/// Whether this is the moment to count the request: once, and only where it is measured.
pub(crate) fn is_due() -> bool {
    let first =
        |meter: &RefCell<Meter>| !std::mem::replace(&mut meter.borrow_mut().is_counted, true);
    METER.try_with(first).unwrap_or(false)
}
