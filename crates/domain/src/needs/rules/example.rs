//! A need that every rule is content with, for tests to spoil.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::finding::Finding;
use crate::ids::{BatchId, RoundId};
use crate::money::Nok;
use crate::needs::{
    Anchoring, AnchoringAnswer, AreaLevel, AreaNeed, AreaPurpose, BatchFact, BudgetKind, BudgetLine, Content, Evidence,
    Facts, InvitationState, NamedParty, OwnAnswer, PartyFact, Period, Preparation, PrivateOwnerAnswer,
    PrivateOwnerFact, RecordedAnswer, check,
};
use crate::organisations::{Organisation, OrganisationKind, UnitKind};
use crate::orgnr::OrgNr;
use crate::rounds::{Round, RoundForm, RoundState};
use crate::rulesets::{Ruleset, Rulesets};
use crate::time::SchoolYear;

/// A need, what is known around it, and the instant of looking.
#[derive(Debug)]
pub(in crate::needs) struct Example {
    pub(in crate::needs) content: Content,
    pub(in crate::needs) facts: Facts,
    pub(in crate::needs) ruleset: Ruleset,
    pub(in crate::needs) now: DateTime<Utc>,
}

pub(in crate::needs) fn orgnr(text: &str) -> OrgNr {
    OrgNr::from_register(text.to_owned())
}

pub(in crate::needs) fn answer(recorded: RecordedAnswer, own: Option<OwnAnswer>) -> PrivateOwnerAnswer {
    PrivateOwnerAnswer { invited_on: "2026-11-01".parse().unwrap(), recorded, own }
}

pub(in crate::needs) fn confirmed(number: &str, kind: OrganisationKind) -> PartyFact {
    PartyFact {
        orgnr: orgnr(number),
        kind,
        active: true,
        valid_until: None,
        state: Some(InvitationState::Confirmed),
        asks_for_statped: false,
    }
}

const SENDER: &str = "889640782";
const UNIVERSITY: &str = "974760843";
const OWNER: &str = "313367002";

impl Example {
    pub(in crate::needs) fn new() -> Self {
        Self::under("kollektiv-2026")
    }

    /// The example under a ruleset, for the kinds of units that its scheme is for.
    pub(in crate::needs) fn under(ruleset: &str) -> Self {
        let ruleset = Rulesets::embedded().unwrap().get(ruleset).unwrap().clone();
        let mut content = content();
        content.unit_kinds.retain(|kind| ruleset.settings.unit_kinds.value.contains(kind));
        Self { content, facts: facts(&ruleset), ruleset, now: "2026-12-01T12:00:00Z".parse().unwrap() }
    }

    pub(in crate::needs) fn findings_of(&self, rule: &str) -> Vec<Finding> {
        let findings = check(&self.content, &self.facts, &self.ruleset, self.now);
        findings.into_iter().filter(|finding| finding.rule == rule).collect()
    }

    pub(in crate::needs) fn codes_of(&self, rule: &str) -> Vec<String> {
        self.findings_of(rule).into_iter().map(|finding| finding.code).collect()
    }
}

fn content() -> Content {
    let year = SchoolYear::beginning(2027);
    let line = |key: &str, kind, recipient: &str, amount| BudgetLine {
        key: key.to_owned(),
        kind,
        school_year: year,
        recipient: orgnr(recipient),
        amount: Nok::new(amount),
        note: None,
    };
    let area = |code: &str| AreaNeed { area: code.to_owned(), level: AreaLevel::Basic, purpose: AreaPurpose::Build };
    let anchored = Some(AnchoringAnswer { anchored: true, how: None });
    Content {
        title: "Språkmiljø for alle".to_owned(),
        description: "Barnehage, skole og PPT lærer sammen om språkmiljø.".to_owned(),
        goals: vec!["Alle enheter kartlegger språkmiljøet sitt".to_owned()],
        expected_benefit: "Barn med språkvansker får hjelp tidligere.".to_owned(),
        period: Some(Period { from: year, to: year }),
        unit_kinds: vec![UnitKind::Kindergarten, UnitKind::School, UnitKind::Ppt],
        areas: vec![area("language_speech"), area("inclusive_practice")],
        partners: vec![NamedParty { orgnr: orgnr(UNIVERSITY), contribution: None }],
        evidence: Evidence { batches: vec![BatchId(Uuid::nil())], explanation: None },
        anchoring: Anchoring { leaders: anchored.clone(), staff: anchored.clone(), unions: anchored },
        amount: Nok::new(500_000),
        own_contribution: Nok::new(150_000),
        preparation: Preparation { guidelines_read: true, dialogue_with_university: true, dialogue_with_statped: true },
        budget: vec![
            line("delivery", BudgetKind::Delivery, UNIVERSITY, 450_000),
            line("coordination", BudgetKind::Coordination, SENDER, 50_000),
        ],
        ..Content::default()
    }
}

fn facts(ruleset: &Ruleset) -> Facts {
    Facts {
        sender: Organisation {
            orgnr: orgnr(SENDER),
            name: "Alver kommune".to_owned(),
            kind: OrganisationKind::Municipality,
            municipality: Some("4631".parse().unwrap()),
            county: Some("46".parse().unwrap()),
            county_governor: None,
            language_decision: None,
            active: true,
        },
        sender_has_unit_in_round: true,
        sender_valid_until: None,
        round: round(ruleset),
        counties: vec!["46".parse().unwrap()],
        parties: vec![confirmed(UNIVERSITY, OrganisationKind::University)],
        naming_back: Vec::new(),
        units: Vec::new(),
        private_owners: vec![PrivateOwnerFact {
            orgnr: orgnr(OWNER),
            name: "Solsikken barnehager AS".to_owned(),
            unit_kinds: vec![UnitKind::Kindergarten],
            answer: Some(answer(RecordedAnswer::Joins, None)),
        }],
        batches: vec![BatchFact {
            id: BatchId(Uuid::nil()),
            sender: orgnr(SENDER),
            committed_at: "2026-11-01T12:00:00Z".parse().unwrap(),
        }],
        kartlegging_senders: vec![orgnr(SENDER)],
        special_needs_areas: vec!["language_speech".to_owned()],
        other_open_needs: Vec::new(),
        supplemented: None,
        returned: None,
        exempt_until: None,
    }
}

fn round(ruleset: &Ruleset) -> Round {
    Round {
        id: RoundId(Uuid::nil()),
        county_governor: "vestland".to_owned(),
        scheme: ruleset.scheme.clone(),
        ruleset: ruleset.code.clone(),
        year: 2027,
        opens_on: "2026-10-10".parse().unwrap(),
        deadline_date: "2027-02-01".parse().unwrap(),
        report_due_on: "2028-01-15".parse().unwrap(),
        form: RoundForm::default(),
        state: RoundState::Open,
    }
}
