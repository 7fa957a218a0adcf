//! Models as they fail, on real sockets.

mod chat;
mod echo;
mod refusals;
mod responses;
mod scenario;
