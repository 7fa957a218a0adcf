//! How often something may be done: the variables `RATE_LIMIT_…` and `LOCKOUT_…`.

use store::limits::{Lockout, Rule};

use super::duration::{duration, is_off};
use super::{Environment, Fault, keep};

/// `None` where a limit is turned `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `RATE_LIMIT_REQUESTS`, `100/1h`: of one signed-in person, over all functions.
    pub requests: Option<Rule>,
    /// `RATE_LIMIT_SIGN_IN`, `3/10s`: from one address, and for one e-mail address.
    pub sign_in: Option<Rule>,
    /// `RATE_LIMIT_SIGN_UP`, `3/10s`: from one address.
    pub sign_up: Option<Rule>,
    /// `RATE_LIMIT_PASSWORD`, `3/10s`: of whatever asks a signed-in person for the password, and
    /// of changes of the e-mail address.
    pub password: Option<Rule>,
    /// `RATE_LIMIT_MAIL`, `3/60s`: mails asked for from one address, and to one e-mail address.
    pub mail: Option<Rule>,
    /// `LOCKOUT_AFTER`, `5` failed sign-ins; then `LOCKOUT_WAIT`, `30s`, twice as long each time,
    /// up to `LOCKOUT_LONGEST`, `1h`.
    pub lockout: Option<Lockout>,
}

pub(super) fn read(variable: Environment<'_>, faults: &mut Vec<Fault>) -> Option<Limits> {
    let mut rule = |name, most, seconds| {
        let standard = Rule { most, seconds };
        keep(faults, rule(variable, name, standard))
    };
    let requests = rule("RATE_LIMIT_REQUESTS", 100, 3600);
    let sign_in = rule("RATE_LIMIT_SIGN_IN", 3, 10);
    let sign_up = rule("RATE_LIMIT_SIGN_UP", 3, 10);
    let password = rule("RATE_LIMIT_PASSWORD", 3, 10);
    let mail = rule("RATE_LIMIT_MAIL", 3, 60);
    let lockout = keep(faults, lockout(variable));
    Some(Limits {
        requests: requests?,
        sign_in: sign_in?,
        sign_up: sign_up?,
        password: password?,
        mail: mail?,
        lockout: lockout?,
    })
}

/// `3/10s`: how many, and within how long.
fn rule(
    variable: Environment<'_>,
    name: &'static str,
    standard: Rule,
) -> Result<Option<Rule>, Fault> {
    let Some(text) = variable(name) else {
        return Ok(Some(standard));
    };
    if is_off(&text) {
        return Ok(None);
    }
    let read = || {
        let (most, seconds) = text.split_once('/')?;
        Some(Rule {
            most: most.trim().parse().ok().filter(|most| *most > 0)?,
            seconds: duration(seconds)?,
        })
    };
    let fault = || Fault::new(name, "is neither `off` nor a limit such as 3/10s or 100/1h");
    read().map(Some).ok_or_else(fault)
}

fn lockout(variable: Environment<'_>) -> Result<Option<Lockout>, Fault> {
    const AFTER: &str = "LOCKOUT_AFTER";
    let after = match variable(AFTER) {
        None => 5,
        Some(text) if is_off(&text) => return Ok(None),
        Some(text) => {
            let after = text.trim().parse().ok().filter(|after| *after > 0);
            after.ok_or_else(|| Fault::new(AFTER, "is neither `off` nor a number of sign-ins"))?
        }
    };
    let seconds = |name, standard| match variable(name) {
        None => Ok(standard),
        Some(text) => {
            duration(&text).ok_or_else(|| Fault::new(name, "is no time such as 30s or 1h"))
        }
    };
    let wait = seconds("LOCKOUT_WAIT", 30)?;
    Ok(Some(Lockout {
        after,
        wait,
        longest: seconds("LOCKOUT_LONGEST", 3600)?.max(wait),
    }))
}
