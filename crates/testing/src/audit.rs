//! What became of conversations, looked up beside the code under test.

use crate::Database;

/// The books of a database after a storm.
#[derive(Debug, Default)]
pub struct Audit {
    /// Turns, and those of them that have not ended, or not well.
    pub runs: i64,
    pub open: i64,
    pub not_done: i64,
    /// Turns whose events are not numbered 1, 2, 3, … up to the number they say they have.
    pub with_gaps: i64,
    /// Turns whose end holds no final answer; a title may come after it.
    pub unanswered: i64,
    /// What people said, each message as often as it is kept.
    pub messages: Vec<String>,
    /// Titles of tasks, each as often as there is one.
    pub titles: Vec<String>,
}

impl Database {
    /// # Panics
    /// If the database is away.
    pub async fn audit(&self) -> Audit {
        let client = self.client().await;
        let count = async |sql: &str| -> i64 {
            let row = client.query_one(sql, &[]).await;
            row.expect("the books can be read").get(0)
        };
        let texts = async |sql: &str| -> Vec<String> {
            let rows = client.query(sql, &[]).await;
            let rows = rows.expect("the books can be read");
            rows.iter().map(|row| row.get(0)).collect()
        };
        Audit {
            runs: count("select count(*) from runs").await,
            open: count("select count(*) from runs where finished_at is null").await,
            not_done: count("select count(*) from runs where status <> 'done'").await,
            with_gaps: count(
                "select count(*) from runs r where r.last_event <> (select count(*) from run_events e
                    where e.run_id = r.id and e.seq between 1 and r.last_event)
                 or exists (select from run_events e where e.run_id = r.id and e.seq > r.last_event)",
            )
            .await,
            unanswered: count(
                "select count(*) from runs r where not exists (select from items i
                    where i.run_id = r.id and i.body ->> 'type' = 'assistant_message'
                    and i.body ->> 'id' in (select e.body::jsonb #>> '{item,id}' from run_events e
                        where e.run_id = r.id and e.seq >= r.last_event - 1))",
            )
            .await,
            messages: texts(
                "select body #>> '{content,0,text}' from items
                where body ->> 'type' = 'user_message' order by 1",
            )
            .await,
            titles: texts("select title from tasks order by 1").await,
        }
    }
}
