//! The columns of the tables: one caller of every kind that the contract tells apart.

use domain::actor::Scope;
use domain::organisations::{Organisation, OrganisationKind as Kind};
use domain::orgnr::OrgNr;

use crate::forum::stage::Stage;
use crate::support::Actor;
use crate::support::actors::{ALL_READ_WRITE, organisation};

/// The columns, in the order of the tables; the module's documentation says who they are.
pub const COLUMNS: &str = "?SNEFPQUVWCTKAX1234DO";

/// Somebody who asks.
pub struct Caller {
    /// The column.
    pub column: char,
    /// With the scopes that its system would have.
    pub actor: Actor,
    /// With `funding:approve` and nothing else, which no client has together with `funding:write`.
    pub approving: Actor,
}

/// What the county governor's client for payments may do, beside the secretariat's.
const PAYMENTS: [Scope; 4] = [Scope::NeedsRead, Scope::ForumRead, Scope::FundingWrite, Scope::EventsRead];

/// And the one that approves them.
const APPROVER: [Scope; 4] = [Scope::NeedsRead, Scope::ForumRead, Scope::FundingApprove, Scope::EventsRead];

/// Everybody, in the order of the columns. Whoever is no part of the stage joins it, from the number 30 on.
pub async fn all(stage: &Stage, ks: &Actor) -> Vec<Caller> {
    let county = &stage.county;
    let elsewhere = organisation(38, Kind::CountyGovernor, "Statsforvalteren i Rogaland");
    let elsewhere = Organisation { county_governor: Some("rogaland".to_owned()), ..elsewhere };
    let actors = [
        county.server.anonymous(),
        county.bergen.clone(),
        county.organisation(30, Kind::Municipality, "Øygarden kommune").await,
        county.stavanger(31).await,
        county.organisation(32, Kind::CountyAuthority, "Vestland fylkeskommune").await,
        county.owner.clone(),
        county.organisation(33, Kind::PrivateOwner, "Fjellbarn AS").await,
        county.university.clone(),
        county.organisation(34, Kind::University, "NLA Høgskolen").await,
        county.organisation(35, Kind::VocationalCollege, "Fagskulen Vestland").await,
        stage.voss.clone(),
        stage.union.clone(),
        ks.clone(),
        county.organisation(36, Kind::PrivateAssociation, "PBL Nord").await,
        county.organisation(37, Kind::Statped, "Statped").await,
        county.governor.clone(),
        client(stage, &county.governor, "payments", &PAYMENTS).await,
        approver(stage).await,
        county.server.join(elsewhere, &ALL_READ_WRITE).await,
        county.organisation(39, Kind::Directorate, "Utdanningsdirektoratet").await,
        county.organisation(40, Kind::Other, "Kompetansesenteret").await,
    ];
    let mut callers = Vec::new();
    for (column, actor) in COLUMNS.chars().zip(actors) {
        let approving = match column {
            '?' => actor.clone(),
            _ => client(stage, &actor, &format!("approving-{column}"), &[Scope::FundingApprove]).await,
        };
        callers.push(Caller { column, actor, approving });
    }
    callers
}

/// The county governor's client that approves payments.
async fn approver(stage: &Stage) -> Actor {
    client(stage, stage.secretariat(), "approver", &APPROVER).await
}

/// One more client of an organisation.
pub async fn client(stage: &Stage, of: &Actor, name: &str, scopes: &[Scope]) -> Actor {
    stage.county.server.client(&OrgNr::from_register(of.orgnr.clone()), name, scopes).await
}
