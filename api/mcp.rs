//! `/api/mcp`: the tools, for other programs.

fn main() -> server::Exit {
    server::run(server::routes::mcp::router())
}
