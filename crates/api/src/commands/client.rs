//! `kompetanseloft client create`: the first client of an installation, made where nobody has a token yet.

use anyhow::{Context, bail, ensure};
use api::auth::credentials::{id_from, new_secret};
use api::auth::token::digest_of;
use api::config::{Config, Mode};
use api::seed;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use domain::actor::{Scope, held_apart};
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::{Organisation, OrganisationKind};
use domain::orgnr::{OrgNr, Synthetic};
use persistence::audit::{self, Author, Entry};
use persistence::auth::{Client, find_client, insert_client};
use persistence::backend::Begin;
use persistence::reference::ReferenceData;
use persistence::store::transaction;
use persistence::{StoreError, Tx, organisations};
use serde_json::json;
use uuid::Uuid;

/// What can be done with clients at the command line.
#[derive(Debug, Subcommand)]
pub(crate) enum ClientCommand {
    /// Makes a client, and its organisation where that is unknown. Prints the client's id and secret, once.
    Create(Box<CreateClient>),
}

impl ClientCommand {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Create(command) => command.run(),
        }
    }
}

/// The client to be made.
#[derive(Debug, Args)]
pub(crate) struct CreateClient {
    /// The organisation number that the client acts for.
    #[arg(long)]
    orgnr: String,
    /// The organisation's name, where it is not in the register yet.
    #[arg(long)]
    name: Option<String>,
    /// The organisation's kind, where it is not in the register yet: municipality, university, union …
    #[arg(long)]
    kind: Option<OrganisationKind>,
    /// The number of the municipality that the organisation is or lies in.
    #[arg(long)]
    municipality: Option<MunicipalityNumber>,
    /// The number of the county that the organisation is or lies in; the municipality's where left out.
    #[arg(long)]
    county: Option<CountyNumber>,
    /// The office code of a county governor, such as vestland.
    #[arg(long)]
    county_governor: Option<String>,
    /// What the client may ask for, separated by commas: needs:write,forum:write …
    #[arg(long, value_delimiter = ',', required = true)]
    scopes: Vec<Scope>,
    /// What people call the client; the organisation's name where left out.
    #[arg(long)]
    client_name: Option<String>,
    /// The client's id; made from its name where left out.
    #[arg(long)]
    client_id: Option<String>,
    #[command(flatten)]
    config: Config,
}

impl CreateClient {
    #[allow(clippy::print_stdout, reason = "the secret is shown here and nowhere else")]
    fn run(&self) -> anyhow::Result<()> {
        let config = &self.config;
        config.check()?;
        let synthetic = if config.mode() == Mode::Production { Synthetic::Refused } else { Synthetic::Accepted };
        let orgnr = OrgNr::parse(&self.orgnr, synthetic)?;
        let apart = held_apart(&self.scopes);
        ensure!(apart.is_empty(), "no client holds {} together: make one client for each", join(&apart));

        seed::private_folder(&config.data_dir)?;
        let store = config.open_store()?;
        seed::prepare(&store, config.mode())?;
        let mut connection = store.connect()?;
        let known = organisations::find(&mut connection, &orgnr)?;
        let new = match &known {
            Some(_) => None,
            None => Some(self.new_organisation(&orgnr, &persistence::reference::all(&mut connection)?)?),
        };
        let owner = known.as_ref().or(new.as_ref()).context("an organisation was found or made")?;
        let name = self.client_name.clone().unwrap_or_else(|| owner.name.clone());
        let id = self.client_id.clone().unwrap_or_else(|| id_from(&name));
        ensure!(
            find_client(&mut connection, &id)?.is_none(),
            "there is a client {id} already: choose another name with --client-name or another id with --client-id"
        );
        let secret = new_secret();
        let secret_hash = digest_of(&secret);
        let client = Client { id, name, orgnr, secret_hash, scopes: self.scopes.clone(), active: true };
        let now = config.clock().now();
        transaction(&mut connection, Begin::Write, |tx| insert(tx, new.as_ref(), &client, now))?;
        println!("{}", serde_json::to_string_pretty(&json!({ "client_id": client.id, "client_secret": secret }))?);
        log::info!("the secret is shown this once: keep it where secrets are kept");
        Ok(())
    }

    /// The organisation as it is told at the command line, held against the reference data.
    fn new_organisation(&self, orgnr: &OrgNr, reference: &ReferenceData) -> anyhow::Result<Organisation> {
        let (Some(name), Some(kind)) = (self.name.clone(), self.kind) else {
            bail!("{orgnr} is not in the register yet: say who it is with --name and --kind");
        };
        let municipality = self.municipality.clone();
        let county = self.county.clone().or(municipality.as_ref().map(MunicipalityNumber::county));
        let asks = |wanted: bool, given: bool, flag: &str| {
            ensure!(!wanted || given, "an organisation of the kind {kind} needs {flag}");
            Ok(())
        };
        asks(kind == OrganisationKind::Municipality, municipality.is_some(), "--municipality")?;
        asks(kind == OrganisationKind::CountyAuthority, county.is_some(), "--county")?;
        asks(kind == OrganisationKind::CountyGovernor, self.county_governor.is_some(), "--county-governor")?;
        ensure!(
            kind == OrganisationKind::CountyGovernor || self.county_governor.is_none(),
            "--county-governor is for organisations of the kind county_governor"
        );
        if let Some(number) = &municipality {
            let known = reference.has_municipality(number.as_str());
            ensure!(known, "there is no municipality {number}");
        }
        if let Some(number) = &county {
            let known = reference.counties.iter().any(|c| c.number == number.as_str());
            ensure!(known, "there is no county {number}");
        }
        if let Some(code) = &self.county_governor {
            let codes: Vec<&str> = reference.county_governors.iter().map(|office| office.code.as_str()).collect();
            ensure!(codes.contains(&code.as_str()), "there is no office {code}; there are {}", codes.join(", "));
        }
        Ok(Organisation {
            orgnr: orgnr.clone(),
            name,
            kind,
            municipality,
            county,
            county_governor: self.county_governor.clone(),
            language_decision: None,
            active: true,
        })
    }
}

fn join(scopes: &[Scope]) -> String {
    scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// The rows and their place in the audit trail.
fn insert(tx: &mut Tx, new: Option<&Organisation>, client: &Client, now: DateTime<Utc>) -> Result<(), StoreError> {
    let author = Author {
        orgnr: client.orgnr.to_string(),
        client_id: "command-line".to_owned(),
        person: None,
        supplier: None,
        request_id: Uuid::now_v7().to_string(),
    };
    let entry = |subject: String, action: &'static str, after| Entry {
        subject,
        action,
        at: now,
        before: None,
        after: Some(after),
    };
    if let Some(organisation) = new {
        organisations::insert(tx, organisation, now)?;
        let after = json!({ "orgnr": organisation.orgnr.as_str(), "kind": organisation.kind.as_str(), "name": organisation.name });
        audit::append(
            tx,
            &author,
            &entry(format!("organisation/{}", organisation.orgnr), "organisation.create", after),
        )?;
    }
    insert_client(tx, client, now)?;
    let after = json!({ "id": client.id, "orgnr": client.orgnr.as_str(), "scopes": client.scopes });
    audit::append(tx, &author, &entry(format!("client/{}", client.id), "client.create", after))
}
