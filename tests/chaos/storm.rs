//! Kills at random instants, while many people talk at once.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::site::World;

const SITES: usize = 5;
const PEOPLE: usize = 24;

/// How many processes are killed at least; `LATCHWORK_KILLS` for a longer storm.
const KILLS: usize = 300;

/// Time between two kills.
const CALM: std::ops::Range<u64> = 10..110;

/// SC-005.
#[tokio::test(flavor = "multi_thread")]
async fn whenever_a_process_dies_nothing_is_lost_and_nothing_is_done_twice() {
    let world = World::new().await;
    let sites: Vec<_> = (0..SITES).map(|_| world.site()).collect();
    let sites: Arc<[_]> = sites.into();
    let wanted = kills();
    let killed = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();

    let mut people = Vec::new();
    for person in 0..PEOPLE {
        let token = world.token(&format!("person-{person}")).await;
        let (sites, killed) = (Arc::clone(&sites), Arc::clone(&killed));
        people.push(tokio::spawn(async move {
            let mut client = Client::new(&sites, token);
            let mut said = Vec::new();
            let mut thread: Option<String> = None;
            while killed.load(Ordering::Relaxed) < wanted {
                let turn = said.len();
                let name = format!("p{person}t{turn}");
                let text = format!("Add {name}a {name}b");
                let seen = client.say(thread.as_deref(), &text, &name).await;
                // A new conversation now and then.
                thread = (turn % 4 != 3).then_some(seen.thread);
                said.push((text, seen.cuts, seen.events.len()));
            }
            said
        }));
    }
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    while killed.load(Ordering::Relaxed) < wanted {
        tokio::time::sleep(Duration::from_millis(chance.within(CALM))).await;
        let site = &sites[chance.below(SITES)];
        let pids = site.pids();
        if !pids.is_empty() {
            site.kill(pids[chance.below(pids.len())]);
            killed.fetch_add(1, Ordering::Relaxed);
        }
    }
    let mut said = Vec::new();
    for person in people {
        said.extend(person.await.unwrap());
    }

    let audit = world.database.audit().await;
    let turns = said.len();
    let cuts: usize = said.iter().map(|(_, cuts, _)| cuts).sum();
    let events: usize = said.iter().map(|(_, _, events)| events).sum();
    let starts: u64 = sites.iter().map(|site| site.starts()).sum();
    let mut messages: Vec<String> = said.into_iter().map(|(text, ..)| text).collect();
    messages.sort();
    let mut titles: Vec<String> = messages
        .iter()
        .flat_map(|text| text.split(' ').skip(1).map(str::to_owned))
        .collect();
    titles.sort();
    let kills = killed.load(Ordering::Relaxed);
    let seconds = began.elapsed().as_secs_f64();
    // Around the capture of output, so that it is seen.
    let _ = writeln!(
        std::io::stderr(),
        "storm: {kills} kills at random instants, {starts} processes, {PEOPLE} people, {turns} \
         turns, {cuts} streams cut, {events} events seen in order; {} turns open, {} messages \
         lost, {} effects doubled or lost, {} turns with gaps; {seconds:.0} s",
        audit.open,
        messages.len().abs_diff(audit.messages.len()),
        titles.len().abs_diff(audit.titles.len()),
        audit.with_gaps,
    );
    assert_eq!(audit.messages, messages);
    assert_eq!(audit.titles, titles);
    assert_eq!(audit.runs, i64::try_from(turns).unwrap());
    assert_eq!((audit.open, audit.not_done), (0, 0));
    assert_eq!((audit.with_gaps, audit.unanswered), (0, 0));
}

fn kills() -> usize {
    let asked = testing::told("LATCHWORK_KILLS");
    asked.map_or(KILLS, |asked| asked.parse().unwrap())
}

/// A xorshift: the same storm each time, as far as the clock allows.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn within(&mut self, range: std::ops::Range<u64>) -> u64 {
        range.start + self.next() % (range.end - range.start)
    }
}
