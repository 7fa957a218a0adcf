//! Putting the rows into another order, by pointer or by keyboard.

use std::cell::Cell;
use std::rc::Rc;

use protocol::TaskId;
use yew::{Callback, DragEvent, KeyboardEvent};

use crate::api::Between;
use crate::components::Voice;
use crate::tasks::link::TaskLink;
use crate::tasks::rows::Row;

/// The order on the screen, and the way to change it.
#[derive(Clone)]
pub(super) struct Moving {
    ids: Rc<Vec<TaskId>>,
    dragged: Rc<Cell<Option<TaskId>>>,
    link: TaskLink,
    voice: Voice,
}

impl PartialEq for Moving {
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

impl Moving {
    pub(super) fn new(
        rows: &[Row],
        dragged: &Rc<Cell<Option<TaskId>>>,
        link: &TaskLink,
        voice: &Voice,
    ) -> Self {
        let known = rows.iter().filter(|row| !row.is_new);
        Self {
            ids: Rc::new(known.map(|row| row.task.id).collect()),
            dragged: Rc::clone(dragged),
            link: link.clone(),
            voice: voice.clone(),
        }
    }

    pub(super) fn ondragstart(&self, id: TaskId) -> Callback<DragEvent> {
        let dragged = Rc::clone(&self.dragged);
        Callback::from(move |event: DragEvent| {
            dragged.set(Some(id));
            // Without something to carry some browsers drag nothing.
            if let Some(carried) = event.data_transfer() {
                let _ = carried.set_data("text/plain", &id.to_string());
            }
        })
    }

    pub(super) fn ondragover(&self) -> Callback<DragEvent> {
        let dragged = Rc::clone(&self.dragged);
        Callback::from(move |event: DragEvent| {
            if dragged.get().is_some() {
                event.prevent_default();
            }
        })
    }

    pub(super) fn ondrop(&self, target: TaskId) -> Callback<DragEvent> {
        let moving = self.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(id) = moving.dragged.take()
                && let Some(to) = moving.place(target)
            {
                moving.put(id, to);
            }
        })
    }

    /// Alt with an arrow moves the row that has the keyboard.
    pub(super) fn onkeydown(&self, id: TaskId) -> Callback<KeyboardEvent> {
        let moving = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => -1,
                "ArrowDown" if event.alt_key() => 1,
                _ => return,
            };
            event.prevent_default();
            let to = moving
                .place(id)
                .and_then(|from| from.checked_add_signed(step));
            if let Some(to) = to.filter(|to| *to < moving.ids.len()) {
                moving.put(id, to);
            }
        })
    }

    fn place(&self, id: TaskId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    fn put(&self, id: TaskId, to: usize) {
        if let Some(between) = between(&self.ids, id, to) {
            self.link.move_between(id, between, &self.voice);
        }
    }
}

/// The neighbours that the task will have at that place; none where it is there already.
fn between(ids: &[TaskId], id: TaskId, to: usize) -> Option<Between> {
    let from = ids.iter().position(|known| *known == id)?;
    let others: Vec<TaskId> = ids.iter().copied().filter(|known| *known != id).collect();
    (from != to).then(|| Between {
        after: to
            .checked_sub(1)
            .and_then(|before| others.get(before))
            .copied(),
        before: others.get(to).copied(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_between_those_around_its_place() {
        let ids = [1, 2, 3].map(TaskId);
        let at = |id, to| {
            let found = between(&ids, TaskId(id), to)?;
            Some((found.after.map(|id| id.0), found.before.map(|id| id.0)))
        };

        assert_eq!(at(3, 0), Some((None, Some(1))));
        assert_eq!(at(1, 1), Some((Some(2), Some(3))));
        assert_eq!(at(1, 2), Some((Some(3), None)));
        assert_eq!(at(2, 1), None);
        assert_eq!(at(9, 1), None);
    }
}
