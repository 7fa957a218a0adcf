//! A server with the tools, prompts and resources that the conformance suite calls, behind the very
//! transport of `/api/mcp`: a task list has none of them. What each has to answer is written in
//! the suite (`@modelcontextprotocol/conformance`).

#![expect(deprecated, reason = "the older revision has a log")]

mod rounds;
mod things;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::routing::post;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities,
    CompleteRequestParams, CompleteResult, GetPromptRequestParams, GetPromptResponse,
    InitializeRequestParams, InitializeResult, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, LoggingLevel, LoggingMessageNotificationParam,
    PaginatedRequestParams, ProgressNotificationParam, ReadResourceRequestParams,
    ReadResourceResponse, ServerCapabilities, ServerConfig, SetLevelRequestParams,
    SubscribeRequestParams, Tool, UnsubscribeRequestParams,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::routes::mcp::transport::Message;
use tokio::net::TcpListener;

#[derive(Clone)]
pub(crate) struct Fixture;

impl Fixture {
    /// Serves it for as long as the runtime lives; its address.
    pub(crate) async fn start() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let hosts = ["127.0.0.1", "localhost"];
        let origins: Arc<[String]> = hosts.map(|host| format!("http://{host}:{port}")).into();
        let answer = move |request: Request| {
            let origins = origins.clone();
            async move {
                match Message::read(request).await {
                    Ok(message) => {
                        let trusted: Vec<&str> = origins.iter().map(String::as_str).collect();
                        message.answered_by(Self, &origins, &trusted).await
                    }
                    Err(refusal) => refusal,
                }
            }
        };
        let router = Router::new().route("/mcp", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://127.0.0.1:{port}/mcp")
    }
}

/// What is written as JSON in the suite, as the library has it.
fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn unknown(what: &str) -> ErrorData {
    ErrorData::invalid_params(format!("There is no {what}."), None)
}

async fn beat() {
    // The suite asks for work that takes its time.
    tokio::time::sleep(Duration::from_millis(50)).await;
}

async fn with_progress(context: &RequestContext<RoleServer>) -> CallToolResult {
    let token = context.meta.get_progress_token();
    for progress in [0.0, 50.0, 100.0] {
        if let Some(token) = token.clone() {
            let told = ProgressNotificationParam::new(token, progress).with_total(100.0);
            context.peer.notify_progress(told).await.unwrap();
        }
        beat().await;
    }
    of(things::text("The tool has made progress."))
}

/// On the newer revision, only who names a level is told.
async fn with_log(context: &RequestContext<RoleServer>, always: bool) -> CallToolResult {
    for said in [
        "Tool execution started",
        "Tool processing data",
        "Tool execution completed",
    ] {
        if always || context.meta.log_level().is_some() {
            let told = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(said));
            context.peer.notify_logging_message(told).await.unwrap();
        }
        beat().await;
    }
    of(things::text("The tool has told what it did."))
}

impl ServerHandler for Fixture {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::default();
        info.capabilities = of::<ServerCapabilities>(json!({
            "tools": {},
            "prompts": {},
            "resources": {},
            "completions": {},
            "logging": {},
        }));
        info
    }

    /// The older revision's way to be told of changes.
    async fn initialize(
        &self,
        params: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        context.peer.set_peer_info(params.clone());
        let mut info = self.negotiate_initialize(&params)?;
        info.capabilities.resources = Some(of(json!({"subscribe": true})));
        Ok(info)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(of(
            json!({"tools": things::tools(), "resultType": "complete", "ttlMs": 1000, "cacheScope": "public"}),
        ))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        let tools = things::tools();
        let found = tools
            .as_array()
            .unwrap()
            .iter()
            .find(|tool| tool["name"] == name);
        found.cloned().map(of)
    }

    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = params.name.to_string();
        if let Some(result) = things::result(&name) {
            return Ok(of::<CallToolResult>(result).into());
        }
        match name.as_str() {
            "test_tool_with_progress" => Ok(with_progress(&context).await.into()),
            "test_tool_with_logging" => Ok(with_log(&context, true).await.into()),
            "test_logging_tool" => Ok(with_log(&context, false).await.into()),
            "test_missing_capability" => {
                let needed = of::<ClientCapabilities>(json!({"sampling": {}}));
                let has = context.client_capabilities().and_then(|has| has.sampling);
                match has {
                    Some(_) => Ok(of::<CallToolResult>(things::text("It has it.")).into()),
                    None => Err(ErrorData::missing_required_client_capability(needed)),
                }
            }
            _ => rounds::call(&name, params, &context),
        }
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(of(
            json!({"prompts": things::prompts(), "resultType": "complete", "ttlMs": 1000, "cacheScope": "public"}),
        ))
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        rounds::prompt(&params)
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(of(
            json!({"resources": things::resources(), "resultType": "complete", "ttlMs": 1000, "cacheScope": "public"}),
        ))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = json!([{
            "uriTemplate": "test://template/{id}/data",
            "name": "template",
            "description": "Data of an id.",
            "mimeType": "application/json",
        }]);
        Ok(of(
            json!({"resourceTemplates": templates, "resultType": "complete", "ttlMs": 1000, "cacheScope": "public"}),
        ))
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let Some(content) = things::resource(&params.uri) else {
            let data = json!({"uri": params.uri});
            return Err(ErrorData::resource_not_found(
                "Resource not found",
                Some(data),
            ));
        };
        let result = json!({"contents": [content], "resultType": "complete", "ttlMs": 1000, "cacheScope": "public"});
        Ok(of::<rmcp::model::ReadResourceResult>(result).into())
    }

    async fn complete(
        &self,
        _: CompleteRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let values = ["paris", "park", "party"];
        let completion = json!({"values": values, "total": 3, "hasMore": false});
        Ok(of(
            json!({"completion": completion, "resultType": "complete"}),
        ))
    }

    async fn set_level(
        &self,
        _: SetLevelRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        legacy::<rmcp::model::SetLevelRequestMethod>(&context)
    }

    async fn subscribe(
        &self,
        _: SubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn unsubscribe(
        &self,
        _: UnsubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        Ok(())
    }
}

/// What the newer revision has no more.
fn legacy<Method: rmcp::model::ConstString>(
    context: &RequestContext<RoleServer>,
) -> Result<(), ErrorData> {
    let modern = rmcp::model::ProtocolVersion::V_2026_07_28;
    match context.protocol_version() {
        Some(version) if version >= modern => Err(ErrorData::method_not_found::<Method>()),
        _ => Ok(()),
    }
}
