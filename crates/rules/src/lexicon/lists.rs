//! How people name the list, and the things on it.

/// Words for a task.
pub(crate) const TASK: &[&str] = &[
    "task",
    "todo",
    "to-do",
    "item",
    "reminder",
    "chore",
    "errand",
    "entry",
    "tasks",
    "todos",
    "to-dos",
    "items",
    "reminders",
    "chores",
    "errands",
    "entries",
    "job",
    "jobs",
    "things",
    "stuff",
    "todo's",
    "ones",
    "assignments",
    "assignment",
    "tasl",
    "taks",
    "taks",
    "tsak",
    "taskk",
    "tsk",
    "remainder",
    "remainders",
];

/// Words for several of them, or for the list as a whole.
pub(crate) const TASKS: &[&str] = &[
    "tasks",
    "todos",
    "to-dos",
    "items",
    "reminders",
    "chores",
    "errands",
    "entries",
    "jobs",
    "things",
    "stuff",
    "assignments",
    "list",
    "lists",
    "agenda",
    "plate",
    "backlog",
    "todo",
    "to-do",
    "schedule",
    "calendar",
    "remainders",
];

/// Ways to end a sentence with the list it is about: "to my shopping list".
pub(crate) const LIST_LINKS: &[&str] = &[
    "to", "on", "onto", "in", "into", "for", "from", "off", "of", "off of", "on to", "under",
    "out of",
];
