//! `/api/tasks…` and `/api/{user_id}/tasks…`: the task list.

fn main() -> server::Exit {
    server::run(server::routes::tasks::router())
}
