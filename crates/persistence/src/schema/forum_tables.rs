//! Forums, meetings, agenda items and recommendations.

diesel::table! {
    forums (id) {
        id -> Text,
        name -> Text,
        county_governor -> Text,
        min_seats -> BigInt,
        min_groups -> BigInt,
        majority_base -> Text,
        turn -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    forum_counties (forum_id, county_number) {
        forum_id -> Text,
        county_number -> Text,
    }
}

diesel::table! {
    seats (id) {
        id -> Text,
        forum_id -> Text,
        seat_group -> Text,
        orgnr -> Text,
        role -> Text,
        voting -> Bool,
        holder -> Nullable<Text>,
        deputy_name -> Nullable<Text>,
        deputy_orgnr -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    meetings (id) {
        id -> Text,
        forum_id -> Text,
        county_governor -> Text,
        title -> Text,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        place -> Nullable<Text>,
        state -> Text,
        reference -> Nullable<Text>,
        convened_at -> Nullable<Timestamp>,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    meeting_external_refs (orgnr, system, key) {
        orgnr -> Text,
        system -> Text,
        key -> Text,
        meeting_id -> Text,
    }
}

diesel::table! {
    attendance (meeting_id, seat_id) {
        meeting_id -> Text,
        seat_id -> Text,
        intervals -> Text,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    recommendations (id) {
        id -> Text,
        forum_id -> Text,
        county_governor -> Text,
        scheme -> Text,
        ruleset -> Text,
        year -> BigInt,
        state -> Text,
        agenda_item_id -> Nullable<Text>,
        absences -> Text,
        adopted_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    agenda_items (id) {
        id -> Text,
        meeting_id -> Text,
        forum_id -> Text,
        county_governor -> Text,
        n -> BigInt,
        kind -> Text,
        title -> Text,
        need_id -> Nullable<Text>,
        recommendation_id -> Nullable<Text>,
        state -> Text,
        outcome -> Nullable<Text>,
        rank -> Nullable<BigInt>,
        amount_nok -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        reply_by -> Nullable<Date>,
        may_ask_for_more -> Bool,
        criteria -> Text,
        decided_by -> Nullable<Text>,
        vote -> Nullable<Text>,
        quorum -> Nullable<Text>,
        statped_request -> Nullable<Text>,
        started_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    recusals (agenda_item_id, seat_id) {
        agenda_item_id -> Text,
        seat_id -> Text,
        holder -> Text,
        deputy -> Text,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    recommendation_lines (recommendation_id, need_id) {
        recommendation_id -> Text,
        need_id -> Text,
        agenda_item_id -> Text,
        outcome -> Text,
        rank -> Nullable<BigInt>,
        amount_nok -> BigInt,
        reason -> Text,
        participants -> Text,
        split -> Text,
        void -> Bool,
    }
}

diesel::table! {
    recommendation_line_years (recommendation_id, need_id, school_year) {
        recommendation_id -> Text,
        need_id -> Text,
        school_year -> Text,
        year -> BigInt,
        amount_nok -> BigInt,
    }
}
