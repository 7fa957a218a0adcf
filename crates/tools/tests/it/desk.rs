//! Somebody with a task list.

use auth::Caller;
use protocol::task::{Actor, Task};
use protocol::{TaskId, Timestamp};
use testing::{Database, NOW, Person};
use tools::{
    AddTasks, Call, CompleteTasks, DeleteTasks, ListTasks, NewTask, Outcome, Status, Undo, Zone,
};

pub(crate) struct Desk {
    pub(crate) database: Database,
    pub(crate) caller: Caller,
    pub(crate) zone: Zone,
    pub(crate) key: Option<&'static str>,
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
}

impl Desk {
    pub(crate) async fn of(name: &str) -> Self {
        let database = Database::new().await;
        let caller = Person::sign_up(&database.db, name).await.caller();
        Self {
            database,
            caller,
            zone: Zone::named("Europe/Berlin"),
            key: None,
            actor: Actor::User,
            now: NOW,
        }
    }

    pub(crate) fn call(&self) -> Call<'_> {
        Call {
            db: &self.database.db,
            caller: &self.caller,
            actor: &self.actor,
            key: self.key,
            now: self.now,
            zone: &self.zone,
        }
    }

    pub(crate) async fn add(&self, titles: &[&str]) -> Outcome {
        let tasks = titles.iter().map(|title| new(title)).collect();
        AddTasks { tasks }.apply(&self.call()).await.unwrap()
    }

    pub(crate) async fn add_one(&self, task: NewTask) -> Task {
        let tasks = vec![task];
        let outcome = AddTasks { tasks }.apply(&self.call()).await.unwrap();
        assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
        outcome.done[0].clone()
    }

    pub(crate) async fn complete(&self, id: i32) -> Outcome {
        let ids = vec![TaskId(id)];
        CompleteTasks { ids }.apply(&self.call()).await.unwrap()
    }

    pub(crate) async fn delete(&self, id: i32) -> Outcome {
        let ids = vec![TaskId(id)];
        DeleteTasks { ids }.apply(&self.call()).await.unwrap()
    }

    pub(crate) async fn undo(&self) -> Outcome {
        Undo::default().apply(&self.call()).await.unwrap()
    }

    pub(crate) async fn list(&self, status: Status) -> Vec<Task> {
        let list = ListTasks {
            status,
            ..ListTasks::default()
        };
        list.apply(&self.call()).await.unwrap().tasks
    }

    pub(crate) async fn titles(&self, status: Status) -> Vec<String> {
        let tasks = self.list(status).await.into_iter();
        tasks.map(|task| task.title).collect()
    }
}

pub(crate) fn new(title: &str) -> NewTask {
    NewTask {
        title: title.to_owned(),
        ..NewTask::default()
    }
}

pub(crate) fn due(title: &str, due: &str) -> NewTask {
    NewTask {
        due: Some(due.to_owned()),
        ..new(title)
    }
}

pub(crate) fn ids(outcome: &Outcome) -> Vec<i32> {
    outcome.done.iter().map(|task| task.id.0).collect()
}
