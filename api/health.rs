//! `/api/health`, `/api/ready`, and every address below `/api` that does not exist.

fn main() -> server::Exit {
    server::run(server::routes::health::router())
}
