//! `/api/auth/…`: sign-up, sign-in, sessions, tokens and keys.

fn main() -> server::Exit {
    server::run(server::routes::auth::router())
}
