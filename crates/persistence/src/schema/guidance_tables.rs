//! Questions with answers, and learning resources.

diesel::table! {
    guidance (id) {
        id -> Text,
        owner_orgnr -> Text,
        county_governor -> Nullable<Text>,
        scheme -> Nullable<Text>,
        round_id -> Nullable<Text>,
        question_nb -> Text,
        question_nn -> Text,
        answer_nb -> Text,
        answer_nn -> Text,
        source -> Nullable<Text>,
        position -> BigInt,
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    guidance_areas (guidance_id, area) {
        guidance_id -> Text,
        area -> Text,
    }
}

diesel::table! {
    guidance_about (guidance_id, code) {
        guidance_id -> Text,
        code -> Text,
    }
}

diesel::table! {
    learning_resources (id) {
        id -> Text,
        owner_orgnr -> Text,
        county_governor -> Nullable<Text>,
        kind -> Text,
        title_nb -> Text,
        title_nn -> Text,
        description_nb -> Text,
        description_nn -> Text,
        provider -> Text,
        provider_orgnr -> Nullable<Text>,
        url -> Text,
        folded -> Text,
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    learning_resource_areas (resource_id, area) {
        resource_id -> Text,
        area -> Text,
    }
}

diesel::table! {
    learning_resource_languages (resource_id, language) {
        resource_id -> Text,
        language -> Text,
    }
}
