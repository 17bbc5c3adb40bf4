//! Seats, dates and instants for the tests of this feature.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::{Deputy, Seat, SeatGroup, SeatRole};
use crate::ids::SeatId;
use crate::orgnr::{OrgNr, Synthetic};

/// Another organisation than the one that holds the seats.
pub const OTHER_ORGNR: &str = "889640782";

/// A date as written.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many minutes into the meeting.
pub fn at(minute: u32) -> DateTime<Utc> {
    "2026-03-10T09:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::minutes(i64::from(minute))
}

/// An organisation number as written.
pub fn orgnr(text: &str) -> OrgNr {
    OrgNr::parse(text, Synthetic::Refused).unwrap()
}

/// A deputy from another organisation.
pub fn deputy() -> Deputy {
    Deputy { name: "Ola Nordmann".to_owned(), orgnr: orgnr(OTHER_ORGNR) }
}

/// A filled voting seat of a group since New Year 2026.
pub fn seat(group: SeatGroup) -> Seat {
    Seat {
        id: SeatId(Uuid::now_v7()),
        group,
        orgnr: orgnr("974760673"),
        role: SeatRole::Member,
        voting: true,
        holder: Some("Kari Nordmann".to_owned()),
        deputy: None,
        from: date("2026-01-01"),
        to: None,
    }
}
