//! The tables as diesel sees them, one file per feature. Columns stand in the order of the migrations; a test
//! compares them with both databases.

#![allow(missing_docs, reason = "the migrations and the row structs say what the columns mean")]

mod dialogue_tables;
mod forum_tables;
mod foundation_tables;
mod funding_tables;
mod guidance_tables;
mod kartlegging_tables;
mod needs_tables;
mod networks_tables;
mod organisations_tables;
mod rounds_tables;

pub use dialogue_tables::*;
pub use forum_tables::*;
pub use foundation_tables::*;
pub use funding_tables::*;
pub use guidance_tables::*;
pub use kartlegging_tables::*;
pub use needs_tables::*;
pub use networks_tables::*;
pub use organisations_tables::*;
pub use rounds_tables::*;

diesel::allow_tables_to_appear_in_same_query!(
    agenda_items,
    attachments,
    attendance,
    audit,
    batch_part_chunks,
    batch_parts,
    batch_results,
    take_overs,
    unit_codes,
    batch_units,
    batches,
    clients,
    competence_areas,
    coordination_needs,
    coordinations,
    counters,
    counties,
    county_governors,
    decision_lines,
    decisions,
    forum_counties,
    forums,
    frame_sources,
    frames,
    grant_external_refs,
    grants,
    guidance,
    guidance_about,
    guidance_areas,
    idempotency,
    learning_resource_areas,
    learning_resource_languages,
    learning_resources,
    meeting_external_refs,
    meetings,
    instruments,
    joint_drafts,
    message_attachments,
    messages,
    meta,
    municipalities,
    need_areas,
    need_external_refs,
    need_parties,
    need_private_owners,
    need_shares,
    need_texts,
    need_versions,
    needs,
    network_meetings,
    network_members,
    network_themes,
    networks,
    organisations,
    outbox,
    payment_run_items,
    payment_runs,
    payments,
    recommendation_line_years,
    recommendation_lines,
    recommendations,
    recusals,
    report_parts,
    reports,
    replaced_passages,
    response_cells,
    response_sheets,
    round_exemptions,
    rounds,
    seats,
    sheet_senders,
    unit_serves,
    units,
);
