//! Which scope opens which operation, as the contract says it: the section that an operation stands in names the
//! scope, write includes read, and approving payments is a scope of its own.

use std::collections::BTreeMap;

use domain::actor::Scope;
use domain::orgnr::OrgNr;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use crate::support::openapi::{Operation, document, operations};
use crate::support::{Actor, County};

/// Scopes by operation. The scope of an operation that every token opens is empty.
const SCOPES: &[(&str, &str)] = &[
    (
        "",
        "get_me list_tasks
         list_code_lists get_code_list list_counties list_municipalities list_competence_areas list_schemes
         list_rulesets get_ruleset list_organisations get_organisation list_units get_unit
         list_guidance get_guidance list_learning_resources get_learning_resource",
    ),
    (
        "needs:read",
        "list_rounds get_round list_round_actions list_round_exemptions
         list_needs get_need get_need_evidence check_unsaved_need check_need list_need_actions
         list_partners get_partner list_private_owners list_invitations
         list_need_versions get_need_version compare_need_versions
         list_overview
         list_participants get_participant
         list_messages list_attachments get_attachment get_attachment_content
         list_networks get_network list_network_needs list_coordinations get_coordination
         list_network_meetings get_network_meeting",
    ),
    (
        "needs:write",
        "create_guidance update_guidance create_learning_resource update_learning_resource
         create_round update_round create_round_exemption delete_round_exemption close_round settle_round
         create_need update_need delete_need submit_need accept_need return_need withdraw_need
         dismiss_need transfer_need delete_need_contact
         create_need_invitations confirm_partner decline_partner
         put_private_owner answer_private_owner
         confirm_participant decline_participant
         create_message read_message create_attachment delete_attachment
         share_need unshare_need
         create_network update_network put_network_member delete_network_member
         create_coordination update_coordination draft_coordination
         create_network_meeting update_network_meeting raise_network_theme",
    ),
    (
        "kartlegging:read",
        "list_instruments get_instrument get_instrument_template list_unit_codes get_unit_code list_batches get_batch
         follow_batch get_batch_result list_responses get_response list_take_overs get_kartlegging_summary",
    ),
    (
        "kartlegging:write",
        "create_instrument put_unit_code delete_unit_code create_upload create_batch put_batch_part commit_batch
         cancel_batch take_over_responses",
    ),
    (
        "forum:read",
        "list_forums get_forum list_seats get_composition list_forum_meetings list_meetings get_meeting
         list_meeting_actions list_meeting_agenda_items list_attendance list_agenda_items get_agenda_item
         list_agenda_item_actions list_recusals get_quorum list_recommendations get_recommendation
         list_recommendation_actions",
    ),
    (
        "forum:write",
        "create_meeting update_meeting create_agenda_item convene_meeting open_meeting put_attendance adjourn_meeting
         close_meeting cancel_meeting start_agenda_item declare_recusal put_recusal put_vote decide_agenda_item
         postpone_agenda_item return_agenda_item remove_agenda_item create_recommendation adopt_recommendation
         request_statped",
    ),
    (
        "funding:read",
        "list_frames get_frame get_frame_ledger list_grants get_grant list_grant_actions list_grant_decisions
         get_instalments list_grant_payments list_payments get_payment list_payment_actions list_payment_runs
         get_payment_run get_payment_run_file list_reports get_report list_report_actions get_report_part",
    ),
    (
        "funding:write",
        "create_frame update_frame create_grant notify_grant put_instalments cancel_payment mark_payment_paid
         mark_payment_failed create_payment_run release_payment_run put_report_part submit_report return_report
         approve_report",
    ),
    ("funding:approve", "approve_payment"),
    ("events:read", "list_events"),
];

fn scope_by_operation() -> BTreeMap<&'static str, &'static str> {
    let mut found = BTreeMap::new();
    for (scope, operations) in SCOPES {
        for operation in operations.split_whitespace() {
            assert!(found.insert(operation, *scope).is_none(), "{operation} stands in the table twice");
        }
    }
    found
}

/// Whether a token with one scope may do what asks for another: the same, or what includes reading.
fn opens(held: Scope, wanted: &str) -> bool {
    let section = |scope: &str| scope.split_once(':').map(|(section, _)| section.to_owned());
    let reads = wanted.ends_with(":read") && section(held.as_str()) == section(wanted);
    held.as_str() == wanted || reads
}

#[test]
fn every_operation_has_a_scope_in_the_table_and_the_document_says_the_same() {
    let document = document();
    let mut table = scope_by_operation();
    for operation in operations(&document).filter(Operation::needs_token) {
        let scope = table.remove(operation.id()).unwrap_or_else(|| panic!("no scope: {}", operation.name()));
        let wanted = if scope.is_empty() { json!([]) } else { json!([scope]) };
        assert_eq!(operation.body["security"][0]["bearer"], wanted, "{}", operation.name());
    }
    assert!(table.is_empty(), "no such operations: {table:?}");
}

#[actix_web::test]
async fn a_token_opens_what_its_scopes_say_and_nothing_else() {
    let county = County::new().await;
    let document = document();
    let bergen = OrgNr::from_register(county.bergen.orgnr.clone());
    let mut wrong = Vec::new();
    for (scope, ids) in SCOPES {
        let (opening, others): (Vec<Scope>, Vec<Scope>) = Scope::ALL.iter().partition(|held| opens(**held, scope));
        let refused = county.server.client(&bergen, &format!("all but {scope}"), &others).await;
        let mut openers = Vec::new();
        for held in &opening {
            openers.push(county.server.client(&bergen, &format!("{held} for {scope}"), &[*held]).await);
        }
        for operation in operations(&document).filter(|o| ids.split_whitespace().any(|id| id == o.id())) {
            let nowhere = Uuid::now_v7().to_string();
            let parts = operation.path.split('/').map(|part| if part.starts_with('{') { &nowhere } else { part });
            let path = parts.collect::<Vec<_>>().join("/");
            let method: Method = operation.method.to_uppercase().parse().unwrap();
            let call = async |actor: &Actor| actor.send(actor.request(method.clone(), &path)).await;
            let answer = call(&refused).await;
            let named = answer.json()["params"]["scope"] == *scope;
            let is_refused = (answer.status, answer.code().as_str(), named) == (403, "scope_missing", true);
            if is_refused == scope.is_empty() {
                wrong.push(format!("{} without {scope:?}: {} {}", operation.name(), answer.status, answer.code()));
            }
            for opener in &openers {
                let answer = call(opener).await;
                if answer.status == 401 || answer.code() == "scope_missing" {
                    wrong.push(format!("{} with {scope}: {} {}", operation.name(), answer.status, answer.code()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
