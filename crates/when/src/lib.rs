//! Dates, times, ranges, deadlines and recurrences in plain English, in a person's time zone.
//!
//! [`find`] looks for them inside a sentence; [`resolve`] reads a text that is nothing else. Both
//! are shared by the tools, the built-in assistant and the page, so a phrase means the same
//! everywhere.
//!
//! A text is cut into tokens whose words have senses (`scan`, `lexicon`), the `grammar` reads the
//! parts of a phrase from them, and `settle` puts them on the calendar. What is meant is a
//! [`When`]; it is a due date by [`When::due_in`] and English again by `Display`, which
//! [`resolve`] reads back.
//! `cargo bench -p when` shows the speed; `compare/`, a workspace of its own, the company.
//!
//! **Invariant:** the same text in the same [`Context`] gives the same answer: nothing here reads
//! a clock, an environment or a locale.
//! **Invariant:** no text makes it panic, and time grows no faster than the text.
//! **Invariant:** every range lies on character boundaries of the text it was found in.

mod calendar;
mod context;
mod due;
mod english;
mod find;
mod grammar;
mod holiday;
mod impossible;
mod iso;
mod lexicon;
mod recurrence;
mod resolve;
mod scan;
mod settle;
mod value;

pub use context::{Context, DayMonthOrder, Hours};
pub use due::{date_of, datetime_of};
pub use find::{Found, amounts, find};
pub use grammar::amount::Amount;
pub use impossible::impossible;
pub use jiff::civil::{Date, DateTime, Time, Weekday};
pub use recurrence::{Anchor, ByDay, Frequency, NotARule, Recurrence, Skip, Until};
pub use resolve::{NotADate, resolve};
pub use value::{Bound, DayPart, Grain, Moment, Repeat, When};
