//! What functions are told.

use crate::Takes::{Address, Amount, Choice, Count, Document, Limit, List, Name, Secret, Time};
use crate::Without::{Fault, Is, Means};
use crate::{Group, Reader, variable};

const ON_OFF: &[&str] = &["on", "off"];

pub(crate) const DEPLOYMENT: Group = Group {
    name: "deployment",
    reader: Reader::Functions,
    variables: &[
        variable(
            "DATABASE_URL",
            Address,
            Fault,
            "The Postgres database; a pooled URL is fine. Best a role that owns nothing (see below).",
        ),
        variable(
            "DATABASE_CA",
            Document,
            Means("public authorities"),
            "The certificate of the database's own authority, as PEM, from `-----BEGIN` on.",
        ),
        variable(
            "PREVIEW_DATABASE",
            Choice(&["own", "shared"]),
            Means("a preview on Vercel answers nothing but that"),
            "Whose database `DATABASE_URL` names in a preview: `own`, one of the previews, which \
             their builds bring up to date; or `shared`, production's, which they leave as it is.",
        ),
        variable(
            "BETTER_AUTH_SECRET",
            Secret,
            Fault,
            "Signs cookies, and seals signing keys and the keys of people's own models. At least 32 \
             characters: `openssl rand -base64 32`. The name is Better Auth's, which may run on the \
             same database.",
        ),
        variable(
            "BETTER_AUTH_URL",
            Address,
            Means("on Vercel the deployment's own address; elsewhere it **must be set**"),
            "Where people reach the app: scheme, host and port, without a path. Tokens are made for \
             it, so it must be what stands in the browser. `http` only for this very machine.",
        ),
        variable(
            "CRON_SECRET",
            Secret,
            Means("nothing old is swept"),
            "Lets the platform's clock in, which sweeps what is over once a day: \
             `openssl rand -hex 32`. Vercel sends it by itself.",
        ),
    ],
};

pub(crate) const MODEL: Group = Group {
    name: "model",
    reader: Reader::Functions,
    variables: &[
        variable(
            "OPENAI_API_KEY",
            Secret,
            Means("the built-in assistant answers, unless `OPENAI_BASE_URL` is set"),
            "The key of the model's server.",
        ),
        variable(
            "OPENAI_MODEL",
            Name,
            Means("**must be set** beside either of its neighbours"),
            "The model, as its server lists it.",
        ),
        variable(
            "OPENAI_BASE_URL",
            Address,
            Is("https://api.openai.com/v1"),
            "Any server that speaks the Chat Completions API. OpenAI itself is asked by its \
             Responses API, which is told to keep nothing.",
        ),
        variable(
            "OPENAI_TRANSCRIPTION_MODEL",
            Name,
            Means("nobody can dictate"),
            "A speech model of the same server.",
        ),
        variable(
            "OWN_MODEL_KEYS",
            Choice(ON_OFF),
            Is("on"),
            "Whether people may bring a model, its server and a key of their own; `off` uses \
             nobody's, and lets them delete what they brought before.",
        ),
    ],
};

pub(crate) const COSTS: Group = Group {
    name: "costs",
    reader: Reader::Functions,
    variables: &[
        variable(
            "MODEL_PRICES",
            List,
            Means("tokens are counted, and cost nothing"),
            "What models cost, in dollars for a million tokens read and written: \
             `gpt-5-mini=0.25/2, gpt-5=1.25/10`. A speech model that counts in time is counted \
             as ten tokens a second: `whisper-1=10/0`.",
        ),
        variable(
            "DAILY_BUDGET",
            Amount,
            Means("no end"),
            "What everybody's turns of a day may cost together. Needs the price of `OPENAI_MODEL`, \
             and of `OPENAI_TRANSCRIPTION_MODEL`.",
        ),
        variable(
            "DAILY_BUDGET_PER_USER",
            Amount,
            Means("no end"),
            "What one person's may.",
        ),
        variable(
            "MODEL_CALLS",
            Choice(ON_OFF),
            Is("on"),
            "`off` asks no model at all, nobody's own either; the built-in assistant answers.",
        ),
        variable(
            "READ_ONLY",
            Choice(ON_OFF),
            Is("off"),
            "`on` changes nothing for anybody; people read what there is.",
        ),
    ],
};

pub(crate) const OWNER: Group = Group {
    name: "owner",
    reader: Reader::Functions,
    variables: &[variable(
        "OWNER_IDS",
        List,
        Means("nobody"),
        "The ids of who owns the deployment: they see its numbers at `/status`, and may stop it.",
    )],
};

pub(crate) const TRACES: Group = Group {
    name: "traces",
    reader: Reader::Functions,
    variables: &[
        variable(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            Address,
            Means("no traces"),
            "A collector of OpenTelemetry that takes OTLP over HTTP; `/v1/traces` is added.",
        ),
        variable(
            "OTEL_EXPORTER_OTLP_HEADERS",
            Secret,
            Means("none"),
            "What it is sent along: `api-key=secret,team=tasks`, values percent-encoded.",
        ),
        variable(
            "OTEL_SERVICE_NAME",
            Name,
            Is("latchwork"),
            "What the deployment is called there.",
        ),
    ],
};

pub(crate) const ISSUER: Group = Group {
    name: "issuer",
    reader: Reader::Functions,
    variables: &[
        variable(
            "AUTH_ISSUER",
            List,
            Means("people sign up and in here"),
            "The exact `iss` of another system's tokens; several with commas between them. Then its \
             tokens open every function, and no others do.",
        ),
        variable(
            "AUTH_AUDIENCE",
            List,
            Means("**must be set** beside `AUTH_ISSUER`, or its neighbour"),
            "The exact `aud`; after a comma, others that may stand beside it.",
        ),
        variable(
            "AUTH_AUTHORIZED_PARTIES",
            List,
            Means("any"),
            "The `azp` that are taken; in place of `AUTH_AUDIENCE` where tokens have no `aud`.",
        ),
        variable(
            "AUTH_JWKS_URL",
            Address,
            Means("the pinned keys alone"),
            "Where the issuer publishes its keys; fetched when needed, and at most every 30 s for a \
             key that nobody has.",
        ),
        variable(
            "AUTH_JWKS",
            Document,
            Means("no key is pinned"),
            "The public keys themselves, a JSON Web Key Set, asked before the address. Without \
             `AUTH_ISSUER`, further keys for tokens of our own.",
        ),
        variable(
            "AUTH_HS256_SECRET",
            Secret,
            Means("public keys"),
            "A secret that the issuer signs with, in place of public keys; never that of \
             `BETTER_AUTH_SECRET`.",
        ),
        variable(
            "AUTH_LEEWAY_SECONDS",
            Count,
            Is("5"),
            "By how many seconds clocks may differ, up to 60.",
        ),
        variable(
            "AUTH_LONGEST_LIFE_SECONDS",
            Count,
            Is("3600"),
            "How many seconds a token may live, from 60 to 86400.",
        ),
    ],
};

pub(crate) const ORIGINS: Group = Group {
    name: "origins",
    reader: Reader::Functions,
    variables: &[variable(
        "CORS_ORIGINS",
        List,
        Means("no page of another origin is let in"),
        "Origins, such as `https://app.example.com, https://admin.example.com`. Each is named; a \
         `*` is refused at start, because cookies travel along.",
    )],
};

pub(crate) const LIMITS: Group = Group {
    name: "limits",
    reader: Reader::Functions,
    variables: &[
        variable(
            "RATE_LIMIT_REQUESTS",
            Limit,
            Is("100/1h"),
            "Requests of one signed-in person, over all functions but `/api/auth`.",
        ),
        variable(
            "RATE_LIMIT_SIGN_IN",
            Limit,
            Is("3/10s"),
            "Sign-ins from one address, and for one e-mail address.",
        ),
        variable(
            "RATE_LIMIT_SIGN_UP",
            Limit,
            Is("3/10s"),
            "Sign-ups from one address.",
        ),
        variable(
            "RATE_LIMIT_PASSWORD",
            Limit,
            Is("3/10s"),
            "Changes of password and e-mail address, and other questions for the password, of one \
             person.",
        ),
        variable(
            "RATE_LIMIT_MAIL",
            Limit,
            Is("3/60s"),
            "Letters asked for from one address, and to one e-mail address.",
        ),
        variable(
            "LOCKOUT_AFTER",
            Count,
            Is("5"),
            "Sign-ins for one e-mail address that may fail before it is locked; `off` for never.",
        ),
        variable(
            "LOCKOUT_WAIT",
            Time,
            Is("30s"),
            "The first wait; each further failure doubles it.",
        ),
        variable("LOCKOUT_LONGEST", Time, Is("1h"), "The longest wait."),
        variable(
            "CLIENT_ADDRESS_HEADER",
            Name,
            Means("on Vercel `x-vercel-forwarded-for`, then `x-real-ip`; elsewhere none"),
            "The header in which your proxy says where the client is; it must overwrite what \
             clients send. Of several entries the last counts.",
        ),
    ],
};

pub(crate) const SESSIONS: Group = Group {
    name: "sessions",
    reader: Reader::Functions,
    variables: &[
        variable(
            "SESSION_POLICY",
            Choice(&["latchwork", "better-auth"]),
            Is("latchwork"),
            "What the three below are where they are not set: ours, or Better Auth's own.",
        ),
        variable(
            "SESSION_IDLE",
            Time,
            Means("`24h`; Better Auth's: `7d`, renewed by a use on another day"),
            "Ends a sign-in that was not used for so long.",
        ),
        variable(
            "SESSION_ABSOLUTE",
            Time,
            Means("`7d`; Better Auth's: `off`"),
            "Ends a sign-in in any case.",
        ),
        variable(
            "SESSION_LIMIT",
            Count,
            Means("`5`; Better Auth's: `off`"),
            "How many sign-ins one person may have; the oldest ends.",
        ),
        variable(
            "TOKEN_LIFE",
            Time,
            Is("15m"),
            "How long a token lasts that the page gets for its sign-in, `1h` at the most.",
        ),
    ],
};

pub(crate) const LETTERS: Group = Group {
    name: "letters",
    reader: Reader::Functions,
    variables: &[
        variable(
            "MAIL_WEBHOOK_URL",
            Address,
            Means("no webhook"),
            "Each letter is sent there as JSON (`kind`, `to`, `subject`, `text`, `link`); any answer \
             of 2xx means it was taken.",
        ),
        variable(
            "MAIL_WEBHOOK_SECRET",
            Secret,
            Means("no `Authorization` is sent"),
            "Sent along as bearer.",
        ),
        variable(
            "SMTP_URL",
            Address,
            Means("no SMTP server"),
            "Such as `smtps://user:password@smtp.example.com`.",
        ),
        variable(
            "MAIL_FROM",
            Name,
            Means("**must be set** beside `SMTP_URL`"),
            "The sender: `Latchwork <no-reply@example.com>`.",
        ),
        variable(
            "MAIL",
            Choice(&["terminal"]),
            Means("nothing is printed"),
            "Prints the link; on one's own machine only, where `cargo xtask dev` sets it.",
        ),
        variable(
            "EMAIL_VERIFICATION",
            Choice(&["optional", "required"]),
            Is("optional"),
            "With `required` nobody signs in before they have opened the link, and a sign-up says \
             nothing about who has signed up before.",
        ),
    ],
};

pub(crate) const PROGRAMS: Group = Group {
    name: "programs",
    reader: Reader::Functions,
    variables: &[variable(
        "MCP_SINGULAR_TOOLS",
        Choice(ON_OFF),
        Is("on"),
        "Whether `/api/mcp` offers `add_task`, `complete_task`, `delete_task` and `update_task` \
         beside the tools for many.",
    )],
};
