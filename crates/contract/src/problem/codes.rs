//! The one table of problem codes: what each means stands in the locales, `docs/errors.md` is generated from both.

/// A problem's code and its HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemCode {
    /// The code.
    pub code: &'static str,
    /// The status.
    pub status: u16,
}

const fn p(status: u16, code: &'static str) -> ProblemCode {
    ProblemCode { code, status }
}

/// Every problem there is, by feature in the order of the story.
pub const PROBLEMS: &[ProblemCode] = &[
    // What cannot be read.
    p(400, "invalid_json"),
    p(400, "invalid_query"),
    p(400, "unknown_filter"),
    p(400, "invalid_header"),
    p(400, "invalid_cursor"),
    // Who may.
    p(401, "unauthenticated"),
    p(403, "scope_missing"),
    p(403, "kind_not_allowed"),
    p(403, "not_yours_to_do"),
    p(403, "host_not_allowed"),
    p(404, "not_found"),
    // How it was asked.
    p(405, "method_not_allowed"),
    p(406, "not_acceptable"),
    p(408, "request_timeout"),
    p(409, "idempotency_in_progress"),
    p(409, "state_conflict"),
    p(409, "already_exists"),
    p(410, "cursor_expired"),
    p(412, "version_mismatch"),
    p(413, "body_too_large"),
    p(415, "unsupported_media_type"),
    p(422, "validation_failed"),
    p(422, "idempotency_key_reused"),
    p(428, "precondition_required"),
    p(429, "too_many_requests"),
    // Our own.
    p(500, "internal_error"),
    p(503, "overloaded"),
    p(503, "unavailable"),
    // Rounds.
    p(409, "needs_under_treatment"),
    // Needs.
    p(422, "need_not_submittable"),
    // Networks.
    p(409, "coordination_without_needs"),
    p(409, "coordinator_leaves"),
    p(409, "meeting_has_begun"),
    p(409, "need_not_submitted"),
    p(409, "attachment_in_message"),
    p(409, "attachment_in_submission"),
    p(409, "attachment_quota_exceeded"),
    p(413, "attachment_too_large"),
    p(422, "attachment_type_not_allowed"),
    p(422, "attachment_damaged"),
    p(422, "attachment_encrypted"),
    p(422, "attachment_with_macros"),
    p(422, "attachment_unpacks_too_large"),
    p(422, "attachment_too_many_parts"),
    p(422, "attachment_nested_too_deep"),
    // Kartlegging.
    p(400, "digest_mismatch"),
    p(400, "gzip_broken"),
    p(400, "gzip_nested"),
    p(400, "gzip_undeclared"),
    p(400, "csv_quote_open"),
    p(400, "json_array_broken"),
    p(400, "not_utf8"),
    p(400, "upload_incomplete"),
    p(408, "upload_too_slow"),
    p(409, "part_differs"),
    p(409, "parts_incomplete"),
    p(409, "too_many_batches"),
    p(409, "part_space_used_up"),
    p(413, "upload_too_large"),
    p(413, "upload_unpacked_too_large"),
    p(413, "too_many_rows"),
    p(415, "unsupported_content_encoding"),
    p(422, "upload_without_rows"),
    // Forum.
    p(409, "conflicts_unruled"),
    p(409, "item_of_other_kind"),
    p(409, "meeting_not_open"),
    p(409, "not_quorate"),
    p(409, "nothing_to_recommend"),
    p(409, "quorum_unreachable"),
    p(409, "statped_not_requested"),
    p(409, "vote_missing"),
    p(409, "vote_not_carried"),
    p(409, "vote_on_other_proposal"),
    p(409, "vote_outdated"),
    p(409, "vote_was_held"),
    // Funding.
    p(409, "frame_missing"),
    p(409, "frame_exceeded"),
    p(409, "frame_below_committed"),
    p(403, "payment_prepared_by_you"),
    p(409, "grant_not_payable"),
    p(409, "report_not_approved"),
    p(409, "payment_in_live_run"),
    p(409, "payment_run_empty"),
];

/// The status of a code. A code that is not in the table is our own fault and answers as such.
pub fn status_of(code: &str) -> u16 {
    PROBLEMS.iter().find(|p| p.code == code).map_or(500, |p| p.status)
}
