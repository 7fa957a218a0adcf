//! What one step of a turn costs beside the model and the tool's own work: `cargo bench -p agent`.
//!
//! The model is the built-in assistant, reached through the same client as any other; the tool
//! answers at once, in this process, over the same MCP pipe as the real ones. The aim is less than
//! a millisecond of processor time for a tool step. On two busy cores of 2026 it took 32 µs, and a
//! whole turn with the built-in assistant 384 µs.

use std::io::Write;
use std::time::{Duration, Instant};

use agent::{Clock, Finished, Message, Model, ModelEvent, Next, Toolbox, Turn};
use futures_util::StreamExt;
use protocol::Timestamp;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler, ServiceExt};
use serde_json::json;

/// A tool that knows one task.
struct Stub;

impl ServerHandler for Stub {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::default();
        info.capabilities = ServerCapabilities::builder().enable_tools().build();
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema = json!({"type": "object"}).as_object().cloned();
        let tool = Tool::new("list_tasks", "List tasks", schema.unwrap_or_default());
        Ok(ListToolsResult::with_all_items(vec![tool]))
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut result = CallToolResult::success(vec![ContentBlock::text("1 task.")]);
        let task = json!({"id": 1, "title": "Buy milk", "completed": false});
        result.structured_content = Some(json!({ "tasks": [task] }));
        Ok(result.into())
    }
}

/// Processor time of this process so far.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = Stub.serve(theirs).await {
            let _ = running.waiting().await;
        }
    });
    let Ok(toolbox) = Toolbox::open(ours).await else {
        return Err(std::io::Error::other("the tools cannot be reached"));
    };
    let mut out = std::io::stdout().lock();
    let tools = measured(4_000, async || tool_step(&toolbox).await).await;
    writeln!(
        out,
        "{tools}  a tool step: next, call over MCP, result, state saved (aim: under 1,000 µs)"
    )?;
    let model = Model::builtin();
    let turns = measured(500, async || whole_turn(&model, &toolbox).await).await;
    writeln!(
        out,
        "{turns}  a whole turn: two questions to the built-in assistant, one call"
    )
}

async fn measured(rounds: u32, mut step: impl AsyncFnMut()) -> String {
    for _ in 0..20 {
        step().await;
    }
    let (wall, busy) = (Instant::now(), cpu());
    for _ in 0..rounds {
        step().await;
    }
    let micros = |time: Duration| (time / rounds).as_secs_f64() * 1e6;
    let (wall, busy) = (micros(wall.elapsed()), micros(cpu() - busy));
    format!("{wall:>8.1} µs, of which {busy:>8.1} µs processor")
}

async fn tool_step(toolbox: &Toolbox) {
    let mut turn = Turn::new("What is open?");
    turn.model_finished(Finished {
        calls: vec![("list_tasks".to_owned(), json!({"status": "open"}))],
        ..Finished::default()
    });
    if let Next::CallTools(calls) = turn.next() {
        for call in calls {
            if let agent::Called::Done(output) = toolbox.call(&call, "run/call").await {
                turn.tool_answered(call.id, output.content, output.is_error);
            }
        }
    }
    std::hint::black_box(serde_json::to_string(&turn).unwrap_or_default());
}

async fn whole_turn(model: &Model, toolbox: &Toolbox) {
    let now = Timestamp::from_seconds(1_795_435_200);
    let instructions = agent::system_prompt(&Clock::new(now, "Europe/Berlin"));
    let mut turn = Turn::new("What is open?");
    loop {
        match turn.next() {
            Next::CallModel { with_tools } => {
                let messages: Vec<Message> = turn.messages.clone();
                let mut answer = model.ask(
                    &instructions,
                    &messages,
                    Some(toolbox.catalogue()),
                    with_tools,
                );
                while let Some(event) = answer.next().await {
                    if let Ok(ModelEvent::Finished(finished)) = event {
                        turn.model_finished(finished);
                    }
                }
            }
            Next::CallTools(calls) => {
                for call in calls {
                    if let agent::Called::Done(output) = toolbox.call(&call, "run/call").await {
                        turn.tool_answered(call.id, output.content, output.is_error);
                    }
                }
            }
            Next::Wait | Next::Done(_) => break,
        }
    }
}
