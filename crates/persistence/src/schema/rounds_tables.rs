//! Rounds, and who is exempt from their deadlines.

diesel::table! {
    rounds (id) {
        id -> Text,
        county_governor -> Text,
        scheme -> Text,
        ruleset -> Text,
        year -> BigInt,
        opens_on -> Date,
        deadline_date -> Date,
        deadline_at -> Timestamp,
        report_due_on -> Date,
        guidance -> Nullable<Text>,
        questions -> Text,
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    round_exemptions (id) {
        id -> Text,
        round_id -> Text,
        owner_orgnr -> Text,
        until -> Date,
        reason -> Text,
        created_at -> Timestamp,
    }
}
