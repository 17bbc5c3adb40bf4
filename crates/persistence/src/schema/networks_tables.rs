//! Regional networks: members, what is shared with them, coordinations, meetings.

diesel::table! {
    networks (id) {
        id -> Text,
        name -> Text,
        county_governor -> Text,
        coordinator_orgnr -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    network_members (network_id, orgnr) {
        network_id -> Text,
        orgnr -> Text,
        since -> Timestamp,
    }
}

diesel::table! {
    need_shares (need_id, network_id) {
        need_id -> Text,
        network_id -> Text,
        shared_at -> Timestamp,
    }
}

diesel::table! {
    coordinations (id) {
        id -> Text,
        network_id -> Text,
        title -> Text,
        description -> Text,
        lead_orgnr -> Nullable<Text>,
        university_orgnr -> Nullable<Text>,
        asked_of_university -> Nullable<Text>,
        asked_of_statped -> Nullable<Text>,
        closed -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    coordination_needs (coordination_id, need_id) {
        coordination_id -> Text,
        need_id -> Text,
        place -> BigInt,
    }
}

diesel::table! {
    joint_drafts (need_id) {
        need_id -> Text,
        coordination_id -> Text,
    }
}

diesel::table! {
    network_meetings (id) {
        id -> Text,
        network_id -> Text,
        title -> Text,
        starts_at -> Timestamp,
        place -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    network_themes (id) {
        id -> Text,
        meeting_id -> Text,
        title -> Text,
        description -> Text,
        raised_by -> Text,
        notes -> Nullable<Text>,
    }
}
