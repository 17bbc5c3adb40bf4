//! Every code list there is: its codes, and for states which command leads where.

use domain::actor::Scope;
use domain::area::AreaGroup;
use domain::codes::Codes;
use domain::event::SubjectKind;
use domain::finding::Severity;
use domain::language::Language;
use domain::organisations::{LanguageDecision, OrganisationKind, UnitKind};
use domain::rounds::RoundState;

/// A step from one state to another.
pub(super) struct Step {
    pub(super) from: &'static str,
    pub(super) command: &'static str,
    pub(super) to: &'static str,
}

/// A code list. Its labels stand in the locales under the same name.
pub(super) struct CodeList {
    pub(super) name: &'static str,
    pub(super) codes: Vec<&'static str>,
    pub(super) steps: Vec<Step>,
}

fn plain<T: Codes>(name: &'static str) -> CodeList {
    CodeList { name, codes: T::all().iter().map(|code| code.code()).collect(), steps: Vec::new() }
}

/// All lists, in the order of the story.
pub(super) fn all() -> Vec<CodeList> {
    vec![
        plain::<Language>("language"),
        plain::<Severity>("severity"),
        plain::<Scope>("scope"),
        plain::<SubjectKind>("subject_kind"),
        plain::<OrganisationKind>("organisation_kind"),
        plain::<UnitKind>("unit_kind"),
        plain::<LanguageDecision>("language_decision"),
        plain::<AreaGroup>("area_group"),
        plain::<RoundState>("round_state"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::texts;

    #[test]
    fn every_code_of_every_list_has_a_name_in_three_languages() {
        let missing: Vec<String> = all()
            .iter()
            .flat_map(|list| list.codes.iter().map(|code| (list.name, *code)))
            .flat_map(|(list, code)| Language::ALL.iter().map(move |language| (list, code, *language)))
            .filter(|(list, code, language)| texts::label(*language, list, code).is_none())
            .map(|(list, code, language)| format!("{language} {list}.{code}"))
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
