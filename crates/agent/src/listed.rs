//! The list of a server's tools, shared by the turns of a process for as long as the server says.
//!
//! A list takes as much room as everything else that a turn holds, and reading it is most of what
//! a turn costs before its model is asked. MCP says who may keep a result and for how long
//! (2026-07-28, "Caching"): what is the same for everybody is kept here, and nothing else is.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rmcp::model::{CacheScope, ListToolsResult, ServerPeerInfo, Tool};
use rmcp::service::{RoleClient, RunningService};

use crate::toolbox::{Client, ToolError};

pub(crate) type Tools = Arc<[Tool]>;

/// The newest list that is everybody's. Another server's takes its place.
static KEPT: RwLock<Option<Kept>> = RwLock::new(None);

#[derive(Clone)]
struct Kept {
    server: Arc<ServerPeerInfo>,
    until: Instant,
    tools: Tools,
}

pub(crate) async fn tools(client: &RunningService<RoleClient, Client>) -> Result<Tools, ToolError> {
    // One without a name could be any.
    let server = client.peer_info().filter(|info| info.server_info.is_some());
    let kept = server.as_deref().and_then(kept);
    if let Some(tools) = kept {
        return Ok(tools);
    }
    let begun = Instant::now();
    let mut page = client.list_tools(None).await.map_err(|_| ToolError)?;
    if page.next_cursor.is_some() {
        let all = client.list_all_tools().await.map_err(|_| ToolError)?;
        return Ok(all.into());
    }
    let tools: Tools = std::mem::take(&mut page.tools).into();
    if let (Some(server), Some(lifetime)) = (server, of_everybody(&page)) {
        let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Kept {
            server,
            until: begun + lifetime,
            tools: Arc::clone(&tools),
        });
    }
    Ok(tools)
}

fn kept(server: &ServerPeerInfo) -> Option<Tools> {
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.as_ref()?;
    (*kept.server == *server && Instant::now() < kept.until).then(|| Arc::clone(&kept.tools))
}

/// How long everybody may keep a list, if everybody may.
fn of_everybody(page: &ListToolsResult) -> Option<Duration> {
    let millis = page.ttl_ms.filter(|millis| *millis > 0)?;
    (page.cache_scope == Some(CacheScope::Public)).then(|| Duration::from_millis(millis))
}
