//! How each tool is described to clients.

use std::sync::{Arc, LazyLock};

use rmcp::model::{Tool, ToolAnnotations};
use schemars::JsonSchema;

use super::answers::{Activity, Counts, Found, Page, Written};
use crate::{
    AddTasks, CompleteTasks, DeleteTasks, FindTasks, GetOverview, ListActivity, ListTasks,
    ReopenTasks, RescheduleTasks, RestoreTasks, Undo, UpdateTasks, schema,
};

/// What a call does, from which the four hints of MCP follow, and whether it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    Adds,
    /// Sets something that can be set back.
    Sets,
    Destroys,
}

/// Tasks that one call may change without a question.
const FEW: usize = 4;

impl Effect {
    /// Whether a person has to agree before so many tasks are changed.
    pub(crate) const fn needs_consent(self, tasks: usize) -> bool {
        match self {
            Self::Reads | Self::Adds => false,
            Self::Sets => tasks > FEW,
            Self::Destroys => tasks > 0,
        }
    }
}

/// Every tool, in the order of their names.
pub(crate) static TOOLS: LazyLock<Vec<(Tool, Effect)>> = LazyLock::new(|| {
    use Effect::{Adds, Destroys, Reads, Sets};
    vec![
        write::<AddTasks>("add_tasks", "Add tasks", ADD, Adds),
        write::<CompleteTasks>("complete_tasks", "Complete tasks", COMPLETE, Sets),
        write::<DeleteTasks>("delete_tasks", "Delete tasks", DELETE, Destroys),
        read::<FindTasks, Found>("find_tasks", "Find tasks", FIND, Reads),
        read::<GetOverview, Counts>("get_overview", "Overview", OVERVIEW, Reads),
        read::<ListActivity, Activity>("list_activity", "Activity", ACTIVITY, Reads),
        read::<ListTasks, Page>("list_tasks", "List tasks", LIST, Reads),
        write::<ReopenTasks>("reopen_tasks", "Reopen tasks", REOPEN, Sets),
        write::<RescheduleTasks>("reschedule_tasks", "Reschedule tasks", RESCHEDULE, Sets),
        write::<RestoreTasks>("restore_tasks", "Restore tasks", RESTORE, Sets),
        write::<Undo>("undo", "Undo", UNDO, Sets),
        write::<UpdateTasks>("update_tasks", "Update tasks", UPDATE, Sets),
    ]
});

const ADD: &str = "Add one or more tasks. Put dates into `due` in the person's own words.";
const COMPLETE: &str =
    "Mark tasks as done, by their numbers. One that repeats makes the next one by itself.";
const DELETE: &str = "Move tasks to the bin, by their numbers. Look them up first; never guess a \
    number. The person is asked before it happens.";
const FIND: &str = "Find tasks by words of their title, even misspelled ones. Use it to get the \
    number of a task that the person names.";
const OVERVIEW: &str = "How many tasks are open, overdue, due today or this week, done today.";
const ACTIVITY: &str = "What was changed lately, by whom, newest first. The numbers are for undo.";
const LIST: &str = "List tasks with their numbers: all, by status, words, priority, tag or due \
    date, in any order.";
const REOPEN: &str = "Mark done tasks as open again, by their numbers.";
const RESCHEDULE: &str = "Move tasks to another date, by their numbers. Their recurrence stays.";
const RESTORE: &str = "Bring deleted tasks back, by their numbers.";
const UNDO: &str = "Take back the last action, a change by its number, a whole turn, or \
    everything since a moment.";
const UPDATE: &str = "Change title, description, priority, tags, date or recurrence of tasks; what is left out \
    stays.";

fn write<Arguments: JsonSchema>(
    name: &'static str,
    title: &str,
    description: &str,
    effect: Effect,
) -> (Tool, Effect) {
    read::<Arguments, Written>(name, title, description, effect)
}

fn read<Arguments: JsonSchema, Answer: JsonSchema>(
    name: &'static str,
    title: &str,
    description: &str,
    effect: Effect,
) -> (Tool, Effect) {
    (
        tool::<Arguments, Answer>(name, title, description, effect),
        effect,
    )
}

/// A tool with its schemas, and all four hints.
pub(crate) fn tool<Arguments: JsonSchema, Answer: JsonSchema>(
    name: &'static str,
    title: &str,
    description: &str,
    effect: Effect,
) -> Tool {
    let hints = ToolAnnotations::with_title(title)
        .read_only(effect == Effect::Reads)
        .destructive(effect == Effect::Destroys)
        .idempotent(!matches!(effect, Effect::Adds))
        .open_world(false);
    let mut input = schema::of::<Arguments>();
    if matches!(effect, Effect::Sets | Effect::Destroys) {
        schema::allow_confirmation(&mut input);
    }
    Tool::new(name, description.to_owned(), Arc::new(input))
        .with_title(title)
        .with_annotations(hints)
        .with_raw_output_schema(Arc::new(schema::of::<Answer>()))
}
