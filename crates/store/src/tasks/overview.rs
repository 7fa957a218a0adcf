//! Counts of tasks.

use protocol::Due;
use serde::Serialize;
use tokio_postgres::types::Type;

use crate::{Error, Tx};

/// How things stand, by the person's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    pub open: i64,
    pub overdue: i64,
    pub due_today: i64,
    /// Due within the seven days after today.
    pub due_this_week: i64,
    pub high_priority: i64,
    pub completed_today: i64,
}

/// `now` is what the person's clock shows; `midnight` is when their day began, in seconds since
/// 1970.
///
/// # Errors
/// If the database fails.
pub async fn overview(tx: Tx<'_>, now: Due, midnight: i64) -> Result<Overview, Error> {
    let owner = tx.owner().to_owned();
    let sql = "
        with today as (select $2::timestamp as now, ($2::timestamp)::date as day)
        select
            count(*) filter (where open),
            count(*) filter (where open and due_key < least(now, day + 1)
                and (due_time is not null or due_date < day)),
            count(*) filter (where open and due_date = day),
            count(*) filter (where open and due_date > day and due_date <= day + 7),
            count(*) filter (where open and rank = 0),
            count(*) filter (where completed_at >= to_timestamp($3))
        from (select *, completed_at is null as open from tasks
            where user_id = $1 and deleted_at is null
              and (completed_at is null or completed_at >= to_timestamp($3))) as mine, today";
    let seconds = f64::from(u32::try_from(midnight).unwrap_or_default());
    let rows = tx
        .finish(
            sql,
            &[
                (&owner, Type::TEXT),
                (&now.to_string(), Type::TEXT),
                (&seconds, Type::FLOAT8),
            ],
        )
        .await?;
    Ok(rows.first().map_or_else(Overview::default, |row| Overview {
        open: row.get(0),
        overdue: row.get(1),
        due_today: row.get(2),
        due_this_week: row.get(3),
        high_priority: row.get(4),
        completed_today: row.get(5),
    }))
}
