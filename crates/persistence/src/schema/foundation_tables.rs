//! Machinery around the features.

diesel::table! {
    meta (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    counters (kind, office, year) {
        kind -> Text,
        office -> Text,
        year -> BigInt,
        value -> BigInt,
    }
}

diesel::table! {
    audit (subject, seq) {
        subject -> Text,
        seq -> BigInt,
        action -> Text,
        at -> Timestamp,
        orgnr -> Text,
        client_id -> Text,
        person -> Nullable<Text>,
        supplier -> Nullable<Text>,
        request_id -> Text,
        changes -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        position -> Nullable<BigInt>,
        #[sql_name = "type"]
        type_ -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        county_governor -> Nullable<Text>,
        occurred_at -> Timestamp,
        data -> Text,
    }
}

diesel::table! {
    idempotency (scope) {
        scope -> Text,
        fingerprint -> Text,
        status -> BigInt,
        body -> Nullable<Text>,
        etag -> Nullable<Text>,
        location -> Nullable<Text>,
        created_at -> Timestamp,
    }
}
