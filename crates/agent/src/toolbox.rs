//! Tools, reached over MCP through a byte pipe.

use std::time::Duration;

use rmcp::ClientHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    ElicitationCapability, Implementation, InputRequiredResult, ProtocolVersion, RequestMetaObject,
    Tool,
};
use rmcp::service::{ClientLifecycleMode, ClientServiceExt, RoleClient, RunningService};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::DuplexStream;

use crate::Call;
use crate::listed::{self, Tools};

/// Members of `_meta`: the key that makes a repeated call one effect, and the log of what a call
/// changed, which is for the person and not for the model.
const KEY: &str = "latchwork/idempotency-key";
const CHANGES: &str = "latchwork/changes";
const UNAVAILABLE: &str = "latchwork/unavailable";

/// Name of the one question that a tool may ask.
const CONFIRM: &str = "confirm";

/// No tool of ours takes longer; one that does has hung.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
#[error("the tools cannot be reached")]
pub struct ToolError;

/// A connection to the tools of one person.
pub struct Toolbox {
    client: RunningService<RoleClient, Client>,
    catalogue: Catalogue,
}

/// What the tools are, for as long as nobody calls one. It takes no room of its own, where a
/// connection takes more than the rest of a turn.
#[derive(Clone)]
pub struct Catalogue(Tools);

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
    /// It proves that something is as the person wanted it: a call that may write named tasks.
    pub is_receipt: bool,
    /// Nobody knows whether it was done, and the same call with the same key may be tried again.
    pub unavailable: bool,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Called {
    Done(ToolOutput),
    /// Nothing is done before the person has answered.
    Asked(Question),
}

/// What a tool wants to know from the person, and what it wants to be given back with the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub message: String,
    /// What the call would change, by id and title.
    pub options: Vec<(String, String)>,
    state: String,
}

/// The person's answer: the options they agree to, `None` for a no.
pub type Consent = Option<Vec<String>>;

/// A client that can be asked in the middle of a call.
pub(crate) struct Client;

impl ClientHandler for Client {
    fn get_info(&self) -> ClientConfig {
        let mut capabilities = ClientCapabilities::default();
        capabilities.elicitation = Some(ElicitationCapability::default());
        ClientConfig::new(capabilities, Implementation::new("latchwork-agent", "1"))
    }
}

impl Catalogue {
    /// Characters that a model reads of it.
    pub fn weight(&self) -> usize {
        serde_json::to_string(self.tools()).map_or(0, |text| text.len())
    }

    /// Names, descriptions and schemas, as a model is told of them.
    pub(crate) fn tools(&self) -> &[Tool] {
        &self.0
    }

    /// Whether there is such a tool; a model may call one that it made up.
    pub fn has(&self, tool: &str) -> bool {
        self.0.iter().any(|known| known.name == tool)
    }

    /// What people call a tool.
    pub fn title(&self, tool: &str) -> String {
        let known = self.0.iter().find(|known| known.name == tool);
        known
            .and_then(|known| known.title.clone())
            .unwrap_or_else(|| tool.to_owned())
    }

    /// Whether a tool says of itself that it only reads. One that is unknown may do anything.
    pub fn reads(&self, tool: &str) -> bool {
        let known = self.0.iter().find(|known| known.name == tool);
        let hints = known.and_then(|known| known.annotations.as_ref());
        hints.and_then(|hints| hints.read_only_hint) == Some(true)
    }

    /// The calls of a step in their order, cut into those that may be made at the same time: what
    /// only reads goes with its neighbours, and each write stands alone.
    pub fn together<'c>(&self, calls: &'c [Call]) -> impl Iterator<Item = &'c [Call]> {
        calls.chunk_by(|one, next| self.reads(&one.tool) && self.reads(&next.tool))
    }
}

impl Toolbox {
    /// # Errors
    /// If the other end of the pipe speaks no MCP.
    pub async fn open(pipe: DuplexStream) -> Result<Self, ToolError> {
        let mode = ClientLifecycleMode::Discover {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
        };
        let client = Client.serve_with_lifecycle(pipe, mode).await;
        let client = client.map_err(|_| ToolError)?;
        let catalogue = Catalogue(listed::tools(&client).await?);
        Ok(Self { client, catalogue })
    }

    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Calls a tool once per `key`, however often this is repeated. What goes wrong becomes a
    /// result that the model can repair or report.
    pub async fn call(&self, call: &Call, key: &str) -> Called {
        match params(call, key) {
            Some(params) => self.send(params).await,
            None => Called::Done(failed("The arguments are no JSON object.".to_owned())),
        }
    }

    /// Goes on with a call after the person has answered.
    pub async fn answer(
        &self,
        call: &Call,
        key: &str,
        question: &Question,
        consent: &Consent,
    ) -> Called {
        let Some(mut params) = params(call, key) else {
            return Called::Done(failed("The arguments are no JSON object.".to_owned()));
        };
        let response = match consent {
            Some(chosen) => json!({"action": "accept", "content": {"tasks": chosen}}),
            None => json!({"action": "decline"}),
        };
        params.request_state = Some(question.state.clone());
        params.input_responses = Some([(CONFIRM.to_owned(), response)].into());
        self.send(params).await
    }

    async fn send(&self, params: CallToolRequestParams) -> Called {
        let writes = !self.catalogue.reads(&params.name);
        match tokio::time::timeout(PATIENCE, self.client.call_tool_once(params)).await {
            Ok(Ok(CallToolResponse::Complete(result))) => Called::Done(output(result, writes)),
            Ok(Ok(CallToolResponse::InputRequired(asked))) => match question(&asked) {
                Some(question) => Called::Asked(question),
                None => unreadable(),
            },
            Ok(Ok(_)) => unreadable(),
            Ok(Err(rmcp::ServiceError::McpError(error))) => {
                Called::Done(failed(error.message.into_owned()))
            }
            Ok(Err(_)) => Called::Done(failed("The tool cannot be reached.".to_owned())),
            Err(_) => Called::Done(failed(
                "The tool took too long and was given up.".to_owned(),
            )),
        }
    }
}

fn params(call: &Call, key: &str) -> Option<CallToolRequestParams> {
    let arguments = call.arguments.as_object()?.clone();
    let mut meta = RequestMetaObject::default();
    meta.0.insert(KEY.to_owned(), json!(key));
    let mut params = CallToolRequestParams::new(call.tool.clone()).with_arguments(arguments);
    params.meta = Some(meta);
    Some(params)
}

fn unreadable() -> Called {
    Called::Done(failed("The tool asked for something unknown.".to_owned()))
}

/// Reads MCP's form for choosing some of several (MCP, "Elicitation", multi-select).
fn question(asked: &InputRequiredResult) -> Option<Question> {
    let request = asked.input_requests.as_ref()?.get(CONFIRM)?;
    let request = serde_json::to_value(request).ok()?;
    let form = &request["params"];
    let options = form["requestedSchema"]["properties"]["tasks"]["items"]["anyOf"].as_array()?;
    let option = |option: &Value| {
        let text = |name| option[name].as_str().map(str::to_owned);
        Some((text("const")?, text("title")?))
    };
    Some(Question {
        message: form["message"].as_str()?.to_owned(),
        options: options.iter().filter_map(option).collect(),
        state: asked.request_state.clone()?,
    })
}

fn output(result: CallToolResult, writes: bool) -> ToolOutput {
    let text = result
        .content
        .iter()
        .filter_map(|block| block.as_text().map(|text| text.text.as_str()))
        .collect::<Vec<_>>()
        .join("\n");
    let content = result
        .structured_content
        .unwrap_or_else(|| json!({ "message": text }));
    let mut meta = result.meta.unwrap_or_default();
    let unavailable = meta.0.remove(UNAVAILABLE).is_some();
    let changes = meta.0.remove(CHANGES);
    let is_error = result.is_error.unwrap_or(false);
    let tasks = content["tasks"].as_array();
    let waits = content.get("confirm").is_some();
    let is_receipt = writes && !is_error && !waits && tasks.is_some_and(|tasks| !tasks.is_empty());
    ToolOutput {
        content,
        text,
        is_error,
        changes,
        is_receipt,
        unavailable,
    }
}

fn failed(message: String) -> ToolOutput {
    ToolOutput {
        content: json!({ "error": message }),
        text: message,
        is_error: true,
        changes: None,
        is_receipt: false,
        unavailable: false,
    }
}
