//! Clients that open connections and take for ever: others do not wait for them, and they are hung up on.

use std::time::{Duration, Instant};

use access::actions::{CreateFirstAccount, ManagePeople};
use access::{Role, Stage, operator_permit};
use domain::audit::AuditEvent;
use storage::tenant::{Standing, UserState};
use testkit::{Backend, Program, Server, Settings, Visitor, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `head`, then one byte a second, until the other side has had enough; after how long, and what it said.
async fn dribble(program: &Program, head: String) -> (Duration, String) {
    let mut stream = TcpStream::connect(program.address).await.unwrap();
    let began = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut read, mut write) = stream.split();
    let mut said = Vec::new();
    let mut buffer = [0_u8; 4096];
    let mut second = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            got = read.read(&mut buffer) => match got {
                Ok(0) | Err(_) => break,
                Ok(count) => said.extend_from_slice(&buffer[..count]),
            },
            _ = second.tick() => {
                if write.write_all(b"a").await.is_err() || began.elapsed() > Duration::from_secs(90) {
                    break;
                }
            }
        }
    }
    (began.elapsed(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn slow_clients_hold_up_nobody_and_are_hung_up_on() {
    let world = World::new(Backend::Sqlite).await;
    world.public_office("alpha").await;
    let mut program = Program::serving(&["serve"], &Settings::of(&world)).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(program.address).await.unwrap());
    }
    let host = format!("alpha.localhost:{}", program.address.port());
    let head = dribble(&program, "GET / HTTP/1.1\r\nX-Slow: ".to_owned());
    let body = dribble(
        &program,
        format!(
            "POST /login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n"
        ),
    );
    let silence = async {
        let began = Instant::now();
        let mut byte = [0_u8; 1];
        for stream in &mut silent {
            let _hung_up =
                tokio::time::timeout(Duration::from_secs(60), stream.read(&mut byte)).await.expect("hung up");
        }
        began.elapsed()
    };
    let others = async {
        let visitor = Visitor::at(program.address, "alpha.localhost");
        let mut slowest = Duration::ZERO;
        for _ in 0..20 {
            let began = Instant::now();
            assert_eq!(visitor.get("/").await.status.as_u16(), 200);
            slowest = slowest.max(began.elapsed());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        slowest
    };
    let ((head, _), (body, said), silence, others) = tokio::join!(head, body, silence, others);
    println!("hung up on: a slow head {head:.1?}, a slow body {body:.1?}, silence {silence:.1?}; others {others:.1?}");
    assert!(others < Duration::from_secs(3), "others waited {others:.1?}");
    for (what, after) in [("a slow head", head), ("a slow body", body), ("silence", silence)] {
        assert!(after < Duration::from_secs(45), "{what} was borne for {after:.1?}");
    }
    assert!(said.starts_with("HTTP/1.1 503") || said.starts_with("HTTP/1.1 408"), "{said}");

    // And they do not hold up its end.
    let _slow = TcpStream::connect(program.address).await.unwrap();
    let ended = program.stop(Duration::from_secs(15)).await;
    assert!(ended.is_some_and(|status| status.success()), "{ended:?}: {}", program.said());
}

#[tokio::test]
async fn whoever_is_locked_out_while_a_form_is_on_its_way_does_nothing_more() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let lead = office.someone(Role::Lead).await;
    let server = Server::of(&world).await;
    let form = "email=komplizin%40anders.example&role=lead";
    let invited = async || {
        let look = world.stores().look(&office.lead::<ManagePeople>()).await.unwrap();
        look.invitations().await.unwrap().len()
    };
    for (locked_out, status, invitations) in [(false, "HTTP/1.1 303", 1), (true, "HTTP/1.1 401", 1)] {
        let session = office.session(&lead, Stage::Full).await;
        let port = server.address.port();
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let head = format!(
            "POST /office/personen/einladen HTTP/1.1\r\nHost: alpha.localhost:{port}\r\nConnection: close\r\n\
             Cookie: __Host-session={session}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n",
            form.len()
        );
        let (most, last) = form.split_at(form.len() - 1);
        stream.write_all(format!("{head}{most}").as_bytes()).await.unwrap();
        // Long enough for the permit to be asked for before the body.
        tokio::time::sleep(Duration::from_millis(300)).await;
        if locked_out {
            let tx = world.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
            let standing = Standing { role: Role::Lead, state: UserState::Disabled, groups: Vec::new() };
            tx.set_standing(lead.user, &standing).await.unwrap();
            tx.commit(AuditEvent::new("test.disabled", lead.user)).await.unwrap();
        }
        stream.write_all(last.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        stream.read_to_end(&mut said).await.unwrap();
        let said = String::from_utf8_lossy(&said);
        assert!(said.starts_with(status), "{said}");
        assert_eq!(invited().await, invitations);
    }
}
