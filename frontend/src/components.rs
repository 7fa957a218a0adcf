//! The small parts that every page is made of.

mod bars;
mod button;
mod copy;
mod field;
mod notice;
mod toast;
mod voice;

pub use bars::Bars;
pub use button::{Button, IconButton, Look};
pub use copy::CopyButton;
pub use field::{Field, PasswordField};
pub use notice::{Notice, Tone};
pub use toast::{Toaster, Toasts, use_toaster};
pub use voice::{Voice, VoiceRegion, use_voice};
