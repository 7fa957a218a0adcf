//! What tests share: a database of their own, and people who are signed in. Never a dependency
//! of anything that is deployed.

mod audit;
mod database;
mod dial;
mod http;
mod issuer;
mod mailbox;
mod model;
mod people;
mod postgres;
mod raw;

pub use audit::Audit;
pub use database::Database;
pub use dial::{Wire, dial};
pub use http::{client, free_port};
pub use issuer::{Answer, Issuer};
pub use mailbox::Mailbox;
pub use model::{ModelServer, Part, answering};
pub use people::{NOW, ORIGIN, Person, signer};
pub use postgres::Postgres;
pub use raw::{RawServer, Step, events, reply};
