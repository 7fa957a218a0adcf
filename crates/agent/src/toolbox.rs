//! Tools, reached over MCP through a byte pipe.

use std::time::Duration;

use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult, RequestMetaObject, Tool};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use tokio::io::DuplexStream;

use crate::Call;

/// Members of `_meta`: the key that makes a repeated call one effect, and the log of what a call
/// changed, which is for the person and not for the model.
const KEY: &str = "latchwork/idempotency-key";
const CHANGES: &str = "latchwork/changes";

/// No tool of ours takes longer; one that does has hung.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
#[error("the tools cannot be reached")]
pub struct ToolError;

/// A connection to the tools of one person.
pub struct Toolbox {
    client: RunningService<RoleClient, ()>,
    tools: Vec<Tool>,
}

/// What a call gave.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolOutput {
    /// For the model.
    pub content: Value,
    /// One or a few lines for the person.
    pub text: String,
    pub is_error: bool,
    /// The log entries of what was changed.
    pub changes: Option<Value>,
}

impl Toolbox {
    /// # Errors
    /// If the other end of the pipe speaks no MCP.
    pub async fn open(pipe: DuplexStream) -> Result<Self, ToolError> {
        let client = ().serve(pipe).await.map_err(|_| ToolError)?;
        let tools = client.list_all_tools().await.map_err(|_| ToolError)?;
        Ok(Self { client, tools })
    }

    /// Names, descriptions and schemas, as a model is told of them.
    pub(crate) fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// What people call a tool.
    pub fn title(&self, tool: &str) -> String {
        let known = self.tools.iter().find(|known| known.name == tool);
        known
            .and_then(|known| known.title.clone())
            .unwrap_or_else(|| tool.to_owned())
    }

    /// Calls a tool once per `key`, however often this is repeated. What goes wrong becomes a
    /// result that the model can repair or report.
    pub async fn call(&self, call: &Call, key: &str) -> ToolOutput {
        let Value::Object(arguments) = &call.arguments else {
            return failed("The arguments are no JSON object.".to_owned());
        };
        let mut meta = RequestMetaObject::default();
        meta.0.insert(KEY.to_owned(), json!(key));
        let mut params =
            CallToolRequestParams::new(call.tool.clone()).with_arguments(arguments.clone());
        params.meta = Some(meta);
        match tokio::time::timeout(PATIENCE, self.client.call_tool(params)).await {
            Ok(Ok(result)) => output(result),
            Ok(Err(rmcp::ServiceError::McpError(error))) => failed(error.message.into_owned()),
            Ok(Err(_)) => failed("The tool cannot be reached.".to_owned()),
            Err(_) => failed("The tool took too long and was given up.".to_owned()),
        }
    }
}

fn output(result: CallToolResult) -> ToolOutput {
    let text = result
        .content
        .iter()
        .filter_map(|block| block.as_text().map(|text| text.text.as_str()))
        .collect::<Vec<_>>()
        .join("\n");
    let content = result
        .structured_content
        .unwrap_or_else(|| json!({ "message": text }));
    let changes = result.meta.and_then(|mut meta| meta.0.remove(CHANGES));
    ToolOutput {
        content,
        text,
        is_error: result.is_error.unwrap_or(false),
        changes,
    }
}

fn failed(message: String) -> ToolOutput {
    ToolOutput {
        content: json!({ "error": message }),
        text: message,
        is_error: true,
        changes: None,
    }
}
