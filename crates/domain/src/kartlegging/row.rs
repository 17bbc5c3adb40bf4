//! One row of an upload, checked on its own (K02, K03, N15).

use super::column::Column;
use super::directory::{Directory, Standing};
use super::fault::{FaultCode, RowFault};
use super::instrument::Instrument;
use super::places::Place;
use super::response::{Level, LevelError, RespondentGroup, Response, Values, is_digits};
use crate::national_id::contains_national_id;

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 1_000;
/// More respondents than any unit has staff: a larger number is a slip of the hand.
pub const RESPONDENTS_MAX: i64 = 10_000;

/// The cells of a row as they came; an absent one is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RawRow<'a> {
    /// In the order of [`Column::ALL`].
    pub cells: [&'a str; Column::COUNT],
}

impl<'a> RawRow<'a> {
    /// A cell without the white space around it.
    pub fn get(&self, column: Column) -> &'a str {
        self.cells[column as usize].trim()
    }

    /// The columns whose cells hold a national identity number (N15). They must not be kept anywhere.
    pub fn national_ids(&self) -> impl Iterator<Item = Column> + '_ {
        Column::those(|column| contains_national_id(self.cells[column as usize]))
    }
}

/// Checks a row and reads it, or tells everything that is wrong with it at once.
///
/// Pure: the same row gives the same answer in a dry run, in an upload and in the middle of a file. Whether the
/// key stands twice in the batch, or belongs to another sender, is not a row's own business; see
/// [`super::Seen`] and [`super::compare`].
pub fn check_row<'a>(
    row: &RawRow<'a>,
    instrument: &Instrument,
    directory: &Directory,
) -> Result<Response<'a>, Vec<RowFault>> {
    let mut faults = Faults::default();
    faults.note_texts(row);
    let unit = faults.keep(Column::UnitOrgnr, check_unit(row, instrument, directory));
    let area = faults.keep(Column::Area, check_area(row, instrument));
    let group = faults.keep(Column::RespondentGroup, check_group(row, instrument));
    let current = faults.keep(Column::Current, check_level(row.get(Column::Current), instrument));
    let needed = faults.keep(Column::Needed, check_level(row.get(Column::Needed), instrument));
    let respondents = faults.keep(Column::Respondents, check_respondents(row.get(Column::Respondents)));
    let comment = faults.keep(Column::Comment, check_comment(row.get(Column::Comment)));
    match (unit, area, group, current, needed, respondents, comment) {
        (Some(unit), Some(area), Some(group), Some(current), Some(needed), Some(respondents), Some(comment))
            if faults.0.is_empty() =>
        {
            let values = Values { current, needed, respondents, comment };
            Ok(Response { place: Place { unit, area, group }, values })
        }
        _ => Err(faults.0),
    }
}

#[derive(Default)]
struct Faults(Vec<RowFault>);

impl Faults {
    fn keep<T>(&mut self, column: Column, checked: Result<T, FaultCode>) -> Option<T> {
        checked.map_err(|code| self.note(RowFault::at(column, code))).ok()
    }

    fn note(&mut self, fault: RowFault) {
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// What no cell may hold, whichever it is. Line breaks and tabs are normal in a comment.
    fn note_texts(&mut self, row: &RawRow<'_>) {
        for column in Column::ALL {
            let cell = row.cells[*column as usize];
            if cell.bytes().any(|b| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7f) {
                self.note(RowFault::at(*column, FaultCode::ControlCharacter));
            }
        }
        for column in row.national_ids() {
            self.note(RowFault::at(column, FaultCode::NationalId));
        }
    }
}

fn check_unit(row: &RawRow<'_>, instrument: &Instrument, directory: &Directory) -> Result<u32, FaultCode> {
    let text = present(row.get(Column::UnitOrgnr))?;
    let malformed = if directory.has_codes() { FaultCode::UnitCodeUnknown } else { FaultCode::UnitMalformed };
    match directory.find(text).map_err(|_| malformed)? {
        None => Err(FaultCode::UnitUnknown),
        Some(Standing::Foreign) => Err(FaultCode::UnitNotYours),
        Some(Standing::Closed) => Err(FaultCode::UnitClosed),
        Some(Standing::Mine(index, kind)) if instrument.unit_kinds.contains(&kind) => Ok(index),
        Some(Standing::Mine(..)) => Err(FaultCode::UnitKindNotAsked),
    }
}

fn check_area(row: &RawRow<'_>, instrument: &Instrument) -> Result<u16, FaultCode> {
    let index = instrument.area_index(present(row.get(Column::Area))?);
    index.and_then(|index| u16::try_from(index).ok()).ok_or(FaultCode::AreaNotAsked)
}

fn check_group(row: &RawRow<'_>, instrument: &Instrument) -> Result<u8, FaultCode> {
    let group: RespondentGroup =
        present(row.get(Column::RespondentGroup))?.parse().map_err(|_| FaultCode::GroupNotAsked)?;
    let index = instrument.respondent_groups.iter().position(|asked| *asked == group);
    index.and_then(|index| u8::try_from(index).ok()).ok_or(FaultCode::GroupNotAsked)
}

fn check_level(text: &str, instrument: &Instrument) -> Result<Level, FaultCode> {
    let level = Level::parse(present(text)?).map_err(|error| match error {
        LevelError::NotANumber => FaultCode::NotANumber,
        LevelError::DecimalComma => FaultCode::DecimalComma,
        LevelError::TooManyDecimals => FaultCode::TooManyDecimals,
    })?;
    if instrument.scale.holds(level) { Ok(level) } else { Err(FaultCode::OutsideScale) }
}

fn check_respondents(text: &str) -> Result<i64, FaultCode> {
    let text = present(text)?;
    if is_digits(text.strip_prefix('-').unwrap_or(text)) {
        let number = text.parse::<i64>().ok().filter(|number| (1..=RESPONDENTS_MAX).contains(number));
        return number.ok_or(FaultCode::RespondentsOutOfRange);
    }
    match Level::parse(text) {
        Ok(_) | Err(LevelError::TooManyDecimals | LevelError::DecimalComma) => Err(FaultCode::NotWhole),
        Err(LevelError::NotANumber) => Err(FaultCode::NotANumber),
    }
}

fn check_comment(text: &str) -> Result<Option<&str>, FaultCode> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > COMMENT_MAX && text.chars().count() > COMMENT_MAX {
        return Err(FaultCode::CommentTooLong);
    }
    Ok(Some(text))
}

fn present(text: &str) -> Result<&str, FaultCode> {
    if text.is_empty() { Err(FaultCode::MissingValue) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::super::directory::tests::{CLOSED_SCHOOL, FOREIGN_SCHOOL, MY_SCHOOL, MY_SFO};
    use super::super::{directory, instrument};
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const GOOD: [&str; 7] = [MY_SCHOOL, "aac", "leaders", "2.5", "4", "12", "treng meir ASK"];

    fn check(cells: [&str; 7]) -> Result<Response<'_>, Vec<RowFault>> {
        check_row(&RawRow { cells }, &instrument::tests::small(), &directory::tests::small())
    }

    fn with(column: Column, cell: &str) -> [&str; 7] {
        let mut cells = GOOD;
        cells[column as usize] = cell;
        cells
    }

    #[test]
    fn a_good_row_is_read() {
        let response = check(GOOD).unwrap();
        assert_eq!(response.place, Place { unit: 0, area: 0, group: 0 });
        assert_eq!((response.values.current.tenths(), response.values.needed.tenths()), (25, 40));
        assert_eq!((response.values.respondents, response.values.comment), (12, Some("treng meir ASK")));
    }

    #[test]
    fn a_row_without_a_comment_is_as_good() {
        assert_eq!(check(with(Column::Comment, "  ")).unwrap().values.comment, None);
    }

    #[rstest]
    #[case(Column::UnitOrgnr, "", FaultCode::MissingValue)]
    #[case(Column::UnitOrgnr, "974760674", FaultCode::UnitMalformed)]
    #[case(Column::UnitOrgnr, "Haugen skule", FaultCode::UnitMalformed)]
    #[case(Column::UnitOrgnr, "974760002", FaultCode::UnitUnknown)]
    #[case(Column::UnitOrgnr, CLOSED_SCHOOL, FaultCode::UnitClosed)]
    #[case(Column::UnitOrgnr, FOREIGN_SCHOOL, FaultCode::UnitNotYours)]
    #[case(Column::UnitOrgnr, MY_SFO, FaultCode::UnitKindNotAsked)]
    #[case(Column::Area, "astrology", FaultCode::AreaNotAsked)]
    #[case(Column::Area, "hearing", FaultCode::AreaNotAsked)]
    #[case(Column::RespondentGroup, "pupils", FaultCode::GroupNotAsked)]
    #[case(Column::RespondentGroup, "assistants", FaultCode::GroupNotAsked)]
    #[case(Column::Current, "", FaultCode::MissingValue)]
    #[case(Column::Current, "2,5", FaultCode::DecimalComma)]
    #[case(Column::Current, "NaN", FaultCode::NotANumber)]
    #[case(Column::Current, "1e309", FaultCode::NotANumber)]
    #[case(Column::Current, "-0", FaultCode::OutsideScale)]
    #[case(Column::Needed, "5.1", FaultCode::OutsideScale)]
    #[case(Column::Needed, "0.9", FaultCode::OutsideScale)]
    #[case(Column::Needed, "3.25", FaultCode::TooManyDecimals)]
    #[case(Column::Respondents, "0", FaultCode::RespondentsOutOfRange)]
    #[case(Column::Respondents, "-3", FaultCode::RespondentsOutOfRange)]
    #[case(Column::Respondents, "10001", FaultCode::RespondentsOutOfRange)]
    #[case(Column::Respondents, "99999999999999999999", FaultCode::RespondentsOutOfRange)]
    #[case(Column::Respondents, "2.5", FaultCode::NotWhole)]
    #[case(Column::Respondents, "many", FaultCode::NotANumber)]
    #[case(Column::Comment, "a\0b", FaultCode::ControlCharacter)]
    fn each_fault_has_its_code(#[case] column: Column, #[case] cell: &str, #[case] code: FaultCode) {
        assert_eq!(check(with(column, cell)), Err(vec![RowFault::at(column, code)]));
    }

    #[test]
    fn a_comment_is_counted_in_characters() {
        assert!(check(with(Column::Comment, &"å".repeat(COMMENT_MAX))).is_ok());
        let long = "å".repeat(COMMENT_MAX + 1);
        let expected = RowFault::at(Column::Comment, FaultCode::CommentTooLong);
        assert_eq!(check(with(Column::Comment, &long)), Err(vec![expected]));
    }

    #[test]
    fn an_identity_number_is_found_in_any_cell() {
        let number = "15081210281";
        assert!(contains_national_id(number));
        let faults = check(with(Column::Comment, "gjeld 150812 10281")).unwrap_err();
        assert_eq!(faults, [RowFault::at(Column::Comment, FaultCode::NationalId)]);
        let faults = check(with(Column::UnitOrgnr, number)).unwrap_err();
        assert!(faults.contains(&RowFault::at(Column::UnitOrgnr, FaultCode::NationalId)));
    }

    #[test]
    fn all_faults_of_a_row_are_told_at_once() {
        let faults = check(["", "", "", "", "", "", ""]).unwrap_err();
        let columns: Vec<Column> = faults.iter().filter_map(|fault| fault.column).collect();
        assert_eq!(columns, Column::ALL[..6], "the comment alone may be absent");
    }

    proptest! {
        #[test]
        fn checking_never_panics(cells in proptest::array::uniform7("\\PC{0,40}|[0-9., eE\\-\u{0}\t]{0,24}")) {
            let borrowed = [0, 1, 2, 3, 4, 5, 6].map(|i| cells[i].as_str());
            let checked = check(borrowed);
            prop_assert!(checked.is_ok() || !checked.unwrap_err().is_empty());
        }

        #[test]
        fn every_level_on_the_scale_passes_and_none_beside_it(tenths in -100..200_i64) {
            let text = format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
            prop_assert_eq!(check(with(Column::Current, &text)).is_ok(), (10..=50).contains(&tenths));
        }
    }
}
