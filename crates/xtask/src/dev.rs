//! `cargo xtask dev`: from a fresh clone to one URL.

use std::io::BufRead as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use gateway::Gateway;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::database::{self, Database};
use crate::fault::{Fault, Result};
use crate::frontend::{self, Profile};
use crate::functions;
use crate::progress::{say, seconds, step};
use crate::root::Root;
use crate::secrets::{self, Settings};
use crate::tool::Tool;

/// Where people expect a development server.
pub(crate) const PORT: u16 = 3000;

pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) cold: bool,
    pub(crate) reset: bool,
    pub(crate) release: bool,
}

pub(crate) fn run(root: &Root, options: &Options) -> Result<()> {
    let start = Instant::now();
    // Told now rather than after minutes of building.
    let listen = free_address(options.port)?;
    let settings = secrets::settings(root)?;
    let binaries = build(root, options)?;

    let runtime = runtime()?;
    // From here on an interrupt ends what we have started, and then us.
    let mut signals = runtime.block_on(async { Signals::listen() })?;
    let database = step("Database", || {
        let database = Database::provide(root, &settings, options.reset)?;
        let description = database.describe();
        Ok((database, description))
    })?;
    step("Migrations", || Ok(((), database.migrate(&runtime)?)))?;
    let env = function_env(settings, &database.url(), listen.port());
    let gateway = Gateway::start(gateway::Options {
        lab: is_local(&env),
        env,
        listen,
        cold: options.cold,
        log: Arc::new(|line| say(&line.to_string())),
        ..gateway::Options::new(root.path(), binaries)
    })
    .map_err(|error| explain(&error))?;
    let took = seconds(start.elapsed());
    println!(
        "\nReady after {took}. Enter builds anew, Ctrl-C ends it.\n\n    {}\n",
        gateway.url()
    );

    runtime.block_on(serve(root, options, &gateway, &mut signals));
    say("ending");
    // The functions first: they hold connections.
    drop(gateway);
    drop(database);
    Ok(())
}

/// Looks for faults in what the functions would be told here, or in what a file says.
pub(crate) fn examine(root: &Root, arguments: &[String]) -> Result<()> {
    let doctor = Tool::cargo(root.path())
        .args(["run", "--quiet", "--package", "doctor", "--"])
        .args(arguments);
    if !arguments.is_empty() {
        return doctor.run();
    }
    let settings = secrets::settings(root)?;
    let database = Database::provide(root, &settings, false)?;
    let env = function_env(settings, &database.url(), PORT);
    env.iter()
        .fold(doctor, |doctor, (name, value)| doctor.env(name, value))
        .run()
}

fn build(root: &Root, options: &Options) -> Result<PathBuf> {
    frontend::build(root, Profile::new(options.release))?;
    step("Functions", || {
        let folder = functions::build(root, options.release)?;
        let shown = folder.display().to_string();
        Ok((folder, shown))
    })
}

async fn serve(root: &Root, options: &Options, gateway: &Gateway, signals: &mut Signals) {
    let mut lines = lines();
    loop {
        tokio::select! {
            () = signals.next() => return,
            Some(()) = lines.recv() => match build(root, options) {
                // The next requests start the new binaries.
                Ok(_) => {
                    gateway.kill_all();
                    say("built; reload the page");
                }
                Err(fault) => eprintln!("error: {fault}"),
            },
        }
    }
}

/// One message for each line that is typed. Without a terminal there are none.
fn lines() -> UnboundedReceiver<()> {
    let (sender, receiver) = unbounded_channel();
    thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || sender.send(()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// What the functions are told. Nothing of our own environment is among it.
pub(crate) fn function_env(mut settings: Settings, database_url: &str, port: u16) -> Settings {
    // Functions own nothing.
    settings.retain(|(name, _)| name != database::OWNER);
    for (name, value) in [
        ("DATABASE_URL", database_url),
        ("BETTER_AUTH_URL", &format!("http://localhost:{port}")),
    ] {
        if name == "DATABASE_URL" || !settings.iter().any(|(known, _)| known == name) {
            settings.retain(|(known, _)| known != name);
            settings.push((name.to_owned(), value.to_owned()));
        }
    }
    // Without a sender of the developer's own, letters are read here.
    let is_sender = |name: &str| ["MAIL", "MAIL_WEBHOOK_URL", "SMTP_URL"].contains(&name);
    if is_local(&settings) && !settings.iter().any(|(name, _)| is_sender(name)) {
        settings.push(("MAIL".to_owned(), "terminal".to_owned()));
    }
    settings
}

/// Whether the site's own address is on this machine.
fn is_local(env: &Settings) -> bool {
    let mut addresses = env.iter().filter(|(name, _)| name == "BETTER_AUTH_URL");
    addresses.any(|(_, address)| address.starts_with("http:"))
}

pub(crate) fn runtime() -> Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::new(format!("Cannot start: {error}.")))
}

/// This address, known to be free; for port 0, one that is.
pub(crate) fn free_address(port: u16) -> Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .and_then(|listener| listener.local_addr())
        .map_err(|_| port_in_use(port))
}

fn explain(error: &gateway::Error) -> Fault {
    match error {
        gateway::Error::PortInUse(address) => port_in_use(address.port()),
        error => Fault::new(format!("The gateway does not start: {error}.")),
    }
}

fn port_in_use(port: u16) -> Fault {
    let next = port.checked_add(1).unwrap_or(3000);
    Fault::new(format!("The port {port} is in use.")).mend(format!("cargo xtask dev --port {next}"))
}

/// Everything that asks us to end.
struct Signals([Signal; 3]);

impl Signals {
    fn listen() -> Result<Self> {
        let listen = |kind| {
            signal(kind).map_err(|error| Fault::new(format!("Cannot hear signals: {error}.")))
        };
        Ok(Self([
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
            listen(SignalKind::hangup())?,
        ]))
    }

    async fn next(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shown_here_unless_somebody_sends_them() {
        let with = |name: &str| {
            let settings = vec![(name.to_owned(), "smtps://chosen".to_owned())];
            let env = function_env(settings, "postgres://in-use", 3000);
            env.iter().any(|(name, _)| name == "MAIL")
        };

        assert!(with("CRON_SECRET"));
        assert!(!with("SMTP_URL"));
    }

    #[test]
    fn functions_are_told_of_the_database_in_use_and_keep_a_chosen_address() {
        let settings = vec![
            ("DATABASE_URL".to_owned(), "postgres://written".to_owned()),
            ("BETTER_AUTH_URL".to_owned(), "https://chosen".to_owned()),
        ];

        let mut env = function_env(settings, "postgres://in-use", 3000);

        env.sort();
        let expected = [
            ("BETTER_AUTH_URL", "https://chosen"),
            ("DATABASE_URL", "postgres://in-use"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(env, expected);
    }
}
