//! Who may call which operation: one line each, and what has no line is refused.
//!
//! The line says the scope, and the kinds of organisation where the operation makes something out of nothing and is
//! for some kinds only. Whether a caller may do it to *this* need or meeting is decided where that is loaded, because
//! what one may not see is 404 before it is 403.

use std::collections::HashMap;

use actix_web::http::Method;
use domain::actor::{Actor, Scope};
use domain::organisations::OrganisationKind::{
    self, CountyAuthority, CountyGovernor, Directorate, Municipality, PrivateOwner, Statped,
};

use crate::error::ApiError;

/// Who may call one operation.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its operation id in the OpenAPI document.
    pub operation: &'static str,
    /// The scope that a token needs; none where any token will do.
    pub scope: Option<Scope>,
    /// The kinds of organisation that may; empty for all.
    pub kinds: &'static [OrganisationKind],
}

const fn any(operation: &'static str) -> Rule {
    Rule { operation, scope: None, kinds: &[] }
}

const fn rule(operation: &'static str, scope: Scope) -> Rule {
    Rule { operation, scope: Some(scope), kinds: &[] }
}

const fn only(operation: &'static str, scope: Scope, kinds: &'static [OrganisationKind]) -> Rule {
    Rule { operation, scope: Some(scope), kinds }
}

/// Who owns kindergartens and schools, and registers needs (N01).
const OWNERS: [OrganisationKind; 3] = [Municipality, CountyAuthority, PrivateOwner];

/// Who keeps guidance.
const KEEPERS: [OrganisationKind; 3] = [CountyGovernor, Statped, Directorate];

/// Every operation under `/v1`, by feature in the order of the story.
pub const POLICY: &[Rule] = &[
    // Across everything.
    any("get_me"),
    any("list_tasks"),
    any("list_code_lists"),
    any("get_code_list"),
    any("list_counties"),
    any("list_municipalities"),
    any("list_competence_areas"),
    any("list_schemes"),
    any("list_rulesets"),
    any("get_ruleset"),
    // Organisations.
    any("list_organisations"),
    any("get_organisation"),
    any("list_units"),
    any("get_unit"),
    // Rounds.
    rule("list_rounds", Scope::NeedsRead),
    only("create_round", Scope::NeedsWrite, &[CountyGovernor]),
    rule("get_round", Scope::NeedsRead),
    rule("update_round", Scope::NeedsWrite),
    rule("list_round_actions", Scope::NeedsRead),
    rule("list_round_exemptions", Scope::NeedsRead),
    rule("create_round_exemption", Scope::NeedsWrite),
    rule("delete_round_exemption", Scope::NeedsWrite),
    rule("close_round", Scope::NeedsWrite),
    rule("settle_round", Scope::NeedsWrite),
    // Needs.
    rule("list_needs", Scope::NeedsRead),
    only("create_need", Scope::NeedsWrite, &OWNERS),
    only("check_unsaved_need", Scope::NeedsRead, &OWNERS),
    rule("get_need", Scope::NeedsRead),
    rule("update_need", Scope::NeedsWrite),
    rule("delete_need", Scope::NeedsWrite),
    rule("check_need", Scope::NeedsRead),
    rule("list_need_actions", Scope::NeedsRead),
    rule("create_need_invitations", Scope::NeedsWrite),
    rule("list_partners", Scope::NeedsRead),
    rule("get_partner", Scope::NeedsRead),
    rule("confirm_partner", Scope::NeedsWrite),
    rule("decline_partner", Scope::NeedsWrite),
    rule("list_participants", Scope::NeedsRead),
    rule("get_participant", Scope::NeedsRead),
    rule("confirm_participant", Scope::NeedsWrite),
    rule("decline_participant", Scope::NeedsWrite),
    rule("list_private_owners", Scope::NeedsRead),
    rule("put_private_owner", Scope::NeedsWrite),
    rule("answer_private_owner", Scope::NeedsWrite),
    rule("submit_need", Scope::NeedsWrite),
    rule("accept_need", Scope::NeedsWrite),
    rule("return_need", Scope::NeedsWrite),
    rule("dismiss_need", Scope::NeedsWrite),
    rule("transfer_need", Scope::NeedsWrite),
    rule("withdraw_need", Scope::NeedsWrite),
    rule("delete_need_contact", Scope::NeedsWrite),
    rule("get_need_evidence", Scope::NeedsRead),
    rule("list_need_versions", Scope::NeedsRead),
    rule("get_need_version", Scope::NeedsRead),
    rule("compare_need_versions", Scope::NeedsRead),
    rule("list_messages", Scope::NeedsRead),
    rule("create_message", Scope::NeedsWrite),
    rule("read_message", Scope::NeedsWrite),
    rule("list_attachments", Scope::NeedsRead),
    rule("create_attachment", Scope::NeedsWrite),
    rule("get_attachment", Scope::NeedsRead),
    rule("get_attachment_content", Scope::NeedsRead),
    rule("delete_attachment", Scope::NeedsWrite),
    rule("list_overview", Scope::NeedsRead),
    rule("list_invitations", Scope::NeedsRead),
    // Guidance.
    any("list_guidance"),
    only("create_guidance", Scope::NeedsWrite, &KEEPERS),
    any("get_guidance"),
    rule("update_guidance", Scope::NeedsWrite),
    any("list_learning_resources"),
    only("create_learning_resource", Scope::NeedsWrite, &KEEPERS),
    any("get_learning_resource"),
    rule("update_learning_resource", Scope::NeedsWrite),
    rule("share_need", Scope::NeedsWrite),
    rule("unshare_need", Scope::NeedsWrite),
    // Networks.
    rule("list_networks", Scope::NeedsRead),
    only("create_network", Scope::NeedsWrite, &[Municipality, CountyAuthority, CountyGovernor]),
    rule("get_network", Scope::NeedsRead),
    rule("update_network", Scope::NeedsWrite),
    rule("put_network_member", Scope::NeedsWrite),
    rule("delete_network_member", Scope::NeedsWrite),
    rule("list_network_needs", Scope::NeedsRead),
    rule("list_coordinations", Scope::NeedsRead),
    rule("create_coordination", Scope::NeedsWrite),
    rule("get_coordination", Scope::NeedsRead),
    rule("update_coordination", Scope::NeedsWrite),
    rule("draft_coordination", Scope::NeedsWrite),
    rule("list_network_meetings", Scope::NeedsRead),
    rule("create_network_meeting", Scope::NeedsWrite),
    rule("get_network_meeting", Scope::NeedsRead),
    rule("update_network_meeting", Scope::NeedsWrite),
    rule("raise_network_theme", Scope::NeedsWrite),
    // Kartlegging.
    rule("list_instruments", Scope::KartleggingRead),
    only("create_instrument", Scope::KartleggingWrite, &[CountyGovernor, Directorate]),
    rule("get_instrument", Scope::KartleggingRead),
    rule("get_instrument_template", Scope::KartleggingRead),
    rule("list_unit_codes", Scope::KartleggingRead),
    rule("get_unit_code", Scope::KartleggingRead),
    only("put_unit_code", Scope::KartleggingWrite, &OWNERS),
    rule("delete_unit_code", Scope::KartleggingWrite),
    only("create_upload", Scope::KartleggingWrite, &OWNERS),
    rule("list_batches", Scope::KartleggingRead),
    only("create_batch", Scope::KartleggingWrite, &OWNERS),
    rule("get_batch", Scope::KartleggingRead),
    rule("cancel_batch", Scope::KartleggingWrite),
    rule("put_batch_part", Scope::KartleggingWrite),
    rule("commit_batch", Scope::KartleggingWrite),
    rule("follow_batch", Scope::KartleggingRead),
    rule("get_batch_result", Scope::KartleggingRead),
    rule("list_responses", Scope::KartleggingRead),
    rule("get_response", Scope::KartleggingRead),
    rule("list_take_overs", Scope::KartleggingRead),
    only("take_over_responses", Scope::KartleggingWrite, &OWNERS),
    rule("get_kartlegging_summary", Scope::KartleggingRead),
    // Forum.
    rule("list_forums", Scope::ForumRead),
    rule("get_forum", Scope::ForumRead),
    rule("list_seats", Scope::ForumRead),
    rule("get_composition", Scope::ForumRead),
    rule("list_forum_meetings", Scope::ForumRead),
    rule("create_meeting", Scope::ForumWrite),
    rule("list_meetings", Scope::ForumRead),
    rule("get_meeting", Scope::ForumRead),
    rule("update_meeting", Scope::ForumWrite),
    rule("list_meeting_actions", Scope::ForumRead),
    rule("list_meeting_agenda_items", Scope::ForumRead),
    rule("create_agenda_item", Scope::ForumWrite),
    rule("convene_meeting", Scope::ForumWrite),
    rule("open_meeting", Scope::ForumWrite),
    rule("list_attendance", Scope::ForumRead),
    rule("put_attendance", Scope::ForumWrite),
    rule("adjourn_meeting", Scope::ForumWrite),
    rule("close_meeting", Scope::ForumWrite),
    rule("cancel_meeting", Scope::ForumWrite),
    rule("list_agenda_items", Scope::ForumRead),
    rule("get_agenda_item", Scope::ForumRead),
    rule("list_agenda_item_actions", Scope::ForumRead),
    rule("start_agenda_item", Scope::ForumWrite),
    rule("list_recusals", Scope::ForumRead),
    rule("declare_recusal", Scope::ForumWrite),
    rule("put_recusal", Scope::ForumWrite),
    rule("get_quorum", Scope::ForumRead),
    rule("put_vote", Scope::ForumWrite),
    rule("request_statped", Scope::ForumWrite),
    rule("decide_agenda_item", Scope::ForumWrite),
    rule("postpone_agenda_item", Scope::ForumWrite),
    rule("return_agenda_item", Scope::ForumWrite),
    rule("remove_agenda_item", Scope::ForumWrite),
    rule("list_recommendations", Scope::ForumRead),
    only("create_recommendation", Scope::ForumWrite, &[CountyGovernor]),
    rule("get_recommendation", Scope::ForumRead),
    rule("list_recommendation_actions", Scope::ForumRead),
    rule("adopt_recommendation", Scope::ForumWrite),
    // Funding.
    rule("list_frames", Scope::FundingRead),
    only("create_frame", Scope::FundingWrite, &[CountyGovernor]),
    rule("get_frame", Scope::FundingRead),
    rule("update_frame", Scope::FundingWrite),
    rule("get_frame_ledger", Scope::FundingRead),
    rule("list_grants", Scope::FundingRead),
    only("create_grant", Scope::FundingWrite, &[CountyGovernor]),
    rule("get_grant", Scope::FundingRead),
    rule("list_grant_actions", Scope::FundingRead),
    rule("list_grant_decisions", Scope::FundingRead),
    rule("notify_grant", Scope::FundingWrite),
    rule("get_instalments", Scope::FundingRead),
    rule("put_instalments", Scope::FundingWrite),
    rule("list_grant_payments", Scope::FundingRead),
    rule("list_payments", Scope::FundingRead),
    rule("get_payment", Scope::FundingRead),
    rule("list_payment_actions", Scope::FundingRead),
    rule("approve_payment", Scope::FundingApprove),
    rule("cancel_payment", Scope::FundingWrite),
    rule("mark_payment_paid", Scope::FundingWrite),
    rule("mark_payment_failed", Scope::FundingWrite),
    rule("list_payment_runs", Scope::FundingRead),
    only("create_payment_run", Scope::FundingWrite, &[CountyGovernor]),
    rule("get_payment_run", Scope::FundingRead),
    rule("release_payment_run", Scope::FundingWrite),
    rule("get_payment_run_file", Scope::FundingRead),
    rule("list_reports", Scope::FundingRead),
    rule("get_report", Scope::FundingRead),
    rule("list_report_actions", Scope::FundingRead),
    rule("get_report_part", Scope::FundingRead),
    rule("put_report_part", Scope::FundingWrite),
    rule("submit_report", Scope::FundingWrite),
    rule("return_report", Scope::FundingWrite),
    rule("approve_report", Scope::FundingWrite),
    // Integration and trust.
    rule("list_events", Scope::EventsRead),
];

/// The table, by route.
pub struct Policy(HashMap<String, Vec<(Method, Rule)>>);

impl Policy {
    /// Joins the table with the document. An operation without a line, or a line without an operation, is a fault of
    /// ours that stops the start.
    pub fn of(document: &utoipa::openapi::OpenApi) -> anyhow::Result<Self> {
        let mut rules: HashMap<&str, Rule> = POLICY.iter().map(|rule| (rule.operation, *rule)).collect();
        let mut by_route: HashMap<String, Vec<(Method, Rule)>> = HashMap::new();
        for (path, method, operation) in crate::openapi::operations(document) {
            if !path.starts_with("/v1/") {
                continue;
            }
            let id = operation.operation_id.as_deref().unwrap_or_default();
            let Some(rule) = rules.remove(id) else {
                anyhow::bail!("the operation {method} {path} ({id}) has no line in the policy table");
            };
            by_route.entry(path.to_owned()).or_default().push((method, rule));
        }
        if let Some(left) = rules.keys().next() {
            anyhow::bail!("the policy table has a line for {left}, which is no operation");
        }
        Ok(Self(by_route))
    }

    /// The rule of a route, where it is one.
    pub fn find(&self, pattern: &str, method: &Method) -> Option<&Rule> {
        self.0.get(pattern)?.iter().find(|(of, _)| of == method).map(|(_, rule)| rule)
    }
}

impl Rule {
    /// Whether this caller may call at all.
    pub fn check(&self, actor: &Actor) -> Result<(), ApiError> {
        if let Some(scope) = self.scope
            && !actor.may(scope)
        {
            return Err(ApiError::new("scope_missing").with("scope", scope.as_str()));
        }
        if !self.kinds.is_empty() && !self.kinds.contains(&actor.viewer.kind) {
            return Err(ApiError::new("kind_not_allowed").with("kind", actor.viewer.kind.as_str()));
        }
        Ok(())
    }
}
