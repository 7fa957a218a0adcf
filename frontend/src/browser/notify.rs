//! Notifications, where the person allows them.

use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Shows one; nothing where they are not allowed.
pub fn notify(title: &str, body: &str) {
    if may_notify() {
        let options = NotificationOptions::new();
        options.set_body(body);
        options.set_tag(body);
        options.set_icon("/icon-192.png");
        // Some browsers leave notifications to service workers; then there is none.
        let _ = Notification::new_with_options(title, &options);
    }
}

pub fn may_notify() -> bool {
    Notification::permission() == NotificationPermission::Granted
}

/// Asks the person; whether they allow it.
pub async fn ask_to_notify() -> bool {
    if let Ok(asked) = Notification::request_permission() {
        let _ = JsFuture::from(asked).await;
    }
    may_notify()
}
