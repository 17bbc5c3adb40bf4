//! Every operation, the hot ones first. One scope per first path segment: in a flat table the last of many routes
//! would cost as much as the whole rest of a small answer.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    auth, events, forum, funding, guidance, health, kartlegging, me, needs, networks, openapi, organisations,
    reference, rounds, rulesets, tasks, units,
};

/// Registers all operations.
pub fn all(config: &mut ServiceConfig<'_>) {
    config.service(health::healthz);
    config.configure(needs::routes);
    config.configure(forum::routes);
    config.configure(rounds::routes);
    config.configure(networks::routes);
    config.configure(funding::routes);
    config.configure(kartlegging::routes);
    config.configure(guidance::routes);
    config.configure(events::routes);
    config.service(utoipa_actix_web::scope("/v1/me").service(me::me));
    config.service(utoipa_actix_web::scope("/v1/tasks").service(tasks::list));
    config.configure(organisations::routes);
    config.configure(units::routes);
    config.configure(rulesets::routes);
    config.configure(reference::routes);
    config.service(auth::token::token);
    config.service(auth::metadata::metadata);
    config.service(auth::metadata::key_set);
    config.service(health::readyz);
    config.service(openapi::json);
    config.service(openapi::yaml);
    config.service(openapi::problem);
}
