//! The files of `reference/`, embedded and read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use domain::kartlegging::Instrument;
use persistence::reference::{CompetenceArea, County, CountyGovernor, Municipality, ReferenceData};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

const AREAS: &str = include_str!("../../../../reference/competence-areas.csv");
const GOVERNORS: &str = include_str!("../../../../reference/county-governors.csv");
/// One file per version of an instrument.
const INSTRUMENTS: [&str; 1] = [include_str!("../../../../reference/instruments/basis-2026.toml")];
const MUNICIPALITIES: &str = include_str!("../../../../reference/municipalities-2024.csv");

/// Tells whether a database has this release's reference data.
pub static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let files = [AREAS, GOVERNORS, MUNICIPALITIES].into_iter().chain(INSTRUMENTS);
    hex::encode(files.fold(Sha256::new(), Sha256::chain_update).finalize())
});

#[derive(Deserialize)]
struct GovernorLine {
    code: String,
    short_code: String,
    name_nb: String,
    name_nn: String,
    county_numbers: String,
}

#[derive(Deserialize)]
struct MunicipalityLine {
    municipality_number: String,
    name: String,
    norwegian_name: String,
    county_number: String,
    county_name: String,
}

#[derive(Deserialize)]
struct AreaLine {
    code: String,
    area_group: String,
    label_nb: String,
    label_nn: String,
    label_en: String,
}

fn lines<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("reference/{name}"))
}

/// The instruments in `reference/instruments/`, held against the competence areas.
pub fn instruments(areas: &[CompetenceArea]) -> anyhow::Result<Vec<Instrument>> {
    let is_area = |code: &str| areas.iter().any(|area| area.code == code);
    INSTRUMENTS.iter().map(|file| Ok(Instrument::from_toml(file, is_area)?)).collect()
}

/// Everything in `reference/`.
pub fn data() -> anyhow::Result<ReferenceData> {
    let governors: Vec<GovernorLine> = lines("county-governors.csv", GOVERNORS)?;
    let municipalities: Vec<MunicipalityLine> = lines("municipalities-2024.csv", MUNICIPALITIES)?;
    let areas: Vec<AreaLine> = lines("competence-areas.csv", AREAS)?;
    let office_of: BTreeMap<&str, &str> = governors
        .iter()
        .flat_map(|office| office.county_numbers.split_whitespace().map(|county| (county, office.code.as_str())))
        .collect();
    let names: BTreeMap<&str, &str> =
        municipalities.iter().map(|m| (m.county_number.as_str(), m.county_name.as_str())).collect();
    let counties = names
        .into_iter()
        .map(|(number, name)| {
            let office = office_of.get(number).ok_or_else(|| anyhow!("no county governor covers county {number}"))?;
            Ok(County { number: number.to_owned(), name: name.to_owned(), county_governor: (*office).to_owned() })
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(ReferenceData {
        loaded_at: None,
        counties,
        county_governors: governors
            .into_iter()
            .map(|g| CountyGovernor { code: g.code, short_code: g.short_code, name_nb: g.name_nb, name_nn: g.name_nn })
            .collect(),
        municipalities: municipalities.into_iter().map(municipality).collect(),
        competence_areas: areas
            .into_iter()
            .map(|a| CompetenceArea {
                code: a.code,
                area_group: a.area_group,
                label_nb: a.label_nb,
                label_nn: a.label_nn,
                label_en: a.label_en,
            })
            .collect(),
    })
}

fn municipality(line: MunicipalityLine) -> Municipality {
    Municipality {
        number: line.municipality_number,
        name: line.name,
        norwegian_name: line.norwegian_name,
        county_number: line.county_number,
        // The division that the file is named after.
        valid_from: NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date"),
        valid_to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ten_offices_fifteen_counties_and_357_municipalities() {
        let data = data().unwrap();
        assert_eq!(
            (data.county_governors.len(), data.counties.len(), data.municipalities.len(), data.competence_areas.len()),
            (10, 15, 357, 26)
        );
    }
}
