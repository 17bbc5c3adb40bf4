//! Every code list there is: its codes, and for states which command leads where.

use contract::texts;
use domain::actor::Scope;
use domain::area::AreaGroup;
use domain::codes::Codes;
use domain::event::SubjectKind;
use domain::finding::Severity;
use domain::forum::{
    AbsenceKind, AllocationCriterion, Ballot, ConflictGround, ConflictStatus, DecidedBy, Fulfilment, ItemCommand,
    ItemKind, ItemState, MajorityBase, MeetingCommand, MeetingState, Outcome as ItemOutcome, RecommendationCommand,
    RecommendationState, SeatGroup, SeatMember, SeatRole,
};
use domain::funding::decisions::{DecisionKind, Outcome as GrantOutcome};
use domain::funding::frames::SourceKind;
use domain::funding::reports::GoalAttainment;
use domain::funding::{
    DecisionState, GrantCommand, GrantState, PaymentCommand, PaymentRunCommand, PaymentRunState, PaymentState,
    ReportCommand, ReportState,
};
use domain::guidance::{PublicationState, ResourceLanguage};
use domain::kartlegging;
use domain::language::Language;
use domain::needs::{
    ApplicationOutcome, AreaLevel, AreaPurpose, AttachmentPurpose, BudgetKind, DialogueSide, FileFormat,
    InvitationCommand, InvitationState, NeedCommand, NeedState, OwnAnswer, PartyRole, RecordedAnswer, StatpedRole,
    TargetGroup, UnitRole,
};
use domain::networks::{CoordinationCommand, CoordinationState};
use domain::organisations::{LanguageDecision, OrganisationKind, UnitKind};
use domain::rounds::{QuestionKind, RoundCommand, RoundState};
use domain::rulesets::{Source, Strictness};
use domain::tasks::TaskKind;

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

/// The states of something, with every step that a command makes.
fn states<S: Codes + Copy, C: Codes + Copy>(name: &'static str, next: impl Fn(S, C) -> Option<S>) -> CodeList {
    let step = |from: S, command: C| {
        let to = next(from, command)?;
        Some(Step { from: from.code(), command: command.code(), to: to.code() })
    };
    let steps = S::all().iter().flat_map(|from| C::all().iter().filter_map(|command| step(*from, *command)));
    CodeList { steps: steps.collect(), ..plain::<S>(name) }
}

/// A list whose codes come from data, such as rulesets: those that have a name.
fn named(name: &'static str) -> CodeList {
    let labels = texts::all(Language::Nb).labels.get(name);
    CodeList { name, codes: labels.into_iter().flatten().map(|(code, _)| code.as_str()).collect(), steps: Vec::new() }
}

/// All lists, in the order of the story.
pub(super) fn all() -> Vec<CodeList> {
    [shared(), of_needs(), of_forum(), of_funding(), of_kartlegging()].into_iter().flatten().collect()
}

/// What every feature has in common.
fn shared() -> Vec<CodeList> {
    vec![
        plain::<Language>("language"),
        plain::<Severity>("severity"),
        plain::<Scope>("scope"),
        plain::<SubjectKind>("subject_kind"),
        plain::<OrganisationKind>("organisation_kind"),
        plain::<UnitKind>("unit_kind"),
        plain::<LanguageDecision>("language_decision"),
        plain::<AreaGroup>("area_group"),
        plain::<Strictness>("strictness"),
        plain::<Source>("source"),
    ]
}

/// Rounds, needs and what is around them.
fn of_needs() -> Vec<CodeList> {
    vec![
        states("round_state", |state: RoundState, command: RoundCommand| state.apply(command).ok()),
        plain::<QuestionKind>("question_kind"),
        states("need_state", |state: NeedState, command: NeedCommand| state.apply(command).ok()),
        plain::<PartyRole>("party_role"),
        plain::<StatpedRole>("statped_role"),
        states("invitation_state", |state: InvitationState, command: InvitationCommand| state.apply(command).ok()),
        plain::<RecordedAnswer>("recorded_answer"),
        plain::<OwnAnswer>("own_answer"),
        plain::<BudgetKind>("budget_kind"),
        plain::<AreaLevel>("area_level"),
        plain::<AreaPurpose>("area_purpose"),
        plain::<TargetGroup>("target_group"),
        plain::<ApplicationOutcome>("application_outcome"),
        plain::<UnitRole>("unit_role"),
        plain::<DialogueSide>("dialogue_side"),
        plain::<AttachmentPurpose>("attachment_purpose"),
        plain::<FileFormat>("file_format"),
        plain::<PublicationState>("publication_state"),
        plain::<ResourceLanguage>("resource_language"),
        named("learning_resource_kind"),
        plain::<TaskKind>("task_kind"),
        states("coordination_state", |state: CoordinationState, command: CoordinationCommand| {
            state.apply(command).ok()
        }),
    ]
}

/// The forum.
fn of_forum() -> Vec<CodeList> {
    vec![
        plain::<SeatGroup>("seat_group"),
        plain::<SeatRole>("seat_role"),
        plain::<SeatMember>("seat_member"),
        plain::<MajorityBase>("majority_base"),
        states("meeting_state", |state: MeetingState, command: MeetingCommand| state.apply(command).ok()),
        plain::<ItemKind>("agenda_item_kind"),
        states("agenda_item_state", |state: ItemState, command: ItemCommand| state.apply(command).ok()),
        plain::<ItemOutcome>("item_outcome"),
        plain::<DecidedBy>("decided_by"),
        plain::<Ballot>("ballot"),
        plain::<AllocationCriterion>("allocation_criterion"),
        plain::<Fulfilment>("fulfilment"),
        plain::<ConflictGround>("conflict_ground"),
        plain::<ConflictStatus>("conflict_status"),
        plain::<AbsenceKind>("absence_kind"),
        states("recommendation_state", |state: RecommendationState, command: RecommendationCommand| {
            state.apply(command).ok()
        }),
    ]
}

/// Funding.
fn of_funding() -> Vec<CodeList> {
    vec![
        plain::<SourceKind>("frame_source_kind"),
        states("grant_state", |state: GrantState, command: GrantCommand| {
            state.apply(command, GrantOutcome::Granted).or(state.apply(command, GrantOutcome::Declined)).ok()
        }),
        plain::<GrantOutcome>("grant_outcome"),
        plain::<DecisionKind>("decision_kind"),
        plain::<DecisionState>("decision_state"),
        states("payment_state", |state: PaymentState, command: PaymentCommand| state.apply(command).ok()),
        states("payment_run_state", |state: PaymentRunState, command: PaymentRunCommand| state.apply(command).ok()),
        states("report_state", |state: ReportState, command: ReportCommand| state.apply(command).ok()),
        plain::<GoalAttainment>("goal_attainment"),
        named("report_indicator"),
    ]
}

/// Kartlegging.
fn of_kartlegging() -> Vec<CodeList> {
    vec![
        states("batch_state", |state: kartlegging::State, command| kartlegging::next(state, command).ok()),
        plain::<kartlegging::Mode>("batch_mode"),
        plain::<kartlegging::Outcome>("row_outcome"),
        plain::<kartlegging::Column>("kartlegging_column"),
        plain::<kartlegging::RespondentGroup>("respondent_group"),
    ]
}

#[cfg(test)]
mod tests {
    use domain::rulesets::Rulesets;

    use super::*;

    #[test]
    fn every_indicator_of_every_ruleset_has_a_name() {
        let known = named("report_indicator").codes;
        let rulesets = Rulesets::embedded().unwrap();
        for code in rulesets.iter().flat_map(|ruleset| &ruleset.settings.report_indicators.value) {
            assert!(known.contains(&code.as_str()), "{code}");
        }
    }

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
