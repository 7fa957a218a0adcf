//! How often something may happen, counted in one statement.
//!
//! **Invariant:** a window begins with what is first counted in it and ends at its time, however
//! much is refused in between.

use protocol::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::db::Params;
use crate::row::Time;
use crate::{Db, Error};

/// At most so many within so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub most: i32,
    pub seconds: i64,
}

impl Rule {
    pub(crate) const fn as_float(self) -> f64 {
        as_float(self.seconds)
    }
}

/// How much of a rule is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The rule's name on the wire.
    pub name: &'static str,
    pub rule: Rule,
    pub used: i32,
    pub resets_at: Timestamp,
}

impl Quota {
    pub const fn is_over(&self) -> bool {
        self.used > self.rule.most
    }

    pub fn remaining(&self) -> i32 {
        (self.rule.most - self.used).max(0)
    }

    /// Whole seconds until everything is allowed again, rounded up.
    pub const fn wait(&self, now: Timestamp) -> i64 {
        let micros = self.resets_at.micros() - now.micros();
        if micros <= 0 {
            return 0;
        }
        (micros + 999_999) / 1_000_000
    }
}

/// Something to count: a rule, and the hashed place it is counted at.
#[derive(Clone, Debug)]
pub struct Hit {
    pub name: &'static str,
    pub rule: Rule,
    pub key: String,
}

/// When sign-ins for one e-mail address have to wait, and how long: twice as long each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// Attempts without success that are free.
    pub after: i32,
    /// Seconds of the first wait.
    pub wait: i64,
    /// Seconds of the longest.
    pub longest: i64,
}

/// Seconds after which failures are forgotten.
const MEMORY: f64 = 24.0 * 3600.0;

/// Rows that no longer count and are cleared away along with a count.
const CLEARED: &str = "with over as (
        select key from rate_limits where resets_at < $1 limit 20 for update skip locked
    ), old as (
        select key from sign_in_attempts where last_at < $1 - make_interval(secs => 86400)
        limit 20 for update skip locked
    ), cleared as (
        delete from sign_in_attempts where key in (select key from old)
    )
    delete from rate_limits where key in (select key from over)";

/// Parameters: keys, seconds, and the time.
const COUNT: &str = "insert into rate_limits as l (key, count, resets_at)
    select key, 1, $3::timestamptz + make_interval(secs => seconds)
    from unnest($1::text[], $2::float8[]) as hits (key, seconds)
    on conflict (key) do update set
      count = case when l.resets_at <= $3 then 1 else l.count + 1 end,
      resets_at = case when l.resets_at <= $3 then excluded.resets_at else l.resets_at end
    returning key, count, resets_at";

/// Counts all hits, in one round trip.
///
/// # Errors
/// If the database fails.
pub async fn count(db: &Db, hits: &[Hit], now: Timestamp) -> Result<Vec<Quota>, Error> {
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let columns = Columns::of(hits);
    let at = Time(now);
    let params: Params<'_> = &[
        (&columns.keys, Type::TEXT_ARRAY),
        (&columns.seconds, Type::FLOAT8_ARRAY),
        (&at, Type::TIMESTAMPTZ),
    ];
    let cleared: Params<'_> = &[(&at, Type::TIMESTAMPTZ)];
    let [_, rows] = db.queries([(CLEARED, cleared), (COUNT, params)]).await?;
    Ok(quotas(hits, &rows))
}

/// Parameters: those of [`COUNT`], then how often each rule allows, the lock's key, and its
/// numbers: after, wait, longest, memory.
///
/// The upsert looks at the row as it is when its turn has come, so of two attempts at the same
/// moment only one can be the last that is free; whoever gets no row from it is locked out.
const ATTEMPT: &str = "tried as (
        insert into sign_in_attempts as a (key, count, locked_until, last_at)
        select $5, 1, case when $6 <= 1 then $3 + make_interval(secs => $7) else $3 end, $3
        where not exists (
            select from counted c
            join unnest($1::text[], $4::int4[]) as rules (key, most) on rules.key = c.key
            where c.count > rules.most
        )
        on conflict (key) do update set
          count = case
            when a.last_at < $3 - make_interval(secs => $9) then 1 else a.count + 1 end,
          locked_until = case
            when a.last_at < $3 - make_interval(secs => $9) or a.count + 1 < $6 then $3
            else $3 + make_interval(secs => least($8, $7 * 2 ^ least(a.count + 1 - $6, 30)))
          end,
          last_at = $3
        where a.locked_until <= $3
        returning key
    )
    select key, count, resets_at from counted
    union all select '', 1, $3 from tried
    union all select '', 0, locked_until from sign_in_attempts where key = $5";

/// Counts an attempt to sign in at `lock`, the hashed e-mail address, in one round trip. An
/// attempt that a rule refuses does not count against the lock, so that who is already slowed
/// down cannot lock somebody else out any sooner. A lock that holds is a quota that is used up.
///
/// # Errors
/// If the database fails.
pub async fn attempt(
    db: &Db,
    hits: &[Hit],
    lock: &str,
    lockout: Lockout,
    now: Timestamp,
) -> Result<Vec<Quota>, Error> {
    let sql = format!("with counted as ({COUNT}), {ATTEMPT}");
    let columns = Columns::of(hits);
    let at = Time(now);
    let (wait, longest) = (as_float(lockout.wait), as_float(lockout.longest));
    let params: Params<'_> = &[
        (&columns.keys, Type::TEXT_ARRAY),
        (&columns.seconds, Type::FLOAT8_ARRAY),
        (&at, Type::TIMESTAMPTZ),
        (&columns.most, Type::INT4_ARRAY),
        (&lock, Type::TEXT),
        (&lockout.after, Type::INT4),
        (&wait, Type::FLOAT8),
        (&longest, Type::FLOAT8),
        (&MEMORY, Type::FLOAT8),
    ];
    let cleared: Params<'_> = &[(&at, Type::TIMESTAMPTZ)];
    let [_, rows] = db.queries([(CLEARED, cleared), (&sql, params)]).await?;
    let mut quotas = quotas(hits, &rows);
    let of_lock = |tried: i32| {
        let mut rows = rows.iter();
        rows.find(|row| row.get::<_, &str>(0).is_empty() && row.get::<_, i32>(1) == tried)
    };
    let is_free = of_lock(1).is_some() || quotas.iter().any(Quota::is_over);
    if !is_free {
        let until = of_lock(0).map(|row| row.get::<_, Time>(2).0);
        let until = until.filter(|until| *until > now);
        quotas.push(Quota {
            name: "failed-sign-ins",
            rule: Rule {
                most: lockout.after,
                seconds: lockout.wait,
            },
            used: lockout.after.saturating_add(1),
            // Locked this very moment, by an attempt that the statement did not see yet.
            resets_at: until.unwrap_or_else(|| now.plus_seconds(lockout.wait)),
        });
    }
    Ok(quotas)
}

/// Forgets the failures of an e-mail address.
///
/// # Errors
/// If the database fails.
pub async fn forgive(db: &Db, lock: &str) -> Result<(), Error> {
    let sql = "delete from sign_in_attempts where key = $1";
    db.query(sql, &[(&lock, Type::TEXT)]).await?;
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a float holds every number of seconds that a person can wait"
)]
const fn as_float(seconds: i64) -> f64 {
    seconds as f64
}

/// Hits as arrays, in the order of their keys: two statements that count the same rows take them
/// in the same order, so neither waits for the other for ever.
struct Columns<'a> {
    keys: Vec<&'a str>,
    seconds: Vec<f64>,
    most: Vec<i32>,
}

impl<'a> Columns<'a> {
    fn of(hits: &'a [Hit]) -> Self {
        let mut hits: Vec<&Hit> = hits.iter().collect();
        hits.sort_by(|a, b| a.key.cmp(&b.key));
        Self {
            keys: hits.iter().map(|hit| hit.key.as_str()).collect(),
            seconds: hits.iter().map(|hit| hit.rule.as_float()).collect(),
            most: hits.iter().map(|hit| hit.rule.most).collect(),
        }
    }
}

fn quotas(hits: &[Hit], rows: &[Row]) -> Vec<Quota> {
    let quota = |hit: &Hit| {
        let row = rows.iter().find(|row| row.get::<_, &str>(0) == hit.key)?;
        Some(Quota {
            name: hit.name,
            rule: hit.rule,
            used: row.get(1),
            resets_at: row.get::<_, Time>(2).0,
        })
    };
    hits.iter().filter_map(quota).collect()
}
