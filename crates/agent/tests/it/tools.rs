//! Which calls of a step are made at the same time.

use agent::{Call, Toolbox};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler, ServiceExt};
use serde_json::json;

/// Tools whose names say something else than their hints.
struct Misnamed;

impl ServerHandler for Misnamed {
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
        let tool = |name: &'static str, reads: Option<bool>| {
            let schema = json!({"type": "object"}).as_object().cloned();
            let tool = Tool::new(name, name, schema.unwrap_or_default());
            let mut hints = ToolAnnotations::default();
            hints.read_only_hint = reads;
            tool.with_annotations(hints)
        };
        let tools = vec![
            tool("list_and_erase", None),
            tool("get_paid", Some(false)),
            tool("erase", Some(true)),
        ];
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        Err(ErrorData::internal_error("nobody calls", None))
    }
}

/// FR-142.
#[tokio::test]
async fn what_only_reads_is_told_by_its_hint_and_not_by_its_name() {
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = Misnamed.serve(theirs).await {
            let _ = running.waiting().await;
        }
    });
    let toolbox = Toolbox::open(ours).await.unwrap();
    let order = [
        "erase",
        "erase",
        "get_paid",
        "list_and_erase",
        "unknown",
        "erase",
    ];
    let calls = order.map(|tool| Call {
        id: tool.to_owned(),
        tool: tool.to_owned(),
        arguments: json!({}),
    });

    let sizes: Vec<usize> = toolbox
        .catalogue()
        .together(&calls)
        .map(<[Call]>::len)
        .collect();

    assert_eq!(sizes, [2, 1, 1, 1, 1]);
}
