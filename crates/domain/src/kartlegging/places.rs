//! Places: unit × area × respondent group as one small number, so that a million rows can be told apart in a few
//! megabytes, exactly.

use super::directory::Directory;
use super::instrument::Instrument;
use super::response::RespondentGroup;
use crate::orgnr::OrgNr;

/// Where a response belongs within its batch: the part of the natural key (K01) that differs from row to row,
/// as positions in the sender's directory and the instrument's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The unit's position in [`Directory::mine`].
    pub unit: u32,
    /// The area's position in [`Instrument::areas`].
    pub area: u16,
    /// The group's position in [`Instrument::respondent_groups`].
    pub group: u8,
}

/// All places that a batch can speak about: for each one a slot in a table.
#[derive(Debug, Clone)]
pub struct Places {
    units: Vec<OrgNr>,
    areas: Vec<String>,
    groups: Vec<RespondentGroup>,
}

impl Places {
    /// The places of a sender's directory under an instrument.
    pub fn new(directory: &Directory, instrument: &Instrument) -> Self {
        Self {
            units: directory.mine().to_vec(),
            areas: instrument.asked().map(str::to_owned).collect(),
            groups: instrument.respondent_groups.clone(),
        }
    }

    /// How many slots a table over all places needs.
    pub fn len(&self) -> usize {
        self.units.len() * self.slots_per_unit()
    }

    /// How many of them each unit has.
    pub fn slots_per_unit(&self) -> usize {
        self.areas.len() * self.groups.len()
    }

    /// Whether the sender can speak about nothing at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slot of a place.
    pub fn slot(&self, place: Place) -> usize {
        let within_unit = usize::from(place.area) * self.groups.len() + usize::from(place.group);
        place.unit as usize * self.slots_per_unit() + within_unit
    }

    /// Unit, area and group of a slot; the way back from [`Places::slot`].
    pub fn name(&self, slot: usize) -> (&OrgNr, &str, RespondentGroup) {
        let (rest, group) = (slot / self.groups.len(), slot % self.groups.len());
        let (unit, area) = (rest / self.areas.len(), rest % self.areas.len());
        (&self.units[unit], &self.areas[area], self.groups[group])
    }

    /// The units, in the order of their positions.
    pub fn units(&self) -> &[OrgNr] {
        &self.units
    }

    /// The areas, in the order of their positions.
    pub fn areas(&self) -> &[String] {
        &self.areas
    }

    /// The respondent groups, in the order of their positions.
    pub fn groups(&self) -> &[RespondentGroup] {
        &self.groups
    }

    /// The slot of a stored response; `None` where its unit, area or group is none of the batch's.
    pub fn find(&self, unit: usize, area: &str, group: RespondentGroup) -> Option<usize> {
        let area = u16::try_from(self.areas.iter().position(|known| known == area)?).ok()?;
        let group = u8::try_from(self.groups.iter().position(|known| *known == group)?).ok()?;
        Some(self.slot(Place { unit: u32::try_from(unit).ok()?, area, group }))
    }
}

/// Which places a batch has named, and how often: once is right, more is `duplicate_in_batch` for every row that
/// names it, also the first.
#[derive(Debug, Clone)]
pub struct Seen(Vec<u8>);

impl Seen {
    /// Nothing seen yet.
    pub fn new(places: &Places) -> Self {
        Self(vec![0; places.len()])
    }

    /// Notes that a row names the place of this slot.
    pub fn note(&mut self, slot: usize) {
        self.0[slot] = self.0[slot].saturating_add(1);
    }

    /// Whether more than one row names it.
    pub fn twice(&self, slot: usize) -> bool {
        self.0[slot] > 1
    }

    /// The positions of the units that any row names.
    pub fn units(&self, places: &Places) -> Vec<usize> {
        let per_unit = places.slots_per_unit();
        if per_unit == 0 {
            return Vec::new();
        }
        let chunks = self.0.chunks(per_unit).enumerate();
        chunks.filter(|(_, slots)| slots.iter().any(|times| *times > 0)).map(|(unit, _)| unit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{directory, instrument};
    use super::*;

    fn places() -> Places {
        Places::new(&directory::tests::small(), &instrument::tests::small())
    }

    #[test]
    fn every_place_has_a_slot_of_its_own_and_back() {
        let places = places();
        let mut slots = Vec::new();
        for unit in 0..3 {
            for area in 0..2 {
                for group in 0..2 {
                    let slot = places.slot(Place { unit, area, group });
                    let (_, area, group) = places.name(slot);
                    assert_eq!(places.find(unit as usize, area, group), Some(slot));
                    slots.push(slot);
                }
            }
        }
        assert_eq!(slots, (0..places.len()).collect::<Vec<_>>());
        assert_eq!(places.name(11), (&places.units()[2], places.areas()[1].as_str(), places.groups()[1]));
    }

    #[test]
    fn a_place_named_twice_is_told_for_both_rows() {
        let places = places();
        let mut seen = Seen::new(&places);
        for slot in [0, 5, 5] {
            seen.note(slot);
        }
        assert!(!seen.twice(0) && seen.twice(5));
        assert_eq!(seen.units(&places), [0, 1]);
        for _ in 0..1000 {
            seen.note(0);
        }
        assert!(seen.twice(0), "the count does not wrap");
    }
}
