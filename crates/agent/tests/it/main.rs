//! Models as they fail, on real sockets, and what is asked of tools.

mod chat;
mod echo;
mod refusals;
mod responses;
mod scenario;
mod tools;
