//! The small parts that every page is made of.
//!
//! What keeps state, or is worth skipping when the page is drawn again, is a component;
//! everything else is a function, since each component costs some kilobytes of program.

mod bars;
mod button;
mod copy;
mod field;
mod notice;
mod offline;
mod submit;
mod table;
mod voice;

pub use bars::bars;
pub use button::{Button, IconButton};
pub use copy::CopyButton;
pub use field::Field;
pub use notice::{Notice, Tone};
pub use offline::offline_mark;
pub use submit::{Attempt, Fetched, Pending, follow, use_fetched, use_submit};
pub use table::{budget, money, table};
pub use voice::{Voice, VoiceRegion, use_voice};
