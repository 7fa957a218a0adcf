//! What models cost, and how much of it a day may have.

use std::collections::BTreeMap;

use agent::{Model, ModelError, Usage};
use protocol::Timestamp;
use store::spending::{Budget, Spent};

/// The name under which models stand that people pay themselves.
const OWN: &str = "own";

/// Tokens that a turn probably takes: its instructions, the tools and the conversation, asked
/// twice; and an answer.
const USUAL: Usage = Usage {
    input: 10_000,
    output: 1_000,
};

/// Tokens that were taken, and whether somebody counted them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) usage: Usage,
    pub(crate) is_estimate: bool,
}

impl Taken {
    /// What the server told, or else what is guessed.
    pub(crate) fn told_or(told: Usage, guess: impl FnOnce() -> Usage) -> Self {
        let is_estimate = told == Usage::default();
        Self {
            usage: if is_estimate { guess() } else { told },
            is_estimate,
        }
    }
}

/// About four characters to a token.
pub(crate) fn tokens_in(characters: usize) -> u64 {
    u64::try_from(characters.div_ceil(4)).unwrap_or(u64::MAX)
}

/// Whether a server that failed like this may have worked, and be paid for it.
pub(crate) const fn is_paid(fault: &ModelError) -> bool {
    match fault {
        ModelError::Unreachable
        | ModelError::Refused(_)
        | ModelError::RateLimited(_)
        | ModelError::NoCredit
        | ModelError::ContextTooLong => false,
        ModelError::Truncated
        | ModelError::InStream
        | ModelError::TooLong
        | ModelError::NotAStream
        | ModelError::Stalled => true,
    }
}

/// Millionths of a dollar for a million tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub input: u64,
    pub output: u64,
}

impl Price {
    /// Millionths of a dollar, rounded up.
    fn of(self, usage: Usage) -> i64 {
        let of = |tokens: u64, price: u64| u128::from(tokens) * u128::from(price);
        let cost = of(usage.input, self.input) + of(usage.output, self.output);
        i64::try_from(cost.div_ceil(1_000_000)).unwrap_or(i64::MAX)
    }
}

/// Prices by the names of models, and what a day may cost, in millionths of a dollar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    pub prices: BTreeMap<String, Price>,
    pub daily: Option<i64>,
    pub daily_per_user: Option<i64>,
}

impl Costs {
    fn price(&self, model: &Model) -> Price {
        match model.is_builtin() {
            true => Price::default(),
            false => self.price_of(model.name()),
        }
    }

    fn price_of(&self, name: &str) -> Price {
        self.prices.get(name).copied().unwrap_or_default()
    }

    /// What a model of the deployment's has taken beside a turn, by its name.
    pub(crate) fn spent_by(&self, name: &str, taken: Taken, at: Timestamp) -> Spent {
        let tokens = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
        Spent {
            model: name.to_owned(),
            asked: 1,
            estimated: i32::from(taken.is_estimate),
            input: tokens(taken.usage.input),
            output: tokens(taken.usage.output),
            cost: self.price_of(name).of(taken.usage),
            at,
        }
    }

    /// What a turn of this model has to fit into; `None` if it costs nothing or may cost anything.
    pub(crate) fn budget(&self, model: &Model, own_models: bool) -> Option<Budget> {
        if model.is_builtin() || (self.daily.is_none() && self.daily_per_user.is_none()) {
            return None;
        }
        Some(Budget {
            expected: self.price(model).of(USUAL),
            most: self.daily,
            most_of_person: self.daily_per_user,
            own_models,
        })
    }

    /// What answers took; `None` for the built-in assistant, which takes nothing.
    pub(crate) fn spent(
        &self,
        model: &Model,
        is_own: bool,
        taken: Taken,
        at: Timestamp,
    ) -> Option<Spent> {
        if model.is_builtin() {
            return None;
        }
        let mut spent = self.spent_by(model.name(), taken, at);
        if is_own {
            OWN.clone_into(&mut spent.model);
            spent.cost = 0;
        }
        Some(spent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_for_a_million_tokens_and_rounded_up() {
        let price = Price {
            input: 250_000,
            output: 2_000_000,
        };
        let of = |input, output| price.of(Usage { input, output });

        assert_eq!(of(1_000_000, 0), 250_000);
        assert_eq!(of(0, 1_000_000), 2_000_000);
        assert_eq!(of(1, 0), 1);
        assert_eq!(of(0, 0), 0);
        assert_eq!(of(u64::MAX, u64::MAX), i64::MAX);
    }
}
