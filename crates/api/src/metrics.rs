//! `/metrics` on a listener of its own, for Prometheus: answers by route pattern, and jobs that wait for the database.

use std::net::TcpListener;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::ContentType;
use actix_web::middleware::Next;
use actix_web::{App as ActixApp, Error, HttpResponse, HttpServer, web};
use anyhow::Context;
use prometheus::{HistogramOpts, HistogramVec, IntGaugeVec, Opts, Registry, TextEncoder};

use crate::app::App;
use crate::error::ApiError;

/// From a millisecond to ten seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What one server counts.
pub struct Metrics {
    registry: Registry,
    answers: HistogramVec,
    waiting: IntGaugeVec,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new() -> anyhow::Result<Self> {
        let answers = HistogramVec::new(
            HistogramOpts::new("kompetanseloft_http_request_duration_seconds", "Time until an answer began")
                .buckets(BUCKETS.to_vec()),
            &["method", "route", "status"],
        )?;
        let waiting = IntGaugeVec::new(
            Opts::new("kompetanseloft_database_jobs_waiting", "Jobs that wait for a lane to the database"),
            &["lane"],
        )?;
        let registry = Registry::new();
        registry.register(Box::new(answers.clone()))?;
        registry.register(Box::new(waiting.clone()))?;
        Ok(Self { registry, answers, waiting })
    }
}

/// Counts an answer. Labels come from the route table, never from the caller, so that their number is bounded.
pub async fn count(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let response = next.call(req).await?;
    let request = response.request();
    if let Some(app) = request.app_data::<web::Data<App>>() {
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let status = response.status();
        let labels = [method_label(request.method()), route.as_str(), status.as_str()];
        app.metrics.answers.with_label_values(&labels).observe(started.elapsed().as_secs_f64());
    }
    Ok(response)
}

fn method_label(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
        _ => "other",
    }
}

/// Serves `/metrics`. The server runs when it is awaited.
pub fn serve(app: web::Data<App>, listener: TcpListener) -> anyhow::Result<Server> {
    let server = HttpServer::new(move || ActixApp::new().app_data(app.clone()).route("/metrics", web::get().to(show)))
        .workers(1)
        .disable_signals()
        .listen(listener)
        .context("the listener for metrics cannot be used")?;
    Ok(server.run())
}

async fn show(app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let (reading, writing) = app.store.depths();
    for (lane, depth) in [("read", reading), ("write", writing)] {
        app.metrics.waiting.with_label_values(&[lane]).set(i64::try_from(depth).unwrap_or(i64::MAX));
    }
    let text = TextEncoder::new().encode_to_string(&app.metrics.registry.gather()).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok().content_type(ContentType::plaintext()).body(text))
}
