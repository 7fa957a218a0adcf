//! What the tools at hand can do. Every decision about a tool that may be missing is taken here.

/// Which tools are offered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Capabilities {
    names: Vec<String>,
}

impl Capabilities {
    pub(crate) fn of(tools: &[String]) -> Self {
        Self {
            names: tools.to_vec(),
        }
    }

    pub(crate) fn has(&self, tool: &str) -> bool {
        self.names.iter().any(|name| name == tool)
    }
}
