//! What an answer speaks about: competence areas together, or an indicator by itself.

use super::answer::Dimension;
use crate::kartlegging::Instrument;

/// The codes whose cells answer a question; `None` where they are everything that the instrument asks about. An indicator
/// is no competence, so it has a line of its own by area and enters no other mean unless it is the one that is wanted.
/// Like any filter this keeps or drops whole cells, a year together with its halves (K05).
pub fn areas_asked_for(instrument: &Instrument, by: Dimension, wanted: Option<&str>) -> Option<Vec<String>> {
    match wanted {
        Some(code) => Some(vec![code.to_owned()]),
        None if by == Dimension::Area || instrument.indicators.is_empty() => None,
        None => Some(instrument.areas.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::{Line, Question};
    use super::super::world::{answer, cell, everything, instrument};
    use super::*;

    /// What is told of five people about sight and of seven about the indicator: key and people, line by line.
    fn told(by: Dimension, wanted: Option<&str>) -> Vec<(String, i64)> {
        let mut indicator = cell("4601", "leaders", "2026", 7);
        indicator.key.area = "common_time".to_owned();
        let cells = [cell("4601", "leaders", "2026", 5), indicator];
        let areas = areas_asked_for(&instrument(), by, wanted);
        let people = |line: Line| (line.key, line.sums.respondents);
        answer(&cells, &Question { areas, ..everything(by) }, 5).into_iter().map(people).collect()
    }

    fn lines(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
        expected.iter().map(|(key, people)| ((*key).to_owned(), *people)).collect()
    }

    #[test]
    fn an_indicator_has_a_line_of_its_own() {
        assert_eq!(told(Dimension::Area, None), lines(&[("common_time", 7), ("vision", 5)]));
        assert_eq!(told(Dimension::Area, Some("common_time")), lines(&[("common_time", 7)]));
    }

    #[test]
    fn an_indicator_enters_no_mean_of_competence() {
        for (by, key) in [(Dimension::Municipality, "4601"), (Dimension::County, "46"), (Dimension::Period, "2026")] {
            assert_eq!(told(by, None), lines(&[(key, 5)]), "{by}");
            assert_eq!(told(by, Some("vision")), lines(&[(key, 5)]), "{by}");
            assert_eq!(told(by, Some("common_time")), lines(&[(key, 7)]), "{by}");
        }
    }

    #[test]
    fn of_an_instrument_without_indicators_everything_is_summed() {
        let mut plain = instrument();
        plain.indicators.clear();
        assert_eq!(areas_asked_for(&plain, Dimension::County, None), None);
    }
}
