//! Actions of widgets and buttons: one call of a tool that the person asked for by hand.
//!
//! An action is named as its tool is, so that a button can do what the assistant can, by the same
//! operation and with the same log.

use agent::{Call, Called, Toolbox};
use protocol::ThreadId;
use protocol::chatkit::{Item, ItemAction, ItemKind};
use protocol::task::Actor;
use serde_json::{Value, json};
use tools::ToolServer;

use crate::ids::Ids;
use crate::{Chat, Error, Visit};

/// A valid action.
pub(crate) struct Pressed {
    pub(crate) tool: String,
    pub(crate) arguments: Value,
    /// The widget with the button.
    pub(crate) widget: Option<Item>,
}

impl Chat {
    /// Checks an action before anything is done.
    pub(crate) async fn pressed(
        &self,
        thread: &ThreadId,
        action: ItemAction,
        visit: &Visit,
    ) -> Result<Pressed, Error> {
        let arguments = action.action.payload.unwrap_or_else(|| json!({}));
        if !tools::is_tool(&action.action.kind) {
            return Err(Error::Invalid("There is no action of this type."));
        }
        if !arguments.is_object() {
            return Err(Error::Invalid("The payload of an action is an object."));
        }
        let widget = match action.item_id {
            None => None,
            Some(item) => {
                let mut tx = self.db.begin(visit.scope());
                let found = store::items::find(&mut tx, thread, &item).await?;
                tx.commit().await?;
                let found = found.ok_or(Error::ItemNotFound)?;
                if !matches!(found.kind, ItemKind::Widget { .. }) {
                    return Err(Error::Invalid("The item is no widget."));
                }
                Some(found)
            }
        };
        Ok(Pressed {
            tool: action.action.kind,
            arguments,
            widget,
        })
    }

    /// Does it at once, beside whatever is being answered.
    pub(crate) async fn press(
        &self,
        action: ItemAction,
        visit: &Visit,
    ) -> Result<Option<Item>, Error> {
        let thread = action.thread_id.clone();
        let known = store::items::newest(self.db.begin(visit.scope()), &thread).await?;
        known.ok_or(Error::ThreadNotFound)?;
        let pressed = self.pressed(&thread, action, visit).await?;
        let server = ToolServer {
            db: self.db.clone(),
            caller: visit.caller.clone(),
            actor: Actor::User,
            zone: visit.zone.clone(),
            clock: self.clock,
            chance: self.chance,
            secret: self.secret.clone(),
        };
        let toolbox = Toolbox::open(server.connect()).await;
        let toolbox =
            toolbox.map_err(|_| Error::Tool("The tools cannot be reached.".to_owned()))?;
        let now = (self.clock)();
        let chance = self.chance;
        let key = match &visit.key {
            Some(key) => format!("action/{key}"),
            None => Ids { now, chance }.text("action/"),
        };
        let call = Call {
            id: "call_1".to_owned(),
            tool: pressed.tool,
            arguments: pressed.arguments,
        };
        match toolbox.call(&call, &key).await {
            Called::Done(output) if output.is_error => Err(Error::Tool(output.text)),
            Called::Done(_) => Ok(pressed.widget),
            Called::Asked(_) => Err(Error::Invalid(
                "This needs a confirmation: send it as threads.custom_action.",
            )),
        }
    }
}
