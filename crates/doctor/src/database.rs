//! Whether the database is there, and is ours to use.

use protocol::Timestamp;
use server::Config;
use store::checkup::{self, Checkup, Refusal};
use store::migrate::Standing;
use store::role::Wall;

use crate::{Finding, Variables};

/// A clock that is further off than this refuses tokens that are good, beyond their leeway.
const MOST_SKEW_MILLIS: i64 = 2000;
/// The oldest that the migrations were written for.
const OLDEST: i32 = 14;
/// What a function may hold, times a few dozens of functions at once.
const FEW_CONNECTIONS: i32 = 300;

pub(crate) async fn examine(
    config: &Config,
    variables: &Variables,
    now: fn() -> Timestamp,
) -> Vec<Finding> {
    match checkup::look(&config.database, now).await {
        Err(refusal) => vec![refused(refusal)],
        Ok(checkup) => {
            let on_platform = variables.value("VERCEL").is_some() || config.is_secure();
            vec![
                server(&checkup),
                schema(&checkup),
                role(&checkup),
                clock(&checkup),
                connections(&checkup, on_platform),
            ]
        }
    }
}

fn refused(refusal: Refusal) -> Finding {
    let mend = match refusal {
        Refusal::Authority => "DATABASE_CA takes the certificate as PEM, from -----BEGIN on.",
        Refusal::UnknownHost => "Compare the name with the one on the database's own page.",
        Refusal::NobodyListens => "Is it running, and is the port right?",
        Refusal::Tls => "Give DATABASE_CA the certificate of its authority.",
        Refusal::Password => "Copy it anew; signs such as @ and / are written as %40 and %2F.",
        Refusal::NoDatabase => "Make it, or name the one that is there.",
        Refusal::TooMany => "Use the URL of the pooler, or end what holds connections.",
        Refusal::Silent => "Does a firewall stand between, or does it sleep? Try again.",
    };
    Finding::fault(format!("DATABASE_URL {refusal}."), mend)
}

fn server(checkup: &Checkup) -> Finding {
    let (major, took) = (checkup.version / 10_000, checkup.round_trip.as_millis());
    if major < OLDEST {
        return Finding::fault(
            format!("The database is Postgres {major}."),
            format!("Use Postgres {OLDEST} or newer."),
        );
    }
    let encrypted = if checkup.is_encrypted {
        "encrypted"
    } else {
        "not encrypted"
    };
    Finding::well(format!(
        "Postgres {major} answers in {took} ms, {encrypted}."
    ))
}

fn schema(checkup: &Checkup) -> Finding {
    match checkup.standing {
        Standing::Current => Finding::well("The schema is the one of this build."),
        Standing::Behind => Finding::fault(
            "Migrations are waiting to be applied.",
            "DATABASE_URL=… cargo xtask migrate",
        ),
        Standing::Ahead => Finding::remark(
            "A newer build has migrated the database; this one still works.",
            "Deploy the newer one.",
        ),
    }
}

fn role(checkup: &Checkup) -> Finding {
    match checkup.wall {
        Some(Wall::Stands) => Finding::well("The role owns nothing: row-level security holds."),
        Some(Wall::Open) => Finding::remark(
            "DATABASE_URL names the owner of the tables, for whom row-level security does not hold.",
            "Name another role, and give the owner's URL to DATABASE_OWNER_URL for migrations.",
        ),
        None => Finding::remark(
            "Before the first migration nothing can be said of the role.",
            "DATABASE_URL=… cargo xtask migrate",
        ),
    }
}

fn clock(checkup: &Checkup) -> Finding {
    let ahead = checkup.ahead_millis;
    if ahead.abs() <= MOST_SKEW_MILLIS {
        return Finding::well("The database's clock and this one agree.");
    }
    let how = if ahead > 0 { "ahead of" } else { "behind" };
    let seconds = (ahead.abs() + 500) / 1000;
    Finding::fault(
        format!("The database's clock is {seconds} s {how} this machine's."),
        "Let both keep time by NTP; tokens would be refused as not yet or no longer good.",
    )
}

fn connections(checkup: &Checkup, on_platform: bool) -> Finding {
    let most = checkup.most_connections;
    if checkup.is_pooled {
        return Finding::well("A transaction pooler stands before the database.");
    }
    if on_platform && most < FEW_CONNECTIONS {
        return Finding::remark(
            format!("Functions connect without a pooler, and the server takes {most} connections."),
            "Use the pooled URL: each instance of a function holds up to 3 of them.",
        );
    }
    Finding::well(format!("No pooler; the server takes {most} connections."))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::State;

    fn checkup() -> Checkup {
        Checkup {
            version: 180_001,
            standing: Standing::Current,
            wall: Some(Wall::Stands),
            is_encrypted: true,
            is_pooled: false,
            most_connections: 100,
            ahead_millis: 0,
            round_trip: Duration::from_millis(1),
        }
    }

    /// FR-182.
    #[test]
    fn functions_of_a_platform_are_sent_to_a_pooler() {
        let bare = checkup();
        let pooled = Checkup {
            is_pooled: true,
            ..checkup()
        };
        let large = Checkup {
            most_connections: 1000,
            ..checkup()
        };

        for (checkup, on_platform, state, words) in [
            (&bare, true, State::Remark, "pooled URL"),
            (&bare, false, State::Well, "No pooler"),
            (&large, true, State::Well, "1000 connections"),
            (&pooled, true, State::Well, "transaction pooler"),
        ] {
            let finding = connections(checkup, on_platform);
            assert_eq!(finding.state, state, "{finding}");
            assert!(finding.to_string().contains(words), "{finding}");
        }
    }

    /// FR-182.
    #[test]
    fn what_a_database_is_has_a_finding_for_each_way_to_be() {
        let old = Checkup {
            version: 130_005,
            ..checkup()
        };
        let ahead = Checkup {
            standing: Standing::Ahead,
            ..checkup()
        };
        let slow = Checkup {
            ahead_millis: -5000,
            ..checkup()
        };

        assert_eq!(server(&old).state, State::Fault);
        assert_eq!(schema(&ahead).state, State::Remark);
        assert!(clock(&slow).to_string().contains("5 s behind"));
    }
}
