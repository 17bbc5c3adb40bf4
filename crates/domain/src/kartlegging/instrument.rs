//! Instruments: what is asked, of whom, about which units, on which scale. Data, not code.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::response::{Level, RespondentGroup};
use crate::organisations::UnitKind;

/// One version of an instrument. A code names exactly one version, as a ruleset's code does, so that a response's
/// natural key (K01) needs no second number; `family` and `version` tell which instruments follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its code, such as `basis-2026`.
    pub code: String,
    /// What all its versions have in common, such as `basis`.
    pub family: String,
    /// Its number in the family, from 1.
    pub version: i64,
    /// Its name for people.
    pub title: Labels,
    /// What it asks, in a sentence or two.
    pub description: Labels,
    /// The scale of current and needed competence (K02).
    pub scale: Scale,
    /// The kinds of units that answer it.
    pub unit_kinds: Vec<UnitKind>,
    /// Who may answer.
    pub respondent_groups: Vec<RespondentGroup>,
    /// Codes of the competence areas that it asks about.
    pub areas: Vec<String>,
    /// What it asks about besides, on the same scale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}

/// Something that an instrument asks about and that is no competence area, such as time for common work. In a row its
/// code stands where an area's does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its code, unlike that of every area.
    pub code: String,
    /// Its name for people.
    pub label: Labels,
}

/// The same text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

/// Whole numbers with a meaning each; answers lie between the first and the last, with at most one decimal, since
/// a row is the mean of its respondents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The lowest answer.
    pub min: i64,
    /// The highest answer.
    pub max: i64,
    /// What each whole number means, lowest first.
    pub points: Vec<ScalePoint>,
}

/// One whole number of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScalePoint {
    /// The number.
    pub value: i64,
    /// What it means.
    pub label: Labels,
}

/// Why a text is no usable instrument.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InstrumentError {
    /// The file does not have the shape.
    #[error("the instrument cannot be read: {0}")]
    Shape(String),
    /// No code may be empty or hold other characters than these.
    #[error("codes of instruments are lower-case letters, digits, hyphens and underscores, at most 64: {1:?}")]
    Code(CodeOf, String),
    /// Versions count from 1.
    #[error("the version of an instrument is 1 or more")]
    Version,
    /// The points must be every whole number from the lowest to the highest.
    #[error("a scale has two to ten points from min to max, each whole number once, lowest first, none below 0")]
    Scale,
    /// A list is empty.
    #[error("{0} must name something")]
    Empty(&'static str),
    /// A list names what it has named before.
    #[error("{0} names something twice, at {1}")]
    Twice(&'static str, usize),
    /// An area that the reference data does not have.
    #[error("{1:?} is not a competence area, at {0}")]
    UnknownArea(usize, String),
    /// An indicator with the code of a competence area.
    #[error("{1:?} is a competence area, so no indicator may have its code, at {0}")]
    IndicatorIsArea(usize, String),
}

/// What a code is the code of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeOf {
    /// The instrument.
    Instrument,
    /// Its family.
    Family,
    /// The indicator at this place.
    Indicator(usize),
}

impl Scale {
    /// Whether an answer lies on the scale (K02).
    pub fn holds(&self, level: Level) -> bool {
        (self.min * 10..=self.max * 10).contains(&level.tenths())
    }

    fn is_sound(&self) -> bool {
        let values: Vec<i64> = self.points.iter().map(|point| point.value).collect();
        self.min >= 0
            && (2..=10).contains(&(self.max - self.min + 1))
            && values == (self.min..=self.max).collect::<Vec<_>>()
    }
}

impl Instrument {
    /// Reads an instrument from its TOML file and checks it against the competence areas of the reference data.
    pub fn from_toml(text: &str, is_area: impl Fn(&str) -> bool) -> Result<Self, InstrumentError> {
        let instrument: Self = toml::from_str(text).map_err(|error| InstrumentError::Shape(error.to_string()))?;
        match instrument.faults(is_area).into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(instrument),
        }
    }

    /// Everything that is wrong with it and that the shape alone does not say.
    pub fn faults(&self, is_area: impl Fn(&str) -> bool) -> Vec<InstrumentError> {
        let mut faults = self.wrong_codes();
        if self.version < 1 {
            faults.push(InstrumentError::Version);
        }
        if !self.scale.is_sound() {
            faults.push(InstrumentError::Scale);
        }
        let indicators: Vec<&String> = self.indicators.iter().map(|indicator| &indicator.code).collect();
        faults.extend(once_each("unit_kinds", &self.unit_kinds));
        faults.extend(once_each("respondent_groups", &self.respondent_groups));
        faults.extend(once_each("areas", &self.areas));
        faults.extend(repeated("indicators", &indicators));
        let unknown = self.areas.iter().enumerate().filter(|(_, area)| !is_area(area));
        faults.extend(unknown.map(|(n, area)| InstrumentError::UnknownArea(n, area.clone())));
        let areas = indicators.into_iter().enumerate().filter(|(_, code)| is_area(code));
        faults.extend(areas.map(|(n, code)| InstrumentError::IndicatorIsArea(n, code.clone())));
        faults
    }

    fn wrong_codes(&self) -> Vec<InstrumentError> {
        let indicators = self.indicators.iter().enumerate();
        [(CodeOf::Instrument, &self.code), (CodeOf::Family, &self.family)]
            .into_iter()
            .chain(indicators.map(|(n, indicator)| (CodeOf::Indicator(n), &indicator.code)))
            .filter(|(_, code)| !is_code(code))
            .map(|(of, code)| InstrumentError::Code(of, code.clone()))
            .collect()
    }

    /// Everything that it asks about: its areas, then its indicators.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        self.areas.iter().chain(self.indicators.iter().map(|indicator| &indicator.code)).map(String::as_str)
    }

    /// The place of an area or indicator among [`Self::asked`].
    pub fn area_index(&self, code: &str) -> Option<usize> {
        self.asked().position(|asked| asked == code)
    }
}

/// Whether a text can be a code in paths and files.
pub(super) fn is_code(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}

fn once_each<T: PartialEq>(name: &'static str, list: &[T]) -> Vec<InstrumentError> {
    if list.is_empty() { vec![InstrumentError::Empty(name)] } else { repeated(name, list).collect() }
}

/// The places at which a list names what it has named before.
fn repeated<T: PartialEq>(name: &'static str, list: &[T]) -> impl Iterator<Item = InstrumentError> {
    let places = list.iter().enumerate().filter(|(n, named)| list[..*n].contains(named));
    places.map(move |(n, _)| InstrumentError::Twice(name, n))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::kartlegging) fn labels(text: &str) -> Labels {
        Labels { nb: text.to_owned(), nn: text.to_owned(), en: text.to_owned() }
    }

    /// An instrument of two areas and two groups for everything but SFO.
    pub(in crate::kartlegging) fn small() -> Instrument {
        let points = (1..=5).map(|value| ScalePoint { value, label: labels("nivå") }).collect();
        Instrument {
            code: "basis-2026".to_owned(),
            family: "basis".to_owned(),
            version: 1,
            title: labels("Basis"),
            description: labels("Spør om alt"),
            scale: Scale { min: 1, max: 5, points },
            unit_kinds: vec![UnitKind::Kindergarten, UnitKind::School, UnitKind::Ppt, UnitKind::UpperSecondary],
            respondent_groups: vec![RespondentGroup::Leaders, RespondentGroup::All],
            areas: vec!["aac".to_owned(), "vision".to_owned()],
            indicators: Vec::new(),
        }
    }

    fn known(area: &str) -> bool {
        ["aac", "vision"].contains(&area)
    }

    #[test]
    fn a_sound_instrument_passes() {
        assert_eq!(small().faults(known), []);
    }

    #[test]
    fn a_scale_has_every_whole_number_once() {
        for break_it in [
            |scale: &mut Scale| scale.max = 6,
            |scale: &mut Scale| scale.points.swap(0, 1),
            |scale: &mut Scale| scale.min = -1,
            |scale: &mut Scale| scale.points.clear(),
        ] {
            let mut instrument = small();
            break_it(&mut instrument.scale);
            assert_eq!(instrument.faults(known), [InstrumentError::Scale]);
        }
    }

    #[test]
    fn lists_name_something_and_nothing_twice() {
        let mut none = small();
        none.areas.clear();
        assert_eq!(none.faults(known), [InstrumentError::Empty("areas")]);
        let mut twice = small();
        twice.respondent_groups.push(RespondentGroup::All);
        assert_eq!(twice.faults(known), [InstrumentError::Twice("respondent_groups", 2)]);
    }

    #[test]
    fn areas_are_those_of_the_reference_data() {
        let mut instrument = small();
        instrument.areas.push("astrology".to_owned());
        assert_eq!(instrument.faults(known), [InstrumentError::UnknownArea(2, "astrology".to_owned())]);
    }

    #[test]
    fn an_indicator_is_asked_like_an_area_and_is_none() {
        let mut instrument = small();
        let time = Indicator { code: "common_time".to_owned(), label: labels("Tid til felles arbeid") };
        instrument.indicators.push(time.clone());
        assert_eq!(instrument.faults(known), []);
        assert_eq!(instrument.asked().collect::<Vec<_>>(), ["aac", "vision", "common_time"]);
        assert_eq!(instrument.area_index("common_time"), Some(2));
        instrument.indicators.push(time);
        assert_eq!(instrument.faults(known), [InstrumentError::Twice("indicators", 1)]);
        instrument.indicators.truncate(1);
        instrument.indicators[0].code = "aac".to_owned();
        assert_eq!(instrument.faults(known), [InstrumentError::IndicatorIsArea(0, "aac".to_owned())]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut instrument = small();
        instrument.code = "Basis 2026".to_owned();
        instrument.family.clear();
        instrument.scale.min = -1;
        instrument.areas = ["vision", "astrology", "vision", "tarot"].map(str::to_owned).to_vec();
        instrument.indicators.push(Indicator { code: "Tid".to_owned(), label: labels("Tid") });
        let expected = [
            InstrumentError::Code(CodeOf::Instrument, "Basis 2026".to_owned()),
            InstrumentError::Code(CodeOf::Family, String::new()),
            InstrumentError::Code(CodeOf::Indicator(0), "Tid".to_owned()),
            InstrumentError::Scale,
            InstrumentError::Twice("areas", 2),
            InstrumentError::UnknownArea(1, "astrology".to_owned()),
            InstrumentError::UnknownArea(3, "tarot".to_owned()),
        ];
        assert_eq!(instrument.faults(known), expected);
    }

    #[test]
    fn the_instrument_that_comes_with_the_service_is_sound_and_asks_about_every_area() {
        let areas = include_str!("../../../../reference/competence-areas.csv");
        let codes: Vec<&str> = areas.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        let file = include_str!("../../../../reference/instruments/basis-2026.toml");
        let instrument = Instrument::from_toml(file, |area| codes.contains(&area)).unwrap();
        assert!(matches!(Instrument::from_toml(file, |_| false), Err(InstrumentError::UnknownArea(0, _))));
        assert_eq!(instrument.areas, codes);
        assert_eq!((instrument.scale.min, instrument.scale.max), (1, 5));
    }
}
