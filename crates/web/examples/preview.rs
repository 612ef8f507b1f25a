//! Serves sample offices with invented groups on <http://demo.localhost:8081>, to look at pages while working on them.

use std::net::SocketAddr;
use std::sync::Arc;

use domain::{Clock, Ids, SystemClock};
use web::{WebConfig, WebState};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut counter = 0_u8;
    let ids = Ids::new(Arc::clone(&clock), move |buffer| {
        for byte in buffer {
            counter = counter.wrapping_mul(31).wrapping_add(7);
            *byte = counter;
        }
    });
    let config = WebConfig { public_port: Some(8081), ..WebConfig::new("localhost") };
    let state = WebState::new(Arc::new(usecases::House::sample()), config, clock, ids);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
    axum::serve(listener, web::app(state).into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}
