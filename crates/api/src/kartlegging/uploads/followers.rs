//! Room for those who follow batches: so many in all, and so many of one organisation, so that nobody takes the room
//! that others need.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::orgnr::OrgNr;

/// Lines that one process holds open.
const IN_ALL: usize = 100;
/// Those of one organisation.
const OF_ONE: usize = 10;

type Counts = HashMap<OrgNr, usize>;

/// Who follows batches in this process.
#[derive(Default)]
pub(in crate::kartlegging) struct Followers(Arc<Mutex<Counts>>);

/// A place among the followers; it is free again when this goes.
pub(in crate::kartlegging) struct Follows {
    all: Arc<Mutex<Counts>>,
    orgnr: OrgNr,
}

impl Followers {
    /// Takes a place, where there is one.
    pub(in crate::kartlegging) fn join(&self, orgnr: &OrgNr) -> Option<Follows> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.get(orgnr).copied().unwrap_or_default();
        if own >= OF_ONE || counts.values().sum::<usize>() >= IN_ALL {
            return None;
        }
        counts.insert(orgnr.clone(), own + 1);
        Some(Follows { all: Arc::clone(&self.0), orgnr: orgnr.clone() })
    }
}

impl Drop for Follows {
    fn drop(&mut self) {
        let mut counts = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(&self.orgnr) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(counts.remove(&self.orgnr)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orgnr(n: usize) -> OrgNr {
        OrgNr::from_register(format!("{}", 310_000_000 + n))
    }

    #[test]
    fn an_organisation_has_its_own_share_and_gives_it_back() {
        let followers = Followers::default();
        let mut taken: Vec<Follows> = (0..OF_ONE).map(|_| followers.join(&orgnr(1)).unwrap()).collect();
        assert!(followers.join(&orgnr(1)).is_none());
        assert!(followers.join(&orgnr(2)).is_some(), "another one has its own");
        taken.pop();
        assert!(followers.join(&orgnr(1)).is_some());
    }

    #[test]
    fn there_is_an_end_to_all_of_them() {
        let followers = Followers::default();
        let taken: Vec<Follows> = (0..IN_ALL).map(|n| followers.join(&orgnr(n / OF_ONE)).unwrap()).collect();
        assert!(followers.join(&orgnr(IN_ALL)).is_none());
        drop(taken);
        assert!(followers.join(&orgnr(IN_ALL)).is_some());
    }
}
