//! Places in an order by hand: texts between any two of which there is always room for another,
//! so that moving one task changes no other.
//!
//! **Invariant:** a place never ends with the smallest digit; otherwise nothing would lie between
//! it and itself without that digit.

use protocol::TaskId;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Where a task stands until it is moved: behind those with smaller numbers.
pub(crate) fn of_number(id: TaskId) -> String {
    format!("n{:09}i", id.0)
}

/// A place after `low` and before `high`; without them, after or before everything. If they are
/// not in order, the place is somewhere after `low`.
pub(crate) fn between(low: &str, high: Option<&str>) -> String {
    let mut high = high.filter(|high| low < *high);
    let mut place = String::new();
    for at in 0.. {
        let from = digit(low, at).unwrap_or(0);
        let to = high.map_or(DIGITS.len(), |high| digit(high, at).unwrap_or(0));
        let middle = usize::midpoint(from, to);
        if middle > from {
            place.push(char::from(DIGITS[middle]));
            break;
        }
        place.push(char::from(DIGITS[from]));
        if to > from {
            // The rest only has to come after the rest of `low`.
            high = None;
        }
    }
    place
}

fn digit(place: &str, at: usize) -> Option<usize> {
    let byte = place.as_bytes().get(at)?;
    DIGITS.iter().position(|digit| digit == byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn there_is_room_before_between_and_after() {
        let (one, two) = (of_number(TaskId(1)), of_number(TaskId(2)));
        let middle = between(&one, Some(&two));
        let first = between("", Some(&one));
        let last = between(&two, None);

        assert!(first < one && one < middle && middle < two && two < last);
    }

    proptest! {
        #[test]
        fn however_often_something_is_put_in_between(turns in prop::collection::vec(any::<bool>(), 1..200)) {
            let (mut low, mut high) = (of_number(TaskId(9)), of_number(TaskId(10)));
            for up in turns {
                let middle = between(&low, Some(&high));

                prop_assert!(low < middle && middle < high, "{low} {middle} {high}");
                prop_assert!(!middle.ends_with('0'));
                if up { low = middle } else { high = middle }
            }
        }

        #[test]
        fn any_two_places_have_one_between_them(
            a in "[0-9a-z]{0,8}[1-9a-z]", b in "[0-9a-z]{0,8}[1-9a-z]"
        ) {
            prop_assume!(a != b);
            let (low, high) = if a < b { (a, b) } else { (b, a) };

            let middle = between(&low, Some(&high));

            prop_assert!(low < middle && middle < high, "{low} {middle} {high}");
        }
    }
}
