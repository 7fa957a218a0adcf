//! Time from a message to its answer.

use crate::measure::Samples;
use crate::report::Row;
use crate::server::{CHATKIT, Server};
use crate::world::{Turn, World, say};

/// Conversations, and messages in each of them.
const CONVERSATIONS: usize = 40;
const MESSAGES: usize = 10;

#[derive(Default)]
struct Times {
    first_event: Samples,
    /// Until the model is asked, and from when it speaks until its first word is at the client.
    before: Samples,
    after: Samples,
    added: Samples,
    whole: Samples,
}

impl Times {
    fn put(&mut self, turn: &Turn, world: &World) {
        self.first_event.put(turn.first_event);
        self.whole.put(turn.ended);
        if let (Some(asked), Some(seen)) = (world.first_asked(), turn.first_text) {
            let spoken = world.spoken().unwrap_or(asked);
            self.before.put(asked - turn.sent);
            self.after.put(seen - spoken);
            self.added.put(seen - turn.sent - (spoken - asked));
        }
    }

    fn rows(&self, what: &str) -> Vec<Row> {
        let row = |part: &str, samples| Row::of(format!("{what}: {part}"), samples);
        vec![
            row("request to first event", &self.first_event),
            row("added to the model's first word", &self.added).aim("p95", 10.0),
            row("… of it before the model is asked", &self.before),
            row("… of it after the model has spoken", &self.after),
            row("request to end", &self.whole),
        ]
    }
}

pub(crate) async fn rows() -> Vec<Row> {
    let world = World::new().await;
    let function = Server::function(CHATKIT, &world.environment()).await;
    let client = testing::client();
    let token = world.token("ann").await;
    // Connections, keys and the model's client are there from now on.
    say(&client, &function, &token, None, "Hello").await;
    world.first_asked();

    let [mut new, mut further, mut thought, mut tool] = std::array::from_fn(|_| Times::default());
    for _ in 0..CONVERSATIONS {
        let turn = say(&client, &function, &token, None, "What is open?").await;
        new.put(&turn, &world);
        let thread = turn.thread.as_deref();
        for number in 1..MESSAGES {
            let (text, times) = match number % 4 {
                0 => ("Add milk", &mut tool),
                1 => ("Think about it", &mut thought),
                _ => ("And else?", &mut further),
            };
            let turn = say(&client, &function, &token, thread, text).await;
            times.put(&turn, &world);
        }
    }
    function.end().await;
    let whole = Row::of("a message with one tool call: request to end", &tool.whole);
    let mut rows = new.rows("a new conversation");
    rows.extend(further.rows("a further message"));
    rows.extend(thought.rows("a further message, model thinks 100 ms"));
    rows.push(whole);
    rows
}
