//! The closed lists of needs, as the OpenAPI document shows them.

crate::code_schema! {
    NeedState of domain::needs::NeedState = "Where a need is on its way.",
    PartyRole of domain::needs::PartyRole = "In what way an organisation is asked to take part.",
    StatpedRole of domain::needs::StatpedRole = "What Statped does in a measure.",
    InvitationState of domain::needs::InvitationState = "What an invited organisation has answered.",
    RecordedAnswer of domain::needs::RecordedAnswer = "What the municipality noted of a private owner's answer.",
    OwnAnswer of domain::needs::OwnAnswer = "What a private owner answered itself.",
    BudgetKind of domain::needs::BudgetKind = "What a budget line pays for. `position` is always refused, `study_credits` where the ruleset says so (N09).",
    AreaLevel of domain::needs::AreaLevel = "How deep the competence is to go.",
    AreaPurpose of domain::needs::AreaPurpose = "What is to become of the competence.",
    TargetGroup of domain::needs::TargetGroup = "Whose competence is raised.",
    ApplicationOutcome of domain::needs::ApplicationOutcome = "What became of an application for money elsewhere.",
    UnitRole of domain::needs::UnitRole = "What a unit does in the measure.",
    DialogueSide of domain::needs::DialogueSide = "Which side of the dialogue.",
    AttachmentPurpose of domain::needs::AttachmentPurpose = "What an attachment is for.",
    FileFormat of domain::needs::FileFormat = "What is taken as an attachment.",
    UnitKind of domain::organisations::UnitKind = "What a unit is.",
}

/// The languages in which a need can be submitted.
#[derive(Debug, Clone, Copy)]
pub struct SubmissionLanguage;

impl utoipa::PartialSchema for SubmissionLanguage {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("Bokmål or nynorsk."))
            .enum_values(Some(["nb", "nn"]))
            .into()
    }
}

impl utoipa::ToSchema for SubmissionLanguage {}
