//! Made-up kartlegging: the same answers for the same units every time, as a CSV file that can be uploaded. For the
//! demonstration and for trying out an integration.

use contract::kartlegging::Instrument;
use contract::me::Me;
use contract::organisations::Unit;
use domain::organisations::UnitKind;
use sha2::{Digest, Sha256};

use crate::client::Client;
use crate::error::Error;

/// What the answers are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// The unit's organisation number.
    pub unit_orgnr: String,
    /// Its kind, which decides who answers.
    pub unit_kind: String,
}

/// One row of the file: the answer of one group of staff at one unit on one competence area.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row<'a> {
    unit_orgnr: &'a str,
    area: &'a str,
    respondent_group: &'static str,
    /// Tenths on the scale from 1 to 5.
    current: u8,
    needed: u8,
    respondents: u8,
}

/// So many areas does each unit answer on; which ones differs from unit to unit.
const AREAS_PER_UNIT: usize = 8;

impl Client {
    /// A made-up kartlegging of the caller's own units, as CSV. For a municipality that is every unit in it that the
    /// instrument asks, private ones too; a PPT office answers where it lies. For others, the units that it owns.
    pub async fn made_up_kartlegging(&self, instrument: &str) -> Result<Vec<u8>, Error> {
        let me: Me = self.get("/v1/me").await?;
        let instrument: Instrument = self.get(&format!("/v1/kartlegging/instruments/{instrument}")).await?;
        let path = match &me.municipality_number {
            Some(number) if me.kind == "municipality" => format!("/v1/units?active=true&municipality={number}"),
            _ => format!("/v1/units?active=true&owner={}", me.orgnr),
        };
        let units: Vec<Unit> = self.list(&path).await?;
        let asked = |unit: &Unit| instrument.unit_kinds.iter().any(|kind| kind == unit.kind.as_str());
        let own = |unit: &Unit| unit.owner_orgnr == me.orgnr || unit.kind != UnitKind::UpperSecondary;
        let units = units.into_iter().filter(|unit| asked(unit) && own(unit));
        let units: Vec<Surveyed> =
            units.map(|unit| Surveyed { unit_orgnr: unit.orgnr, unit_kind: unit.kind.to_string() }).collect();
        let areas: Vec<String> = instrument.areas.into_iter().map(|area| area.code).collect();
        csv(&units, &areas).map_err(|e| Error::Setup(format!("the rows cannot be written as CSV: {e}")))
    }
}

/// Writes the answers of these units on some of these areas as CSV, with a header, in the order of the units.
pub fn csv(units: &[Surveyed], areas: &[String]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["unit_orgnr", "area", "respondent_group", "current", "needed", "respondents", "comment"])?;
    for unit in units {
        for row in rows(unit, areas) {
            let (current, needed) = (decimal(row.current), decimal(row.needed));
            let respondents = row.respondents.to_string();
            writer.write_record([
                row.unit_orgnr,
                row.area,
                row.respondent_group,
                &current,
                &needed,
                &respondents,
                "",
            ])?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn rows<'a>(unit: &'a Surveyed, areas: &'a [String]) -> Vec<Row<'a>> {
    let groups: &[&'static str] = match unit.unit_kind.as_str() {
        "ppt" => &["leaders", "support_service"],
        _ => &["leaders", "pedagogical_staff", "assistants"],
    };
    let first = usize::from(chance(&unit.unit_orgnr, "", "")[0]);
    let chosen = (0..AREAS_PER_UNIT.min(areas.len())).map(|n| &areas[(first + n * 3) % areas.len()]);
    let mut seen = Vec::new();
    for area in chosen {
        if !seen.contains(&area) {
            seen.push(area);
        }
    }
    seen.iter().flat_map(|area| groups.iter().map(|group| row(unit, area, group))).collect()
}

/// Staff know something and need more; leaders are few, so some of their cells are too small to be published.
fn row<'a>(unit: &'a Surveyed, area: &'a str, group: &'static str) -> Row<'a> {
    let [a, b, c, _] = chance(&unit.unit_orgnr, area, group);
    let current = 12 + a % 24;
    let needed = (current + 3 + b % 18).min(50);
    let respondents = if group == "leaders" { 1 + c % 6 } else { 3 + c % 20 };
    Row { unit_orgnr: &unit.unit_orgnr, area, respondent_group: group, current, needed, respondents }
}

/// Tenths as a decimal number.
fn decimal(tenths: u8) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Bytes that look random and are always the same for the same texts.
fn chance(unit: &str, area: &str, group: &str) -> [u8; 4] {
    let digest = Sha256::digest(format!("{unit}/{area}/{group}"));
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn units() -> Vec<Surveyed> {
        let unit = |n: u32| Surveyed {
            unit_orgnr: (310_000_000 + n).to_string(),
            unit_kind: ["kindergarten", "school", "ppt"][n as usize % 3].to_owned(),
        };
        (0..30).map(unit).collect()
    }

    fn areas() -> Vec<String> {
        (0..26).map(|n| format!("area_{n}")).collect()
    }

    #[test]
    fn the_file_is_the_same_every_time() {
        assert_eq!(csv(&units(), &areas()).unwrap(), csv(&units(), &areas()).unwrap());
    }

    #[test]
    fn no_key_comes_twice_and_every_figure_lies_on_the_scale() {
        let mut keys = BTreeSet::new();
        for unit in units() {
            for row in rows(&unit, &areas()) {
                assert!((10..=50).contains(&row.current) && row.current < row.needed && row.needed <= 50);
                assert!(row.respondents >= 1);
                assert!(keys.insert((row.unit_orgnr.to_owned(), row.area.to_owned(), row.respondent_group)));
            }
        }
        assert_eq!(keys.len(), 10 * 8 * (3 + 3 + 2));
    }

    #[test]
    fn a_short_list_of_areas_is_answered_whole() {
        let areas: Vec<String> = areas().into_iter().take(2).collect();
        assert_eq!(rows(&units()[0], &areas).len(), 2 * 3);
    }
}
