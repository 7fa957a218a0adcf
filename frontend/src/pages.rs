//! What is shown to somebody who is not signed in, or not known yet.

mod account_form;
mod checking;
mod password;
mod sign_in;
mod unavailable;

pub use checking::checking;
pub use password::{Forgot, Reset};
pub use sign_in::SignIn;
pub use unavailable::Unavailable;
