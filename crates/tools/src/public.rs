//! The tools as other programs see them: with what their makers ask for beside the operations
//! themselves. Our own assistant does without, so that its list stays short.

mod prompts;
mod resources;
mod search;
mod singular;

use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, ExtensionCapabilities,
    GetPromptRequestParams, GetPromptResponse, Icon, Implementation, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler};

use crate::ToolServer;
use crate::server::{FRESH, guarded};

/// An MCP server for programs that are not ours.
#[derive(Clone)]
pub struct PublicServer {
    pub tools: ToolServer,
    /// Whether the operations are offered one task at a time as well.
    pub singular: bool,
    /// Where the page is, without a slash at the end.
    pub origin: String,
}

/// Whether calls of a tool, by any of its names, change nothing. One that does not exist is taken
/// for the worst.
pub fn only_reads(tool: &str) -> bool {
    search::TOOLS.iter().any(|known| known.name == tool) || crate::catalog::only_reads(tool)
}

impl PublicServer {
    fn all(&self) -> impl Iterator<Item = &'static Tool> + use<'_> {
        let singular = singular::TOOLS.iter().filter(|_| self.singular);
        crate::catalog::tools()
            .chain(search::TOOLS.iter())
            .chain(singular)
    }
}

/// That there is a page to show tasks in (MCP Apps).
fn apps() -> ExtensionCapabilities {
    let mut apps = serde_json::Map::new();
    let kinds = serde_json::json!([resources::APP_KIND]);
    apps.insert("mimeTypes".to_owned(), kinds);
    [(resources::APPS.to_owned(), apps)].into()
}

impl ServerHandler for PublicServer {
    fn get_info(&self) -> ServerConfig {
        let icon = Icon::new(format!("{}/icon.svg", self.origin));
        let icon = icon.with_mime_type("image/svg+xml");
        let icon = icon.with_sizes(vec!["any".to_owned()]);
        let mut info = self.tools.get_info();
        info.capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_resources()
            .enable_extensions_with(apps())
            .build();
        info.server_info = Implementation::new("latchwork", env!("CARGO_PKG_VERSION"))
            .with_title("Latchwork")
            .with_description("A task list that one person keeps by chat.")
            .with_icons(vec![icon])
            .with_website_url(self.origin.clone());
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let mut tools: Vec<Tool> = self.all().cloned().map(resources::with_app).collect();
        tools.sort_by(|a, b| a.name.cmp(&b.name));
        // The same for everybody until the next deployment.
        let list = ListToolsResult::with_all_items(tools);
        Ok(list.with_ttl_ms(FRESH).with_cache_scope(CacheScope::Public))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        let found = self.all().find(|tool| tool.name == name).cloned();
        found.map(resources::with_app)
    }

    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if search::TOOLS.iter().any(|tool| tool.name == params.name) {
            let answer = search::answer(&self.tools, &self.origin, &params);
            let answer = async { Ok(answer.await) };
            return guarded(answer, context.ct.cancelled()).await;
        }
        let alias = singular::Alias::of(&params.name).filter(|_| self.singular);
        let Some(alias) = alias else {
            let answer = self.tools.call_tool(params, context).await?;
            return Ok(resources::linked(answer));
        };
        match alias.plural(params) {
            Ok(plural) => {
                let answer = self.tools.call_tool(plural, context).await?;
                Ok(alias.singular(answer))
            }
            Err(reason) => Ok(crate::catalog::broken(reason).into()),
        }
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(resources::list())
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(resources::templates())
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = resources::read(&self.tools, &params.uri).await?;
        Ok(read.into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let list = ListPromptsResult::with_all_items(prompts::all());
        Ok(list.with_ttl_ms(FRESH).with_cache_scope(CacheScope::Public))
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let prompt = prompts::get(&params.name);
        let missing = || ErrorData::invalid_params("There is no such prompt.", None);
        prompt.map(Into::into).ok_or_else(missing)
    }
}
