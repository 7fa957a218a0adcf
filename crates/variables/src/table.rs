//! A group as a table of the reference.

use crate::{Group, Takes, Variable, Without};

impl Group {
    /// In Markdown, with a line's end behind the last row.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table =
            "| variable | takes | without it | what it is for |\n|---|---|---|---|\n".to_owned();
        for variable in self.variables {
            table.push_str(&row(variable));
        }
        table
    }
}

fn row(variable: &Variable) -> String {
    let Variable {
        name,
        takes,
        without,
        about,
    } = variable;
    let without = match without {
        Without::Fault => "**must be set**".to_owned(),
        Without::Is(value) => format!("`{value}`"),
        Without::Means(what) => (*what).to_owned(),
    };
    format!("| `{name}` | {} | {without} | {about} |\n", shape(*takes))
}

fn shape(takes: Takes) -> String {
    let words = match takes {
        Takes::Address => "an address",
        Takes::Amount => "dollars",
        Takes::Choice(values) => {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            return values.join(" or ");
        }
        Takes::Count => "a number",
        Takes::List => "a list",
        Takes::Limit => "a limit",
        Takes::Name => "a name",
        Takes::Document => "a document",
        Takes::Secret => "a secret",
        Takes::Time => "a time",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GROUPS, Reader, variable};

    #[test]
    fn a_group_is_a_table_with_a_row_for_each() {
        const VARIABLES: &[Variable] = &[
            variable("ONE", Takes::Secret, Without::Fault, "What it does."),
            variable(
                "TWO",
                Takes::Choice(&["on", "off"]),
                Without::Is("on"),
                "More.",
            ),
        ];
        let group = Group {
            name: "x",
            reader: Reader::Functions,
            variables: VARIABLES,
        };

        let table = group.table();

        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| `ONE` | a secret | **must be set** | What it does. |",
                "| `TWO` | `on` or `off` | `on` | More. |",
            ]
        );
    }

    /// Either would end a row, or begin a column, in the middle of a text.
    #[test]
    fn no_text_breaks_its_table() {
        for group in GROUPS {
            for line in group.table().lines() {
                assert_eq!(line.matches('|').count(), 5, "{line}");
            }
        }
    }
}
