//! What the tools at hand can do. Every decision about a tool that may be missing is taken here.

/// Which tools, and which of their arguments, are offered.
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

    /// Whether tasks can repeat.
    pub(crate) fn repeats(&self) -> bool {
        self.has("add_tasks.recurrence")
    }

    /// A tool that takes the last change back by itself.
    pub(crate) fn undoes(&self) -> bool {
        self.has("undo")
    }
}
