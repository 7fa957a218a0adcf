//! Every built function, started and used by the routes that were built with it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use gateway::{Gateway, Level, Options};

use super::Site;
use crate::dev;
use crate::fault::{Fault, Result};
use crate::progress::{say, step};
use crate::root::Root;
use crate::secrets;
use crate::tool::Tool;

/// The database has no table but those that the build has made.
pub(super) fn run(root: &Root, output: &Path, listen: SocketAddr, site: &Site) -> Result<()> {
    let runtime = dev::runtime()?;
    let env = [
        ("DATABASE_URL", site.server.functions_url()),
        ("BETTER_AUTH_URL", site.origin.clone()),
        ("BETTER_AUTH_SECRET", secrets::random()?),
        ("CRON_SECRET", secrets::random()?),
    ];
    let env = env.map(|(name, value)| (name.to_owned(), value)).to_vec();
    for cold in [false, true] {
        let gateway = Gateway::start(Options {
            env: env.clone(),
            listen,
            cold,
            // Every request is a line; here only what should not be there is of interest.
            log: Arc::new(|line| {
                if matches!(line.level, Level::Gateway | Level::Error) {
                    say(&line.to_string());
                }
            }),
            ..Options::built(output)
        })
        .map_err(|error| Fault::new(format!("The built site does not start: {error}.")))?;
        if !cold {
            step("Every function started", || {
                start_all(&runtime, &gateway).map(|count| ((), count))
            })?;
        }
        let name = if cold {
            "Used, with a new process for every request"
        } else {
            "Used, by processes that stay"
        };
        step(name, || {
            Tool::cargo(root.path())
                .args(["run", "--quiet", "--package", "smoke", "--"])
                .arg(gateway.url())
                .run()?;
            Ok(((), format!("{} processes were started", gateway.starts())))
        })?;
    }
    Ok(())
}

/// One line for each, and their number.
fn start_all(runtime: &tokio::runtime::Runtime, gateway: &Gateway) -> Result<String> {
    let functions = gateway.functions();
    for name in &functions {
        let took = runtime
            .block_on(gateway.warm_up(name))
            .map_err(|error| Fault::new(format!("{error}.")))?;
        println!(
            "  {name} listens after {:.1} ms",
            took.as_secs_f64() * 1000.0
        );
    }
    Ok(format!("{} functions", functions.len()))
}
