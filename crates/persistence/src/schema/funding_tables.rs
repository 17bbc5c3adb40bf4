//! Frames, grants, payments and reports.

diesel::table! {
    frames (id) {
        id -> Text,
        county_governor -> Text,
        scheme -> Text,
        year -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    frame_sources (frame_id, n) {
        frame_id -> Text,
        n -> BigInt,
        kind -> Text,
        reference -> Text,
        amount_nok -> BigInt,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        need_id -> Text,
        reference -> Text,
        county_governor -> Text,
        county_number -> Text,
        scheme -> Text,
        ruleset -> Text,
        year -> BigInt,
        sender_orgnr -> Text,
        title -> Text,
        state -> Text,
        outcome -> Text,
        amount_nok -> BigInt,
        report_due_on -> Date,
        decided_at -> Timestamp,
        notified_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    grant_external_refs (orgnr, system, key) {
        orgnr -> Text,
        system -> Text,
        key -> Text,
        grant_id -> Text,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        grant_id -> Text,
        n -> BigInt,
        kind -> Text,
        state -> Text,
        outcome -> Text,
        recommendation_id -> Nullable<Text>,
        recommended_nok -> BigInt,
        amount_nok -> BigInt,
        reason -> Text,
        departure_reason -> Nullable<Text>,
        agenda_item_id -> Nullable<Text>,
        decided_at -> Timestamp,
        decided_by_client -> Text,
        decided_by_person -> Nullable<Text>,
    }
}

diesel::table! {
    decision_lines (decision_id, n) {
        decision_id -> Text,
        n -> BigInt,
        school_year -> Text,
        year -> BigInt,
        recipient_orgnr -> Text,
        amount_nok -> BigInt,
        conditional -> Bool,
    }
}

diesel::table! {
    payment_runs (id) {
        id -> Text,
        county_governor -> Text,
        state -> Text,
        file -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    payments (id) {
        id -> Text,
        grant_id -> Text,
        county_governor -> Text,
        sender_orgnr -> Text,
        recipient_orgnr -> Text,
        school_year -> Text,
        amount_nok -> BigInt,
        due_on -> Date,
        awaits_report -> Nullable<Text>,
        state -> Text,
        live_run_id -> Nullable<Text>,
        prepared_by_client -> Text,
        prepared_by_person -> Nullable<Text>,
        approved_by_client -> Nullable<Text>,
        approved_by_person -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        paid_on -> Nullable<Date>,
        failure_reason -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    payment_run_items (run_id, payment_id) {
        run_id -> Text,
        payment_id -> Text,
    }
}

diesel::table! {
    reports (id) {
        id -> Text,
        grant_id -> Text,
        county_governor -> Text,
        sender_orgnr -> Text,
        school_year -> Text,
        ruleset -> Text,
        state -> Text,
        due_on -> Date,
        return_reason -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        approved_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    report_parts (report_id, recipient_orgnr) {
        report_id -> Text,
        recipient_orgnr -> Text,
        granted_nok -> BigInt,
        used_nok -> Nullable<BigInt>,
        content -> Nullable<Text>,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}
