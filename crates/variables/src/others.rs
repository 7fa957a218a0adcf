//! What the platform sets, and what only commands read.

use crate::Takes::{Address, Choice, Count, Name, Secret};
use crate::Without::{Is, Means};
use crate::{Group, Reader, variable};

pub(crate) const PLATFORM: Group = Group {
    name: "platform",
    reader: Reader::OfPlatform,
    variables: &[
        variable(
            "VERCEL",
            Choice(&["1"]),
            Means("another host, or one's own machine"),
            "Whether Vercel's headers tell where a client is.",
        ),
        variable(
            "VERCEL_ENV",
            Choice(&["production", "preview", "development"]),
            Is("production"),
            "A preview is reached at its own address, and never at that of production.",
        ),
        variable(
            "VERCEL_PROJECT_PRODUCTION_URL",
            Address,
            Means("none"),
            "The address of production, where `BETTER_AUTH_URL` names none.",
        ),
        variable(
            "VERCEL_BRANCH_URL",
            Address,
            Means("none"),
            "Another address of the same deployment.",
        ),
        variable(
            "VERCEL_URL",
            Address,
            Means("none"),
            "The address of this very deployment.",
        ),
    ],
};

pub(crate) const COMMANDS: Group = Group {
    name: "commands",
    reader: Reader::Commands,
    variables: &[
        variable(
            "DATABASE_OWNER_URL",
            Address,
            Means("`DATABASE_URL` is the owner's"),
            "`cargo xtask migrate`: the role that owns the tables.",
        ),
        variable(
            "MIGRATE_AT_BUILD",
            Choice(&["on", "off"]),
            Is("on"),
            "Vercel's build: whether it brings the database of its own deployment up to date.",
        ),
        variable(
            "AUTHCHECK_TOKEN_A",
            Secret,
            Means("two people are signed up"),
            "`cargo xtask authcheck`: the token of one person, where nobody can be signed up from \
             outside.",
        ),
        variable(
            "AUTHCHECK_TOKEN_B",
            Secret,
            Means("two people are signed up"),
            "`cargo xtask authcheck`: that of another.",
        ),
        variable(
            "LATCHWORK_EVAL_MODEL",
            Name,
            Means("the built-in assistant"),
            "`cargo xtask eval`: the model that is measured.",
        ),
        variable(
            "LATCHWORK_EVAL_BASE_URL",
            Address,
            Means("OpenAI's"),
            "`cargo xtask eval`: its server.",
        ),
        variable(
            "LATCHWORK_EVAL_API_KEY",
            Secret,
            Means("none is sent"),
            "`cargo xtask eval`: the key for it.",
        ),
        variable(
            "LATCHWORK_KILLS",
            Count,
            Is("300"),
            "`cargo test --test chaos`: how often a process is killed.",
        ),
    ],
};
