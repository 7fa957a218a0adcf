//! What happened, in numbers, by the hour. Nobody is named.

use protocol::Timestamp;
use protocol::status::{Switches, Taken};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::db::Params;
use crate::row::Time;
use crate::{Db, Error, Tx, switches};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Request,
    /// A stretch of work on a turn.
    Turn,
    /// How long a turn took to its first word.
    FirstWord,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Turn => "turn",
            Self::FirstWord => "first_word",
        }
    }

    fn read(text: &str) -> Self {
        match text {
            "turn" => Self::Turn,
            "first_word" => Self::FirstWord,
            _ => Self::Request,
        }
    }
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub kind: Kind,
    pub name: String,
    pub code: String,
}

/// How often it happened, by how long it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub key: Key,
    pub times: Vec<i64>,
}

/// Adds to what other processes have counted, in one round trip; `hours` says for each of them when
/// it happened. The order of the keys is the order of the rows' locks.
///
/// # Errors
/// If the database fails.
pub async fn add(db: &Db, tallies: &[(Timestamp, Tally)]) -> Result<(), Error> {
    let column = |of: fn(&Tally) -> &str| -> Vec<&str> {
        tallies.iter().map(|(_, tally)| of(tally)).collect()
    };
    let hours: Vec<Time> = tallies.iter().map(|(hour, _)| Time(*hour)).collect();
    let kinds = column(|tally| tally.key.kind.as_str());
    let names = column(|tally| &tally.key.name);
    let codes = column(|tally| &tally.key.code);
    let times = tallies.iter().map(|(_, tally)| literal(&tally.times));
    let times: Vec<String> = times.collect();
    let params: Params<'_> = &[
        (&hours, Type::TIMESTAMPTZ_ARRAY),
        (&kinds, Type::TEXT_ARRAY),
        (&names, Type::TEXT_ARRAY),
        (&codes, Type::TEXT_ARRAY),
        (&times, Type::TEXT_ARRAY),
    ];
    db.query(ADD, params).await.map(|_| ())
}

const ADD: &str = "insert into tallies as t (hour, kind, name, code, times)
    select date_trunc('hour', hour, 'UTC'), kind, left(name, 200), left(code, 100), times::bigint[]
    from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[])
        as new (hour, kind, name, code, times)
    on conflict (hour, kind, name, code) do update set times = (
        select array_agg(coalesce(old, 0) + coalesce(new, 0) order by place)
        from unnest(t.times, excluded.times) with ordinality as both_of (old, new, place))";

/// Arrays of arrays have no form in a parameter that `unnest` would take apart by rows.
fn literal(times: &[i64]) -> String {
    let times: Vec<String> = times.iter().map(i64::to_string).collect();
    format!("{{{}}}", times.join(","))
}

/// Everything that an owner is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub tallies: Vec<Tally>,
    pub people: Vec<Taken>,
    pub models: Vec<Taken>,
    /// What today has cost so far.
    pub spent_today: i64,
    pub switches: Switches,
}

/// What happened since then. Who may see it is for the caller to decide; that the sign-in holds is
/// checked here.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn read(tx: Tx<'_>, since: Timestamp, now: Timestamp, most: i32) -> Result<Read, Error> {
    let (since, now) = (Time(since), Time(now));
    let [tallies, people, models, spent, on] = tx
        .finish_all([
            (
                "with taken_apart as (
                    select kind, name, code, place, sum(value)::bigint as total
                    from tallies, unnest(times) with ordinality as t (value, place)
                    where hour >= date_trunc('hour', $1::timestamptz, 'UTC')
                    group by kind, name, code, place
                )
                select kind, name, code, array_agg(total order by place) from taken_apart
                group by kind, name, code order by kind, name, code",
                &[(&since, Type::TIMESTAMPTZ)],
            ),
            (
                "select * from latchwork_usage_since(($1::timestamptz at time zone 'UTC')::date, $2)",
                &[(&since, Type::TIMESTAMPTZ), (&most, Type::INT4)],
            ),
            (
                "select * from latchwork_usage_of_models(($1::timestamptz at time zone 'UTC')::date)",
                &[(&since, Type::TIMESTAMPTZ)],
            ),
            (
                "select coalesce(sum(cost), 0)::bigint from spending
                where day = ($1::timestamptz at time zone 'UTC')::date",
                &[(&now, Type::TIMESTAMPTZ)],
            ),
            (switches::FIND, &[]),
        ])
        .await?;
    let tally = |row: &Row| Tally {
        key: Key {
            kind: Kind::read(row.get(0)),
            name: row.get(1),
            code: row.get(2),
        },
        times: row.get(3),
    };
    Ok(Read {
        tallies: tallies.iter().map(tally).collect(),
        people: people.iter().map(taken).collect(),
        models: models.iter().map(taken).collect(),
        spent_today: spent.first().map_or(0, |row| row.get(0)),
        switches: switches::read(&on),
    })
}

fn taken(row: &Row) -> Taken {
    Taken {
        name: row.get(0),
        asked: row.get(1),
        input_tokens: row.get(2),
        output_tokens: row.get(3),
        cost: row.get(4),
    }
}
