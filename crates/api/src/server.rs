//! The server: the operations with the machinery around them.

use std::net::TcpListener;
use std::sync::Arc;

use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::{Condition, from_fn};
use actix_web::{App as ActixApp, HttpServer, web};
use anyhow::Context;
use domain::rulesets::Rulesets;
use persistence::Store;
use tokio::sync::Notify;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config as DocsConfig, SwaggerUi};

use crate::app::App;
use crate::auth::actors::Actors;
use crate::auth::issuer::{Issuer, key_from_file};
use crate::auth::middleware::authenticate;
use crate::auth::policy::Policy;
use crate::config::{Config, Mode};
use crate::http::cursor::CursorSigner;
use crate::http::input::BODY_LIMIT;
use crate::http::methods::no_operation;
use crate::http::render::render;
use crate::http::shown::Shown;
use crate::kartlegging::{Uploads, apply, expire};
use crate::metrics::{self, Metrics};
use crate::needs::Attachments;
use crate::objects::Objects;
use crate::{openapi, routes, seed, worker};

/// Puts the application together: database, reference data, keys.
pub fn build(config: &Config) -> anyhow::Result<web::Data<App>> {
    config.check()?;
    seed::private_folder(&config.data_dir)?;
    let store = config.open_store()?;
    seed::prepare(&store, config.mode())?;
    if config.mode() == Mode::Demo {
        seed::demo::prepare(&store, &config.data_dir, config.clock().now())?;
    }
    let key = key_from_file(&config.signing_key_file(), config.mode() != Mode::Production)?;
    assemble(config, store, &key)
}

/// Puts the application together around a store that is prepared.
pub fn assemble(config: &Config, store: Arc<Store>, signing_key: &str) -> anyhow::Result<web::Data<App>> {
    let issuer = Issuer::new(config.issuer(), signing_key)?;
    let mut connection = store.connect()?;
    let reference = persistence::reference::all(&mut connection)?;
    Ok(web::Data::new(App {
        clock: config.clock(),
        mode: config.mode(),
        rulesets: Rulesets::embedded().context("a ruleset is at fault")?,
        cursors: CursorSigner::from_secret(issuer.secret()),
        actors: Actors::default(),
        own_needs: Shown::default(),
        uploads: Uploads::new(config.upload_limits(), config.spool_dir()),
        objects: Objects::open(config)?,
        attachments: Attachments::new(config.attachment_limits(), config.spool_dir()),
        events_written: Notify::new(),
        metrics: Metrics::new()?,
        reference,
        issuer,
        store,
    }))
}

/// Starts serving on a listener. The server runs when it is awaited.
pub fn serve(app: web::Data<App>, listener: TcpListener, config: &Config) -> anyhow::Result<Server> {
    let policy = web::Data::new(Policy::of(&openapi::routed())?);
    let origins = config.cors_origins.clone();
    let counted = config.metrics_listen.is_some();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::spawn(worker::sequence_events(app.clone()));
    actix_web::rt::spawn(worker::sweep_idempotency(app.clone()));
    actix_web::rt::spawn(worker::sweep_objects(app.clone()));
    actix_web::rt::spawn(apply::apply_committed(app.clone()));
    actix_web::rt::spawn(expire::expire_forgotten(app.clone()));
    let server = HttpServer::new(move || {
        let (operations, _) = ActixApp::new().into_utoipa_app().configure(routes::all).split_for_parts();
        operations
            .app_data(app.clone())
            .app_data(policy.clone())
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .service(SwaggerUi::new("/docs/{_:.*}").config(docs()))
            .service(web::redirect("/docs", "/docs/"))
            .default_service(web::to(no_operation))
            .wrap(from_fn(authenticate))
            .wrap(Condition::new(!origins.is_empty(), cors(&origins)))
            .wrap(Condition::new(counted, from_fn(metrics::count)))
            .wrap(from_fn(render))
    })
    .workers(workers)
    .listen(listener)
    .context("the listener cannot be used")?
    .shutdown_timeout(10);
    Ok(server.run())
}

/// The documentation page: every asset comes from inside the program, and nothing is asked of another host.
fn docs() -> DocsConfig<'static> {
    DocsConfig::from("/openapi.json")
        .validator_url("none")
        .use_base_layout()
        .doc_expansion("none")
        .default_models_expand_depth(-1)
        .deep_linking(true)
        .filter(true)
}

/// Browsers may call from the configured origins, and read the headers that the contract names.
fn cors(origins: &[String]) -> Cors {
    let allowed = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("content-digest"),
            header::HeaderName::from_static("acting-person"),
            header::HeaderName::from_static("x-request-id"),
            header::HeaderName::from_static("traceparent"),
        ])
        .expose_headers([
            "ETag",
            "Location",
            "Link",
            "Retry-After",
            "Allow",
            "Idempotency-Replayed",
            "X-Request-Id",
            "Content-Language",
        ])
        .max_age(3_600);
    origins.iter().fold(allowed, |cors, origin| cors.allowed_origin(origin))
}
