//! How much may still be asked, as answers say it in their `RateLimit` headers
//! (draft-ietf-httpapi-ratelimit-headers-10).

use web_sys::Response;
use yew::AttrValue;

use super::{Api, Failure};

/// What is left of one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    pub name: AttrValue,
    pub most: u32,
    pub left: u32,
    /// Seconds until all of it is there again.
    pub reset: u32,
}

impl Api {
    /// What the newest answer said.
    pub fn quotas(&self) -> Vec<Quota> {
        self.0.quotas.borrow().clone()
    }

    pub(super) fn note_quotas(&self, answer: &Result<Response, Failure>) {
        let Ok(response) = answer else { return };
        let header = |name| response.headers().get(name).ok().flatten();
        if let (Some(policy), Some(left)) = (header("ratelimit-policy"), header("ratelimit")) {
            self.0.quotas.replace(read(&policy, &left));
        }
    }
}

/// Both headers are lists of `"name";parameter=number…`.
fn read(policy: &str, left: &str) -> Vec<Quota> {
    let entries = |list: &str| -> Vec<(String, String)> {
        let entry = |text: &str| {
            let (name, parameters) = text.trim().split_once(';')?;
            Some((name.trim_matches('"').to_owned(), parameters.to_owned()))
        };
        list.split(',').filter_map(entry).collect()
    };
    let number = |parameters: &str, wanted: &str| {
        let mut pairs = parameters
            .split(';')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| *name == wanted)?.1.parse().ok()
    };
    let policies = entries(policy);
    let quota = |(name, parameters): (String, String)| {
        let (_, policy) = policies.iter().find(|(known, _)| *known == name)?;
        Some(Quota {
            most: number(policy, "q")?,
            left: number(&parameters, "r")?,
            reset: number(&parameters, "t")?,
            name: name.into(),
        })
    };
    entries(left).into_iter().filter_map(quota).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_read_beside_what_there_was() {
        let quotas = read(
            r#""requests";q=100;w=3600, "chat";q=20;w=60"#,
            r#""requests";r=97;t=1800, "other";r=1;t=1"#,
        );

        let expected = Quota {
            name: "requests".into(),
            most: 100,
            left: 97,
            reset: 1_800,
        };
        assert_eq!(quotas, [expected]);
        assert_eq!(read("", ""), []);
    }
}
