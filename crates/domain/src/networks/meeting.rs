//! Meetings of a network, and the themes that are raised for them (F11).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::ids::{NetworkId, NetworkMeetingId, ThemeId};
use crate::orgnr::OrgNr;

/// A meeting of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkMeeting {
    /// Its id.
    pub id: NetworkMeetingId,
    /// The network that meets.
    pub network: NetworkId,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Where it takes place, or the address of a call.
    pub place: Option<String>,
    /// What is talked about, in the order in which it was raised.
    pub themes: Vec<Theme>,
}

/// A theme of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who raised it.
    pub raised_by: OrgNr,
    /// What came of it; absent until that is noted.
    pub notes: Option<String>,
}

/// The meeting has begun: themes are raised before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the meeting has begun")]
pub struct MeetingHasBegun;

/// Why a meeting cannot be called, or its themes noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MeetingFault {
    /// What came of themes is noted once the meeting has begun.
    #[error("the meeting has not begun")]
    MeetingNotBegun(ThemeId),
    /// A meeting is called for a time to come.
    #[error("the meeting would have begun already")]
    MeetingInPast,
    /// The meeting has no such theme.
    #[error("there is no such theme")]
    Unknown(ThemeId),
}

/// Why a meeting cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CannotMove {
    /// It has begun.
    #[error("the meeting has begun")]
    HasBegun,
    /// It would have begun already.
    #[error("the meeting would have begun already")]
    ToThePast,
}

impl NetworkMeeting {
    /// Whether it has begun.
    pub fn has_begun(&self, now: DateTime<Utc>) -> bool {
        now >= self.starts_at
    }

    /// Whether it may be called: for a time to come, so that members can raise themes.
    pub fn check_call(&self, now: DateTime<Utc>) -> Result<(), MeetingFault> {
        if self.has_begun(now) { Err(MeetingFault::MeetingInPast) } else { Ok(()) }
    }

    /// The meeting at another time. Once it has begun it stays where it was, and it is never moved to a time gone by:
    /// themes are raised before it, and noted after.
    pub fn moved_to(self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, CannotMove> {
        if starts_at == self.starts_at {
            return Ok(self);
        }
        if self.has_begun(now) {
            return Err(CannotMove::HasBegun);
        }
        let moved = Self { starts_at, ..self };
        if moved.has_begun(now) { Err(CannotMove::ToThePast) } else { Ok(moved) }
    }

    /// The meeting with one more theme; nobody raises one when it has begun.
    pub fn raise(&self, theme: Theme, now: DateTime<Utc>) -> Result<Self, MeetingHasBegun> {
        if self.has_begun(now) {
            return Err(MeetingHasBegun);
        }
        let themes = self.themes.iter().cloned().chain([theme]).collect();
        Ok(Self { themes, ..self.clone() })
    }

    /// What has been noted, by theme.
    pub fn notes(&self) -> BTreeMap<ThemeId, String> {
        self.themes.iter().filter_map(|theme| Some((theme.id, theme.notes.clone()?))).collect()
    }

    /// The meeting with these notes and no others, or everything that is wrong with them.
    pub fn noted(&self, notes: &BTreeMap<ThemeId, String>, now: DateTime<Utc>) -> Result<Self, Vec<MeetingFault>> {
        let is_theme = |id: &ThemeId| self.themes.iter().any(|theme| theme.id == *id);
        let before = self.notes();
        let faults: Vec<MeetingFault> = notes
            .iter()
            .filter_map(|(id, text)| match () {
                () if !is_theme(id) => Some(MeetingFault::Unknown(*id)),
                () if before.get(id) != Some(text) && !self.has_begun(now) => Some(MeetingFault::MeetingNotBegun(*id)),
                () => None,
            })
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let themes = self.themes.iter().map(|theme| Theme { notes: notes.get(&theme.id).cloned(), ..theme.clone() });
        Ok(Self { themes: themes.collect(), ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::networks::network::tests::orgnr;

    fn theme(n: u128) -> Theme {
        Theme {
            id: ThemeId(uuid::Uuid::from_u128(n)),
            title: "Samisk språk".to_owned(),
            description: String::new(),
            raised_by: orgnr("974760673"),
            notes: None,
        }
    }

    fn meeting() -> NetworkMeeting {
        NetworkMeeting {
            id: NetworkMeetingId(uuid::Uuid::nil()),
            network: NetworkId(uuid::Uuid::nil()),
            title: "Nettverksmøte".to_owned(),
            starts_at: "2026-12-01T09:00:00Z".parse().unwrap(),
            place: None,
            themes: vec![theme(1)],
        }
    }

    fn before() -> DateTime<Utc> {
        meeting().starts_at - TimeDelta::microseconds(1)
    }

    #[test]
    fn a_meeting_is_called_for_a_time_to_come() {
        assert_eq!(meeting().check_call(before()), Ok(()));
        assert_eq!(meeting().check_call(meeting().starts_at), Err(MeetingFault::MeetingInPast));
    }

    #[test]
    fn a_theme_is_raised_until_the_meeting_begins() {
        assert_eq!(meeting().raise(theme(2), before()).unwrap().themes.len(), 2);
        assert_eq!(meeting().raise(theme(2), meeting().starts_at), Err(MeetingHasBegun));
    }

    #[test]
    fn what_came_of_a_theme_is_noted_from_then_on() {
        let notes = BTreeMap::from([(theme(1).id, "Vi prøver det ut.".to_owned())]);
        let noted = meeting().noted(&notes, meeting().starts_at).unwrap();
        assert_eq!(noted.notes(), notes);
        assert_eq!(noted.noted(&notes, before()).unwrap(), noted, "what stands already is no new note");
        assert_eq!(noted.noted(&BTreeMap::new(), before()).unwrap(), meeting());
        assert_eq!(meeting().noted(&notes, before()), Err(vec![MeetingFault::MeetingNotBegun(theme(1).id)]));
        let strange = BTreeMap::from([(theme(2).id, "Hva?".to_owned())]);
        assert_eq!(meeting().noted(&strange, meeting().starts_at), Err(vec![MeetingFault::Unknown(theme(2).id)]));
    }
}
