//! One thing that was looked at.

use std::fmt::{self, Display, Formatter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Well,
    /// It works, and could be better.
    Remark,
    /// It does not work.
    Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub state: State,
    pub claim: String,
    /// What to do about it.
    pub mend: Option<String>,
}

impl Finding {
    pub(crate) fn well(claim: impl Into<String>) -> Self {
        Self {
            state: State::Well,
            claim: claim.into(),
            mend: None,
        }
    }

    pub(crate) fn remark(claim: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Remark,
            claim: claim.into(),
            mend: Some(mend.into()),
        }
    }

    pub(crate) fn fault(claim: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Fault,
            claim: claim.into(),
            mend: Some(mend.into()),
        }
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Well => "ok    ",
            State::Remark => "remark",
            State::Fault => "FAULT ",
        };
        write!(f, "  {state}  {}", self.claim)?;
        match &self.mend {
            Some(mend) => write!(f, "\n          {mend}"),
            None => Ok(()),
        }
    }
}
