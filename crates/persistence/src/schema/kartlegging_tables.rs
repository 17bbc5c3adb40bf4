//! Kartlegging: instruments, batches and responses.

diesel::table! {
    instruments (code) {
        code -> Text,
        family -> Text,
        version -> BigInt,
        content -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    batches (id) {
        id -> Text,
        sender_orgnr -> Text,
        instrument -> Text,
        period -> Text,
        mode -> Text,
        dry_run -> Bool,
        state -> Text,
        source -> Nullable<Text>,
        digest -> Text,
        received -> BigInt,
        created -> BigInt,
        updated -> BigInt,
        unchanged -> BigInt,
        rejected -> BigInt,
        owned_by_other -> BigInt,
        findings -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        committed_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
        code_scheme -> Nullable<Text>,
    }
}

diesel::table! {
    batch_parts (batch_id, part) {
        batch_id -> Text,
        part -> BigInt,
        digest -> Text,
        row_count -> BigInt,
        faulty -> BigInt,
        header_rows -> BigInt,
        last_row -> BigInt,
        kept_bytes -> BigInt,
        received_at -> Timestamp,
    }
}

diesel::table! {
    batch_part_chunks (batch_id, part, chunk) {
        batch_id -> Text,
        part -> BigInt,
        chunk -> BigInt,
        content -> Binary,
    }
}

diesel::table! {
    batch_units (batch_id, unit_orgnr) {
        batch_id -> Text,
        unit_orgnr -> Text,
    }
}

diesel::table! {
    batch_results (batch_id, chunk) {
        batch_id -> Text,
        chunk -> BigInt,
        content -> Binary,
    }
}

diesel::table! {
    response_sheets (id) {
        id -> Text,
        instrument -> Text,
        period -> Text,
        unit_orgnr -> Text,
        content -> Binary,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    sheet_senders (sheet_id, sender_orgnr) {
        sheet_id -> Text,
        sender_orgnr -> Text,
        responses -> BigInt,
    }
}

diesel::table! {
    replaced_passages (sheet_id, version) {
        sheet_id -> Text,
        version -> BigInt,
        content -> Binary,
        replaced_by_batch -> Text,
        replaced_at -> Timestamp,
    }
}

diesel::table! {
    response_cells (instrument, period, municipality_number, unit_kind, area, respondent_group) {
        instrument -> Text,
        period -> Text,
        municipality_number -> Text,
        unit_kind -> Text,
        area -> Text,
        respondent_group -> Text,
        responses -> BigInt,
        respondents -> BigInt,
        current_sum -> BigInt,
        needed_sum -> BigInt,
    }
}

diesel::table! {
    unit_codes (id) {
        id -> Text,
        orgnr -> Text,
        scheme -> Text,
        code -> Text,
        unit_orgnr -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    take_overs (id) {
        id -> Text,
        unit_orgnr -> Text,
        instrument -> Text,
        period -> Text,
        from_orgnr -> Text,
        to_orgnr -> Text,
        responses -> BigInt,
        taken_over_at -> Timestamp,
    }
}
