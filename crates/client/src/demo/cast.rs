//! Who plays: the demo clients, each acting for its own organisation.

use std::path::Path;

use anyhow::Context;
use client::credentials::read_private;
use client::{Client, Credentials};
use contract::demo::DemoClient;
use domain::language::Language;

/// Somebody who acts: an organisation with one of its clients.
pub(super) struct Actor {
    /// What people call it.
    pub(super) name: String,
    /// The organisation.
    pub(super) orgnr: String,
    /// Its client.
    pub(super) client: Client,
}

/// Everybody.
pub(super) struct Cast {
    server: String,
    clients: Vec<DemoClient>,
    language: Language,
}

impl Cast {
    /// Reads the demo clients of a server.
    pub(super) fn read(server: &str, file: &Path, language: Language) -> anyhow::Result<Self> {
        let clients =
            read_private(file).context("the demo needs the clients that `kompetanseloft serve --demo` made")?;
        Ok(Self { server: server.to_owned(), clients, language })
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.clients.len()
    }

    /// The actor with this client id.
    pub(super) fn actor(&self, client_id: &str) -> anyhow::Result<Actor> {
        let found = self.clients.iter().find(|client| client.client_id == client_id);
        self.play(found.with_context(|| format!("there is no demo client {client_id}"))?)
    }

    /// The actor for an organisation.
    pub(super) fn of(&self, orgnr: &str) -> anyhow::Result<Actor> {
        let found = self.clients.iter().find(|client| client.orgnr == orgnr);
        self.play(found.with_context(|| format!("there is no demo client of {orgnr}"))?)
    }

    /// What people call an organisation.
    pub(super) fn name_of(&self, orgnr: &str) -> String {
        let found = self.clients.iter().find(|client| client.orgnr == orgnr);
        found.map_or_else(|| orgnr.to_owned(), |client| client.name.clone())
    }

    /// All of a kind.
    pub(super) fn all(&self, kind: &str) -> anyhow::Result<Vec<Actor>> {
        self.clients.iter().filter(|client| client.organisation_kind == kind).map(|client| self.play(client)).collect()
    }

    /// The county governor as the forum's secretariat.
    pub(super) fn secretariat(&self) -> anyhow::Result<Actor> {
        self.actor("statsforvaltaren-i-vestland-sekretariat")
    }

    fn play(&self, client: &DemoClient) -> anyhow::Result<Actor> {
        let credentials =
            Credentials { client_id: client.client_id.clone(), client_secret: client.client_secret.clone() };
        Ok(Actor {
            name: client.name.clone(),
            orgnr: client.orgnr.clone(),
            client: Client::new(&self.server, credentials, self.language)?,
        })
    }
}
