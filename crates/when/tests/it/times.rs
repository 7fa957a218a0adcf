//! Times of day, and how morning and evening are told apart.

use crate::support::{all_arguments, all_mean, at, monday};

#[test]
fn reads_clocks() {
    all_mean(
        &monday(),
        &[
            ("5pm", "2026-11-23 17:00"),
            ("5 pm", "2026-11-23 17:00"),
            ("5 p.m.", "2026-11-23 17:00"),
            ("5PM", "2026-11-23 17:00"),
            ("at 5p", "2026-11-23 17:00"),
            ("5:30pm", "2026-11-23 17:30"),
            ("at 5.30pm", "2026-11-23 17:30"),
            ("530pm", "2026-11-23 17:30"),
            ("9am", "2026-11-24 09:00"),
            ("12pm", "2026-11-24 12:00"),
            ("12am", "2026-11-24 00:00"),
            ("17:00", "2026-11-23 17:00"),
            ("17:05:30", "2026-11-23 17:05:30"),
            ("09:30", "2026-11-24 09:30"),
            ("17h30", "2026-11-23 17:30"),
            ("at 17h", "2026-11-23 17:00"),
            ("at 1700", "2026-11-23 17:00"),
            ("1700 hours", "2026-11-23 17:00"),
            ("at 17", "2026-11-23 17:00"),
            ("5 o'clock", "2026-11-23 17:00"),
            ("at five o’clock", "2026-11-23 17:00"),
            ("noon", "2026-11-24 12:00"),
            ("at midday", "2026-11-24 12:00"),
            ("midnight", "2026-11-24 00:00"),
            ("half past seven", "2026-11-23 19:30"),
            ("at half 7", "2026-11-23 19:30"),
            ("quarter past 4", "2026-11-23 16:15"),
            ("a quarter to nine", "2026-11-23 20:45"),
            ("twenty past 3", "2026-11-23 15:20"),
            ("10 minutes to 6pm", "2026-11-23 17:50"),
            ("at ten to five", "2026-11-23 16:50"),
            ("7ish", "2026-11-23 19:00"),
            ("at 7-ish", "2026-11-23 19:00"),
            ("around 6pm", "2026-11-23 18:00"),
            ("at about 4", "2026-11-23 16:00"),
            ("5pm sharp", "2026-11-23 17:00"),
            ("at seven thirty", "2026-11-23 19:30"),
            ("seven thirty pm", "2026-11-23 19:30"),
            ("six in the evening", "2026-11-23 18:00"),
            ("8 in the morning", "2026-11-24 08:00"),
            ("at 730 in the evening", "2026-11-23 19:30"),
            ("@ 5pm", "2026-11-23 17:00"),
            ("@5pm", "2026-11-23 17:00"),
        ],
    );
}

#[test]
fn a_bare_hour_is_the_next_that_people_are_awake_in() {
    all_mean(
        &monday(),
        &[
            ("at 5", "2026-11-23 17:00"),
            ("at 3", "2026-11-23 15:00"),
            ("at 9", "2026-11-23 21:00"),
            ("at 11", "2026-11-23 23:00"),
            ("at 12", "2026-11-24 12:00"),
            ("at 1", "2026-11-24 13:00"),
            ("at 10:30", "2026-11-23 22:30"),
            ("at five", "2026-11-23 17:00"),
        ],
    );
    all_mean(
        &at("2026-11-23T08:00"),
        &[
            ("at 9", "2026-11-23 09:00"),
            ("at 7", "2026-11-23 19:00"),
            ("at 8", "2026-11-23 20:00"),
        ],
    );
    all_mean(
        &at("2026-11-23T22:30"),
        &[
            ("at 9", "2026-11-24 09:00"),
            ("at 5", "2026-11-24 17:00"),
            ("at 11", "2026-11-23 23:00"),
        ],
    );
    all_mean(
        &at("2026-11-23T04:30"),
        &[("at 5", "2026-11-23 17:00"), ("at 7", "2026-11-23 07:00")],
    );
}

#[test]
fn a_bare_hour_with_a_day_is_in_working_hours() {
    all_mean(
        &monday(),
        &[
            ("tomorrow at 9", "2026-11-24 09:00"),
            ("tomorrow at 5", "2026-11-24 17:00"),
            ("tomorrow at 7", "2026-11-24 07:00"),
            ("tomorrow at 12", "2026-11-24 12:00"),
            ("friday at 3:30", "2026-11-27 15:30"),
            ("today at 5", "2026-11-23 17:00"),
            ("on the 15th at 10", "2026-12-15 10:00"),
            ("at 8 tomorrow", "2026-11-24 08:00"),
            ("at 8 tomorrow evening", "2026-11-24 20:00"),
            ("tomorrow evening at 8", "2026-11-24 20:00"),
            ("tomorrow at 8 in the evening", "2026-11-24 20:00"),
            ("saturday night at 11", "2026-11-28 23:00"),
            ("tonight at 8", "2026-11-23 20:00"),
            ("tonight at 2", "2026-11-24 02:00"),
            ("this afternoon at 4", "2026-11-23 16:00"),
        ],
    );
}

#[test]
fn puts_days_and_times_in_any_order() {
    all_mean(
        &monday(),
        &[
            ("tomorrow 5pm", "2026-11-24 17:00"),
            ("5pm tomorrow", "2026-11-24 17:00"),
            ("at 5pm on friday", "2026-11-27 17:00"),
            ("friday, 5pm", "2026-11-27 17:00"),
            ("fri @ 9am", "2026-11-27 09:00"),
            ("next tuesday at half past two", "2026-12-01 14:30"),
            ("12 dec 6:45am", "2026-12-12 06:45"),
            ("Dec 12, 2026, 6:45 AM", "2026-12-12 06:45"),
            ("9:30 on March 3", "2027-03-03 09:30"),
            ("2026-12-01 at noon", "2026-12-01 12:00"),
            ("christmas day at noon", "2026-12-25 12:00"),
            ("in 3 days at 9am", "2026-11-26 09:00"),
            ("six am tomorrow morning", "2026-11-24 06:00"),
            ("tomorrow at noon", "2026-11-24 12:00"),
            ("friday noon", "2026-11-27 12:00"),
            ("tomorrow at midnight", "2026-11-24 00:00"),
            ("tonight at midnight", "2026-11-24 00:00"),
        ],
    );
}

#[test]
fn gives_parts_of_the_day_their_usual_time() {
    all_mean(
        &monday(),
        &[
            ("tonight", "2026-11-23 20:00"),
            ("this evening", "2026-11-23 19:00"),
            ("this morning", "2026-11-23 09:00"),
            ("this afternoon", "2026-11-23 15:00"),
            ("tomorrow morning", "2026-11-24 09:00"),
            ("tomorrow am", "2026-11-24 09:00"),
            ("tomorrow afternoon", "2026-11-24 15:00"),
            ("tomorrow evening", "2026-11-24 19:00"),
            ("tomorrow night", "2026-11-24 20:00"),
            ("friday morning", "2026-11-27 09:00"),
            ("friday in the afternoon", "2026-11-27 15:00"),
            ("early tomorrow morning", "2026-11-24 09:00"),
            ("first thing tomorrow", "2026-11-24 09:00"),
            ("tomorrow first thing", "2026-11-24 09:00"),
            ("tomorrow at lunch", "2026-11-24 12:00"),
            ("in the morning", "2026-11-24 09:00"),
            ("in the evening", "2026-11-23 19:00"),
            ("last night", "2026-11-22 20:00"),
            ("yesterday evening", "2026-11-22 19:00"),
            ("next morning", "2026-11-24 09:00"),
            ("eod", "2026-11-23 17:00"),
            ("end of day", "2026-11-23 17:00"),
            ("close of business tomorrow", "2026-11-24 17:00"),
            ("friday eod", "2026-11-27 17:00"),
            ("eod friday", "2026-11-27 17:00"),
            ("end of the day tomorrow", "2026-11-24 17:00"),
            ("the morning of christmas day", "2026-12-25 09:00"),
            ("on the evening of the 5th", "2026-12-05 19:00"),
        ],
    );
}

#[test]
fn an_argument_needs_no_preposition() {
    all_arguments(
        &monday(),
        &[
            ("5", "2026-11-23 17:00"),
            ("1700", "2026-11-23 17:00"),
            ("noon", "2026-11-24 12:00"),
            ("morning", "2026-11-24 09:00"),
            ("ten thirty", "2026-11-23 22:30"),
            ("sat", "2026-11-28"),
            ("sun", "2026-11-29"),
            ("may", "2027-05-01 month"),
            ("March", "2027-03-01 month"),
            ("2027", "2027-01-01 year"),
            ("now", "2026-11-23 13:00:00"),
            ("weekend", "2026-11-28 weekend"),
            ("christmas", "2026-12-25"),
        ],
    );
}
