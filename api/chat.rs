//! `/api/chat` and `/api/{user_id}/chat`: one question, one answer.

fn main() -> server::Exit {
    server::run(server::routes::chat::router())
}
