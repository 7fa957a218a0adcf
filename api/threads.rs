//! `/api/threads…`: searching and exporting conversations.

fn main() -> server::Exit {
    server::run(server::routes::threads::router())
}
