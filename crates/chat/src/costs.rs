//! What models cost, and how much of it a day may have.

use std::collections::BTreeMap;

use agent::{Model, Usage};
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
        let known = self.prices.get(model.name()).copied();
        known.filter(|_| !model.is_builtin()).unwrap_or_default()
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
        usage: Usage,
        at: Timestamp,
    ) -> Option<Spent> {
        if model.is_builtin() {
            return None;
        }
        let tokens = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
        Some(Spent {
            model: if is_own { OWN } else { model.name() }.to_owned(),
            asked: 1,
            input: tokens(usage.input),
            output: tokens(usage.output),
            cost: if is_own {
                0
            } else {
                self.price(model).of(usage)
            },
            at,
        })
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
