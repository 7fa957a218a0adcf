//! How clauses hang together: "add milk and make it urgent", "find the rent task and delete it".

use crate::intent::{
    Change, Intent, Named, NewDue, NewPriority, NewTitle, Note, Question, Target, Topic,
};

/// Beginnings of clauses that are orders about tasks there are.
pub(crate) const ORDERS: &[&str] = &[
    "delete|remove|complete|finish|mark|tick|check|cross|rename|reschedule|postpone|show|list|undo|move|cancel|drop|reopen|restore|change|update|set|clear|erase|tag|whats|what",
    "get rid",
    "done|finished with",
    "i|ive|we just|already? finished|completed|did|done|bought|paid|called|sent",
];

/// Adds what a clause wants to what the clauses before it want.
pub(crate) fn join(intents: &mut Vec<Intent>, found: Vec<Intent>) {
    for intent in found {
        let Some(last) = intents.last_mut() else {
            intents.push(intent);
            continue;
        };
        let about_last = target(&intent) == Some(&Target::Focus);
        match (last, intent) {
            (Intent::Add(drafts), Intent::Update(Target::Focus | Target::Group, change)) => {
                drafts.iter_mut().for_each(|draft| detail(draft, &change));
            }
            (last, intent) if about_last => {
                let meant = match &*last {
                    Intent::Show(filter, _) if !filter.words.is_empty() => {
                        Some(Target::Named(Named {
                            words: filter.words.clone(),
                            undated: filter.words.clone(),
                            ..Named::default()
                        }))
                    }
                    last => target(last).cloned(),
                };
                let intent = match meant {
                    Some(meant) => pointed(intent, meant),
                    None => intent,
                };
                let answered =
                    matches!(&*last, Intent::Show(filter, _) if !filter.words.is_empty());
                if answered {
                    intents.pop();
                }
                if intents.last() != Some(&intent) {
                    intents.push(intent);
                }
            }
            (last, intent) if *last == intent => {}
            (_, intent) => intents.push(intent),
        }
    }
}

/// New tasks go to the list that the message spoke of: "take bread off my shopping list and add
/// milk".
pub(crate) fn listed(mut intents: Vec<Intent>, list: Option<&str>) -> Vec<Intent> {
    let Some(list) = list else { return intents };
    for intent in &mut intents {
        if let Intent::Add(drafts) = intent {
            for draft in drafts.iter_mut().filter(|draft| draft.tags.is_empty()) {
                draft.tags.push(list.to_owned());
            }
        }
    }
    intents
}

pub(crate) fn target(intent: &Intent) -> Option<&Target> {
    match intent {
        Intent::Act(_, target) | Intent::Update(target, _) | Intent::IfKnown(target, ..) => {
            Some(target)
        }
        _ => None,
    }
}

/// The same wish about another task.
pub(crate) fn pointed(intent: Intent, target: Target) -> Intent {
    match intent {
        Intent::Act(verb, _) => Intent::Act(verb, target),
        Intent::Update(_, change) => Intent::Update(target, change),
        Intent::IfKnown(_, then, otherwise) => {
            let then = then
                .into_iter()
                .map(|intent| pointed(intent, target.clone()))
                .collect();
            Intent::IfKnown(target, then, otherwise)
        }
        Intent::Instead(_) => Intent::Instead(target),
        Intent::AddTo(_, drafts) => Intent::AddTo(target, drafts),
        Intent::Tell(Topic::Parts(_)) => Intent::Tell(Topic::Parts(target)),
        Intent::Ask(Question::NewTitle(_)) => Intent::Ask(Question::NewTitle(target)),
        Intent::Ask(Question::Note(_)) => Intent::Ask(Question::Note(target)),
        Intent::Ask(Question::Tag(_)) => Intent::Ask(Question::Tag(target)),
        Intent::Ask(Question::Due(_)) => Intent::Ask(Question::Due(target)),
        other => other,
    }
}

/// A change of a task that is only about to be added.
fn detail(draft: &mut crate::intent::Draft, change: &Change) {
    if let Some(NewTitle::To(title)) = &change.title {
        draft.title.clone_from(title);
    }
    if let Some(Note::Append(note) | Note::Replace(note)) = &change.note {
        draft.description = Some(note.clone());
    }
    if let Some(NewPriority::To(priority)) = change.priority {
        draft.priority = Some(priority);
    }
    if let Some(NewDue::To(date, time)) = change.due {
        draft.due = crate::settle::due::joined(
            draft.due.as_deref().and_then(|due| due.parse().ok()),
            date,
            time,
        )
        .map(|due| due.to_string())
        .or(draft.due.take());
    }
    draft.tags.extend(change.add_tags.iter().cloned());
    draft.reminder = change.reminder.or(draft.reminder);
    draft.repeats = change.repeats.clone().or(draft.repeats.take());
}
