//! PostgreSQL goes away in the middle of the day and comes back: nobody is shown an error of ours without being told what
//! to do, nothing is half done, and nobody has to start anything anew.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use access::Role;
use domain::{Clock, SystemClock};
use storage::StoreConfig;
use testkit::{Backend, Program, Settings, Visitor, World};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The wire between the program and its databases.
struct Wire {
    address: SocketAddr,
    whole: watch::Sender<bool>,
}

impl Wire {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (whole, is_whole) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let (server, mut is_whole) = (server.clone(), is_whole.clone());
                tokio::spawn(async move {
                    if !*is_whole.borrow_and_update() {
                        return;
                    }
                    let mut to = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut from, &mut to) => {}
                        _ = is_whole.changed() => {}
                    }
                });
            }
        });
        Self { address, whole }
    }

    /// The same databases, reached over this wire.
    fn settings(&self, world: &World) -> Settings {
        let StoreConfig::Postgres(postgres) = &world.config else { panic!("on PostgreSQL") };
        let over = |url: &str| {
            let mut url = url::Url::parse(url).unwrap();
            url.set_port(Some(self.address.port())).unwrap();
            url.to_string()
        };
        Settings::of(world)
            .without("AMPELHAUS_POSTGRES__PROVISIONER_URL")
            .with("AMPELHAUS_POSTGRES__PLATFORM_URL", over(&postgres.platform_url))
            .with("AMPELHAUS_POSTGRES__KEYSTORE_URL", over(&postgres.keystore_url))
    }
}

fn server(world: &World) -> String {
    let StoreConfig::Postgres(postgres) = &world.config else { panic!("on PostgreSQL") };
    let url = url::Url::parse(&postgres.platform_url).unwrap();
    format!("{}:{}", url.host_str().unwrap(), url.port().unwrap())
}

#[tokio::test]
async fn while_the_database_is_away_pages_say_so_and_afterwards_everything_goes_on() {
    let world = World::new(Backend::Postgres).await;
    let office = world.public_office("nord").await;
    let lead = office.someone(Role::Lead).await;
    let wire = Wire::to(server(&world)).await;
    let program = Program::serving(&["serve"], &wire.settings(&world)).await;
    let seeker = Visitor::at(program.address, "nord.localhost");
    let staff = Visitor::at(program.address, "nord.localhost");
    assert_eq!(seeker.get("/").await.status, 200);
    assert_eq!(staff.post("/login", &[("email", &lead.email), ("password", lead.password)]).await.status, 303);
    assert_eq!(staff.post("/login/code", &[("code", &lead.code(SystemClock.now()))]).await.status, 303);
    assert_eq!(staff.get("/konto").await.status, 200);

    wire.whole.send(false).unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    for (who, path) in [(&seeker, "/"), (&staff, "/konto"), (&staff, "/office/gruppen")] {
        let began = Instant::now();
        let answer = who.get(path).await;
        assert_eq!(answer.status, 503, "{path}: {}", answer.text);
        assert!(answer.text.contains("versuchen Sie es"), "{path}: {}", answer.text);
        assert!(began.elapsed() < Duration::from_secs(15), "{path}: {:?}", began.elapsed());
    }
    let renamed = |name| [("name", name)];
    let refused = staff.post("/konto", &renamed("Nie Gespeichert")).await;
    assert_eq!(refused.status, 503, "{}", refused.text);

    wire.whole.send(true).unwrap();
    let began = Instant::now();
    while seeker.get("/").await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(15), "the pages are back: {}", program.said());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let account = staff.get("/konto").await;
    assert_eq!(account.status, 200, "the login is still in force: {}", account.text);
    assert!(!account.text.contains("Nie Gespeichert"), "nothing was half done");
    assert_eq!(staff.post("/konto", &renamed("Jetzt Gespeichert")).await.status, 303);
    assert!(staff.get("/konto").await.text.contains("Jetzt Gespeichert"));
}
