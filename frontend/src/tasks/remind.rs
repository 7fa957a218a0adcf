//! Reminders while the page is open: a notification of the browser, where the person allowed it.

use std::cell::RefCell;
use std::rc::Rc;

use protocol::TaskId;
use protocol::task::Task;
use wasm_bindgen_futures::spawn_local;
use yew::{hook, use_effect_with, use_mut_ref};

use super::store::Tasks;
use crate::browser;
use crate::sorted::SortedSet;
use crate::text::Text;

/// How often the clock is looked at.
const LOOK_MILLIS: i32 = 15_000;

/// A reminder that the page missed is still given within this time.
const LATE_MILLIS: f64 = 3_600_000.0;

/// A task with the moment of its reminder.
type Due = (f64, Rc<Task>);

/// Reminds of every task once.
#[hook]
pub fn use_reminders(tasks: &Tasks) {
    let given = use_mut_ref(SortedSet::default);
    let due: Vec<Due> = tasks.open_tasks().filter_map(moment).collect();
    use_effect_with(due, move |due| {
        let is_current = Rc::new(RefCell::new(true));
        let (due, current) = (due.clone(), Rc::clone(&is_current));
        if !due.is_empty() {
            spawn_local(async move {
                while *current.borrow() {
                    remind(&due, &mut given.borrow_mut());
                    browser::wait(LOOK_MILLIS).await;
                }
            });
        }
        move || {
            is_current.replace(false);
        }
    });
}

fn moment(task: &Rc<Task>) -> Option<Due> {
    let minutes = f64::from(task.reminder?);
    let at = browser::local_moment(task.due?)?;
    Some((at - minutes * 60_000.0, Rc::clone(task)))
}

fn remind(due: &[Due], given: &mut SortedSet<(TaskId, i32)>) {
    let now = browser::now();
    for (at, task) in due {
        // A task that was changed is another occasion.
        let is_due = (*at..*at + LATE_MILLIS).contains(&now);
        if is_due && given.insert((task.id, task.version)) {
            browser::notify(
                &task.title,
                Text::TaskNumber
                    .with(&[("n", &task.id.to_string())])
                    .as_str(),
            );
        }
    }
}
