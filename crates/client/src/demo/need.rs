//! A municipality registers a need: drafted, the university invited and confirming, private owners answered for,
//! checked, submitted, accepted.

use anyhow::Context;
use contract::needs::{
    Anchoring, AnchoringAnswer, AreaNeed, Audience, BudgetLine, Contact, Evidence, Invitation, InvitationReply,
    InvitationsSent, Invite, NamedOrganisation, Need, NeedCheck, NeedDocument, Party, Period, Preparation,
    PrivateOwner, PrivateOwnerReply, RecordPrivateOwner,
};
use contract::rounds::{ExtraAnswer, Round};
use domain::needs::{AreaLevel, AreaPurpose, BudgetKind, OwnAnswer, RecordedAnswer, TargetGroup};
use domain::organisations::UnitKind;
use serde_json::json;
use uuid::Uuid;

use super::cast::{Actor, Cast};
use super::round::school_year;
use super::tell::{self, count, kroner};

/// The municipality of the story, and the university that it works with.
pub(super) const MUNICIPALITY: &str = "voss-kommune";
pub(super) const UNIVERSITY: &str = "hogskulen-pa-vestlandet";

/// What the measure costs, and who gets how much of it: the university, the municipality.
const ASKED_FOR: [(BudgetKind, bool, i64); 5] = [
    (BudgetKind::NeedsAssessment, true, 20_000),
    (BudgetKind::Planning, false, 30_000),
    (BudgetKind::Delivery, true, 150_000),
    (BudgetKind::Evaluation, true, 20_000),
    (BudgetKind::Coordination, false, 20_000),
];

/// Registers the need and brings it to the county governor's desk. Answers the need as it was accepted.
pub(super) async fn register(cast: &Cast, round: &Round, batch: Uuid) -> anyhow::Result<Need> {
    tell::step(2, "A need is registered");
    let (municipality, university) = (cast.actor(MUNICIPALITY)?, cast.actor(UNIVERSITY)?);
    let need = draft(&municipality, &university, round, batch).await?;
    check(&municipality, &need, "before anybody was asked").await?;
    invite(&municipality, &need).await?;
    confirm(&university, &need).await?;
    answer_for_private_owners(cast, &municipality, &need).await?;
    check(&municipality, &need, "after everybody was asked").await?;
    let need = submit(&municipality, &need).await?;
    accept(&cast.secretariat()?, &need).await
}

async fn draft(municipality: &Actor, university: &Actor, round: &Round, batch: Uuid) -> anyhow::Result<Need> {
    let need: Need = municipality.client.post("/v1/needs", &document(municipality, university, round, batch)).await?;
    let amount = need.content.amount_nok.unwrap_or_default();
    tell::did(&municipality.name, &format!("drafts «{}» and asks for {}", need.content.title, kroner(amount)));
    Ok(need)
}

fn document(municipality: &Actor, university: &Actor, round: &Round, batch: Uuid) -> NeedDocument {
    let year = school_year(round);
    let area = |area: &str| AreaNeed { area: area.to_owned(), level: AreaLevel::Basic, purpose: AreaPurpose::Build };
    let anchored = |how: &str| Some(AnchoringAnswer { anchored: true, how: Some(how.to_owned()) });
    let line = |(kind, to_university, amount_nok): (BudgetKind, bool, i64)| BudgetLine {
        key: kind.to_string(),
        kind,
        school_year: year.clone(),
        recipient: if to_university { &university.orgnr } else { &municipality.orgnr }.clone(),
        amount_nok,
        note: None,
    };
    NeedDocument {
        round_id: round.id,
        title: "Språkmiljø for alle: frå kartlegging til felles praksis".to_owned(),
        description: "Barnehagar, skular, SFO og PPT lærer saman å sjå og støtte barn som strevar med språket."
            .to_owned(),
        goals: vec!["Alle einingane arbeider systematisk med språkmiljøet sitt.".to_owned()],
        expected_benefit: "Barn får hjelp der dei er, tidlegare enn i dag.".to_owned(),
        period: Some(Period { from: year.clone(), to: year.clone() }),
        unit_kinds: vec![UnitKind::Kindergarten, UnitKind::School, UnitKind::Sfo, UnitKind::Ppt],
        audience: vec![
            Audience { group: TargetGroup::Leaders, number: 14 },
            Audience { group: TargetGroup::PedagogicalStaff, number: 180 },
            Audience { group: TargetGroup::SupportService, number: 6 },
        ],
        units: Vec::new(),
        participants: Vec::new(),
        partners: vec![NamedOrganisation {
            orgnr: university.orgnr.clone(),
            contribution: Some("Utviklar og leier samlingane saman med oss.".to_owned()),
        }],
        statped: None,
        other_environments: Vec::new(),
        areas: vec![area("language_speech"), area("inclusive_practice")],
        evidence: Evidence { batches: vec![batch], explanation: None },
        anchoring: Anchoring {
            leaders: anchored("Drøfta i styrar- og rektormøte."),
            staff: anchored("Kartlagt og drøfta i kvar eining."),
            unions: anchored("Drøfta med dei tillitsvalde."),
        },
        amount_nok: ASKED_FOR.iter().map(|(_, _, amount)| amount).sum(),
        budget: ASKED_FOR.into_iter().map(line).collect(),
        own_contribution_nok: 0,
        applied_elsewhere: Vec::new(),
        supplement: None,
        preparation: Preparation {
            guidelines_read: true,
            dialogue_with_university: true,
            dialogue_with_statped: false,
        },
        extra_answers: vec![ExtraAnswer {
            key: "gathering_form".to_owned(),
            choice: Some("both".to_owned()),
            ..ExtraAnswer::default()
        }],
        language: "nn".to_owned(),
        contact: Some(Contact {
            role: "rådgjevar oppvekst".to_owned(),
            email: "oppvekst@voss.example".to_owned(),
            phone: None,
        }),
        explanations: [].into(),
        external_refs: Vec::new(),
    }
}

/// Asks what is missing, and tells it.
pub(super) async fn check(municipality: &Actor, need: &Need, when: &str) -> anyhow::Result<()> {
    let check: NeedCheck = municipality.client.get(&format!("/v1/needs/{}/check", need.id)).await?;
    let verdict = if check.submittable { "it can be submitted" } else { "it cannot be submitted yet" };
    tell::did(&municipality.name, &format!("checks the draft {when}: {verdict}"));
    for found in check.findings.iter().map(|checked| &checked.finding) {
        tell::detail(&format!("{} ({}): {}", found.severity, found.rule, found.message));
    }
    Ok(())
}

/// Invites everybody whom a need names or concerns.
pub(super) async fn invite(municipality: &Actor, need: &Need) -> anyhow::Result<()> {
    let path = format!("/v1/needs/{}/invitations", need.id);
    let sent: InvitationsSent = municipality.client.post(&path, &Invite::default()).await?;
    let (partners, owners) = (count(sent.partners.len(), "partner"), count(sent.private_owners.len(), "private owner"));
    let participants = match sent.participants.len() {
        0 => String::new(),
        invited => format!(", {}", count(invited, "participant")),
    };
    tell::did(&municipality.name, &format!("invites {partners}{participants} and {owners}"));
    Ok(())
}

/// The university confirms its part.
pub(super) async fn confirm(university: &Actor, need: &Need) -> anyhow::Result<()> {
    let waiting: Vec<Invitation> = university.client.list("/v1/invitations?state=pending").await?;
    let invitation = waiting.iter().find(|invitation| invitation.need_id == need.id);
    let invitation = invitation.context("the invitation has not reached the university")?;
    let reply = InvitationReply { reason: Some("Vi har kapasitet frå hausten.".to_owned()), asks_for_statped: false };
    let path = format!("/v1/needs/{}/partners/{}/confirm", need.id, university.orgnr);
    let partner: Party = university.client.transition(&path, invitation.version, &reply).await?;
    tell::did(&university.name, &format!("answers the invitation: {}", partner.state));
    Ok(())
}

/// One owner answers for itself; for the others the municipality notes what it was told.
pub(super) async fn answer_for_private_owners(cast: &Cast, municipality: &Actor, need: &Need) -> anyhow::Result<()> {
    let path = format!("/v1/needs/{}/private-owners", need.id);
    let owners: Vec<PrivateOwner> = municipality.client.get::<contract::needs::PrivateOwnerPage>(&path).await?.items;
    let mut concerned = owners.into_iter().filter(|owner| owner.concerned);
    if let Some(owner) = concerned.next() {
        let actor = cast.of(&owner.orgnr)?;
        let reply = PrivateOwnerReply { answer: OwnAnswer::Joins, reason: None };
        let path = format!("{path}/{}/answer", owner.orgnr);
        let answered: PrivateOwner = actor.client.transition(&path, owner.version, &reply).await?;
        tell_answer(&actor.name, "answers for itself", &answered);
    }
    for (n, owner) in concerned.enumerate() {
        let invited_on = owner.invited_on.context("the owner was invited")?;
        let answer = if n == 0 { RecordedAnswer::Joins } else { RecordedAnswer::Declined };
        let noted = RecordPrivateOwner { invited_on, answer, reason: None };
        let path = format!("{path}/{}", owner.orgnr);
        let noted: PrivateOwner = municipality.client.put(&path, owner.version, &noted).await?;
        tell_answer(&municipality.name, &format!("notes what {} answered", noted.name), &noted);
    }
    Ok(())
}

fn tell_answer(who: &str, what: &str, owner: &PrivateOwner) {
    let answer = owner.answer.map_or("no answer", RecordedAnswer::as_str);
    tell::did(who, &format!("{what}: {answer}"));
}

/// Submits a need as it stands.
pub(super) async fn submit(municipality: &Actor, need: &Need) -> anyhow::Result<Need> {
    // Answers of others raise their own versions, never the need's; what we wrote ourselves is read anew.
    let need: Need = municipality.client.get(&format!("/v1/needs/{}", need.id)).await?;
    let path = format!("/v1/needs/{}/submit", need.id);
    let need: Need = municipality.client.transition(&path, need.version, &json!({})).await?;
    tell::did(&municipality.name, &format!("submits the need: {}, {}", reference(&need), need.state));
    Ok(need)
}

async fn accept(secretariat: &Actor, need: &Need) -> anyhow::Result<Need> {
    let path = format!("/v1/needs/{}/accept", need.id);
    let need: Need = secretariat.client.transition(&path, need.version, &json!({})).await?;
    tell::did(&secretariat.name, &format!("reads {} and takes it up for treatment: {}", reference(&need), need.state));
    Ok(need)
}

/// The need's reference; every submitted need has one.
pub(super) fn reference(need: &Need) -> &str {
    need.reference.as_deref().unwrap_or("without a reference")
}
