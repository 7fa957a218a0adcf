//! An encrypted connection to a server whose certificate is of an authority of its own, as that of
//! Supabase and of many a company is.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use store::checkup::{self, Refusal};
use store::migrate::{self, Standing};
use store::role::{self, Wall};
use store::{Db, Settings};
use testing::{Postgres, now};

const PASSWORD: &str = "p@ss/word";
/// As it stands in a URL.
const ENCODED: &str = "p%40ss%2Fword";

struct Server {
    postgres: Postgres,
    /// PEM.
    authority: String,
}

impl Server {
    /// `None` where there is no Postgres to start.
    fn start() -> Option<Self> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let own = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let own = own.signed_by(&key, &authority).unwrap();
        let postgres = Postgres::encrypted(&own.pem(), &key.serialize_pem(), PASSWORD)?;
        let authority = authority.pem();
        Some(Self {
            postgres,
            authority,
        })
    }

    fn settings(&self, role: &str, query: &str) -> Settings {
        let port = self.postgres.port();
        let url = format!("postgres://{role}:{ENCODED}@localhost:{port}/postgres?{query}");
        let mut settings = crate::settings(&url);
        settings.authority = Some(self.authority.clone());
        settings
    }
}

/// FR-240, FR-241.
#[tokio::test]
async fn a_certificate_of_ones_own_is_trusted_where_it_is_named_and_nowhere_else() {
    let Some(server) = Server::start() else {
        return;
    };

    // As Neon's URLs have it: bound to the very connection that was encrypted.
    let owner = server.settings("postgres", "sslmode=require&channel_binding=require");
    let applied = migrate::run(&owner).await.unwrap().applied;
    // As Supabase's have it.
    let query = "sslmode=require&pgbouncer=true&supa=base-pooler.x";
    let functions = server.settings("functions.abcdefghij", query);
    let wall = role::provide(&owner, &functions).await.unwrap();
    let db = Db::new(&functions).unwrap();

    assert!(!applied.is_empty());
    assert_eq!(wall, Wall::Stands);
    assert_eq!(migrate::standing(&db).await.unwrap(), Standing::Current);
    assert!(checkup::look(&functions, now).await.unwrap().is_encrypted);

    let mut public = functions.clone();
    public.authority = None;
    let refused = checkup::look(&public, now).await.unwrap_err();
    let cause = Db::new(&public).unwrap().ping().await.unwrap_err().cause();

    assert_eq!(refused, Refusal::Tls);
    assert!(
        cause.contains("certificate is not to be trusted"),
        "{cause}"
    );

    let plain = server.settings("functions.abcdefghij", "sslmode=disable");
    assert!(checkup::look(&plain, now).await.is_err());
}
