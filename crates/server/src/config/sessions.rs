//! How long a sign-in lasts, and the tokens that are made for it: the variables `SESSION_…`, and
//! `TOKEN_LIFE`.

use super::duration::{duration, is_off};
use super::{Environment, Fault, keep};

/// The rules of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// Seconds without use after which a session ends: `SESSION_IDLE`.
    pub idle: i64,
    /// Seconds after which a session ends however much it is used: `SESSION_ABSOLUTE`.
    pub absolute: Option<i64>,
    /// Sessions one person may have, the oldest of which ends when there are more:
    /// `SESSION_LIMIT`.
    pub most: Option<i64>,
    /// Seconds of life that must be gone before a use is written down, so that not every look is
    /// a write.
    pub worth_writing: i64,
    /// Seconds that a token lasts which the page gets for its session: `TOKEN_LIFE`.
    pub token_life: i64,
}

const DAY: i64 = 24 * 3600;

const TOKEN_LIFE: i64 = 15 * 60;

/// What a token of ours may live, as those who check it see it.
const LONGEST_TOKEN_LIFE: i64 = 3600;

/// `SESSION_POLICY=latchwork`.
const OURS: Sessions = Sessions {
    idle: DAY,
    absolute: Some(7 * DAY),
    most: Some(5),
    worth_writing: 5 * 60,
    token_life: TOKEN_LIFE,
};

/// `SESSION_POLICY=better-auth`: seven days that begin anew with a use on another day.
const BETTER_AUTH: Sessions = Sessions {
    idle: 7 * DAY,
    absolute: None,
    most: None,
    worth_writing: DAY,
    token_life: TOKEN_LIFE,
};

impl Sessions {
    /// Seconds for which a browser keeps the cookie.
    pub fn cookie_age(&self) -> i64 {
        self.absolute.unwrap_or(self.idle)
    }

    /// Seconds that a session lives which is not remembered; Better Auth gives it a day.
    pub fn forgotten_after(&self) -> i64 {
        self.idle.min(DAY)
    }
}

pub(super) fn read(variable: Environment<'_>, faults: &mut Vec<Fault>) -> Option<Sessions> {
    let policy = keep(faults, policy(variable));
    let standard = policy.unwrap_or(OURS);
    let time = |name, standard| match variable(name) {
        None => Ok(standard),
        Some(text) if is_off(&text) => Ok(None),
        Some(text) => match duration(&text) {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(Fault::new(
                name,
                "is neither `off` nor a time such as 24h or 7d",
            )),
        },
    };
    let idle = keep(faults, time("SESSION_IDLE", Some(standard.idle)));
    let absolute = keep(faults, time("SESSION_ABSOLUTE", standard.absolute));
    let most = keep(faults, most(variable, standard.most));
    let token_life = keep(faults, token_life(variable, standard.token_life));
    let (_, absolute, most) = (policy?, absolute?, most?);
    // Something has to end every session.
    let idle = idle?.or(absolute).unwrap_or(standard.idle);
    Some(Sessions {
        idle,
        absolute,
        most,
        worth_writing: standard.worth_writing.min(idle / 2),
        token_life: token_life?,
    })
}

fn policy(variable: Environment<'_>) -> Result<Sessions, Fault> {
    const NAME: &str = "SESSION_POLICY";
    match variable(NAME).as_deref().map(str::trim) {
        None | Some("latchwork") => Ok(OURS),
        Some("better-auth") => Ok(BETTER_AUTH),
        Some(_) => Err(Fault::new(NAME, "is neither `latchwork` nor `better-auth`")),
    }
}

fn most(variable: Environment<'_>, standard: Option<i64>) -> Result<Option<i64>, Fault> {
    const NAME: &str = "SESSION_LIMIT";
    match variable(NAME) {
        None => Ok(standard),
        Some(text) if is_off(&text) => Ok(None),
        Some(text) => match text.trim().parse() {
            Ok(most) if most > 0 => Ok(Some(most)),
            _ => Err(Fault::new(
                NAME,
                "is neither `off` nor a number of sessions",
            )),
        },
    }
}

fn token_life(variable: Environment<'_>, standard: i64) -> Result<i64, Fault> {
    const NAME: &str = "TOKEN_LIFE";
    let Some(text) = variable(NAME) else {
        return Ok(standard);
    };
    let life = duration(&text).filter(|seconds| *seconds <= LONGEST_TOKEN_LIFE);
    life.ok_or_else(|| Fault::new(NAME, "is not a time of at most 1h, such as 15m"))
}
