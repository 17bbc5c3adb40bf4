//! The columns of an upload, and those that we write beside them.

crate::codes! {
    /// The columns of an upload, in the order of the template.
    Column {
        /// The unit's organisation number.
        UnitOrgnr = "unit_orgnr",
        /// Code of the competence area.
        Area = "area",
        /// Code of the respondent group.
        RespondentGroup = "respondent_group",
        /// Competence today.
        Current = "current",
        /// Competence needed.
        Needed = "needed",
        /// Number of respondents.
        Respondents = "respondents",
        /// A remark; the only column that may be absent.
        Comment = "comment",
    }
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Whether an upload can do without it.
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::Comment)
    }

    /// Finds a column by its code or by its heading in bokmål, nynorsk or English, in any case.
    pub fn from_heading(text: &str) -> Option<Self> {
        if let Ok(column) = text.parse() {
            return Some(column);
        }
        let folded = folded(text);
        Self::ALL.iter().copied().find(|column| folded == column.as_str() || column.headings().contains(&&*folded))
    }

    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::UnitOrgnr => &["organisasjonsnummer", "organisation number"],
            Self::Area => &["kompetanseområde", "competence area"],
            Self::RespondentGroup => &["respondentgruppe", "respondent group"],
            Self::Current => &["kompetanse i dag", "current competence"],
            Self::Needed => &["ønsket kompetanse", "ønskt kompetanse", "needed competence"],
            Self::Respondents => &["antall svar", "talet på svar", "number of respondents"],
            Self::Comment => &["kommentar", "remark"],
        }
    }
}

crate::codes! {
    /// Columns that stand beside those of an upload, in a template or in a result, so that people see what they have
    /// before them. They are not read.
    Beside {
        /// The unit's name.
        UnitName = "unit_name",
        /// The area's name.
        AreaName = "area_name",
        /// The group's name.
        RespondentGroupName = "respondent_group_name",
        /// The row's number in the file that was sent.
        Row = "row",
        /// What became of it.
        Outcome = "outcome",
        /// What is wrong with it.
        Code = "code",
        /// The same in words.
        Message = "message",
    }
}

impl Beside {
    /// The columns of names that a template has.
    pub const NAMES: [Self; 3] = [Self::UnitName, Self::AreaName, Self::RespondentGroupName];

    /// Finds a column by its code or by its heading in a template, in any case.
    pub fn from_heading(text: &str) -> Option<Self> {
        let folded = folded(text);
        Self::ALL.iter().copied().find(|column| folded == column.as_str() || column.headings().contains(&&*folded))
    }

    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::UnitName => &["navn på enheten", "namn på eininga", "name of the unit"],
            Self::AreaName => &["navn på området", "namn på området", "name of the area"],
            Self::RespondentGroupName => &["navn på gruppen", "namn på gruppa", "name of the group"],
            Self::Row | Self::Outcome | Self::Code | Self::Message => &[],
        }
    }
}

fn folded(heading: &str) -> String {
    heading.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("unit_orgnr", Some(Column::UnitOrgnr))]
    #[case(" Kompetanseområde ", Some(Column::Area))]
    #[case("ØNSKT KOMPETANSE", Some(Column::Needed))]
    #[case("Number of respondents", Some(Column::Respondents))]
    #[case("kommune", None)]
    #[case("", None)]
    fn headings_are_codes_or_words_of_the_three_languages(#[case] text: &str, #[case] column: Option<Column>) {
        assert_eq!(Column::from_heading(text), column);
    }

    #[test]
    fn columns_beside_are_none_of_an_upload() {
        for column in Beside::ALL {
            assert_eq!(Column::from_heading(column.as_str()), None);
            assert_eq!(Beside::from_heading(column.as_str()), Some(*column));
        }
        assert_eq!(Beside::from_heading(" Namn på eininga "), Some(Beside::UnitName));
        assert_eq!(Beside::from_heading("kommune"), None);
    }
}
