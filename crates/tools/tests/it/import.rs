//! Taking over files of other programs.

use protocol::import::{Import, ImportFormat};
use protocol::task::{Priority, limits};
use tools::{Error, ImportTasks, Status, Undo};

use crate::desk::Desk;

fn file(text: &str) -> ImportTasks {
    ImportTasks {
        text: text.to_owned(),
        format: None,
    }
}

async fn import(desk: &Desk, text: &str) -> Import {
    file(text).apply(&desk.call()).await.unwrap()
}

const TODOIST: &str =
    "\u{feff}TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\r
meta,view_style=list,,,,,,,,\r
task,Buy milk @shop @home,2 litres,1,1,Ann (1),,tomorrow at 5pm,en,Europe/Berlin\r
task,Oat milk,,4,2,Ann (1),,,,\r
note,\"the one\r
with a cow\",,,,Ann (1),,,,\r
,,,,,,,,,\r
section,Work things,,,,,,,,\r
task,Report,,2,1,Ann (1),,every monday,en,\r
task,,,2,1,Ann (1),,,,\r
task,Relatório,,3,1,Ann (1),,toda segunda,pt,\r
";

/// FR-170, FR-171.
#[tokio::test]
async fn todoists_template_is_taken_over() {
    let desk = Desk::of("ann").await;

    let answer = import(&desk, TODOIST).await;

    assert_eq!((answer.format, answer.count), (ImportFormat::Csv, 4));
    let told: Vec<(usize, bool)> = answer
        .problems
        .iter()
        .map(|problem| (problem.line, problem.skipped))
        .collect();
    assert_eq!((answer.skipped, told), (1, vec![(10, true), (11, false)]));
    let tasks = desk.list(Status::Open).await;
    let milk = &tasks[0];
    assert_eq!(milk.title, "Buy milk");
    assert_eq!(milk.description, "2 litres");
    assert_eq!(milk.priority, Priority::High);
    assert_eq!(milk.tags, ["shop", "home"]);
    assert_eq!(milk.due.unwrap().to_string(), "2026-11-24T17:00");
    assert_eq!(tasks[1].parent_id, Some(milk.id));
    assert_eq!(
        tasks[1].description,
        "the one\r\nwith a cow".replace('\r', "")
    );
    assert_eq!(tasks[2].tags, ["Work things"]);
    assert_eq!(tasks[2].recurrence.as_deref(), Some("FREQ=WEEKLY;BYDAY=MO"));
    assert_eq!(tasks[3].description, "Date: toda segunda");
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VTODO\r
UID:part\r
SUMMARY:Book the\r
  room\r
RELATED-TO:whole\r
STATUS:COMPLETED\r
COMPLETED:20261120T080000Z\r
END:VTODO\r
BEGIN:VTODO\r
UID:whole\r
SUMMARY:Party\\, at last\r
DESCRIPTION:with\\ncake\r
DUE:20261224T180000Z\r
PRIORITY:5\r
CATEGORIES:home,fun\r
BEGIN:VALARM\r
TRIGGER:-PT1H30M\r
END:VALARM\r
END:VTODO\r
BEGIN:VEVENT\r
SUMMARY:Stand-up\r
DTSTART;TZID=America/New_York:20200106T090000\r
RRULE:FREQ=WEEKLY;BYDAY=MO\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:Long ago\r
DTSTART;VALUE=DATE:20200101\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:Called off\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VTODO\r
SUMMARY:No day\r
DUE:20261332\r
END:VTODO\r
END:VCALENDAR\r
";

/// FR-170, FR-171.
#[tokio::test]
async fn a_calendars_to_dos_and_events_are_taken_over() {
    let desk = Desk::of("ann").await;

    let answer = import(&desk, CALENDAR).await;

    assert_eq!(answer.format, ImportFormat::Ics);
    let lines: Vec<usize> = answer.tasks.iter().map(|task| task.line).collect();
    assert_eq!(lines, [11, 3, 22, 27, 35]);
    let told: Vec<usize> = answer.problems.iter().map(|problem| problem.line).collect();
    assert_eq!((answer.skipped, told), (1, vec![31, 37]));
    let tasks = desk.list(Status::All).await;
    let party = &tasks[0];
    assert_eq!(party.title, "Party, at last");
    assert_eq!(party.description, "with\ncake");
    // The person lives in Berlin.
    assert_eq!(party.due.unwrap().to_string(), "2026-12-24T19:00");
    assert_eq!(party.reminder, Some(90));
    assert_eq!(party.priority, Priority::Medium);
    assert_eq!(tasks[1].parent_id, Some(party.id));
    assert_eq!(
        tasks[1].completed_at.unwrap().to_string(),
        "2026-11-20T08:00:00.000Z"
    );
    // It is Monday noon in Berlin: New York's nine o'clock is still to come.
    assert_eq!(tasks[2].due.unwrap().to_string(), "2026-11-23T15:00");
    assert!(tasks[2].recurrence.is_some() && !tasks[2].completed);
    assert!(tasks[3].completed);
}

/// FR-170.
#[tokio::test]
async fn a_checklist_is_taken_over() {
    let desk = Desk::of("ann").await;

    let answer = import(
        &desk,
        "Milk\n- [x] Bread #shop\n  - [ ] Rye (due tomorrow)\n",
    )
    .await;

    assert_eq!(answer.format, ImportFormat::Text);
    assert_eq!(desk.titles(Status::All).await, ["Milk", "Bread", "Rye"]);
    let depths: Vec<usize> = answer.tasks.iter().map(|task| task.depth).collect();
    assert_eq!(depths, [0, 0, 1]);
    let due = answer.tasks[2].due.map(|due| due.to_string());
    assert_eq!(due.as_deref(), Some("2026-11-24"));
}

/// FR-172.
#[tokio::test]
async fn a_preview_adds_nothing_and_tells_the_same() {
    let desk = Desk::of("ann").await;

    let preview = file(TODOIST).preview(&desk.call()).await.unwrap();
    assert!(desk.list(Status::All).await.is_empty());
    let done = import(&desk, TODOIST).await;

    assert_eq!(preview.change, None);
    assert_eq!(preview.problems, done.problems);
    assert_eq!((preview.count, preview.skipped), (done.count, done.skipped));
    for (before, after) in preview.tasks.iter().zip(&done.tasks) {
        let id = before.id;
        assert_eq!(
            *before,
            protocol::import::ImportedTask {
                id,
                ..after.clone()
            }
        );
    }
}

/// FR-173.
#[tokio::test]
async fn an_import_is_one_action_and_a_repeat_of_it_none() {
    let mut desk = Desk::of("ann").await;
    desk.add(&["Mine"]).await;
    desk.key = Some("import-1");

    let first = import(&desk, TODOIST).await;
    let again = import(&desk, TODOIST).await;
    assert_eq!(first, again);
    let other = file("something else").apply(&desk.call()).await;
    assert!(matches!(other, Err(Error::KeyReused)));
    desk.key = None;
    let undo = Undo {
        change: first.change,
        ..Undo::default()
    };
    undo.apply(&desk.call()).await.unwrap();

    assert_eq!(first.change, Some(2));
    assert_eq!(desk.titles(Status::All).await, ["Mine"]);
}

/// FR-172.
#[tokio::test]
async fn what_is_too_much_or_no_list_is_refused_as_a_whole() {
    let desk = Desk::of("ann").await;
    let many = "task\n".repeat(limits::IMPORT + 1);
    let large = "x".repeat(limits::IMPORT_BYTES + 1);
    let table = ImportTasks {
        text: "a,b\n1,2\n".to_owned(),
        format: Some(ImportFormat::Csv),
    };
    let calendar = ImportTasks {
        text: "SUMMARY:Milk".to_owned(),
        format: Some(ImportFormat::Ics),
    };

    for (refused, told) in [
        (file(&many), "2001 tasks"),
        (file(&large), "512 are possible"),
        (file(" \n"), "no tasks"),
        (table, "names no title"),
        (calendar, "BEGIN:VCALENDAR"),
    ] {
        let answer = refused.apply(&desk.call()).await;
        let Err(Error::Invalid(message)) = answer else {
            panic!("{told}: {answer:?}");
        };
        assert!(message.contains(told), "{message}");
    }
    assert!(desk.list(Status::All).await.is_empty());
}

/// A file is as hostile as whoever wrote it.
#[tokio::test]
async fn no_file_takes_long_or_lies_too_deep() {
    let desk = Desk::of("ann").await;
    let deep: String = (0..200)
        .map(|at| format!("{}- {at}\n", " ".repeat(at)))
        .collect();
    let circle = "id,title,parent\n1,a,2\n2,b,1\n";
    let endless = "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\nDTSTART:19010101T000000\n\
        RRULE:FREQ=MINUTELY;COUNT=4000000000\nEND:VTODO\nEND:VCALENDAR\n";
    let tagged = format!("- a {}", "#a ".repeat(100_000));

    let read = file(&deep).preview(&desk.call()).await.unwrap();
    assert_eq!(read.count, 200);
    let deepest = read.tasks.iter().map(|task| task.depth).max();
    assert_eq!(deepest, Some(limits::DEPTH - 1));
    assert_eq!(import(&desk, circle).await.count, 2);
    assert_eq!(import(&desk, endless).await.count, 1);
    assert_eq!(
        file(&tagged).preview(&desk.call()).await.unwrap().skipped,
        1
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        ..proptest::test_runner::Config::with_cases(24)
    })]

    /// Whatever stands in a file, it is answered.
    #[test]
    fn no_text_breaks_the_readers(
        head in "(type,content,indent|title;due;parent;id|BEGIN:VCALENDAR\nBEGIN:VTODO|- )",
        rest in "([a-z0-9 ,;:\"#!()\\[\\]@\n\t\\\\-]|DTSTART|RRULE|FREQ=DAILY|END:VTODO|\u{e9}){0,60}",
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let desk = Desk::of("ann").await;
            let _ = file(&format!("{head}\n{rest}")).preview(&desk.call()).await;
        });
    }
}
