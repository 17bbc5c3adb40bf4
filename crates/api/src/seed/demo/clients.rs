//! Clients of the demo county: one of every organisation, three of the county governor.

use std::path::Path;

use anyhow::Context;
use chrono::{DateTime, Utc};
use contract::demo::DemoClient;
use domain::actor::Scope;
use domain::organisations::{Organisation, OrganisationKind};
use domain::orgnr::OrgNr;
use persistence::auth::{Client, insert_client};
use persistence::{StoreError, Tx};

use crate::auth::credentials::{id_from, new_secret};
use crate::auth::token::digest_of;
use crate::seed::write_private;

/// Four-eyes rules want several clients of the county governor: who prepares a payment does not approve it (G07).
const COUNTY_GOVERNORS: [(&str, &[Scope]); 3] = [
    (
        "sekretariat",
        &[Scope::NeedsWrite, Scope::KartleggingWrite, Scope::ForumWrite, Scope::FundingWrite, Scope::EventsRead],
    ),
    ("utbetaling", &[Scope::NeedsRead, Scope::ForumRead, Scope::FundingWrite, Scope::EventsRead]),
    ("godkjenning", &[Scope::NeedsRead, Scope::ForumRead, Scope::FundingApprove, Scope::EventsRead]),
];

/// Clients with their secrets, before the secrets become digests.
pub(super) struct DemoClients(Vec<DemoClient>);

impl DemoClients {
    /// Clients of these organisations, with new secrets.
    pub(super) fn of(organisations: &[Organisation]) -> Self {
        Self(organisations.iter().flat_map(clients_of).collect())
    }

    /// Puts them into the register, which knows only the digests of the secrets.
    pub(super) fn insert(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
        for client in &self.0 {
            let scopes = client.scopes.iter().map(|scope| scope.parse()).collect::<Result<_, _>>();
            let client = Client {
                id: client.client_id.clone(),
                name: client.name.clone(),
                orgnr: OrgNr::from_register(client.orgnr.clone()),
                secret_hash: digest_of(&client.client_secret),
                scopes: scopes.map_err(|error| StoreError::corrupt("client", error))?,
                active: true,
            };
            insert_client(tx, &client, now)?;
        }
        Ok(())
    }

    /// Writes them to a file that only its owner may read.
    pub(super) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(&self.0).context("the demo clients cannot be written as JSON")?;
        write_private(file, &(text + "\n"))
    }
}

fn clients_of(organisation: &Organisation) -> Vec<DemoClient> {
    let id = id_from(&organisation.name);
    if organisation.kind == OrganisationKind::CountyGovernor {
        let named = |(role, scopes): &(&str, &[Scope])| {
            client(organisation, format!("{id}-{role}"), format!("{}, {role}", organisation.name), scopes)
        };
        return COUNTY_GOVERNORS.iter().map(named).collect();
    }
    vec![client(organisation, id, organisation.name.clone(), scopes_of(organisation.kind))]
}

fn client(organisation: &Organisation, client_id: String, name: String, scopes: &[Scope]) -> DemoClient {
    DemoClient {
        client_id,
        client_secret: new_secret(),
        orgnr: organisation.orgnr.to_string(),
        organisation_kind: organisation.kind.to_string(),
        name,
        scopes: scopes.iter().map(ToString::to_string).collect(),
    }
}

/// What a case system or script of such an organisation would ask for.
const fn scopes_of(kind: OrganisationKind) -> &'static [Scope] {
    match kind {
        OrganisationKind::Municipality | OrganisationKind::CountyAuthority | OrganisationKind::PrivateOwner => {
            &[Scope::NeedsWrite, Scope::KartleggingWrite, Scope::ForumWrite, Scope::FundingWrite, Scope::EventsRead]
        }
        OrganisationKind::University | OrganisationKind::VocationalCollege => {
            &[Scope::NeedsWrite, Scope::KartleggingRead, Scope::ForumWrite, Scope::FundingWrite, Scope::EventsRead]
        }
        OrganisationKind::Directorate => &[
            Scope::NeedsWrite,
            Scope::KartleggingRead,
            Scope::ForumRead,
            Scope::FundingRead,
            Scope::EventsRead,
            Scope::Admin,
        ],
        OrganisationKind::Statped
        | OrganisationKind::Ks
        | OrganisationKind::PrivateAssociation
        | OrganisationKind::Union
        | OrganisationKind::Other
        | OrganisationKind::CountyGovernor => {
            &[Scope::NeedsWrite, Scope::KartleggingRead, Scope::ForumWrite, Scope::FundingRead, Scope::EventsRead]
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::county::vestland;
    use super::*;

    #[test]
    fn every_organisation_has_a_client_and_the_county_governor_three() {
        let county = vestland().unwrap();
        let clients = DemoClients::of(&county.organisations).0;
        let ids: BTreeSet<&String> = clients.iter().map(|client| &client.client_id).collect();
        assert_eq!((ids.len(), clients.len()), (clients.len(), county.organisations.len() + 2));
        assert_eq!(clients.iter().filter(|c| c.organisation_kind == "county_governor").count(), 3);
        assert!(ids.contains(&"bergen-kommune".to_owned()) && ids.contains(&"oygarden-kommune".to_owned()));
    }

    #[test]
    fn no_client_holds_two_of_writing_approving_and_administering() {
        for client in DemoClients::of(&vestland().unwrap().organisations).0 {
            let apart = ["funding:write", "funding:approve", "admin"];
            let held = client.scopes.iter().filter(|scope| apart.contains(&scope.as_str())).count();
            assert!(held <= 1, "{}", client.client_id);
        }
    }
}
