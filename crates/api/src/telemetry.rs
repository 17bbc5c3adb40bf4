//! Logs: one line an event, as text or as JSON (`LOG_FORMAT=json`). Never query strings, tokens, bodies or names.

use std::io::Write as _;

use serde_json::json;

/// Starts logging to standard error; `RUST_LOG` chooses what.
pub fn start() {
    let environment = env_logger::Env::default().default_filter_or("info,actix_server=warn");
    let mut builder = env_logger::Builder::from_env(environment);
    if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.format(|out, record| {
            let line = json!({
                "at": out.timestamp_micros().to_string(),
                "level": record.level().as_str(),
                "target": record.target(),
                "message": record.args().to_string(),
            });
            writeln!(out, "{line}")
        });
    }
    // A second start in the same process (tests) leaves the first one in place.
    let _ = builder.try_init();
}
