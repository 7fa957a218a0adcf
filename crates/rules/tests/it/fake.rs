//! The tools as the assistant sees them, over tasks in memory.

use serde_json::{Map, Value, json};

/// A task with the members that the tools show, and whether it lies in the bin.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) view: Map<String, Value>,
    pub(crate) deleted: bool,
}

/// A change of one task; those of one call have one action.
#[derive(Clone, Debug)]
struct Change {
    action: usize,
    kind: &'static str,
    before: Option<Task>,
    after: Task,
    undone: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tools {
    pub(crate) tasks: Vec<Task>,
    log: Vec<Change>,
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

    fn shown(&self) -> Map<String, Value> {
        let mut view = self.view.clone();
        view.remove("recurrence");
        if let Some(rule) = self.view.get("recurrence").and_then(Value::as_str) {
            let rule = when::Recurrence::parse(rule).unwrap();
            set(&mut view, "repeats", json!(rule.english()));
        }
        if self.deleted {
            set(&mut view, "deleted", json!(true));
        }
        view
    }
}

impl Tools {
    pub(crate) fn with(tasks: Vec<Task>) -> Self {
        Self {
            tasks,
            ..Self::default()
        }
    }

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
            "list_tasks" => return (self.list(arguments), false),
            "find_tasks" => return (self.find(arguments), false),
            "get_overview" => return (self.overview(), false),
            "list_activity" => return (self.activity(), false),
            _ => {}
        }
        let before = self.tasks.clone();
        let (kind, answer) = match tool {
            "add_tasks" => ("added", self.add(arguments)),
            "update_tasks" => ("updated", self.update(arguments)),
            "complete_tasks" => ("completed", self.complete(&ids())),
            "reopen_tasks" => {
                let open = |task: &mut Task| set(&mut task.view, "completed", json!(false));
                ("reopened", self.each(&ids(), false, open))
            }
            "delete_tasks" => (
                "deleted",
                self.each(&ids(), true, |task| task.deleted = true),
            ),
            "restore_tasks" => (
                "restored",
                self.each(&ids(), true, |task| task.deleted = false),
            ),
            "undo" => ("undone", self.undo()),
            _ => {
                let error = format!("There is no tool {tool}.");
                return (json!({ "error": error }), true);
            }
        };
        self.note(kind, &before);
        answer
    }

    fn note(&mut self, kind: &'static str, before: &[Task]) {
        let action = self.log.last().map_or(0, |change| change.action) + 1;
        for task in &self.tasks {
            let was = before.iter().find(|other| other.id() == task.id());
            if was.is_none_or(|was| was.view != task.view || was.deleted != task.deleted) {
                self.log.push(Change {
                    action,
                    kind,
                    before: was.cloned(),
                    after: task.clone(),
                    undone: kind == "undone",
                });
            }
        }
    }

    fn undo(&mut self) -> (Value, bool) {
        let Some(last) = self.log.iter().rfind(|change| !change.undone) else {
            return (json!({"message": "There is nothing to undo."}), true);
        };
        let action = last.action;
        let mut done = Vec::new();
        for change in self.log.iter_mut().rev() {
            if change.action != action {
                continue;
            }
            change.undone = true;
            let id = change.after.id();
            let task = self.tasks.iter_mut().find(|task| task.id() == id).unwrap();
            match &change.before {
                Some(before) => task.clone_from(before),
                None => task.deleted = true,
            }
            done.push(task.shown());
        }
        answer(&done, &[])
    }

    /// One that repeats makes the next one, a week later.
    fn complete(&mut self, ids: &[i64]) -> (Value, bool) {
        let repeating: Vec<Task> = self
            .tasks
            .iter()
            .filter(|task| ids.contains(&task.id()) && task.view.contains_key("recurrence"))
            .cloned()
            .collect();
        let tick = |task: &mut Task| {
            set(&mut task.view, "completed", json!(true));
            task.view.remove("recurrence");
        };
        let (mut answer, is_error) = self.each(ids, false, tick);
        for mut next in repeating {
            set(&mut next.view, "id", json!(self.tasks.len() + 1));
            set(&mut next.view, "due", json!("2026-12-07"));
            answer["tasks"]
                .as_array_mut()
                .unwrap()
                .push(Value::Object(next.shown()));
            self.tasks.push(next);
        }
        (answer, is_error)
    }

    fn find(&self, arguments: &Value) -> Value {
        let text = arguments["text"].as_str().unwrap();
        let query = json!({"status": arguments["status"], "query": text, "limit": 20});
        let mut found = self.list(&query);
        found["did_you_mean"] = json!(false);
        found
    }

    fn overview(&self) -> Value {
        let open = || {
            let open = |task: &&Task| !task.deleted && !task.completed();
            self.tasks.iter().filter(open)
        };
        let due = |task: &&Task, days: std::ops::RangeInclusive<&str>| {
            let due = task.view.get("due").and_then(Value::as_str);
            due.is_some_and(|due| days.contains(&&due[..10]))
        };
        json!({
            "open": open().count(),
            "overdue": open().filter(|task| due(task, "2000-01-01"..="2026-11-22")).count(),
            "due_today": open().filter(|task| due(task, "2026-11-23"..="2026-11-23")).count(),
            "due_this_week": open().filter(|task| due(task, "2026-11-24"..="2026-11-30")).count(),
            "high_priority": open().filter(|task| task.view.get("priority") == Some(&json!("high"))).count(),
            "completed_today": self.log.iter().filter(|change| change.kind == "completed").count(),
        })
    }

    fn activity(&self) -> Value {
        let entry = |(seq, change): (usize, &Change)| {
            json!({
                "change": seq + 1, "what": change.kind, "by": "the assistant",
                "at": "2026-11-23T12:00:00Z", "task": change.after.id(),
                "title": change.after.view["title"],
            })
        };
        let entries: Vec<Value> = self.log.iter().enumerate().map(entry).rev().collect();
        json!({ "changes": entries })
    }

    fn list(&self, arguments: &Value) -> Value {
        let status = arguments["status"].as_str().unwrap_or("open");
        let query = arguments["query"]
            .as_str()
            .unwrap_or_default()
            .to_lowercase();
        let after: i64 = arguments["after"]
            .as_str()
            .map_or(0, |after| after.parse().unwrap());
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
            .filter(|task| {
                let parent = &arguments["parent"];
                parent.is_null() || task.view.get("parent") == Some(parent)
            })
            .collect();
        found.sort_by_key(|task| self.order.iter().position(|id| *id == task.id()));
        let more = found.len() > limit;
        found.truncate(limit);
        let mut page =
            json!({ "tasks": found.iter().map(|task| task.shown()).collect::<Vec<_>>() });
        if more {
            page["next"] = json!(found.last().unwrap().id().to_string());
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
            let task = Task {
                view,
                deleted: false,
            };
            done.push(task.shown());
            self.tasks.push(task);
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
                    "due" | "recurrence" if value == "none" => drop(task.view.remove(name)),
                    "reminder" if *value == -1 => drop(task.view.remove(name)),
                    _ => drop(task.view.insert(name.clone(), value.clone())),
                }
            }
            done.push(task.shown());
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
                    done.push(task.shown());
                }
                None => failed.push(missing(index, *id)),
            }
        }
        answer(&done, &failed)
    }
}

fn set(view: &mut Map<String, Value>, name: &str, value: Value) {
    view.insert(name.to_owned(), value);
}

fn missing(index: usize, id: i64) -> Value {
    json!({"index": index, "id": id, "code": "task_not_found", "message": format!("There is no task {id}.")})
}

/// What a person who said no has kept.
pub(crate) fn declined() -> Value {
    json!({"tasks": [], "declined": true})
}

/// Whether a person is asked before a call, and about how many tasks.
pub(crate) fn asks(tool: &str, arguments: &Value) -> bool {
    let count = |name: &str| arguments[name].as_array().map_or(0, Vec::len);
    match tool {
        "delete_tasks" => true,
        "add_tasks" | "undo" => false,
        _ => count("ids").max(count("tasks")) > 4,
    }
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
