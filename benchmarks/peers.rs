//! Latchwork beside what one would use instead: the same people, keys, model and Postgres, each
//! process in its turn on the same core.

mod contestant;
mod growth;
mod requests;
mod starts;
mod turns;

pub(crate) use growth::rows as growth;
pub(crate) use requests::rows as requests;
pub(crate) use starts::rows as starts;
pub(crate) use turns::rows as turns;
