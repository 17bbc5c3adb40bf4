//! Numbers and ids that are the same in every demo county.

use domain::orgnr::{OrgNr, check_digit};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Synthetic organisation numbers, one after the other.
pub(super) struct Numbers {
    next_eight: u32,
}

impl Numbers {
    /// Numbers from 310 000 00x on.
    pub(super) const fn new() -> Self {
        Self { next_eight: 31_000_000 }
    }

    /// The next number that has a check digit.
    pub(super) fn next(&mut self) -> OrgNr {
        loop {
            let first_eight = self.next_eight.to_string();
            self.next_eight += 1;
            let mut digits = [0; 8];
            for (digit, byte) in digits.iter_mut().zip(first_eight.bytes()) {
                *digit = byte - b'0';
            }
            if let Some(check) = check_digit(&digits) {
                return OrgNr::from_register(format!("{first_eight}{check}"));
            }
        }
    }
}

/// The id of something in the demo county, by its name: a UUIDv7 of New Year 2026.
pub(super) fn id_of(name: &str) -> Uuid {
    const NEW_YEAR_2026_MILLIS: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(name);
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    Builder::from_unix_timestamp_millis(NEW_YEAR_2026_MILLIS, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::orgnr::Synthetic;

    use super::*;

    #[test]
    fn every_number_is_valid_and_used_once() {
        let mut numbers = Numbers::new();
        let given: BTreeSet<OrgNr> = (0..500).map(|_| numbers.next()).collect();
        assert_eq!(given.len(), 500);
        assert!(given.iter().all(|number| OrgNr::parse(number.as_str(), Synthetic::Accepted).is_ok()));
    }

    #[test]
    fn an_id_is_a_uuid_of_version_seven_and_always_the_same() {
        assert_eq!(id_of("round"), id_of("round"));
        assert_ne!(id_of("round"), id_of("forum"));
        assert_eq!(id_of("round").get_version_num(), 7);
    }
}
