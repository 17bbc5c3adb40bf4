//! What has to be right with a coordination before it is written.

use contract::problem::Fault;
use domain::networks::{Coordination, Network};
use persistence::{Reader, networks, organisations};

use crate::error::ApiError;
use crate::http::write::Write;

/// Refuses whoever may not say which needs belong together.
pub(super) fn require_coordinating<T>(write: &Write<'_, T>, network: &Network) -> Result<(), ApiError> {
    if network.may_coordinate(&write.call().viewer().orgnr) { Ok(()) } else { Err(ApiError::not_yours()) }
}

/// Everything that is wrong with a coordination: needs that are not shared, a lead that cannot lead, a university
/// that is none.
pub(super) fn check(reader: &mut Reader, network: &Network, coordination: &Coordination) -> Result<(), ApiError> {
    let shared = networks::shared_with(reader, network.id)?;
    let mut faults: Vec<Fault> = coordination.faults(network, &shared).into_iter().map(Fault::from).collect();
    if let Some(asked) = &coordination.asked_of_university {
        let known = organisations::find(reader, &asked.orgnr)?.filter(|university| university.active);
        let fault = |code| Fault::new(code, "/asked_of_university/orgnr");
        match known {
            None => faults.push(fault("unknown_reference")),
            Some(university) if !university.kind.is_partner() => faults.push(fault("not_a_university")),
            Some(_) => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}
