//! Finding date phrases inside a sentence.

use std::ops::Range;

use crate::grammar::phrase::Phrase;
use crate::grammar::{Lead, Parser};
use crate::lexicon::{self, Key, Sense, Unit};
use crate::scan::{Kind, Token, scan};
use crate::{Amount, Context, DayPart, When};

/// A date phrase in a sentence. Ranges are in bytes, on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words that name the date: "Friday at 5" in "call Ann by Friday at 5".
    pub core: Range<usize>,
    /// The same with the words that connect it to the sentence: "by Friday at 5". Without this
    /// range the sentence is a title.
    pub range: Range<usize>,
    pub when: When,
    /// Another reading that a careful listener would ask about.
    pub other: Option<When>,
}

/// The date phrases of a sentence, in the order they stand in, none overlapping another.
///
/// Text in quotation marks is a title and is left alone, unless a quotation is a date phrase and
/// nothing else.
pub fn find(text: &str, ctx: &Context) -> Vec<Found> {
    let tokens = scan(text);
    let parser = parser(text, &tokens, ctx, false);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match parser.found(at) {
            Some((phrase, next)) if parser.quotation_allows(at, next) => {
                found.push(phrase);
                at = next;
            }
            _ => at += 1,
        }
    }
    found
}

/// The lengths of time in a text ("postpone it by two days", "for an hour and a half") and where
/// they stand, for those who shift a date by them.
pub fn amounts(text: &str, ctx: &Context) -> Vec<(Range<usize>, Amount)> {
    let tokens = scan(text);
    let parser = parser(text, &tokens, ctx, false);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let amount = parser
            .amount(at)
            .filter(|(_, next)| parser.begins_freely(at) && parser.ends_freely(*next));
        let Some(((amount, _), next)) = amount else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (tokens.get(at), tokens.get(next - 1)) {
            found.push((first.start..last.end, amount));
        }
        at = next;
    }
    found
}

/// The meaning of a text that is one phrase and nothing else.
pub(crate) fn whole(text: &str, ctx: &Context) -> Option<When> {
    let tokens = scan(text);
    let parser = parser(text, &tokens, ctx, true);
    let end = tokens
        .iter()
        .rposition(|token| !matches!(token.kind, Kind::Mark('.' | '!' | ',')))?
        + 1;
    let (found, next) = parser.found(0)?;
    (next >= end).then_some(found.when)
}

fn parser<'a>(text: &'a str, tokens: &'a [Token], ctx: &'a Context, whole: bool) -> Parser<'a> {
    let hint = (0..tokens.len().min(64)).find_map(|at| half_of_day(tokens, at));
    let now = ctx.clock();
    Parser {
        text,
        tokens,
        ctx,
        whole,
        now,
        today: now.date(),
        hint,
        repeats: tokens.iter().any(tells_repetition),
        depth: 0,
    }
}

fn tells_repetition(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Word(
            Sense::Key(Key::Every | Key::Other)
                | Sense::Often(..)
                | Sense::Times(_)
                | Sense::Weekday(..)
                | Sense::Weekdays(_)
                | Sense::Parts(_)
                | Sense::Unit(Unit::Workday | Unit::Weekend, _)
        )
    )
}

/// Whether a word tells the morning (false) or the evening (true) of a bare hour in its sentence:
/// "dinner", "wake me", and a part of the day that describes a noun ("morning run at 6").
fn half_of_day(tokens: &[Token], at: usize) -> Option<bool> {
    let sense = |at: usize| match tokens.get(at)?.kind {
        Kind::Word(sense) => Some(sense),
        _ => None,
    };
    match sense(at)? {
        Sense::Hint(afternoon) => Some(afternoon),
        Sense::Part(part @ (DayPart::Morning | DayPart::Evening | DayPart::Night)) => {
            let describes = sense(at + 1) == Some(Sense::Unknown);
            let begins = at == 0 || sense(at - 1) == Some(Sense::Unknown);
            (describes && begins).then_some(part != DayPart::Morning)
        }
        _ => None,
    }
}

impl Parser<'_> {
    fn found(&self, at: usize) -> Option<(Found, usize)> {
        if !self.may_begin(at) {
            return None;
        }
        let (core, when, other, next) = self.repeated(at).or_else(|| self.single(at))?;
        let start = |at: usize| self.tokens.get(at).map(|token| token.start);
        let end = self.tokens.get(next.checked_sub(1)?)?.end;
        let found = Found {
            core: start(core)?..end,
            range: start(at)?..end,
            when,
            other,
        };
        Some((found, next))
    }

    fn single(&self, at: usize) -> Option<(usize, When, Option<When>, usize)> {
        let (phrase, next) = self.phrase(at)?;
        if let Some((when, end)) = self.range_from(&phrase, next) {
            return Some((phrase.core, when, None, end));
        }
        let (when, other) = self.settle(&phrase)?;
        Some((phrase.core, when, other, next))
    }

    /// "Monday to Friday", "Aug 8 - Aug 12", "from tomorrow until the 5th".
    fn range_from(&self, from: &Phrase, next: usize) -> Option<(When, usize)> {
        let joined = match self.key(next) {
            Some(Key::To | Key::Until | Key::Through) => true,
            Some(Key::And) => from.lead == Lead::Between,
            _ => self.mark(next, '-'),
        };
        if !joined || from.until.is_some() || from.day.is_none_or(|day| day.end.is_some()) {
            return None;
        }
        let (lead, core) = self.lead(next + 1);
        let lead = if lead == Lead::None {
            Lead::Until
        } else {
            lead
        };
        let core = if lead == Lead::On { core } else { next + 1 };
        let (to, end) = self
            .phrase_after(lead, core)
            .filter(|(to, _)| to.until.is_none())?;
        // "move it from Monday to Friday at 5" has its time once; it belongs to the end.
        to.day?;
        Some((self.settle_range(from, &to)?, end))
    }

    /// Most words begin nothing; this keeps a long text cheap.
    fn may_begin(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word(Sense::Unknown)) => {
                lexicon::begins_holiday(self.word(at))
                    || self.unit(at).is_some()
                    || self.mark(at + 1, '-') && self.often(at).is_some()
            }
            Some(Kind::Word(Sense::Hint(_))) => false,
            Some(Kind::Word(_) | Kind::Number(..) | Kind::Ordinal(_)) => true,
            Some(Kind::Mark(mark)) => matches!(mark, '@' | '+'),
            _ => false,
        }
    }

    /// A phrase lies outside quotations, or fills one.
    fn quotation_allows(&self, at: usize, next: usize) -> bool {
        let quote = |at: usize| self.tokens.get(at).map_or(0, |token| token.quote);
        let inside = quote(at);
        if (at..next).any(|index| quote(index) != inside) {
            return false;
        }
        inside == 0 || (at == 0 || quote(at - 1) != inside) && quote(next) != inside
    }
}
