//! Needs, their submissions, and those whom their senders asked.

diesel::table! {
    needs (id) {
        id -> Text,
        round_id -> Text,
        scheme -> Text,
        county_governor -> Text,
        county_number -> Text,
        sender_orgnr -> Text,
        state -> Text,
        reference -> Nullable<Text>,
        title -> Text,
        amount_nok -> BigInt,
        language -> Text,
        content -> Text,
        submitted_version -> Nullable<BigInt>,
        reply_by -> Nullable<Date>,
        return_reason -> Nullable<Text>,
        may_ask_for_more -> Bool,
        dismissal_reason -> Nullable<Text>,
        transferred_from -> Nullable<Text>,
        transferred_to -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    need_versions (need_id, n) {
        need_id -> Text,
        n -> BigInt,
        title -> Text,
        amount_nok -> BigInt,
        content -> Text,
        parties -> Text,
        findings -> Text,
        submitted_at -> Timestamp,
    }
}

diesel::table! {
    need_areas (need_id, area, submitted) {
        need_id -> Text,
        area -> Text,
        submitted -> Bool,
    }
}

diesel::table! {
    need_parties (need_id, orgnr) {
        need_id -> Text,
        orgnr -> Text,
        role -> Text,
        state -> Text,
        invited_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        asks_for_statped -> Bool,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    need_private_owners (need_id, owner_orgnr) {
        need_id -> Text,
        owner_orgnr -> Text,
        invited_on -> Date,
        recorded_answer -> Text,
        own_answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    need_external_refs (orgnr, system, key) {
        orgnr -> Text,
        system -> Text,
        key -> Text,
        need_id -> Text,
    }
}

diesel::table! {
    need_texts (id) {
        id -> BigInt,
        need_id -> Text,
        submitted -> Bool,
        folded -> Text,
    }
}
