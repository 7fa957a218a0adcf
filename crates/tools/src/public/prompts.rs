//! Ways to begin that a person picks from a menu.

use rmcp::model::{GetPromptResult, Prompt, PromptMessage, Role};

/// Name, title, description, and what is said.
const ALL: [(&str, &str, &str, &str); 3] = [
    (
        "plan_my_day",
        "Plan my day",
        "What is overdue and due today, and an order to do it in.",
        "Plan my day with my task list. Get the overview and list what is overdue or due today. \
         Propose an order with a reason in a few words each, name what could be moved to another \
         day, and ask me before you change anything.",
    ),
    (
        "weekly_review",
        "Weekly review",
        "What was done this week, what is stuck, what comes next.",
        "Do a weekly review with my task list. List the activity of the last seven days and the \
         open tasks. Tell me what was done, what has been waiting longest, which tasks have no \
         date and should have one, and what is due in the next seven days. Then go through what \
         is stuck with me, one by one, and ask before you change anything.",
    ),
    (
        "capture",
        "Capture what is on my mind",
        "Turns loose notes into tasks.",
        "I will write down what is on my mind. Turn it into tasks with short titles, put dates \
         into `due` in my own words, do not invent any, and add all of them in one call. Then \
         show me what you added.",
    ),
];

pub(super) fn all() -> Vec<Prompt> {
    ALL.iter()
        .map(|(name, title, description, _)| {
            Prompt::new(*name, Some(*description), None).with_title(*title)
        })
        .collect()
}

pub(super) fn get(name: &str) -> Option<GetPromptResult> {
    let (_, _, description, text) = ALL.iter().find(|(known, ..)| *known == name)?;
    let message = PromptMessage::new_text(Role::User, *text);
    Some(GetPromptResult::new(vec![message]).with_description(*description))
}
