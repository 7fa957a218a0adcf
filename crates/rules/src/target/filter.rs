//! Which tasks are asked for: "overdue", "due this week", "high priority work tasks".

use when::Context;

use crate::intent::{Filter, Range, Sort, Status};
use crate::lexicon::asking::{COMPLETED, DELETED, OPEN, OVERDUE, UNDATED};
use crate::lexicon::lists::TASKS;
use crate::lexicon::words::FILLERS;
use crate::slots::{dates, priority, tags};
use crate::tokens::{Span, is_mark};

/// A filter, and how much of what was said it explains.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) filter: Filter,
    /// Whether a criterion was found, and not only words of a title.
    pub(crate) criteria: bool,
}

/// "everything", "all done tasks", "today's tasks": a reference to all that fit.
pub(crate) fn quantified(span: Span<'_>, ctx: &Context) -> Option<Filter> {
    let all = span.starts_any(&[
        "all|every|each|everything|anything|whatever|any of? the|my|these|those? of?",
        "my|the whole|entire|complete|full",
        "the rest|remaining|others|lot of?",
    ]);
    let rest = span.from(all.unwrap_or(0)).trimmed();
    let plural = rest.words.iter().any(|word| {
        TASKS.contains(&word.norm.as_str()) || word.norm == "ones" || word.norm == "everything"
    });
    let quantity = span.has(&["everything", "all", "every", "anything"]);
    if all.is_none() && !plural {
        return None;
    }
    let reading = read(span, ctx);
    let bare = reading.filter.words.is_empty();
    let whole_list = all.is_some() && (rest.is_empty() || plural || span.at(0) == "everything");
    if !bare && span.has(&["everything", "anything"]) {
        return Some(reading.filter);
    }
    let fits = if bare {
        whole_list || reading.criteria || plural && quantity
    } else {
        whole_list && plural
    };
    let lists = span.is(&[
        "my|the|our whole|entire|to|do|todo|to-do|task|reminder? do? list|tasks|todos|lists",
    ]);
    (fits || lists || plural && reading.criteria && bare).then_some(reading.filter)
}

/// Reads the criteria out of a question or a reference.
pub(crate) fn read(span: Span<'_>, ctx: &Context) -> Reading {
    let mut left = vec![true; span.len()];
    let mut filter = Filter::default();
    sort(span, &mut filter, &mut left);
    status(span, &mut filter, &mut left);
    attributes(span, &mut filter, &mut left);
    due(span, ctx, &mut filter, &mut left);
    let criteria = filter != Filter::default();
    for (at, left) in left.iter_mut().enumerate() {
        let word = span.at(at);
        let filler = FILLERS.has(word) || is_mark(word) && !span.is_quoted(at);
        *left &= !filler;
    }
    let kept: Vec<&str> = (0..span.len())
        .filter(|at| left[*at])
        .map(|at| {
            span.quoted(at)
                .unwrap_or(&span.text[span.words[at].range.clone()])
        })
        .collect();
    filter.words = kept.join(" ");
    Reading { filter, criteria }
}

/// "sorted by priority", "in alphabetical order".
fn sort(span: Span<'_>, filter: &mut Filter, left: &mut [bool]) {
    const BY: &str = "sorted|sort|ordered|order|arranged|arrange|ranked|rank|organized|organised? by|in order|of? their|its? order? of?";
    let orders = [
        (Sort::Priority, "priority|priorities|importance|urgency"),
        (Sort::Due, "due|date|deadline|dates|time date|time?"),
        (Sort::Title, "title|titles|name|names|alphabet"),
        (Sort::Number, "number|age|creation|created|added date|time?"),
    ];
    for (sort, names) in orders {
        let Some(found) = span.find(&[&format!("{BY} {names}")]) else {
            continue;
        };
        let says = span
            .slice(found.clone())
            .find(&["by", "order of"])
            .is_some();
        if says {
            left[found].fill(false);
            filter.sort = sort;
        }
    }
    if take(span, &["alphabetically", "in alphabetical|abc order"], left) {
        filter.sort = Sort::Title;
    }
    if take(span, &["newest|oldest|most first|recent first?"], left) {
        filter.sort = Sort::Number;
    }
}

fn take(span: Span<'_>, patterns: &[&str], left: &mut [bool]) -> bool {
    let Some(found) = span.find(patterns) else {
        return false;
    };
    left[found].fill(false);
    true
}

fn status(span: Span<'_>, filter: &mut Filter, left: &mut [bool]) {
    let said = if take(span, OPEN, left) {
        Some(Status::Open)
    } else if take(span, DELETED, left) {
        Some(Status::Deleted)
    } else if take(span, COMPLETED, left) {
        Some(Status::Completed)
    } else {
        None
    };
    let both = span.find(&[
        "open|pending|active and|or completed|done|finished",
        "completed|done|finished and|or open|pending|active|incomplete",
        "including|incl completed|done|finished",
    ]);
    if let Some(both) = both {
        left[both].fill(false);
        (filter.status, filter.status_said) = (Status::All, true);
    } else if let Some(status) = said {
        (filter.status, filter.status_said) = (status, true);
    }
    filter.overdue = take(span, OVERDUE, left);
    filter.undated = take(span, UNDATED, left);
}

fn attributes(span: Span<'_>, filter: &mut Filter, left: &mut [bool]) {
    if let Some((priority, range)) = priority::find_inside(span) {
        filter.priority = Some(priority);
        left[range].fill(false);
    } else if let Some(found) = span.find(&["urgent|important|critical"]) {
        filter.priority = Some(protocol::task::Priority::High);
        left[found].fill(false);
    }
    if let Some((tag, range)) = tags::hashes(span).into_iter().next() {
        filter.tag = Some(tag);
        left[range].fill(false);
    } else if let Some((names, range)) = tags::described(span) {
        filter.tag = names.into_iter().next();
        left[range].fill(false);
    } else if let Some(list) = (0..span.len()).find_map(|at| {
        let list = tags::list_at(span.from(at))?;
        list.name.as_ref()?;
        Some((list.name, at..at + list.range.end))
    }) {
        filter.tag = list.0;
        left[list.1].fill(false);
    }
    if let Some((at, hours)) = hours(span) {
        filter.hours = Some(hours);
        left[at] = false;
    }
}

/// "morning" before another word: where it stands, and its hours.
pub(crate) fn hours(span: Span<'_>) -> Option<(usize, (i8, i8))> {
    let parts = [
        ("morning", (0, 12)),
        ("afternoon", (12, 18)),
        ("evening", (17, 24)),
    ];
    (1..span.len()).find_map(|at| {
        let (_, hours) = parts.iter().find(|(name, _)| *name == span.at(at - 1))?;
        let dayed = at > 1
            && ["in", "this", "tomorrow", "every", "next", "yesterday"].contains(&span.at(at - 2));
        (!is_mark(span.at(at)) && !dayed).then_some((at - 1, *hours))
    })
}

fn due(span: Span<'_>, ctx: &Context, filter: &mut Filter, left: &mut [bool]) {
    let text = span.raw();
    let base = span.words.first().map_or(0, |word| word.range.start);
    let found = when::find(text, ctx);
    let Some(found) = found
        .into_iter()
        .find(|found| dates::range(&found.when, ctx).is_some())
    else {
        coming(span, ctx, filter, left);
        return;
    };
    filter.due = dates::range(&found.when, ctx);
    text[found.core.clone()].clone_into(&mut filter.due_words);
    for (at, word) in span.words.iter().enumerate() {
        if word.range.start < base + found.range.end && word.range.end > base + found.range.start {
            left[at] = false;
            if filter.hours.is_some() && ["morning", "afternoon", "evening"].contains(&span.at(at))
            {
                filter.hours = None;
            }
        }
    }
    let today = ctx.now.date().to_datetime(jiff::civil::Time::midnight());
    filter.with_overdue = filter.due.is_some_and(|due| due.from == Some(today))
        && filter.due_words.to_lowercase().starts_with("today");
}

/// Words for a stretch of time that are no date by themselves.
fn coming(span: Span<'_>, ctx: &Context, filter: &mut Filter, left: &mut [bool]) {
    if let Some(found) = span.find(&["hows|is my|the day"]) {
        left[found].fill(false);
        set(filter, "today", ctx);
        filter.with_overdue = true;
    } else if let Some(found) = span.find(&["today|todays|tonight"]) {
        left[found].fill(false);
        set(filter, "today", ctx);
        filter.with_overdue = true;
    } else if let Some(found) = span.find(&["tomorrows"]) {
        left[found].fill(false);
        set(filter, "tomorrow", ctx);
    } else if let Some(found) = span.find(&[
        "due soon",
        "upcoming",
        "coming up",
        "due in the near future",
    ]) {
        left[found].fill(false);
        let now = ctx.now.date();
        filter.due_words = "in the next 7 days".to_owned();
        filter.due = Some(Range {
            from: Some(now.to_datetime(jiff::civil::Time::midnight())),
            to: now
                .checked_add(jiff::Span::new().days(7))
                .ok()
                .map(|day| day.to_datetime(jiff::civil::Time::midnight())),
        });
    } else if let Some(found) = span.find(&["this|the|my week|weeks"]) {
        left[found].fill(false);
        set(filter, "this week", ctx);
    }
}

fn set(filter: &mut Filter, words_of: &str, ctx: &Context) {
    filter.due = when::resolve(words_of, ctx)
        .ok()
        .and_then(|when| dates::range(&when, ctx));
    words_of.clone_into(&mut filter.due_words);
}
