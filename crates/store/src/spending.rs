//! What models cost: accounts by person, day and model, and a budget that is asked before a turn
//! begins.
//!
//! **Invariant:** what an answer took is written in the transaction that keeps the answer, so it is
//! counted once, whichever process dies.

use protocol::Timestamp;
use protocol::usage::UsageOfDay;
use tokio_postgres::types::Type;

use crate::db::Param;
use crate::row::Time;
use crate::{Error, Tx};

/// What answers of one model took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// `own` for one that the person pays.
    pub model: String,
    pub asked: i32,
    /// How many of these answers nobody counted, so that their tokens are a guess.
    pub estimated: i32,
    pub input: i64,
    pub output: i64,
    /// Millionths of a dollar.
    pub cost: i64,
    pub at: Timestamp,
}

/// What a turn has to fit into before it begins, in millionths of a dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What it will probably cost.
    pub expected: i64,
    /// Of everybody's turns of a day, and of one person's.
    pub most: Option<i64>,
    pub most_of_person: Option<i64>,
    /// Whether people with a model of their own pay themselves.
    pub own_models: bool,
}

/// Parameters: person, run or null, time, and a [`Budget`].
pub(crate) const HOLD: &str = "select latchwork_hold_budget($1, $2, $3, $4, $5, $6, $7)";

/// Counts what was spent, once for each row of `held`. Parameters: the owner as the first, and
/// those of [`Spent::params`] after so many others.
pub(crate) fn counted(others: usize) -> String {
    let [at, model, asked, input, output, cost, estimated] =
        std::array::from_fn(|place| others + place + 1);
    format!(
        "counted as (
            insert into model_usage as u
                (user_id, day, model, asked, input_tokens, output_tokens, cost, estimated)
            select $1, (${at} at time zone 'UTC')::date, ${model}, ${asked}, ${input}, ${output},
                ${cost}, ${estimated} from held
            on conflict (user_id, day, model) do update set asked = u.asked + excluded.asked,
                input_tokens = u.input_tokens + excluded.input_tokens,
                output_tokens = u.output_tokens + excluded.output_tokens,
                cost = u.cost + excluded.cost,
                estimated = u.estimated + excluded.estimated
        ), spent as (
            insert into spending as s (day, part, cost)
            select (${at} at time zone 'UTC')::date, abs(hashtext($1) % 16), ${cost} from held
            where ${cost} > 0
            on conflict (day, part) do update set cost = s.cost + excluded.cost
        )"
    )
}

impl Spent {
    /// More of the same.
    pub fn add(&mut self, more: &Self) {
        self.asked += more.asked;
        self.estimated += more.estimated;
        self.input += more.input;
        self.output += more.output;
        self.cost += more.cost;
    }

    pub(crate) fn params<'a>(&'a self, at: &'a Time) -> [Param<'a>; 7] {
        [
            (at, Type::TIMESTAMPTZ),
            (&self.model, Type::TEXT),
            (&self.asked, Type::INT4),
            (&self.input, Type::INT8),
            (&self.output, Type::INT8),
            (&self.cost, Type::INT8),
            (&self.estimated, Type::INT4),
        ]
    }
}

/// Refuses with [`Error::BudgetSpent`] if nothing is left; whether the models are switched off.
///
/// # Errors
/// If nothing is left, the database fails or the session has ended.
pub async fn ask(tx: Tx<'_>, budget: &Budget, now: Timestamp) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            HOLD,
            &[
                (&owner, Type::TEXT),
                (&None::<&str>, Type::TEXT),
                (&Time(now), Type::TIMESTAMPTZ),
                (&budget.expected, Type::INT8),
                (&budget.most, Type::INT8),
                (&budget.most_of_person, Type::INT8),
                (&budget.own_models, Type::BOOL),
            ],
        )
        .await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Counts what was spent beside a turn.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn add(tx: Tx<'_>, spent: &Spent) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let sql = format!("with held as (select), {} select", counted(1));
    let at = Time(spent.at);
    let mut params: Vec<Param<'_>> = vec![(&owner, Type::TEXT)];
    params.extend(spent.params(&at));
    tx.finish(&sql, &params).await.map(|_| ())
}

/// What the present person's turns took, by day and model, newest first.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn of_person(tx: Tx<'_>, since: Timestamp) -> Result<Vec<UsageOfDay>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "select day::text, model, asked, input_tokens, output_tokens, cost, estimated
            from model_usage
            where user_id = $1 and day >= ($2::timestamptz at time zone 'UTC')::date
            order by day desc, cost desc, model",
            &[(&owner, Type::TEXT), (&Time(since), Type::TIMESTAMPTZ)],
        )
        .await?;
    let usage = rows.iter().map(|row| UsageOfDay {
        day: row.get(0),
        model: row.get(1),
        asked: row.get(2),
        input_tokens: row.get(3),
        output_tokens: row.get(4),
        cost: row.get(5),
        estimated: row.get(6),
    });
    Ok(usage.collect())
}
