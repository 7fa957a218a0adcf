//! Deployments on one database, a model that thinks for a while, and people who are signed in.

use std::path::Path;
use std::time::Duration;

use gateway::{Gateway, Options};
use serde_json::{Value, json};
use store::keys::{self, KeyRow};
use testing::{Database, ModelServer, NOW, ORIGIN, Part, Person, now, signer};

const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

/// A database that trusts the tokens of tests, and its model.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) model: ModelServer,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::on(Database::new().await).await
    }

    pub(crate) async fn on(database: Database) -> Self {
        let row = KeyRow {
            id: "test-key".to_owned(),
            public_key: signer().public_jwk(),
            private_key: signer().private_column(SECRET, [0; 24]),
        };
        keys::insert_first(&database.db, &row, NOW).await.unwrap();
        Self {
            database,
            model: ModelServer::with_mind(answer).await,
        }
    }

    pub(crate) fn site(&self) -> Gateway {
        self.site_on(&self.database.url)
    }

    /// A deployment with processes of its own, which reaches the database at this address.
    pub(crate) fn site_on(&self, database_url: &str) -> Gateway {
        let environment = [
            ("DATABASE_URL", database_url),
            ("BETTER_AUTH_SECRET", SECRET),
            ("BETTER_AUTH_URL", ORIGIN),
            ("OPENAI_BASE_URL", &self.model.base_url),
            ("OPENAI_MODEL", "scripted"),
            ("RATE_LIMIT_REQUESTS", "off"),
        ];
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let binaries = Path::new(env!("CARGO_BIN_EXE_chatkit")).parent().unwrap();
        let mut options = Options::new(root, binaries);
        options.env = environment
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        Gateway::start(options).unwrap()
    }

    /// The token of somebody new.
    pub(crate) async fn token(&self, name: &str) -> String {
        let person = Person::sign_up_at(&self.database.db, name, now()).await;
        person.token(now())
    }
}

/// Adds a task for each word after "Add", and then says so in some pieces.
fn answer(request: &Value) -> Vec<Part> {
    let last = request["messages"].as_array().unwrap().last().unwrap();
    let think = |millis| Part::Think(Duration::from_millis(millis));
    if last["role"] != "user" {
        return vec![
            Part::Text("Both "),
            think(90),
            Part::Text("are on "),
            think(90),
            Part::Text("your list."),
            Part::End,
        ];
    }
    let words = last["content"].as_str().unwrap().split(' ').skip(1);
    let calls = words.map(|word| Part::Call("add_tasks", json!({"tasks": [{"title": word}]})));
    let mut parts = vec![Part::Text("Let me see."), think(60)];
    parts.extend(calls);
    parts.push(Part::End);
    parts
}
