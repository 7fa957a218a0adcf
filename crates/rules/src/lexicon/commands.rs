//! Verbs of the list itself, and where a new command begins inside a sentence.

/// A clause that begins so is a command wherever it stands.
pub(crate) const STRONG: &[&str] = &[
    "add|create|delete|remove|show|rename|reschedule|postpone|undo|restore|reopen|untick|uncheck",
    "remind me|us",
    "mark|tick|undelete|unmark|uncomplete|prioritize|prioritise|deprioritize|deprioritise",
    "complete|erase|retitle|reword|display",
    "list my|all|the|everything|out|me|tasks|what|every|open|pending|completed|overdue|high|low",
    "get rid of|off",
    "cross|check|scratch off|out",
    "tag|label|untag",
    "dont let me|us forget",
    "do not let me|us forget",
    "whats",
    "how many",
    "what is|are|do|have|should|tasks",
    "which tasks|ones|are|of",
    "tell|give|read me",
    "set the|its|due|priority|a|reminder",
    "bring back|forward",
    "push|put it|that|them|back|off",
    "make it|that|them|sure",
    "forget it|that|about|them",
    "move|change it|that|them|task|tasks|all|everything|its",
    "cross|check|take|scratch it|that|them off",
    "new task|todo|reminder",
];

/// A clause that begins so is a command unless it goes on with a task being described.
pub(crate) const WEAK: &[&str] = &[
    "move|cancel|drop|clear|set|finish|change|update|push|close|edit|delay|defer|make|scrap|trash|nix|nuke|bin",
    "bump|shift|snooze|schedule|discard|wipe|put|take|cross|check|throw|include|note|remember",
];

pub(crate) const COMPLETE: &[&str] = &[
    "complete|finish|finalize",
    "completed|finished",
    "tick|check|cross|strike|score|scratch it? off|out|through",
    "tick|close|resolve",
    "check",
    "close out",
    "wrap up",
    "im|were|all|now|finally all? done|finished|through with",
    "i|we am|are done|finished|through with",
    "done|finished with",
    "done:?",
    "mark off|complete|completed|done|finished",
    "set|get done|complete",
];

pub(crate) const REOPEN: &[&str] = &[
    "reopen|uncomplete|untick|uncheck|unmark|re-open|undone|unfinish|uncross",
    "un tick|check|mark|complete|cross",
    "un-tick|un-check|un-mark|un-complete|un-cross",
    "open again",
    "reactivate|unarchive",
];

pub(crate) const DELETE: &[&str] = &[
    "delete|remove|erase|cancel|drop|trash|scrap|discard|bin|nix|nuke|wipe|kill|purge|ditch|axe",
    "clear out|away|off?",
    "get rid of|off",
    "rid me of",
    "throw away|out",
    "take away|off|out",
    "forget about|it?",
    "never mind about?",
    "nevermind about?",
    "toss out?",
    "chuck out|away?",
    "dump|eliminate|abandon|withdraw|unlist|strike",
    "do away with",
    "wipe out",
    "blank|empty out?",
];

pub(crate) const RESTORE: &[&str] = &[
    "restore|undelete|recover|un-delete|revive|resurrect|unbin|retrieve",
    "bring|get|put it|that|them? back",
    "bring back",
    "get back",
    "put back",
    "undo the? deletion|delete|removal of?",
];

pub(crate) const RENAME: &[&str] = &[
    "rename|retitle|reword|rephrase|relabel|re-title|re-word|re-name",
    "change|edit|update|modify|correct|fix|set the? title|name|wording|text of|on|for",
];

pub(crate) const CHANGE: &[&str] = &[
    "change|edit|update|modify|alter|correct|amend|adjust|revise|switch|turn|make|set|convert|replace",
];

/// To another time.
pub(crate) const MOVE: &[&str] = &[
    "reschedule|postpone|delay|defer|snooze|re-schedule|reshedule",
    "move|shift|bump|push|slide|drag|carry",
    "move|push|shift|bump|put|bring|pull|carry back|forward|out|off|up|ahead|over",
    "put off",
    "set back",
    "post pone",
    "re schedule",
];

/// Of those, the ones that can mean nothing else.
pub(crate) const MOVE_ONLY: &[&str] = &[
    "reschedule|postpone|delay|defer|snooze|re-schedule|reshedule",
    "put off",
    "post pone",
    "re schedule",
];

pub(crate) const UNDO: &[&str] = &[
    "undo",
    "undo that|it|this|everything|please?",
    "undo the? last|previous|latest one|change|action|thing|command|step|edit|task?",
    "undo what you|i|we just? did",
    "revert|reverse that|it|this|the? last? change|action?",
    "take that|it back",
    "go back",
    "change it|that back",
    "put it|that back the|how? way|it it? was",
    "oops|whoops undo? that|it?",
    "roll that|it? back",
    "unde|undoo",
    "ctrl z",
    "ctrl+z",
    "that was a mistake",
    "my mistake|bad",
    "i didnt mean to do? that?",
    "i did not mean to do? that?",
];

/// The head of a new task: verbs that need no word for "task" after them.
pub(crate) const ADD: &[&str] = &[
    "add in|on|up?",
    "create|append|insert|include|jot",
    "jot|write|note|put|mark|take down",
    "note to self",
    "note that?",
    "remember to|that|about?",
    "remind me|us",
    "nudge|ping|alert|notify|poke|buzz me|us",
    "reminder to|for|that|about?",
    "todo|to-do|task",
    "to do",
    "new task|todo|to-do|item|reminder|entry|one|note|chore|tasks|todos|to-dos|items|reminders|chores",
    "another task|todo|one",
    "dont|never let me|us forget to|about|that?",
    "do not let me|us forget to|about|that?",
    "dont|do not? forget to|about|that?",
    "make sure i|we dont? do? not? forget? to?",
    "ensure i|that",
    "tell|notify|alert|ping|nudge|prompt|warn me to|about|that|of",
    "schedule|plan|set up? a|an|another",
    "queue up",
    "pencil in",
    "put me? down for",
    "get me to",
    "have me",
    "throw|stick|pop in",
];

/// Heads that need a word for "task" soon after them.
pub(crate) const MAKE: &[&str] = &[
    "make|set|put|open|start|write|give|need|want|get|have|like|build|generate|begin|save|track|record|capture|register|schedule|enter|log up|me|us|down|in?",
];

/// What may stand between the head and the title.
pub(crate) const HEAD_ADJECTIVES: &[&str] = &[
    "a",
    "an",
    "the",
    "new",
    "another",
    "one",
    "my",
    "me",
    "this",
    "these",
    "following",
    "some",
    "more",
    "quick",
    "single",
    "extra",
    "also",
    "us",
    "please",
    "for",
    "few",
    "couple",
    "of",
    "two",
    "three",
    "four",
    "five",
];

pub(crate) const HEAD_NOUNS: &[&str] = &[
    "note",
    "task",
    "todo",
    "to-do",
    "item",
    "reminder",
    "entry",
    "chore",
    "errand",
    "tasks",
    "todos",
    "to-dos",
    "items",
    "reminders",
    "chores",
    "errands",
    "entries",
    "tasl",
    "taks",
    "tsk",
    "remider",
    "remainder",
    "reminer",
    "alarm",
    "notification",
    "alert",
];

/// What may stand between the word "task" and the title.
pub(crate) const HEAD_LINKS: &[&str] = &[
    "called|named|titled|saying|reading|labeled|labelled|entitled",
    "that|which says|reads|is called?",
    "with the? title|name|text of?",
    "for me? us? to",
    "for|to|about|of|that i|we need|have|want|must|should to?",
    "for me|us? to|that|about?",
    "to remind me to|of|about|that",
    "to|about|of|that|on|as|is|regarding|for",
    "to my|the|our todo|to-do|task? list",
    "to my|the|our to do list",
    "i need|have|want to",
    "i must|should",
];
