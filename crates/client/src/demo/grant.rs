//! The county governor turns the recommendation into a grant within the frame, and tells everybody concerned.

use anyhow::Context;
use contract::forum::recommendations::{Recommendation, RecommendationLine};
use contract::funding::grants::{DecideGrant, DecideRecipient, DecideYear, Grant};
use contract::needs::Need;
use domain::funding::decisions::Outcome;
use serde_json::json;

use super::cast::Cast;
use super::tell::{self, kroner};

/// Decides on the need as the forum recommended, and notifies.
pub(super) async fn decide(cast: &Cast, need: &Need, recommendation: &Recommendation) -> anyhow::Result<Grant> {
    tell::step(5, "The county governor grants it");
    let secretariat = cast.secretariat()?;
    let line = recommendation.lines.iter().find(|line| line.need_id == need.id);
    let line = line.context("the recommendation has no line for the need")?;
    let decision = DecideGrant {
        need_id: need.id,
        recommendation_id: recommendation.id,
        outcome: Outcome::Granted,
        reason: "Vi følgjer innstillinga frå samarbeidsforum.".to_owned(),
        departure_reason: None,
        years: years_of(line),
        external_refs: Vec::new(),
    };
    let grant: Grant = secretariat.client.post("/v1/grants", &decision).await?;
    tell::did(
        &secretariat.name,
        &format!("decides {}: {}, {}", grant.reference, grant.outcome, kroner(grant.amount_nok)),
    );
    for recipient in grant.years.iter().flat_map(|year| &year.recipients) {
        tell::detail(&format!("{} to {}", kroner(recipient.amount_nok), cast.name_of(&recipient.orgnr)));
    }
    let path = format!("/v1/grants/{}/notify", grant.id);
    let grant: Grant = secretariat.client.transition(&path, grant.version, &json!({})).await?;
    tell::did(&secretariat.name, &format!("notifies sender and recipients: {}", grant.state));
    Ok(grant)
}

/// The line's split, school year by school year.
fn years_of(line: &RecommendationLine) -> Vec<DecideYear> {
    let mut years: Vec<DecideYear> = Vec::new();
    for share in &line.split {
        let recipient =
            DecideRecipient { orgnr: share.recipient.clone(), amount_nok: Some(share.amount_nok), share: None };
        match years.iter_mut().find(|year| year.school_year == share.school_year) {
            Some(year) => {
                year.amount_nok += share.amount_nok;
                year.recipients.push(recipient);
            }
            None => years.push(DecideYear {
                school_year: share.school_year.clone(),
                amount_nok: share.amount_nok,
                recipients: vec![recipient],
            }),
        }
    }
    years
}
