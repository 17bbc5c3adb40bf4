//! Rounds.

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
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}
