//! `kompetanseloft serve`: the server, in the foreground.

use std::net::{SocketAddr, TcpListener};

use anyhow::Context;
use api::config::{Config, Mode};
use api::{metrics, seed, server};

/// Serves until it is told to stop.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let app = server::build(config)?;
    let listener = bind(config.listen)?;
    let address = listener.local_addr()?;
    let metrics_listener = config.metrics_listen.map(bind).transpose()?;
    let metrics_address = metrics_listener.as_ref().map(TcpListener::local_addr).transpose()?;
    let server = server::serve(app.clone(), listener, config)?;
    if let Some(listener) = metrics_listener {
        actix_web::rt::spawn(metrics::serve(app, listener)?);
    }
    greet(config, address, metrics_address);
    Ok(server.await?)
}

fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).with_context(|| {
        format!("cannot listen on {address}: is another server running there? Choose another with --listen")
    })
}

/// Tells whoever started the server what to do next.
#[allow(clippy::print_stdout, reason = "said to a person at a terminal")]
fn greet(config: &Config, address: SocketAddr, metrics: Option<SocketAddr>) {
    println!("Kompetanseløft serves on   http://{address}");
    println!("The documentation          http://{address}/docs/");
    if let Some(metrics) = metrics {
        println!("Metrics for Prometheus     http://{metrics}/metrics");
    }
    if config.mode() == Mode::Demo {
        println!("Demo clients with secrets  {}", seed::demo::clients_file(&config.data_dir).display());
        println!();
        println!("Try next, in another terminal:  make demo");
        println!();
    }
    println!("Stop it with Ctrl-C.");
}
