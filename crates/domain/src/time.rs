//! Dates and instants as the scheme reads them: deadlines end at midnight in Oslo, school years run from August.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, SubsecRound, TimeZone, Utc};
use chrono_tz::Europe::Oslo;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The instant at which a deadline date is over: the next midnight in Oslo, exclusive (N03). Oslo's clocks
/// change at two and three in the night, so midnight always exists and is never doubled.
pub fn deadline_at(date: NaiveDate) -> DateTime<Utc> {
    let next_day = date.checked_add_days(Days::new(1)).expect("a deadline lies far from the end of the calendar");
    Oslo.from_local_datetime(&next_day.and_time(NaiveTime::MIN))
        .single()
        .expect("midnight in Oslo exists once")
        .with_timezone(&Utc)
}

/// The first instant of a date in Oslo.
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    deadline_at(date.pred_opt().expect("a date lies far from the beginning of the calendar"))
}

/// The date in Oslo at an instant.
pub fn oslo_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Oslo).date_naive()
}

/// The calendar year in Oslo at an instant; references carry it.
pub fn oslo_year(at: DateTime<Utc>) -> i32 {
    oslo_date(at).year()
}

/// Cuts an instant to what both databases keep.
#[must_use]
pub fn to_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// A school year, written `2026-2027`. Its money is charged to the frame of the year in which it begins (G01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SchoolYear(i32);

/// A text that is no school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a school year is written as two years in a row, such as 2026-2027")]
pub struct SchoolYearError;

impl SchoolYear {
    /// The school year that begins in August of `year`.
    pub const fn beginning(year: i32) -> Self {
        Self(year)
    }

    /// The calendar year in which it begins.
    pub const fn first_year(self) -> i32 {
        self.0
    }

    /// The school year after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl FromStr for SchoolYear {
    type Err = SchoolYearError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, second) = text.split_once('-').ok_or(SchoolYearError)?;
        let year = |t: &str| (t.len() == 4).then(|| t.parse::<u16>().ok()).flatten().ok_or(SchoolYearError);
        let (first, second) = (year(first)?, year(second)?);
        if first < 2000 || second != first + 1 {
            return Err(SchoolYearError);
        }
        Ok(Self(i32::from(first)))
    }
}

impl TryFrom<String> for SchoolYear {
    type Error = SchoolYearError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SchoolYear> for String {
    fn from(year: SchoolYear) -> Self {
        year.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_winter_deadline_ends_at_23_utc() {
        assert_eq!(deadline_at(date("2027-02-01")).to_rfc3339(), "2027-02-01T23:00:00+00:00");
    }

    #[test]
    fn a_summer_deadline_ends_at_22_utc() {
        assert_eq!(deadline_at(date("2027-06-15")).to_rfc3339(), "2027-06-15T22:00:00+00:00");
    }

    #[test]
    fn a_deadline_on_the_day_the_clocks_change_ends_at_the_new_midnight() {
        assert_eq!(deadline_at(date("2027-03-28")).to_rfc3339(), "2027-03-28T22:00:00+00:00");
        assert_eq!(deadline_at(date("2026-10-25")).to_rfc3339(), "2026-10-25T23:00:00+00:00");
    }

    #[test]
    fn a_reference_takes_its_year_in_oslo() {
        let new_year_in_oslo = "2026-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(oslo_year(new_year_in_oslo), 2027);
    }

    #[test]
    fn school_years_are_two_years_in_a_row() {
        assert_eq!("2026-2027".parse::<SchoolYear>().unwrap(), SchoolYear::beginning(2026));
        for wrong in ["2026", "2026-2028", "2026-27", "2027-2026", "+026-2027", ""] {
            assert_eq!(wrong.parse::<SchoolYear>(), Err(SchoolYearError), "{wrong}");
        }
    }
}
