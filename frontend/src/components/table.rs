//! Numbers in rows and columns.

use yew::{AttrValue, Html, html};

use crate::text::Text;

/// The first column says what the numbers of the others are about. It scrolls by itself where
/// there is no room.
pub fn table(title: Text, heads: &[Text], rows: Vec<Vec<String>>) -> Html {
    if rows.is_empty() {
        return html! { <p class="soft">{Text::NothingYet}</p> };
    }
    let head = heads
        .iter()
        .map(|head| html! { <th scope="col">{*head}</th> });
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter().map(AttrValue::from);
        let first = cells.next();
        html! {
            <tr>
                <th scope="row"><bdi>{first}</bdi></th>
                { for cells.map(|cell| html! { <td>{cell}</td> }) }
            </tr>
        }
    };
    html! {
        <div class="table" role="region" tabindex="0" aria-label={title}>
            <table>
                <thead><tr>{ for head }</tr></thead>
                <tbody>{ for rows.into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Millionths of a US dollar.
pub fn money(amount: i64) -> String {
    let dollars = amount as f64 / 1e6;
    match amount {
        1..1_000_000 => format!("${dollars:.4}"),
        _ => format!("${dollars:.2}"),
    }
}

/// How much of a budget is left, in words and as a bar; without a budget what was spent.
pub fn budget(spent: i64, budget: Option<i64>) -> Html {
    let Some(most) = budget else {
        return html! { <p>{Text::SpentToday.with(&[("cost", &money(spent))])}</p> };
    };
    let gaps = [("cost", &*money(spent)), ("budget", &*money(most))];
    let sentence = Text::SpentOf.with(&gaps);
    html! {
        <div class="quota">
            <p><strong>{sentence.clone()}</strong></p>
            <meter min="0" max={most.to_string()} value={spent.min(most).to_string()} aria-label={sentence} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_amounts_are_told_more_exactly() {
        assert_eq!(money(0), "$0.00");
        assert_eq!(money(700), "$0.0007");
        assert_eq!(money(2_500_000), "$2.50");
    }
}
