//! The program the browser starts: it mounts the app and does nothing else.

fn main() {
    frontend::mount();
}
