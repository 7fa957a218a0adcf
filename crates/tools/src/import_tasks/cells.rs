//! Tables as text (RFC 4180), with the comma, semicolon or tab that separates their cells.

/// A row, and the line it begins at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// The rows of a table, without empty ones; and the line of a quotation that never ends.
pub(super) fn rows(text: &str) -> (Vec<Row>, Option<usize>) {
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut letters = text.chars().peekable();
    let (mut line, mut began) = (1, 1);
    let mut cells: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut quoted = None;
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if quoted.is_some() && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted.is_some() => quoted = None,
            _ if quoted.is_some() => cell.push(letter),
            '"' if cell.is_empty() => quoted = Some(line),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                cells.push(std::mem::take(&mut cell));
                keep(&mut rows, began, std::mem::take(&mut cells));
                began = line;
            }
            _ if letter == separator => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    keep(&mut rows, began, cells);
    (rows, quoted)
}

fn keep(rows: &mut Vec<Row>, line: usize, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.trim().is_empty()) {
        rows.push(Row { line, cells });
    }
}

/// What the head has most of. Where the comma is for decimals, spreadsheets write semicolons, so
/// these go before commas where there are as many.
fn separator(text: &str) -> char {
    let head = text.lines().find(|line| !line.trim().is_empty());
    let head = head.unwrap_or_default();
    let count = |separator: &char| head.matches(*separator).count();
    let there = ['\t', ',', ';'].into_iter().filter(|it| count(it) > 0);
    there.max_by_key(count).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let (rows, open) = rows(text);
        assert_eq!(open, None);
        rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn cells_are_quoted_by_themselves_and_lines_may_lie_within() {
        assert_eq!(
            cells("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n"),
            [["a", "b"], ["x, \"y\"", "two\nlines"]]
        );
        assert_eq!(cells("a;b,c\n1;2\n"), [["a", "b,c"], ["1", "2"]]);
    }

    #[test]
    fn rows_know_their_lines_and_empty_ones_are_none() {
        let (rows, _) = rows("a,b\n\n\"1\n2\",3\n,\n4,5");
        let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();

        assert_eq!(lines, [1, 3, 6]);
    }

    #[test]
    fn a_quotation_without_an_end_is_told() {
        assert_eq!(rows("a\n\"b").1, Some(2));
    }
}
