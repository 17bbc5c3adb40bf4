//! Reference data, organisations, units and clients.

diesel::table! {
    county_governors (code) {
        code -> Text,
        short_code -> Text,
        name_nb -> Text,
        name_nn -> Text,
    }
}

diesel::table! {
    counties (number) {
        number -> Text,
        name -> Text,
        county_governor -> Text,
    }
}

diesel::table! {
    municipalities (number) {
        number -> Text,
        name -> Text,
        norwegian_name -> Text,
        county_number -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    competence_areas (code) {
        code -> Text,
        area_group -> Text,
        label_nb -> Text,
        label_nn -> Text,
        label_en -> Text,
    }
}

diesel::table! {
    organisations (orgnr) {
        orgnr -> Text,
        name -> Text,
        kind -> Text,
        municipality_number -> Nullable<Text>,
        county_number -> Nullable<Text>,
        county_governor -> Nullable<Text>,
        language_decision -> Nullable<Text>,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    units (orgnr) {
        orgnr -> Text,
        name -> Text,
        kind -> Text,
        owner_orgnr -> Text,
        municipality_number -> Text,
        county_number -> Text,
        private -> Bool,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    unit_serves (unit_orgnr, municipality_number) {
        unit_orgnr -> Text,
        municipality_number -> Text,
    }
}

diesel::table! {
    clients (id) {
        id -> Text,
        name -> Text,
        orgnr -> Text,
        secret_hash -> Text,
        scopes -> Text,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}
