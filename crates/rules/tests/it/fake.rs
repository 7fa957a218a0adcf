//! The tools as the assistant sees them, over tasks in memory.

use serde_json::{Map, Value, json};

/// A task with the members that the tools show, and whether it lies in the bin.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) view: Map<String, Value>,
    pub(crate) deleted: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tools {
    pub(crate) tasks: Vec<Task>,
    /// A tool that answers with this fault.
    pub(crate) faulty: Option<(String, String)>,
    /// The order in which tasks are listed, if it is not that of their numbers.
    pub(crate) order: Vec<i64>,
}

impl Task {
    pub(crate) fn id(&self) -> i64 {
        self.view["id"].as_i64().unwrap()
    }

    fn completed(&self) -> bool {
        self.view["completed"] == true
    }
}

impl Tools {
    /// Runs a call: what comes back, and whether nothing was done.
    pub(crate) fn call(&mut self, tool: &str, arguments: &Value) -> (Value, bool) {
        if let Some((faulty, message)) = &self.faulty
            && faulty == tool
        {
            return (json!({ "error": message }), true);
        }
        let ids = || -> Vec<i64> {
            let ids = arguments["ids"].as_array().unwrap();
            ids.iter().map(|id| id.as_i64().unwrap()).collect()
        };
        match tool {
            "list_tasks" => (self.list(arguments), false),
            "add_tasks" => self.add(arguments),
            "update_tasks" => self.update(arguments),
            "complete_tasks" => {
                self.each(&ids(), false, |task| set(task, "completed", json!(true)))
            }
            "reopen_tasks" => self.each(&ids(), false, |task| set(task, "completed", json!(false))),
            "delete_tasks" => self.each(&ids(), true, |task| task.deleted = true),
            "restore_tasks" => self.each(&ids(), true, |task| task.deleted = false),
            _ => (
                json!({ "error": format!("There is no tool {tool}.") }),
                true,
            ),
        }
    }

    fn list(&self, arguments: &Value) -> Value {
        let status = arguments["status"].as_str().unwrap_or("open");
        let query = arguments["query"]
            .as_str()
            .unwrap_or_default()
            .to_lowercase();
        let after = arguments["after"].as_i64().unwrap_or(0);
        let limit = usize::try_from(arguments["limit"].as_i64().unwrap_or(100)).unwrap();
        let mut found: Vec<&Task> = self
            .tasks
            .iter()
            .filter(|task| match status {
                "open" => !task.deleted && !task.completed(),
                "completed" => !task.deleted && task.completed(),
                "all" => !task.deleted,
                "deleted" => task.deleted,
                other => panic!("there is no status {other}"),
            })
            .filter(|task| {
                task.view["title"]
                    .as_str()
                    .unwrap()
                    .to_lowercase()
                    .contains(&query)
            })
            .filter(|task| task.id() > after)
            .collect();
        found.sort_by_key(|task| self.order.iter().position(|id| *id == task.id()));
        let more = found.len() > limit;
        found.truncate(limit);
        let mut page = json!({ "tasks": found.iter().map(|task| &task.view).collect::<Vec<_>>() });
        if more {
            page["next"] = json!(found.last().unwrap().id());
        }
        page
    }

    fn add(&mut self, arguments: &Value) -> (Value, bool) {
        let mut done = Vec::new();
        for new in arguments["tasks"].as_array().unwrap() {
            let mut view = new.as_object().unwrap().clone();
            assert!(
                !view["title"].as_str().unwrap().trim().is_empty(),
                "a task needs a title"
            );
            check_due(&view);
            view.insert("id".to_owned(), json!(self.tasks.len() + 1));
            view.insert("completed".to_owned(), json!(false));
            self.tasks.push(Task {
                view: view.clone(),
                deleted: false,
            });
            done.push(view);
        }
        answer(&done, &[])
    }

    fn update(&mut self, arguments: &Value) -> (Value, bool) {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for (index, update) in arguments["tasks"].as_array().unwrap().iter().enumerate() {
            let id = update["id"].as_i64().unwrap();
            let Some(task) = self
                .tasks
                .iter_mut()
                .find(|task| task.id() == id && !task.deleted)
            else {
                failed.push(missing(index, id));
                continue;
            };
            check_due(update.as_object().unwrap());
            for (name, value) in update.as_object().unwrap() {
                match name.as_str() {
                    "due" if value == "none" => drop(task.view.remove("due")),
                    _ => drop(task.view.insert(name.clone(), value.clone())),
                }
            }
            done.push(task.view.clone());
        }
        answer(&done, &failed)
    }

    fn each(
        &mut self,
        ids: &[i64],
        also_deleted: bool,
        change: impl Fn(&mut Task),
    ) -> (Value, bool) {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for (index, id) in ids.iter().enumerate() {
            let found = self.tasks.iter_mut().find(|task| task.id() == *id);
            match found.filter(|task| also_deleted || !task.deleted) {
                Some(task) => {
                    change(task);
                    done.push(task.view.clone());
                }
                None => failed.push(missing(index, *id)),
            }
        }
        answer(&done, &failed)
    }
}

fn set(task: &mut Task, name: &str, value: Value) {
    task.view.insert(name.to_owned(), value);
}

fn missing(index: usize, id: i64) -> Value {
    json!({"index": index, "id": id, "code": "task_not_found", "message": format!("There is no task {id}.")})
}

fn answer(done: &[Map<String, Value>], failed: &[Value]) -> (Value, bool) {
    let nothing = done.is_empty();
    let mut answer = json!({ "tasks": done });
    if !failed.is_empty() {
        answer["failed"] = json!(failed);
    }
    (answer, nothing)
}

/// The assistant resolves dates itself, so the tools get ISO dates from it.
fn check_due(task: &Map<String, Value>) {
    if let Some(due) = task.get("due").and_then(Value::as_str) {
        assert!(
            due == "none" || due.parse::<protocol::Due>().is_ok(),
            "“{due}” is no date"
        );
    }
}
