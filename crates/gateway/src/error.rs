//! Why a gateway does not start, or a direct call gives nothing.

use std::fmt::Display;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {reason}", path.display())]
    Project { path: PathBuf, reason: String },
    #[error("the port {} is in use", .0.port())]
    PortInUse(SocketAddr),
    #[error("cannot listen on {address}: {source}")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
    #[error("there is no function {0}")]
    NoFunction(String),
    #[error("{function} does not start: {reason}")]
    NoStart { function: String, reason: String },
    #[error("the answer broke off: {0}")]
    BrokenAnswer(String),
}

impl Error {
    pub(crate) fn project(path: &Path, reason: &dyn Display) -> Self {
        Self::Project {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}
