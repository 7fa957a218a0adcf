//! What is counted while one request is answered.
//!
//! A request may begin several transactions, in whatever crate; only the first of them counts it.
//! So the meter belongs to the task that answers, and not to the arguments of every function on
//! the way.

use std::cell::RefCell;
use std::future::Future;

use crate::limits::Quota;

tokio::task_local! {
    static METER: RefCell<Meter>;
}

#[derive(Default)]
struct Meter {
    is_counted: bool,
    quotas: Vec<Quota>,
}

/// Answers a request, and tells what was counted meanwhile.
pub async fn measured<T>(answer: impl Future<Output = T>) -> (T, Vec<Quota>) {
    let answer = async {
        let answer = answer.await;
        let quotas = METER.with(|meter| std::mem::take(&mut meter.borrow_mut().quotas));
        (answer, quotas)
    };
    METER.scope(RefCell::default(), answer).await
}

/// Adds a count that was made. Outside of a measured request it is forgotten.
pub fn note(quotas: &[Quota]) {
    let _ = METER.try_with(|meter| meter.borrow_mut().quotas.extend_from_slice(quotas));
}

/// Whether this is the moment to count the request: once, and only where it is measured.
pub(crate) fn is_due() -> bool {
    let first =
        |meter: &RefCell<Meter>| !std::mem::replace(&mut meter.borrow_mut().is_counted, true);
    METER.try_with(first).unwrap_or(false)
}
