//! A conversation to take away.

use protocol::ThreadId;
use protocol::chatkit::{Item, ItemKind, Order, Page, TaskKind, Thread, UserContent};
use store::threads::PageOf;
use store::{items, threads};

use crate::{Chat, Error, Visit};

/// Entries of a conversation that are exported; nobody has more.
const MOST: i64 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Markdown,
}

impl Chat {
    /// The conversations in whose title or messages the words of the text stand, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn search(
        &self,
        text: &str,
        limit: Option<i64>,
        after: Option<String>,
        visit: &Visit,
    ) -> Result<Page<Thread>, Error> {
        let page = crate::requests::page(limit, Order::Desc, after);
        Ok(threads::search(self.db.begin(visit.scope()), text, &page).await?)
    }

    /// The whole conversation as a text.
    ///
    /// # Errors
    /// If the person has no such conversation.
    pub async fn export(
        &self,
        thread: &ThreadId,
        format: Format,
        visit: &Visit,
    ) -> Result<String, Error> {
        let page = PageOf {
            limit: MOST,
            order: Order::Asc,
            after: None,
        };
        let found = items::page(self.db.begin(visit.scope()), thread, &page).await?;
        let thread = found.ok_or(Error::ThreadNotFound)?;
        Ok(match format {
            Format::Json => serde_json::to_string_pretty(&thread).map_err(store::Error::from)?,
            Format::Markdown => markdown(&thread),
        })
    }
}

fn markdown(thread: &Thread) -> String {
    let title = thread.title.as_deref().unwrap_or("Conversation");
    let mut text = format!("# {title}\n");
    for item in &thread.items.data {
        if let Some((who, said)) = entry(item) {
            text.push_str(&format!("\n**{who}**, {}\n\n{said}\n", item.created_at));
        }
    }
    text
}

/// Who said it, and what; nothing for what is only part of the page.
fn entry(item: &Item) -> Option<(&'static str, String)> {
    match &item.kind {
        ItemKind::UserMessage {
            content,
            attachments,
            quoted_text,
            ..
        } => {
            let mut said = String::new();
            for line in quoted_text.as_deref().unwrap_or_default().lines() {
                said.push_str(&format!("> {line}\n"));
            }
            if !said.is_empty() {
                said.push('\n');
            }
            said.extend(content.iter().map(UserContent::text));
            for file in attachments {
                said.push_str(&format!("\n\n(file: {})", file.name));
            }
            Some(("You", said))
        }
        ItemKind::AssistantMessage { content } => {
            let said = content.iter().map(|part| part.text.as_str()).collect();
            Some(("Assistant", said))
        }
        ItemKind::Workflow { workflow } => {
            let steps = workflow.tasks.iter().filter_map(|task| match &task.kind {
                TaskKind::Custom { title, content, .. } => {
                    let (title, content) = (title.as_deref()?, content.as_deref());
                    Some(format!("{title}\n\n{}", content.unwrap_or_default()))
                }
                _ => None,
            });
            Some(("Assistant used", steps.collect::<Vec<_>>().join("\n\n")))
        }
        ItemKind::StructuredInput { inputs, .. } => {
            let asked = inputs.iter().map(|input| {
                let answer = input.answer.as_ref();
                let values = answer.map(|answer| answer.values.join(", "));
                let values = values.filter(|values| !values.is_empty());
                format!("{} – {}", input.question, values.as_deref().unwrap_or("–"))
            });
            Some(("Assistant asked", asked.collect::<Vec<_>>().join("\n\n")))
        }
        _ => None,
    }
}
