//! Clients that open connections and take for ever: others do not wait for them, and they are hung up on.

use std::time::{Duration, Instant};

use testkit::{Backend, Program, Settings, Visitor, World};
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
