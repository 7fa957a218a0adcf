//! `cargo xtask vercel`: the deployment, proven without an account. The platform's own builder
//! works on a copy of this checkout, what it made is held against what was written, and every
//! built function is started and used.

mod builder;
mod copy;
mod cpu;
mod pages;
mod proof;
mod sizes;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::fault::{Fault, Result};
use crate::postgres::{Purpose, Server};
use crate::progress::step;
use crate::root::Root;

/// All of it. A warm run keeps what an earlier one compiled, and so says nothing about times.
pub(crate) fn run(root: &Root, warm: bool) -> Result<()> {
    let listen = free_address()?;
    let copy = step("Copy of the checkout", || {
        let (copy, files) = copy::make(root, warm)?;
        Ok((copy, format!("{files} files in target/vercel")))
    })?;
    let site = Site {
        origin: format!("http://localhost:{}", listen.port()),
        server: Server::throw_away(Purpose::Trying)?,
    };
    let output = step("The platform's builder", || {
        builder::build(root, &copy, &site)
    })?;
    step("What it made", || {
        let mut faults = gateway::check_output(copy.path(), &output)
            .map_err(|error| Fault::new(format!("{error}.")))?;
        faults.extend(pages::check(&copy, &output)?);
        println!("{}", sizes::measure(&output)?);
        if faults.is_empty() {
            return Ok(((), "means what vercel.json says".to_owned()));
        }
        Err(Fault::new(faults.join("\n       ")))
    })?;
    proof::run(root, &output, listen, &site)
}

/// What a deployment is for people, and what it keeps theirs in.
struct Site {
    origin: String,
    /// Empty, and thrown away at the end: the build has to bring it up to date.
    server: Server,
}

/// Nobody holds it until the proof, which says so if somebody else has taken it by then.
fn free_address() -> Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Fault::new(format!("No port is free: {error}.")))
}
