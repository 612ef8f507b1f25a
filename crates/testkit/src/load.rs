//! Load for benchmarks: connections that stay open, one request after the other, with the time each answer took.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a round of load met with.
#[derive(Debug)]
pub struct Round {
    /// Answered requests per second.
    pub per_second: f64,
    /// How many were answered 503.
    pub busy: usize,
    times: Vec<Duration>,
}

impl Round {
    /// The time within which this part of all requests was answered: 0.99 for p99.
    ///
    /// # Panics
    /// When nothing was answered.
    #[must_use]
    pub fn percentile(&self, part: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in the list"
        )]
        let place = ((self.times.len() - 1) as f64 * part) as usize;
        self.times[place]
    }
}

/// So many connections to one host of one address.
#[derive(Clone, Debug)]
pub struct Load {
    /// Where.
    pub address: SocketAddr,
    /// The name asked for.
    pub host: String,
    /// How many at once.
    pub connections: usize,
}

impl Load {
    /// Asks for `path(n)`, n counting up over all connections, for so long; every answer is 200 or 503.
    ///
    /// # Panics
    /// When the answer is anything else.
    pub async fn run(&self, length: Duration, path: impl Fn(usize) -> String + Send + Sync + 'static) -> Round {
        let (path, start) = (Arc::new(path), Instant::now());
        let workers: Vec<_> = (0..self.connections)
            .map(|first| {
                let (load, path) = (self.clone(), Arc::clone(&path));
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(load.address).await.expect("a connection");
                    let (mut buffer, mut times, mut busy) = (Vec::with_capacity(64 * 1024), Vec::new(), 0);
                    let mut number = first;
                    while start.elapsed() < length {
                        let request = load.request(&path(number));
                        let asked = Instant::now();
                        stream.write_all(&request).await.expect("sent");
                        let Answer { status, .. } = answer(&mut stream, &mut buffer).await;
                        times.push(asked.elapsed());
                        assert!(status == 200 || status == 503, "{} answered {status}", path(number));
                        busy += usize::from(status == 503);
                        number += load.connections;
                    }
                    (times, busy)
                })
            })
            .collect();
        let (mut times, mut busy) = (Vec::new(), 0);
        for worker in workers {
            let (more, busier) = worker.await.expect("a round");
            times.extend(more);
            busy += busier;
        }
        times.sort();
        #[expect(clippy::cast_precision_loss, reason = "far fewer answers than f64 can count")]
        let per_second = times.len() as f64 / start.elapsed().as_secs_f64();
        Round { per_second, busy, times }
    }

    /// The body of one answer, as sent.
    ///
    /// # Panics
    /// When it is not 200.
    pub async fn once(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(&self.request(path)).await.expect("sent");
        let mut buffer = Vec::new();
        let Answer { status, head, length } = answer(&mut stream, &mut buffer).await;
        assert_eq!(status, 200, "{path}");
        buffer[head..head + length].to_vec()
    }

    fn request(&self, path: &str) -> Vec<u8> {
        let Self { host, .. } = self;
        format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: gzip\r\naccept-language: de\r\n\r\n").into()
    }
}

struct Answer {
    status: u16,
    head: usize,
    length: usize,
}

/// Reads one whole answer.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Answer {
    buffer.clear();
    loop {
        assert!(stream.read_buf(buffer).await.expect("an answer") > 0, "the connection ended");
        let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4) else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let status = text.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next());
        let length: usize = length.and_then(|length| length.parse().ok()).expect("a length");
        while buffer.len() < head + length {
            assert!(stream.read_buf(buffer).await.expect("an answer") > 0, "the connection ended");
        }
        return Answer { status, head, length };
    }
}
