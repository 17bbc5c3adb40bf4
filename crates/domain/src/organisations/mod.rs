//! Organisations and their units: who takes part (domain words: kommune, barnehageeier, PPT …).

use crate::municipality::{CountyNumber, MunicipalityNumber};
use crate::orgnr::OrgNr;

crate::codes! {
    /// What an organisation is in our own register; decides what it may do.
    OrganisationKind {
        /// Kommune.
        Municipality = "municipality",
        /// Fylkeskommune.
        CountyAuthority = "county_authority",
        /// Private owner of kindergartens or schools.
        PrivateOwner = "private_owner",
        /// Universitet or høgskole.
        University = "university",
        /// Fagskole; a partner from 2026.
        VocationalCollege = "vocational_college",
        /// The state's special-needs support service.
        Statped = "statped",
        /// Statsforvalteren.
        CountyGovernor = "county_governor",
        /// The association of local and regional authorities.
        Ks = "ks",
        /// An association of private owners.
        PrivateAssociation = "private_association",
        /// A teacher union.
        Union = "union",
        /// Utdanningsdirektoratet.
        Directorate = "directorate",
        /// Somebody invited.
        Other = "other",
    }
}

impl OrganisationKind {
    /// Whether the organisation owns kindergartens or schools and may register needs (N01).
    pub const fn is_owner(self) -> bool {
        matches!(self, Self::Municipality | Self::CountyAuthority | Self::PrivateOwner)
    }

    /// Whether it may coordinate a regional network.
    pub const fn coordinates_networks(self) -> bool {
        matches!(self, Self::Municipality | Self::CountyAuthority | Self::CountyGovernor)
    }

    /// Whether it may be named as the partner of a measure (N06); the ruleset says whether vocational colleges are.
    pub const fn is_partner(self) -> bool {
        matches!(self, Self::University | Self::VocationalCollege)
    }
}

crate::codes! {
    /// What a unit is.
    UnitKind {
        /// Barnehage.
        Kindergarten = "kindergarten",
        /// Grunnskole.
        School = "school",
        /// Videregående skole.
        UpperSecondary = "upper_secondary",
        /// Pedagogisk-psykologisk tjeneste.
        Ppt = "ppt",
        /// Skolefritidsordning.
        Sfo = "sfo",
    }
}

crate::codes! {
    /// A municipality's choice of language from the state.
    LanguageDecision {
        /// Bokmål binds.
        Nb = "nb",
        /// Nynorsk binds.
        Nn = "nn",
        /// The office chooses.
        Neutral = "neutral",
    }
}

/// An organisation as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its number.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrganisationKind,
    /// The municipality that it is, or lies in.
    pub municipality: Option<MunicipalityNumber>,
    /// The county that it is, or lies in.
    pub county: Option<CountyNumber>,
    /// The office code, where it is a county governor.
    pub county_governor: Option<String>,
    /// Its language decision, where it is a municipality or county authority.
    pub language_decision: Option<LanguageDecision>,
    /// Whether it takes part today.
    pub active: bool,
}

/// A kindergarten, school, PPT office or SFO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its number.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
    /// The organisation that owns it.
    pub owner: OrgNr,
    /// Where it lies.
    pub municipality: MunicipalityNumber,
    /// Whether its owner is private.
    pub private: bool,
    /// Whether it is in operation.
    pub active: bool,
    /// The municipalities that a PPT office serves; empty for others.
    pub serves: Vec<MunicipalityNumber>,
}
