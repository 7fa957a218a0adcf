//! What models cost, and how much of it a day may have: `MODEL_PRICES`, `DAILY_BUDGET` and
//! `DAILY_BUDGET_PER_USER`.

use std::collections::BTreeMap;

use agent::Endpoint;
use chat::{Costs, Price};

use super::{Environment, Fault, keep};

const PRICES: &str = "MODEL_PRICES";

pub(super) fn read(
    variable: Environment<'_>,
    models: [(&str, Option<&Endpoint>); 2],
    faults: &mut Vec<Fault>,
) -> Option<Costs> {
    let prices = keep(faults, prices(variable));
    let daily = keep(faults, budget(variable, "DAILY_BUDGET"));
    let daily_per_user = keep(faults, budget(variable, "DAILY_BUDGET_PER_USER"));
    let costs = Costs {
        prices: prices?,
        daily: daily?,
        daily_per_user: daily_per_user?,
    };
    let is_limited = costs.daily.is_some() || costs.daily_per_user.is_some();
    let is_unknown = |model: &Endpoint| !costs.prices.contains_key(&model.model);
    let unknown = models
        .iter()
        .find(|(_, model)| model.is_some_and(is_unknown));
    if let (true, Some((variable, _))) = (is_limited, unknown) {
        let problem =
            format!("has no price for the model of {variable}, without which a budget never ends");
        faults.push(Fault::new(PRICES, problem));
        return None;
    }
    Some(costs)
}

/// `gpt-5-mini=0.25/2, gpt-5=1.25/10`: dollars for a million tokens read and written.
fn prices(variable: Environment<'_>) -> Result<BTreeMap<String, Price>, Fault> {
    let text = variable(PRICES).unwrap_or_default();
    let entries = text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    let price = |entry: &str| {
        let (model, prices) = entry.rsplit_once('=')?;
        let (input, output) = prices.split_once('/')?;
        let price = Price {
            input: millionths(input)?,
            output: millionths(output)?,
        };
        Some((model.trim().to_owned(), price))
    };
    let prices: Option<BTreeMap<_, _>> = entries.map(price).collect();
    prices.ok_or_else(|| {
        let problem = "has an entry that is none such as gpt-5-mini=0.25/2: dollars for a million \
            tokens read, and written";
        Fault::new(PRICES, problem)
    })
}

fn budget(variable: Environment<'_>, name: &'static str) -> Result<Option<i64>, Fault> {
    let Some(text) = variable(name) else {
        return Ok(None);
    };
    let amount = millionths(&text).and_then(|amount| i64::try_from(amount).ok());
    let amount = amount.ok_or_else(|| Fault::new(name, "is no amount of dollars such as 2.50"))?;
    Ok(Some(amount))
}

/// Millionths of an amount with at most six places behind the point.
fn millionths(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(rest) || rest.len() > 6 || whole.len() + rest.len() == 0 {
        return None;
    }
    let whole: u64 = format!("0{whole}").parse().ok()?;
    let rest: u64 = format!("{rest:0<6}").parse().ok()?;
    whole.checked_mul(1_000_000)?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_without_rounding() {
        for (text, amount) in [
            ("2", Some(2_000_000)),
            (" 0.25 ", Some(250_000)),
            (".000001", Some(1)),
            ("3.", Some(3_000_000)),
            ("0.0000001", None),
            ("", None),
            (".", None),
            ("-1", None),
            ("1e3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(millionths(text), amount, "{text}");
        }
    }
}
