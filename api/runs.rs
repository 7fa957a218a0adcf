//! `/api/runs…`: following and stopping answers.

fn main() -> server::Exit {
    server::run(server::routes::runs::router())
}
