//! Everything that one test needs: a database, a deployment, browsers.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::sync::Mutex;

use futures_util::FutureExt;
use gateway::Options;
use testing::Database;

use crate::driver::Driver;
use crate::page::Page;
use crate::site::Site;

pub(crate) struct World {
    database: Database,
    pub(crate) site: Site,
    driver: Driver,
    pages: Mutex<Vec<Page>>,
}

impl World {
    pub(crate) fn database_url(&self) -> &str {
        &self.database.url
    }

    /// A browser of its own: another person, or another device.
    pub(crate) async fn page(&self) -> Page {
        let page = Page {
            client: self.driver.open().await,
            site: self.site.url.clone(),
        };
        self.pages.lock().unwrap().push(page.clone());
        page
    }
}

/// Runs a test against a deployment of its own. Where it fails, pictures of its pages are left
/// in `target/browser/`.
pub(crate) async fn browse(name: &str, test: impl AsyncFnOnce(&World)) {
    browse_with(name, |options| options, test).await;
}

pub(crate) async fn browse_with(
    name: &str,
    configure: impl FnOnce(Options) -> Options,
    test: impl AsyncFnOnce(&World),
) {
    let database = Database::new().await;
    let world = World {
        site: Site::start_with(&database.url, configure),
        database,
        driver: Driver::start(),
        pages: Mutex::default(),
    };
    let outcome = AssertUnwindSafe(test(&world)).catch_unwind().await;
    let pages = world.pages.lock().unwrap().clone();
    let mut errors = Vec::new();
    for (number, page) in pages.into_iter().enumerate() {
        if outcome.is_err() {
            picture(&page, &format!("{name}-{number}")).await;
        }
        errors.extend(page.errors().await);
        page.client.close().await.unwrap();
    }
    if let Err(panic) = outcome {
        eprintln!("{name}: the pages reported {errors:#?}");
        resume_unwind(panic);
    }
    assert!(errors.is_empty(), "{errors:#?}");
}

async fn picture(page: &Page, name: &str) {
    let Ok(png) = page.client.screenshot().await else {
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.png"));
    std::fs::write(&file, png).unwrap();
    eprintln!("{}", file.display());
}
