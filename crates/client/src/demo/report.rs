//! What became of the money: each recipient fills in its part, the sender submits, the county governor approves.

use anyhow::Context;
use contract::funding::grants::Grant;
use contract::funding::reports::{Report, ReportIndicator, ReportPart, ReportPartContent, ReportParticipants};
use contract::rounds::Round;
use contract::rulesets::Ruleset;
use domain::funding::reports::GoalAttainment;
use domain::needs::TargetGroup;
use serde_json::json;

use super::cast::{Actor, Cast};
use super::need::{MUNICIPALITY, UNIVERSITY};
use super::round::school_year;
use super::tell::{self, kroner};

/// Reports on the measure's year.
pub(super) async fn report(cast: &Cast, round: &Round, grant: &Grant) -> anyhow::Result<()> {
    tell::step(7, "What came of it is reported");
    let (municipality, university) = (cast.actor(MUNICIPALITY)?, cast.actor(UNIVERSITY)?);
    let path = format!("/v1/grants/{}/reports/{}", grant.id, school_year(round));
    let ruleset: Ruleset = municipality.client.get(&format!("/v1/rulesets/{}", round.ruleset)).await?;
    let indicators = indicators(&ruleset)?;
    let taught = part(&indicators, &[(TargetGroup::PedagogicalStaff, 84)]);
    fill_in(&university, &path, 0, taught).await?;
    let learned = part(&indicators, &[(TargetGroup::Leaders, 21), (TargetGroup::SupportService, 7)]);
    fill_in(&municipality, &path, 6_500, learned).await?;
    let report: Report = municipality.client.get(&path).await?;
    let report: Report = municipality.client.transition(&format!("{path}/submit"), report.version, &json!({})).await?;
    tell::did(&municipality.name, &format!("submits the report for {}: {}", report.school_year, report.state));
    let secretariat = cast.secretariat()?;
    let report: Report = secretariat.client.transition(&format!("{path}/approve"), report.version, &json!({})).await?;
    tell::did(&secretariat.name, &format!("reads the report: {}", report.state));
    let unused = report.unused_nok.unwrap_or_default();
    tell::detail(&format!(
        "granted {}, used {}, unused {}",
        kroner(report.granted_nok),
        kroner(report.used_nok),
        kroner(unused)
    ));
    Ok(())
}

/// What the round's ruleset asks about the benefit.
fn indicators(ruleset: &Ruleset) -> anyhow::Result<Vec<String>> {
    let setting = ruleset.settings.iter().find(|setting| setting.name == "report_indicators");
    let setting = setting.context("the ruleset names the indicators of reports")?;
    Ok(serde_json::from_value(setting.value.clone())?)
}

/// A recipient's part: who took part (counts, never names), and what came of it.
fn part(indicators: &[String], who: &[(TargetGroup, i64)]) -> ReportPartContent {
    let participants = who.iter().map(|(group, count)| ReportParticipants { target_group: *group, count: *count });
    ReportPartContent {
        used_nok: 0,
        own_contribution_nok: 0,
        participants: participants.collect(),
        indicators: indicators.iter().map(|code| ReportIndicator { code: code.clone(), value: 4 }).collect(),
        goals: GoalAttainment::Reached,
        assessment: "Personalet observerer og støttar språket i kvardagen, og PPT er tettare på.".to_owned(),
    }
}

/// Fills in a part: everything that was granted is used but for what is left over.
async fn fill_in(actor: &Actor, report: &str, unused: i64, content: ReportPartContent) -> anyhow::Result<()> {
    let path = format!("{report}/parts/{}", actor.orgnr);
    let part: ReportPart = actor.client.get(&path).await?;
    let content = ReportPartContent { used_nok: part.granted_nok - unused, ..content };
    let part: ReportPart = actor.client.put(&path, part.version, &content).await?;
    let used = part.content.map_or(0, |content| content.used_nok);
    tell::did(&actor.name, &format!("fills in its part: {} of {} used", kroner(used), kroner(part.granted_nok)));
    Ok(())
}
