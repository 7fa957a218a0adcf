//! Every sentence the assistant says, so that it speaks with one voice. What is shown of tasks is
//! written down in `say::format`.

mod format;

use protocol::Due;
use when::Context;

use crate::capabilities::Capabilities;
use crate::intent::{Asked, Draft, Filter, Intent, Verb};
use crate::view::Task;

pub(crate) use format::{list, quoted, quoted_all, when_due};

pub(crate) const GREETING: &str = "Hello! I can add, show, change, complete and delete your tasks. \
    Try “add buy milk tomorrow” or “what's due today?”.";
pub(crate) const HOW_ARE_YOU: &str = "All well here, thank you. What shall I do with your tasks?";
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
pub(crate) const NO_REPEATS: &str = "Repeating tasks aren't available yet, so this is only the first \
    date.";
pub(crate) const NO_REPEATS_CHANGED: &str = "Repeating tasks aren't available yet, so I set only the next \
    date.";
pub(crate) const NOTHING_TO_UNDO: &str = "There's nothing in this conversation that I could undo.";
pub(crate) const CANNOT_UNDO: &str = "I don't know how it was before, so I can't undo that. Tell me what \
    it should be and I'll change it.";
pub(crate) const WHICH_TASK: &str = "Which task do you mean?";
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
            "change them: “move the dentist to Friday at 10”, “make the report urgent”, “tag it work”",
        ),
        ("delete_tasks", "delete them: “delete the meeting task”"),
        (
            "restore_tasks",
            "bring them back: “restore the meeting task”",
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

pub(crate) fn not_done(faults: &[String], nothing: bool) -> String {
    let reasons: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|fault| !fault.is_empty())
        .collect();
    let lead = match nothing {
        true => "That didn't work, nothing was changed",
        false => "Not everything worked",
    };
    match reasons.is_empty() {
        true => format!("{lead}."),
        false => format!("{lead}: {}", reasons.join(" ")),
    }
}

pub(crate) fn added(tasks: &[&Task], ctx: &Context) -> String {
    match tasks {
        [only] => format!("Added {}{}.", quoted(only), format::details(only, ctx)),
        _ => {
            let same = tasks.windows(2).all(|pair| pair[0].due == pair[1].due);
            if same && tasks.len() <= 10 {
                let when = tasks[0]
                    .due
                    .map(|due| format!(" for {}", when_due(due, ctx)))
                    .unwrap_or_default();
                return format!("Added {} tasks{when}: {}.", tasks.len(), quoted_all(tasks));
            }
            format!("Added {} tasks:\n{}", tasks.len(), list(tasks, ctx))
        }
    }
}

pub(crate) fn completed(done: &[&Task], open: &[&Task]) -> String {
    let mut text = match done {
        [] => String::new(),
        [only] => format!("Marked {} as done.", quoted(only)),
        _ => format!("Marked {} tasks as done: {}.", done.len(), quoted_all(done)),
    };
    if !open.is_empty() {
        text = format!("{text} Still open: {}.", quoted_all(open))
            .trim()
            .to_owned();
    }
    text
}

pub(crate) fn reopened(open: &[&Task], done: &[&Task]) -> String {
    let mut text = match open {
        [] => String::new(),
        [only] => format!("{} is open.", quoted(only)),
        _ => format!("{} tasks are open: {}.", open.len(), quoted_all(open)),
    };
    if !done.is_empty() {
        text = format!("{text} Still done: {}.", quoted_all(done))
            .trim()
            .to_owned();
    }
    text
}

pub(crate) fn deleted(tasks: &[&Task]) -> String {
    match tasks {
        [only] => format!("Deleted {}. Say “undo” to bring it back.", quoted(only)),
        _ => format!(
            "Deleted {} tasks: {}. Say “undo” to bring them back.",
            tasks.len(),
            quoted_all(tasks)
        ),
    }
}

pub(crate) fn restored(tasks: &[&Task], ctx: &Context) -> String {
    match tasks {
        [only] => format!("Restored {}{}.", quoted(only), format::details(only, ctx)),
        _ => format!("Restored {} tasks: {}.", tasks.len(), quoted_all(tasks)),
    }
}

/// What a tool did that is known by its results only.
pub(crate) fn changed(tasks: &[&Task]) -> String {
    format!("Changed: {}.", quoted_all(tasks))
}

pub(crate) fn updated(tasks: &[&Task], fields: &[(i64, Vec<String>)], ctx: &Context) -> String {
    let of = |id: i64| {
        let mut names: Vec<&str> = fields
            .iter()
            .filter(|(other, _)| *other == id)
            .flat_map(|(_, names)| names.iter().map(String::as_str))
            .collect();
        names.dedup();
        names
    };
    let lines: Vec<String> = tasks
        .iter()
        .map(|task| format::now(task, &of(task.id), ctx))
        .collect();
    match lines.as_slice() {
        [only] => only.clone(),
        _ => format!("Changed {} tasks:\n- {}", lines.len(), lines.join("\n- ")),
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
        .map(|draft| format!("“{}”", format::capital(&draft.title)))
        .collect();
    format!(
        "I can't do that myself. Shall I add {} to your tasks? Please answer yes or no.",
        titles.join(", ")
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

pub(crate) fn confirm_delete(tasks: &[Task], ctx: &Context) -> String {
    let tasks: Vec<&Task> = tasks.iter().collect();
    match tasks.as_slice() {
        [only] => format!("Shall I delete {}? Please answer yes or no.", quoted(only)),
        _ => format!(
            "This would delete {} tasks:\n{}\nShall I delete them? Please answer yes or no.",
            tasks.len(),
            list(&tasks, ctx)
        ),
    }
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

/// The answer to a question about tasks.
pub(crate) fn shown(
    filter: &Filter,
    asked: Asked,
    tasks: &[&Task],
    more: bool,
    ctx: &Context,
) -> String {
    let count = tasks.len();
    let plus = if more { "at least " } else { "" };
    let what = format::described(filter, count);
    if asked == Asked::Due || asked == Asked::Done {
        return about(filter, asked, tasks, ctx);
    }
    let aside = if filter.when_done {
        "I can't see when tasks were completed. "
    } else {
        ""
    };
    if count == 0 {
        return format!("You have no {what}.");
    }
    match asked {
        Asked::Count => format!("{aside}You have {plus}{count} {what}."),
        Asked::Next => {
            let open: Vec<&Task> = tasks.iter().take(3).copied().collect();
            format!(
                "Next {}:\n{}",
                if open.len() == 1 { "is" } else { "are" },
                list(&open, ctx)
            )
        }
        _ => format!(
            "{aside}You have {plus}{count} {what}:\n{}",
            list(tasks, ctx)
        ),
    }
}

/// "When is …?" and "is … done?", for the tasks that fit.
fn about(filter: &Filter, asked: Asked, tasks: &[&Task], ctx: &Context) -> String {
    if tasks.is_empty() {
        return nothing_like(&filter.words);
    }
    let line = |task: &&Task| match (asked, task.completed) {
        (Asked::Done, false) => format!(
            "{} is still open{}.",
            quoted(task),
            task.due
                .map(|due| format!(", due {}", when_due(due, ctx)))
                .unwrap_or_default()
        ),
        (_, true) => format!("{} is done.", quoted(task)),
        _ => match task.due {
            Some(due) => format!("{} is due {}.", quoted(task), when_due(due, ctx)),
            None => format!("{} has no date.", quoted(task)),
        },
    };
    tasks
        .iter()
        .take(5)
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}
