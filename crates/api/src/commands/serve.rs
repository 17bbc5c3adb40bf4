//! `kompetanseloft serve`: the server, in the foreground.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};

use anyhow::Context;
use api::config::{Config, Mode};
use api::{metrics, seed, server};

/// Serves until it is told to stop.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let app = server::build(config)?;
    app.objects.try_out().await?;
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

/// Tells whoever started the server what to do next. Nobody needs to listen: a closed output is no reason to stop.
fn greet(config: &Config, address: SocketAddr, metrics: Option<SocketAddr>) {
    let mut lines = vec![
        format!("Kompetanseløft serves on   http://{address}"),
        format!("The documentation          http://{address}/docs/"),
    ];
    if let Some(metrics) = metrics {
        lines.push(format!("Metrics for Prometheus     http://{metrics}/metrics"));
    }
    if config.mode() == Mode::Demo {
        lines.push(format!("Demo clients with secrets  {}", seed::demo::clients_file(&config.data_dir).display()));
        lines.push("\nTry next, in another terminal:  make demo\n".to_owned());
    }
    lines.push("Stop it with Ctrl-C.\n".to_owned());
    let _ = std::io::stdout().write_all(lines.join("\n").as_bytes());
}
