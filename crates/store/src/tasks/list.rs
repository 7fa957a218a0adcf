//! Lists of tasks: filtered, sorted, a page at a time.

use protocol::task::{Priority, Task};
use protocol::{Due, TaskId};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::search::Search;
use super::{COLUMNS, read};
use crate::{Error, Tx};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Open,
    Completed,
    /// Open and completed ones.
    All,
    Deleted,
}

impl Status {
    /// Spelled as the partial indexes are, or they would not be used.
    const fn condition(self) -> &'static str {
        match self {
            Self::Open => "completed_at is null and deleted_at is null",
            Self::Completed => "completed_at is not null and deleted_at is null",
            Self::All => "deleted_at is null",
            Self::Deleted => "deleted_at is not null",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By hand; by number where nothing was moved.
    #[default]
    Position,
    /// The soonest first, those without a date last.
    Due,
    /// High first; of the same priority the soonest.
    Priority,
    /// By number.
    Created,
    Updated,
    Title,
    Completed,
}

impl Sort {
    /// Two expressions, as text that sorts through their own type, then the number.
    const fn keys(self) -> [(&'static str, &'static str); 2] {
        const NONE: (&str, &str) = ("0", "integer");
        match self {
            Self::Position => [("position", "text"), NONE],
            Self::Due => [("due_key", "timestamp"), NONE],
            Self::Priority => [("rank", "smallint"), ("due_key", "timestamp")],
            Self::Created => [("id", "integer"), NONE],
            Self::Updated => [("updated_at", "timestamptz"), NONE],
            Self::Title => [("title_key", "text"), NONE],
            Self::Completed => [("completed_at", "timestamptz"), NONE],
        }
    }
}

/// Where a page ended: the keys of its last task. It fits only the list it was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    sort: Sort,
    descending: bool,
    keys: [Option<String>; 2],
    id: i32,
}

/// Which tasks to list, and in which order.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub status: Status,
    /// Words that title or description have, each perhaps only in its beginning.
    pub text: Option<String>,
    pub priority: Option<Priority>,
    pub tag: Option<String>,
    /// Due at this moment or later; a day means its beginning.
    pub due_from: Option<Due>,
    /// Due before this moment; a day means its beginning.
    pub due_before: Option<Due>,
    pub parent: Option<TaskId>,
    pub sort: Sort,
    pub descending: bool,
    pub after: Option<Cursor>,
    pub limit: i64,
}

/// A page of tasks, where it goes on, and the number of the newest change.
///
/// # Errors
/// If the database fails.
pub async fn list(
    mut tx: Tx<'_>,
    filter: &Filter,
) -> Result<(Vec<Task>, Option<Cursor>, i64), Error> {
    let owner = tx.owner().to_owned();
    let search = Search::of(&mut tx, filter.text.as_deref()).await?;
    let values = Values::of(&owner, filter, search);
    let [rows, newest] = tx
        .finish_all([
            (&sql(filter), &values.params()),
            (
                "select last_change from task_counters where user_id = $1",
                &[(&owner, Type::TEXT)],
            ),
        ])
        .await?;
    let limit = usize::try_from(filter.limit).unwrap_or_default();
    let cursor = (rows.len() > limit).then(|| limit.checked_sub(1)).flatten();
    let cursor = cursor.map(|last| cursor_of(&rows[last], filter));
    let newest = newest.first().map_or(0, |row| row.get(0));
    Ok((rows.iter().take(limit).map(read).collect(), cursor, newest))
}

/// How Postgres goes about a list, a line each: for tests and benchmarks.
///
/// # Errors
/// If the database fails.
pub async fn explained(mut tx: Tx<'_>, filter: &Filter) -> Result<Vec<String>, Error> {
    let search = Search::of(&mut tx, filter.text.as_deref()).await?;
    let values = Values::of(tx.owner(), filter, search);
    let sql = format!("explain {}", sql(filter));
    let rows = tx.finish(&sql, &values.params()).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The values of the statement, in the order of their numbers.
struct Values {
    owner: String,
    search: Search,
    priority: Option<&'static str>,
    tag: Option<String>,
    due_from: Option<String>,
    due_before: Option<String>,
    parent: Option<i32>,
    after: Option<i32>,
    keys: [Option<String>; 2],
    limit: i64,
}

impl Values {
    fn of(owner: &str, filter: &Filter, search: Search) -> Self {
        // A place in another list is none in this one.
        let after = filter
            .after
            .as_ref()
            .filter(|cursor| cursor.sort == filter.sort && cursor.descending == filter.descending);
        let moment = |due: Option<Due>| due.map(|due| due.to_string());
        Self {
            owner: owner.to_owned(),
            search,
            priority: filter.priority.map(Priority::as_str),
            tag: filter.tag.clone(),
            due_from: moment(filter.due_from),
            due_before: moment(filter.due_before),
            parent: filter.parent.map(|id| id.0),
            after: after.map(|cursor| cursor.id),
            keys: after.map_or([None, None], |cursor| cursor.keys.clone()),
            limit: filter.limit + 1,
        }
    }

    fn params(&self) -> [(&(dyn ToSql + Sync), Type); 12] {
        let [first, second] = &self.keys;
        [
            (&self.owner, Type::TEXT),
            (&self.search.words, Type::TEXT),
            (&self.priority, Type::TEXT),
            (&self.tag, Type::TEXT),
            (&self.due_from, Type::TEXT),
            (&self.due_before, Type::TEXT),
            (&self.parent, Type::INT4),
            (&self.after, Type::INT4),
            (first, Type::TEXT),
            (second, Type::TEXT),
            (&self.limit, Type::INT8),
            (&self.search.found, Type::INT4_ARRAY),
        ]
    }
}

fn sql(filter: &Filter) -> String {
    let [first, second] = filter.sort.keys();
    let (beyond, order) = if filter.descending {
        ("<", "desc")
    } else {
        (">", "asc")
    };
    let ((key, kind), (next, next_kind)) = (first, second);
    // A key that is always the same would only hide the index from the planner.
    let (tuple, bound, by) = if next == "0" {
        (
            format!("({key}, id)"),
            format!("($9::{kind}, $8)"),
            format!("{key} {order}, id {order}"),
        )
    } else {
        (
            format!("({key}, {next}, id)"),
            format!("($9::{kind}, $10::{next_kind}, $8)"),
            format!("{key} {order}, {next} {order}, id {order}"),
        )
    };
    format!(
        "select {COLUMNS}, ({key})::text as key_1, ({next})::text as key_2 from tasks
        where user_id = $1 and {status}
          and ($2::text is null or search @@ to_tsquery('simple', $2))
          and ($12::integer[] is null or id = any($12))
          and ($3::text is null or priority = $3)
          and ($4::text is null or $4 = any(tags))
          and ($5::text is null or due_key >= $5::timestamp)
          and ($6::text is null or due_key < $6::timestamp)
          and ($7::integer is null or parent_id = $7)
          and ($8::integer is null or {tuple} {beyond} {bound})
          and ($10::text is null or true)
        order by {by} limit $11",
        status = filter.status.condition(),
    )
}

fn cursor_of(row: &Row, filter: &Filter) -> Cursor {
    Cursor {
        sort: filter.sort,
        descending: filter.descending,
        keys: [row.get(17), row.get(18)],
        id: row.get(0),
    }
}
