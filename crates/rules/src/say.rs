//! Every sentence the assistant says, so that it speaks with one voice. What is shown of tasks is
//! written down in `say::format`.

mod answers;
mod format;
mod results;

use protocol::Due;
use when::Context;

use crate::capabilities::Capabilities;
use crate::intent::{Draft, Filter, Intent, Verb};
use crate::view::{Entry, Task};

pub(crate) use answers::{log, overview, parts, shown};
pub(crate) use format::capital;
pub(crate) use results::{
    added, changed, completed, declined, deleted, not_done, reopened, restored, undone, updated,
};

use format::{list, quoted, quoted_all, when_due};

pub(crate) const GREETING: &str = "Hello! I can add, show, change, complete and delete your tasks. \
    Try “add buy milk tomorrow” or “what's due today?”.";
pub(crate) const HOW_ARE_YOU: &str = "All well here, thank you. What shall I do with your tasks?";
pub(crate) const DONE_ALREADY: &str = "It is done already. Say “undo” to take it back.";
pub(crate) const THANKS: &str = "You're welcome.";
pub(crate) const BYE: &str = "Goodbye. Your tasks will be here.";
pub(crate) const WHO: &str = "I'm the built-in assistant of Latchwork. No AI model is connected: I \
    follow fixed rules and understand task commands in English.";
pub(crate) const INSULT: &str = "I'm sorry this isn't going well. I follow fixed rules and only \
    understand task commands, such as “add call Anna tomorrow at 5pm” or “show my tasks”.";
pub(crate) const EMPTY: &str = "What can I do for you? For example: “add buy milk tomorrow”, “what's due \
    today?” or “help”.";
pub(crate) const OFF_TOPIC: &str = "I can't help with that: I only look after your tasks. Try “add buy \
    milk tomorrow” or “what's pending?”.";
pub(crate) const FOREIGN: &str = "I'm sorry, I only understand English. For example: “add buy milk \
    tomorrow” or “show my tasks”.";
pub(crate) const ONLY_TASKS: &str = "I can't do that. I only manage your own tasks, by fixed rules that a \
    message can't change.";
pub(crate) const NOT_YOURS: &str = "I can only see and change your own tasks, nobody else's.";
pub(crate) const TOO_LONG: &str = "That message is too long for me. Please put it in fewer words.";
pub(crate) const NOTHING_ASKED: &str = "There's nothing waiting for your answer. What shall I do?";
pub(crate) const NOTHING_DONE: &str = "All right, nothing was changed.";
pub(crate) const KEPT: &str = "All right, nothing was deleted.";
pub(crate) const LEFT: &str = "All right, I left everything as it is.";
pub(crate) const NOTHING_TO_UNDO: &str = "There's nothing to undo.";
pub(crate) const CANNOT_UNDO: &str = "I don't know how it was before, so I can't do the same there. Tell \
    me what it should be and I'll change it.";
pub(crate) const WHICH_TASK: &str = "Which task do you mean?";
pub(crate) const WHICH_PARENT: &str = "I don't know which task it should be a part of. Please name it by \
    its number.";
pub(crate) const NO_PLACE: &str = "I showed no list that has that entry. Say “show my tasks” to see \
    them again.";
pub(crate) const BEYOND: &str = "That date is beyond my calendar, so nothing was changed.";
pub(crate) const NONE_DATED: &str = "None of these tasks has a date that I could move, so nothing was \
    changed.";
pub(crate) const NOT_RUN: &str = "Part of this was not carried out.";

pub(crate) fn lost() -> String {
    "I didn't understand that. I know task commands, for example “add call Anna tomorrow at 5pm”, \
     “what's due today?” or “mark task 3 as done”."
        .to_owned()
}

pub(crate) fn help(can: &Capabilities) -> String {
    let abilities = [
        (
            "add_tasks",
            "add tasks: “remind me to call Anna tomorrow at 5pm”, “add milk, eggs and bread to my shopping list”",
        ),
        (
            "list_tasks",
            "show them: “what's due this week?”, “show high priority tasks”",
        ),
        (
            "complete_tasks",
            "tick them off: “mark task 3 as done”, “I bought the milk”",
        ),
        (
            "update_tasks",
            "change them: “move the dentist to Friday at 10”, “make the report urgent”, “repeat it every Monday”",
        ),
        ("delete_tasks", "delete them: “delete the meeting task”"),
        (
            "restore_tasks",
            "bring them back: “restore the meeting task”",
        ),
        ("undo", "take back what was done: “undo”"),
        (
            "get_overview",
            "tell how things stand: “give me an overview”, “what did I do today?”",
        ),
    ];
    let lines: Vec<String> = abilities
        .iter()
        .filter(|(tool, _)| can.has(tool))
        .map(|(_, line)| format!("- {line}"))
        .collect();
    if lines.is_empty() {
        return format!("{WHO} At the moment I have no access to tasks.");
    }
    format!("I can\n{}", lines.join("\n"))
}

pub(crate) fn cannot(what: &str) -> String {
    format!("I can't {what} here.")
}

pub(crate) const fn doing(verb: Verb) -> &'static str {
    match verb {
        Verb::Complete => "complete tasks",
        Verb::Reopen => "reopen tasks",
        Verb::Delete => "delete tasks",
        Verb::Restore => "restore tasks",
    }
}

pub(crate) fn fault(message: &str) -> String {
    match message.is_empty() {
        true => "I couldn't look at your tasks just now, so nothing was changed.".to_owned(),
        false => format!("I couldn't look at your tasks, so nothing was changed: {message}"),
    }
}

pub(crate) fn already_done(tasks: &[Task]) -> String {
    let tasks: Vec<&Task> = tasks.iter().collect();
    let verb = if tasks.len() == 1 { "is" } else { "are" };
    format!("{} {verb} already done.", quoted_all(&tasks))
}

pub(crate) fn nothing_like(words: &str) -> String {
    let words = format::clipped(words);
    format!("I found no task like “{words}”. Say “show my tasks” to see what there is.")
}

pub(crate) fn no_task(ids: &[i64]) -> String {
    match ids {
        [id] => format!("There is no task {id}."),
        _ => "I found none of these tasks.".to_owned(),
    }
}

pub(crate) fn none_left(filter: &Filter) -> String {
    format!("There are no {}.", format::described(filter, 0))
}

pub(crate) fn no_such_day(words: &str) -> String {
    format!(
        "The calendar has no {}. Which day do you mean?",
        format::clipped(words)
    )
}

pub(crate) fn ask_title(due: Option<Due>, ctx: &Context) -> String {
    match due {
        Some(due) => format!("What shall I remind you of, {}?", when_due(due, ctx)),
        None => "What should the task be called?".to_owned(),
    }
}

pub(crate) fn offer(drafts: &[Draft]) -> String {
    let titles: Vec<String> = drafts
        .iter()
        .map(|draft| format!("“{}”", format::headline(&draft.title)))
        .collect();
    format!(
        "I can't do that myself. Shall I add {} to your tasks? Please answer yes or no.",
        titles.join(", ")
    )
}

pub(crate) fn offer_undo(last: &Entry, together: usize, ctx: &Context) -> String {
    let more = match together {
        0 | 1 => String::new(),
        _ => format!(" and {} more", together - 1),
    };
    format!(
        "I changed nothing in this conversation. The last change was {}: {} “{}”{more}. Shall I \
         take it back? Please answer yes or no.",
        answers::moment(last, ctx),
        last.what,
        format::headline(&last.title)
    )
}

pub(crate) fn ask_due(task: &Task) -> String {
    format!("When should {} be due?", quoted(task))
}

pub(crate) fn ask_due_undated(task: &Task) -> String {
    format!(
        "{} has no date that I could move. When should it be due?",
        quoted(task)
    )
}

pub(crate) fn ask_new_title(task: &Task) -> String {
    format!("What should {} be called?", quoted(task))
}

pub(crate) fn ask_note(task: &Task) -> String {
    format!("What should the note of {} say?", quoted(task))
}

pub(crate) fn ask_tag(task: &Task) -> String {
    format!("Which tag should {} get?", quoted(task))
}

pub(crate) fn choose(tasks: &[Task], intent: &Intent, ctx: &Context) -> String {
    let what = match intent {
        Intent::Act(Verb::Complete, _) => "mark as done",
        Intent::Act(Verb::Reopen, _) => "reopen",
        Intent::Act(Verb::Delete, _) => "delete",
        Intent::Act(Verb::Restore, _) => "restore",
        _ => "change",
    };
    let tasks: Vec<&Task> = tasks.iter().collect();
    match tasks.as_slice() {
        [only] => format!("Do you mean {}? Say yes and I'll {what} it.", quoted(only))
            .replace("mark as done it", "mark it as done"),
        _ => format!("Which one shall I {what}?\n{}", list(&tasks, ctx)),
    }
}

/// What the person's calendar and clock show.
pub(crate) fn today(ctx: &Context) -> String {
    format!("It is {}.", ctx.now.strftime("%A, %-d %B %Y, %H:%M"))
}

/// A repetition is what its rule says, and no day less.
pub(crate) fn no_exception(words: &str) -> String {
    format!("I can't leave days out of a repetition, so “{words}” is not part of it.")
}
