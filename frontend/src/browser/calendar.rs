//! The person's own calendar: today, and days in their language.

use js_sys::{Array, Date, Object, Reflect};
use protocol::Due;
use yew::AttrValue;

use crate::text::language;

/// The person's clock and customs, by which a date in words is read.
pub fn calendar_now() -> Option<when::Context> {
    let now = Date::new_0();
    // The browser counts minutes towards Greenwich, and milliseconds.
    let offset = -now.get_timezone_offset() * 60.0;
    let context = when::Context::at_offset(whole(now.get_time() / 1000.0)?, whole(offset)?)?;
    Some(context.for_language(&locale()))
}

/// A number of the browser's that is known to be whole and small.
fn whole<T: TryFrom<i64>>(number: f64) -> Option<T> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seconds, far below the limit"
    )]
    let number = number as i64;
    number.try_into().ok()
}

/// Today where the person is.
pub fn today() -> Option<Due> {
    read(&Date::new_0())
}

/// The day so many days from now.
pub fn in_days(days: u32) -> Option<Due> {
    let date = Date::new_0();
    date.set_date(date.get_date() + days);
    read(&date)
}

fn read(date: &Date) -> Option<Due> {
    let year = i16::try_from(date.get_full_year()).ok()?;
    let month = u8::try_from(date.get_month() + 1).ok()?;
    Due::on(year, month, u8::try_from(date.get_date()).ok()?)
}

/// The browser's own kind of the page's language, such as British English.
fn locale() -> String {
    let own = super::window().and_then(|window| window.navigator().language());
    own.filter(|own| own.starts_with(language()))
        .unwrap_or_else(|| language().to_owned())
}

/// Such as "Tue, 24 Nov", with the year where it is not this one.
pub fn day_name(due: Due) -> AttrValue {
    let date = Date::new_with_year_month_day(
        u32::try_from(due.year()).unwrap_or_default(),
        i32::from(due.month()) - 1,
        i32::from(due.day()),
    );
    let options = Object::new();
    let set = |name: &str, value: &str| {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    set("weekday", "short");
    set("day", "numeric");
    set("month", "short");
    if today().is_none_or(|today| today.year() != due.year()) {
        set("year", "numeric");
    }
    let name = date.to_locale_date_string(&locale(), &options);
    AttrValue::from(String::from(name))
}

/// Such as "24 Nov 2026, 17:05", of an instant in RFC 3339.
pub fn moment(instant: &str) -> AttrValue {
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let date = Date::new(&instant.into());
    AttrValue::from(String::from(date.to_locale_string(&locale(), &options)))
}

/// The name of the form of words that goes with a number, such as "few".
pub fn plural(language: &str, number: usize) -> String {
    let languages = Array::of1(&language.into());
    let rules = js_sys::Intl::PluralRules::new(&languages, &Object::new());
    String::from(rules.select(f64::from(u32::try_from(number).unwrap_or(u32::MAX))))
}

/// When that is here, in milliseconds since 1970; a day without a time begins at nine.
pub fn local_moment(due: Due) -> Option<f64> {
    let (hour, minute) = due.time().unwrap_or((9, 0));
    let date = Date::new_with_year_month_day_hr_min(
        u32::try_from(due.year()).ok()?,
        i32::from(due.month()) - 1,
        i32::from(due.day()),
        i32::from(hour),
        i32::from(minute),
    );
    Some(date.get_time())
}
