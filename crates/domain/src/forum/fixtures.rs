//! A seat and a date for the tests of this feature.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Seat, SeatGroup, SeatRole};
use crate::ids::SeatId;
use crate::orgnr::{OrgNr, Synthetic};

/// A date as written.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A filled voting seat of a group since New Year 2026.
pub fn seat(group: SeatGroup) -> Seat {
    Seat {
        id: SeatId(Uuid::now_v7()),
        group,
        orgnr: OrgNr::parse("974760673", Synthetic::Refused).unwrap(),
        role: SeatRole::Member,
        voting: true,
        holder: Some("Kari Nordmann".to_owned()),
        deputy: None,
        from: date("2026-01-01"),
        to: None,
    }
}
