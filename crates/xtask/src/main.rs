//! `cargo xtask`: sets up, builds, runs and tests the whole product.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

mod audit;
mod bench;
mod database;
mod dev;
mod docs;
mod env;
mod fault;
mod frontend;
mod functions;
mod lighthouse;
mod lock;
mod npm;
mod packages;
mod postgres;
mod progress;
mod python;
mod root;
mod sbom;
mod secrets;
mod suite;
mod tool;
mod vercel;
mod wasm;

use std::process::ExitCode;

use lexopt::ValueExt as _;
use lexopt::prelude::{Long, Short, Value};

use crate::fault::{Fault, Result};
use crate::frontend::Profile;
use crate::root::Root;
use crate::suite::Besides;
use crate::tool::Tool;

/// Commands that are told an address, and try what is there.
const PROOFS: [&str; 2] = ["authcheck", "smoke"];

/// Commands that read the rest of the line themselves.
const WITH_ARGUMENTS: [&str; 3] = ["authcheck", "doctor", "smoke"];

const HELP: &str = "\
cargo xtask dev        sets everything up, serves it, and prints one address
    --port N           another port than 3000; 0 for any that is free
    --release          the binaries and the page as they are deployed
    --cold             a new process for every request
    --reset            begins with an empty database
cargo xtask test       everything that has to hold, and a line of counts
    --cold             a new process for every request, as with `dev`
    -- ARGUMENTS       only `cargo test ARGUMENTS`, with all that it needs
cargo xtask screenshots
                       pictures of every page and state, in target/screenshots
cargo xtask eval       how well the assistant understands, as tables; another model than the
                       built-in one by LATCHWORK_EVAL_MODEL, _BASE_URL and _API_KEY
cargo xtask bench      how fast the release binaries are, as tables, kept in benchmarks/
    -- TOPICS          only these: identity, turns, trips, streams, lists, programs; peers: others
                       who do the same; capacity: many processes behind one pooler
cargo xtask lighthouse what Lighthouse thinks of the release build, on its mobile profile
cargo xtask build      the front end, ready to deploy, in frontend/dist
    --dev              quicker to build, larger to load
    --migrate          and, on Vercel, brings the deployment's database up to date
cargo xtask vercel     builds with the platform's own tool, examines what it made, starts every
                       built function and uses them; needs npm, takes minutes
    --warm             keeps what an earlier run compiled
cargo xtask migrate    brings the database of DATABASE_URL up to date
cargo xtask doctor     looks for faults in the settings of this checkout, and says how to mend them
    --env FILE         in those of another deployment, such as `vercel env pull` writes
cargo xtask smoke URL  uses a deployment once, as two people, and takes away what it made
cargo xtask authcheck URL
                       tries the known auth failures of such apps on anybody's deployment
cargo xtask docs       writes the parts of docs/ and specs/ that come from the code
    --check            writes nothing, and tells what is out of date
cargo xtask audit      licences, duplicates, sources and known holes of all that comes from others
cargo xtask sbom       what is deployed, and what builds and tests it, in target/sbom.cdx.json
cargo xtask help       this text

Anywhere: --root FOLDER works on another checkout.";

fn main() -> ExitCode {
    let outcome = Arguments::read().and_then(|arguments| run(&arguments));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    command: String,
    root: Root,
    /// Which of the flags were given.
    flags: Vec<String>,
    port: u16,
    /// For another command.
    rest: Vec<String>,
}

impl Arguments {
    fn read() -> Result<Self> {
        let mut parser = lexopt::Parser::from_env();
        let mut arguments = Self {
            command: String::new(),
            root: Root::here(),
            flags: Vec::new(),
            port: dev::PORT,
            rest: Vec::new(),
        };
        loop {
            // Otherwise what follows `--` would be read as more of our own.
            if let Some(mut raw) = parser.try_raw_args()
                && raw.peek().is_some_and(|argument| argument == "--")
            {
                raw.next();
                let rest = raw.map(|argument| argument.to_string_lossy().into_owned());
                arguments.rest = rest.collect();
                return Ok(arguments);
            }
            let Some(argument) = parser.next()? else {
                return Ok(arguments);
            };
            match argument {
                Long("root") => arguments.root = Root::at(parser.value()?.into()),
                Long("port") => arguments.port = parser.value()?.parse()?,
                Long("help") | Short('h') => arguments.command = "help".to_owned(),
                Long(
                    flag @ ("check" | "cold" | "dev" | "migrate" | "release" | "reset" | "warm"),
                ) => {
                    arguments.flags.push(flag.to_owned());
                }
                Value(name) if arguments.command.is_empty() => {
                    arguments.command = name.to_string_lossy().into_owned();
                    if WITH_ARGUMENTS.contains(&arguments.command.as_str()) {
                        let rest = parser.raw_args()?;
                        let rest = rest.map(|argument| argument.to_string_lossy().into_owned());
                        arguments.rest = rest.collect();
                        return Ok(arguments);
                    }
                }
                other => return Err(other.unexpected().into()),
            }
        }
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let root = &arguments.root;
    match arguments.command.as_str() {
        "dev" => dev::run(
            root,
            &dev::Options {
                port: arguments.port,
                cold: arguments.has("cold"),
                reset: arguments.has("reset"),
                release: arguments.has("release"),
            },
        ),
        "test" => {
            let is_cold = arguments.has("cold");
            let besides = if is_cold {
                Besides::Cold
            } else {
                Besides::Nothing
            };
            suite::run(root, &arguments.rest, besides)
        }
        "screenshots" => suite::screenshots(root),
        "eval" => suite::evaluate(root),
        "bench" => bench::run(root, &arguments.rest),
        "lighthouse" => lighthouse::run(root),
        "build" => {
            frontend::build(root, Profile::new(!arguments.has("dev")))?;
            match arguments.has("migrate") {
                true => progress::step("Database", || Ok(((), database::migrate_at_build()?))),
                false => Ok(()),
            }
        }
        "audit" => audit::run(root),
        "sbom" => sbom::run(root),
        "vercel" => vercel::run(root, arguments.has("warm")),
        "migrate" => migrate(root),
        "docs" => docs::run(root, arguments.has("check")),
        "doctor" => dev::examine(root, &arguments.rest),
        // Programs of their own: nobody who only wants to run the app has to wait for their build.
        proof if PROOFS.contains(&proof) => Tool::cargo(root.path())
            .args(["run", "--quiet", "--package", proof, "--"])
            .args(&arguments.rest)
            .run(),
        "" | "help" => {
            println!("{HELP}");
            Ok(())
        }
        other => {
            Err(Fault::new(format!("There is no command `{other}`.")).mend("cargo xtask help"))
        }
    }
}

fn migrate(root: &Root) -> Result<()> {
    let settings = secrets::settings(root)?;
    database::given(&settings).ok_or_else(|| {
        Fault::new("DATABASE_URL is not set.")
            .mend("DATABASE_URL=postgresql://… cargo xtask migrate")
    })?;
    let database = database::Database::provide(root, &settings, false)?;
    let runtime = dev::runtime()?;
    progress::step("Migrations", || Ok(((), database.migrate(&runtime)?)))
}
