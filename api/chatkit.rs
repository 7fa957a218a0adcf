//! `/api/chatkit` and `/api/attachments/…`: conversations in the ChatKit protocol.

fn main() -> server::Exit {
    server::run(server::routes::chatkit::router())
}
