//! Which units a sender answers for (K03).

use std::collections::HashMap;

use crate::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
use crate::orgnr::{OrgNr, OrgNrError, Synthetic};

/// Whether a unit lies in an organisation's responsibility (K03): everybody's own units; for a municipality also
/// private kindergartens and primary schools within it and the PPT that serves it; for a county authority also
/// upper secondary schools in its county.
pub fn is_responsible_for(sender: &Organisation, unit: &Unit) -> bool {
    if unit.owner == sender.orgnr {
        return sender.kind.is_owner();
    }
    match (sender.kind, unit.kind) {
        (OrganisationKind::Municipality, UnitKind::Kindergarten | UnitKind::School) => {
            unit.private && Some(&unit.municipality) == sender.municipality.as_ref()
        }
        (OrganisationKind::Municipality, UnitKind::Ppt) => {
            sender.municipality.as_ref().is_some_and(|number| unit.serves.contains(number))
        }
        (OrganisationKind::CountyAuthority, UnitKind::UpperSecondary) => {
            Some(unit.municipality.county()) == sender.county
        }
        _ => false,
    }
}

/// What a unit is to the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In its responsibility and active; the number counts such units from 0.
    Mine(u32, UnitKind),
    /// In its responsibility, but closed.
    Closed,
    /// Somebody else's.
    Foreign,
}

/// Every unit of the register as one sender sees it, made once for an upload and asked for each of its rows.
#[derive(Debug, Clone)]
pub struct Directory {
    standings: HashMap<String, Standing>,
    mine: Vec<OrgNr>,
    /// The sender's own codes for units, where it uses such.
    codes: Option<HashMap<String, OrgNr>>,
    synthetic: Synthetic,
}

impl Directory {
    /// Sorts the register's units by what they are to the sender.
    pub fn new(sender: &Organisation, units: impl IntoIterator<Item = Unit>, synthetic: Synthetic) -> Self {
        let mut directory = Self { standings: HashMap::new(), mine: Vec::new(), codes: None, synthetic };
        for unit in units {
            let standing = match (is_responsible_for(sender, &unit), unit.active) {
                (false, _) => Standing::Foreign,
                (true, false) => Standing::Closed,
                (true, true) => {
                    let index = u32::try_from(directory.mine.len()).expect("a country has fewer units than that");
                    directory.mine.push(unit.orgnr.clone());
                    Standing::Mine(index, unit.kind)
                }
            };
            directory.standings.insert(unit.orgnr.to_string(), standing);
        }
        directory
    }

    /// The same for a sender that calls its units by codes of its own.
    #[must_use]
    pub fn with_codes(self, codes: impl IntoIterator<Item = (String, OrgNr)>) -> Self {
        Self { codes: Some(codes.into_iter().collect()), ..self }
    }

    /// Whether the sender calls units by codes of its own, even where none of them is left.
    pub fn has_codes(&self) -> bool {
        self.codes.is_some()
    }

    /// Finds a unit by the sender's own code, or else by its number as people write it, spaces and all. `Err` where the
    /// text is neither, `Ok(None)` where it is a number that no unit has.
    pub fn find(&self, text: &str) -> Result<Option<Standing>, OrgNrError> {
        if let Some(unit) = self.codes.as_ref().and_then(|codes| codes.get(text)) {
            return Ok(self.standings.get(unit.as_str()).copied());
        }
        if let Some(standing) = self.standings.get(text) {
            return Ok(Some(*standing));
        }
        let orgnr = OrgNr::parse(text, self.synthetic)?;
        Ok(self.standings.get(orgnr.as_str()).copied())
    }

    /// The sender's active units, in the order of [`Standing::Mine`].
    pub fn mine(&self) -> &[OrgNr] {
        &self.mine
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use rstest::rstest;

    const BERGEN: &str = "4601";
    const ALVER: &str = "4631";

    fn organisation(orgnr: &str, kind: OrganisationKind) -> Organisation {
        Organisation {
            orgnr: OrgNr::from_register(orgnr.to_owned()),
            name: "Avsender".to_owned(),
            kind,
            municipality: (kind == OrganisationKind::Municipality).then(|| BERGEN.parse().unwrap()),
            county: Some("46".parse().unwrap()),
            county_governor: None,
            language_decision: None,
            active: true,
        }
    }

    fn unit(orgnr: &str, kind: UnitKind, owner: &str, municipality: &str) -> Unit {
        Unit {
            orgnr: OrgNr::from_register(orgnr.to_owned()),
            name: "Eining".to_owned(),
            kind,
            owner: OrgNr::from_register(owner.to_owned()),
            municipality: municipality.parse().unwrap(),
            private: false,
            active: true,
            serves: Vec::new(),
        }
    }

    pub(in crate::kartlegging) const MUNICIPALITY: &str = "310279617";
    pub(in crate::kartlegging) const MY_SCHOOL: &str = "974760673";
    pub(in crate::kartlegging) const MY_KINDERGARTEN: &str = "889640782";
    pub(in crate::kartlegging) const MY_SFO: &str = "974760843";
    pub(in crate::kartlegging) const CLOSED_SCHOOL: &str = "983887457";
    pub(in crate::kartlegging) const FOREIGN_SCHOOL: &str = "971845635";

    /// The directory of a municipality with a school, a kindergarten, an SFO and a closed school; the fifth unit
    /// is another municipality's.
    pub(in crate::kartlegging) fn small() -> Directory {
        let sender = organisation(MUNICIPALITY, OrganisationKind::Municipality);
        let closed = Unit { active: false, ..unit(CLOSED_SCHOOL, UnitKind::School, MUNICIPALITY, BERGEN) };
        let units = [
            unit(MY_SCHOOL, UnitKind::School, MUNICIPALITY, BERGEN),
            unit(MY_KINDERGARTEN, UnitKind::Kindergarten, MUNICIPALITY, BERGEN),
            unit(MY_SFO, UnitKind::Sfo, MUNICIPALITY, BERGEN),
            closed,
            unit(FOREIGN_SCHOOL, UnitKind::School, "313367002", ALVER),
        ];
        Directory::new(&sender, units, Synthetic::Refused)
    }

    #[test]
    fn a_unit_is_found_by_the_senders_own_code_or_by_its_number() {
        let codes = [("B-17", MY_SCHOOL)];
        let codes = codes.map(|(code, unit)| (code.to_owned(), OrgNr::from_register(unit.to_owned())));
        let directory = small().with_codes(codes);
        assert_eq!(directory.find("B-17"), Ok(Some(Standing::Mine(0, UnitKind::School))));
        assert_eq!(directory.find(MY_SCHOOL), small().find(MY_SCHOOL), "numbers are still read");
        assert!(directory.find("B-18").is_err());
    }

    #[rstest]
    #[case::private_kindergarten_within(UnitKind::Kindergarten, BERGEN, true)]
    #[case::private_primary_school_within(UnitKind::School, BERGEN, true)]
    #[case::private_upper_secondary_within(UnitKind::UpperSecondary, BERGEN, false)]
    #[case::private_sfo_within(UnitKind::Sfo, BERGEN, false)]
    #[case::private_kindergarten_next_door(UnitKind::Kindergarten, ALVER, false)]
    fn a_municipality_answers_for_private_units_within_it(
        #[case] kind: UnitKind,
        #[case] lies_in: &str,
        #[case] expected: bool,
    ) {
        let sender = organisation(MUNICIPALITY, OrganisationKind::Municipality);
        let unit = Unit { private: true, ..unit(MY_SCHOOL, kind, "313367002", lies_in) };
        assert_eq!(is_responsible_for(&sender, &unit), expected);
    }

    #[test]
    fn a_municipality_answers_for_the_ppt_that_serves_it_wherever_that_lies() {
        let sender = organisation(MUNICIPALITY, OrganisationKind::Municipality);
        let mut ppt = unit(MY_SCHOOL, UnitKind::Ppt, "313367002", ALVER);
        assert!(!is_responsible_for(&sender, &ppt));
        ppt.serves = vec![ALVER.parse().unwrap(), BERGEN.parse().unwrap()];
        assert!(is_responsible_for(&sender, &ppt));
    }

    #[test]
    fn a_municipality_does_not_answer_for_another_municipalitys_school_on_its_ground() {
        let sender = organisation(MUNICIPALITY, OrganisationKind::Municipality);
        assert!(!is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::School, "313367002", BERGEN)));
    }

    #[test]
    fn a_county_authority_answers_for_upper_secondary_in_its_county() {
        let sender = organisation("321000000", OrganisationKind::CountyAuthority);
        assert!(is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::UpperSecondary, "313367002", ALVER)));
        assert!(!is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::UpperSecondary, "313367002", "0301")));
        assert!(!is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::School, "313367002", ALVER)));
        assert!(is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::Ppt, "321000000", ALVER)));
    }

    #[test]
    fn a_private_owner_answers_for_its_own_wherever_they_lie() {
        let sender = organisation("313367002", OrganisationKind::PrivateOwner);
        assert!(is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::School, "313367002", ALVER)));
        assert!(!is_responsible_for(&sender, &unit(MY_SCHOOL, UnitKind::School, MUNICIPALITY, BERGEN)));
    }

    #[test]
    fn who_is_no_owner_answers_for_nothing() {
        let statped = organisation("313367002", OrganisationKind::Statped);
        assert!(!is_responsible_for(&statped, &unit(MY_SCHOOL, UnitKind::School, "313367002", ALVER)));
    }

    #[test]
    fn a_unit_is_found_by_its_number_with_or_without_spaces() {
        let directory = small();
        let school = Standing::Mine(0, UnitKind::School);
        assert_eq!(directory.find("974760673"), Ok(Some(school)));
        assert_eq!(directory.find("974 760 673"), Ok(Some(school)));
        assert_eq!(directory.find(CLOSED_SCHOOL), Ok(Some(Standing::Closed)));
        assert_eq!(directory.find(FOREIGN_SCHOOL), Ok(Some(Standing::Foreign)));
        assert_eq!(directory.find("974760673x"), Err(OrgNrError::NotNineDigits));
        assert_eq!(
            directory.find("310279617"),
            Err(OrgNrError::Synthetic),
            "synthetic numbers are none where they are refused"
        );
    }
}
