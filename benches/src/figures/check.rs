//! Checking the largest need that the interface takes, in process: once with everybody confirmed and once with
//! nobody, where nearly everything that it names is a finding.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Context;
use chrono::{DateTime, Utc};
use domain::ids::{BatchId, NeedId};
use domain::language::Bilingual;
use domain::money::Nok;
use domain::needs::{
    Anchoring, AnchoringAnswer, AreaLevel, AreaNeed, AreaPurpose, BatchFact, BudgetKind, BudgetLine, Content, Evidence,
    Facts, InvitationState, NamedParty, OpenNeedFact, OtherEnvironment, PartyFact, Period, Preparation,
    PrivateOwnerAnswer, PrivateOwnerFact, RecordedAnswer, UnitFact, UnitPart, UnitRole, check,
};
use domain::organisations::{Organisation, OrganisationKind, UnitKind};
use domain::orgnr::OrgNr;
use domain::rounds::{ExtraAnswer, ExtraAnswers, Question, QuestionKind, Round, RoundForm, RoundState};
use domain::rulesets::{Ruleset, Rulesets};
use domain::time::SchoolYear;

use super::median;

// As many as `openapi.yaml` lets a document have of each.
const UNITS: usize = 500;
const PARTICIPANTS: usize = 100;
const PARTNERS: usize = 10;
const OTHER_ENVIRONMENTS: usize = 20;
const AREAS: usize = 30;
const BATCHES: usize = 50;
const BUDGET_LINES: usize = 200;
const GOALS: usize = 20;
const QUESTIONS: usize = 30;
/// Private owners in the municipalities of a hundred participants, as many as the largest counties have.
const PRIVATE_OWNERS: usize = 500;
const OTHER_NEEDS: usize = 50;

const TIMES: usize = 2_000;

/// Milliseconds that a check takes: the median of the slower of the two.
pub(super) fn measure() -> anyhow::Result<Vec<f64>> {
    let rulesets = Rulesets::embedded()?;
    let ruleset = rulesets.get("kollektiv-2026").context("an embedded ruleset")?;
    let now: DateTime<Utc> = "2026-12-01T12:00:00Z".parse()?;
    let mut slowest = 0.0_f64;
    for confirmed in [true, false] {
        let (content, facts) = (content()?, facts(ruleset, confirmed)?);
        let findings = check(&content, &facts, ruleset, now).len();
        let mut taken = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begun = Instant::now();
            black_box(check(black_box(&content), black_box(&facts), ruleset, now));
            taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        let milliseconds = median(taken);
        eprintln!("check with {findings} findings: {milliseconds:.3} ms");
        slowest = slowest.max(milliseconds);
    }
    Ok(vec![slowest])
}

/// Numbers of one kind of organisation; those of different kinds differ in their first digits.
fn orgnr(kind: usize, n: usize) -> OrgNr {
    OrgNr::from_register(format!("9{kind:02}{n:06}"))
}

fn sender() -> OrgNr {
    orgnr(0, 0)
}

fn participant(n: usize) -> OrgNr {
    orgnr(1, n)
}

fn partner(n: usize) -> OrgNr {
    orgnr(2, n)
}

fn unit(n: usize) -> OrgNr {
    orgnr(3, n)
}

fn private_owner(n: usize) -> OrgNr {
    orgnr(4, n)
}

fn area(n: usize) -> String {
    format!("area_{n}")
}

fn question(n: usize) -> String {
    format!("question_{n}")
}

fn batch(n: usize) -> anyhow::Result<BatchId> {
    Ok(format!("00000000-0000-0000-0000-{n:012}").parse()?)
}

fn content() -> anyhow::Result<Content> {
    let year = SchoolYear::beginning(2027);
    let party = |orgnr| NamedParty { orgnr, contribution: Some("Leier arbeidet i eigne einingar.".to_owned()) };
    let anchored = Some(AnchoringAnswer { anchored: true, how: None });
    let line = |n: usize| BudgetLine {
        key: format!("line-{n}"),
        kind: BudgetKind::Delivery,
        school_year: year,
        recipient: participant(n % PARTICIPANTS),
        amount: Nok::new(1_000),
        note: None,
    };
    Ok(Content {
        title: "Språkmiljø for alle".to_owned(),
        description: "Alle lærer saman om språkmiljøet. ".repeat(500),
        goals: vec!["Alle einingar kartlegg språkmiljøet sitt".to_owned(); GOALS],
        expected_benefit: "Barn får hjelp tidlegare.".to_owned(),
        period: Some(Period { from: year, to: year }),
        unit_kinds: vec![UnitKind::Kindergarten, UnitKind::School, UnitKind::Ppt],
        units: (0..UNITS).map(|n| UnitPart { orgnr: unit(n), role: UnitRole::TakesPart }).collect(),
        participants: (0..PARTICIPANTS).map(|n| party(participant(n))).collect(),
        partners: (0..PARTNERS).map(|n| party(partner(n))).collect(),
        other_environments: (0..OTHER_ENVIRONMENTS).map(other_environment).collect(),
        areas: (0..AREAS)
            .map(|n| AreaNeed { area: area(n), level: AreaLevel::Basic, purpose: AreaPurpose::Build })
            .collect(),
        evidence: Evidence { batches: (0..BATCHES).map(batch).collect::<Result<_, _>>()?, explanation: None },
        anchoring: Anchoring { leaders: anchored.clone(), staff: anchored.clone(), unions: anchored },
        amount: Nok::new(200_000),
        own_contribution: Nok::new(100_000),
        budget: (0..BUDGET_LINES).map(line).collect(),
        preparation: Preparation { guidelines_read: true, dialogue_with_university: true, dialogue_with_statped: true },
        extra_answers: (0..QUESTIONS)
            .map(|n| (question(n), ExtraAnswer::Text("Ja".to_owned())))
            .collect::<ExtraAnswers>(),
        ..Content::default()
    })
}

fn other_environment(n: usize) -> OtherEnvironment {
    OtherEnvironment {
        orgnr: Some(orgnr(5, n)),
        name: None,
        contribution: "Rettleier personalet.".to_owned(),
        reason: Some("Partnaren har ikkje fagmiljøet.".to_owned()),
    }
}

/// What is known around it, where all the others have said yes or nobody has answered yet.
fn facts(ruleset: &Ruleset, confirmed: bool) -> anyhow::Result<Facts> {
    let party = |orgnr, kind| PartyFact {
        orgnr,
        kind,
        active: true,
        valid_until: None,
        state: Some(if confirmed { InvitationState::Confirmed } else { InvitationState::Pending }),
        asks_for_statped: false,
    };
    let participants = (0..PARTICIPANTS).map(|n| party(participant(n), OrganisationKind::Municipality));
    let partners = (0..PARTNERS).map(|n| party(partner(n), OrganisationKind::University));
    let owner_of = |n: usize| if confirmed { participant(n % PARTICIPANTS) } else { private_owner(n) };
    Ok(Facts {
        sender: municipality()?,
        sender_has_unit_in_round: true,
        sender_valid_until: None,
        round: round(ruleset)?,
        counties: vec!["46".parse()?],
        parties: participants.chain(partners).collect(),
        naming_back: if confirmed { Vec::new() } else { (0..PARTICIPANTS).map(participant).collect() },
        units: (0..UNITS).map(|n| UnitFact { orgnr: unit(n), answered_for_by: vec![owner_of(n)] }).collect(),
        private_owners: (0..PRIVATE_OWNERS).map(|n| private(n, confirmed)).collect::<Result<_, _>>()?,
        batches: (0..BATCHES)
            .map(|n| Ok(BatchFact { id: batch(n)?, sender: sender(), committed_at: "2026-11-01T12:00:00Z".parse()? }))
            .collect::<anyhow::Result<_>>()?,
        kartlegging_senders: vec![sender()],
        special_needs_areas: vec![area(0)],
        other_open_needs: (0..OTHER_NEEDS).map(other_need).collect::<Result<_, _>>()?,
        supplemented: None,
        returned: None,
        exempt_until: None,
    })
}

fn municipality() -> anyhow::Result<Organisation> {
    Ok(Organisation {
        orgnr: sender(),
        name: "Alver kommune".to_owned(),
        kind: OrganisationKind::Municipality,
        municipality: Some("4631".parse()?),
        county: Some("46".parse()?),
        county_governor: None,
        language_decision: None,
        active: true,
    })
}

fn round(ruleset: &Ruleset) -> anyhow::Result<Round> {
    let words = || Bilingual { nb: "Hvilken region?".to_owned(), nn: "Kva region?".to_owned() };
    let question = |n| Question {
        key: question(n),
        kind: QuestionKind::Text,
        required: true,
        label: words(),
        help: None,
        choices: Vec::new(),
    };
    Ok(Round {
        id: "00000000-0000-0000-0000-000000000000".parse()?,
        county_governor: "vestland".to_owned(),
        scheme: ruleset.scheme.clone(),
        ruleset: ruleset.code.clone(),
        year: 2027,
        opens_on: "2026-10-10".parse()?,
        deadline_date: "2027-02-01".parse()?,
        report_due_on: "2028-01-15".parse()?,
        form: RoundForm { guidance: None, questions: (0..QUESTIONS).map(question).collect() },
        state: RoundState::Open,
    })
}

fn private(n: usize, answered: bool) -> anyhow::Result<PrivateOwnerFact> {
    let answer = PrivateOwnerAnswer { invited_on: "2026-11-01".parse()?, recorded: RecordedAnswer::Joins, own: None };
    Ok(PrivateOwnerFact {
        orgnr: private_owner(n),
        name: "Solsikka barnehagar AS".to_owned(),
        unit_kinds: vec![UnitKind::Kindergarten],
        answer: answered.then_some(answer),
    })
}

fn other_need(n: usize) -> anyhow::Result<OpenNeedFact> {
    let id: NeedId = format!("00000000-0000-0000-0001-{n:012}").parse()?;
    Ok(OpenNeedFact { id, title: "Språk i alle rom".to_owned(), areas: (0..AREAS).map(area).collect() })
}
