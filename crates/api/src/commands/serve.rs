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
    if let Some(listener) = &metrics_listener {
        log::info!("metrics on http://{}/metrics", listener.local_addr()?);
    }
    let server = server::serve(app.clone(), listener, config)?;
    if let Some(listener) = metrics_listener {
        actix_web::rt::spawn(metrics::serve(app, listener)?);
    }
    greet(config, address);
    Ok(server.await?)
}

fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).with_context(|| {
        format!("cannot listen on {address}: is another server running there? Choose another with --listen")
    })
}

/// Tells a person at the terminal what to do next.
#[allow(clippy::print_stdout, reason = "said to whoever started the server")]
fn greet(config: &Config, address: SocketAddr) {
    println!("Kompetanseløft serves on   http://{address}");
    println!("The documentation          http://{address}/docs/");
    if config.mode() != Mode::Demo {
        return;
    }
    let clients = seed::demo::clients_file(&config.data_dir);
    println!("Demo clients with secrets  {}", clients.display());
    println!();
    println!("Try next, in another terminal:");
    println!("  make demo                                  plays the whole story, from kartlegging to report");
    println!("  kompetanse token --demo-client bergen-kommune   gets a token of Bergen kommune, for calls of your own");
}
