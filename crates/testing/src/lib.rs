//! What tests share: a database of their own, and people who are signed in. Never a dependency
//! of anything that is deployed.

mod database;
mod http;
mod issuer;
mod model;
mod people;

pub use database::Database;
pub use http::{client, free_port};
pub use issuer::{Answer, Issuer};
pub use model::{ModelServer, Part, answering};
pub use people::{NOW, ORIGIN, Person, signer};
