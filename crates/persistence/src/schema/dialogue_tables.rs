//! The dialogue on needs, and attachments.

diesel::table! {
    attachments (id) {
        id -> Text,
        need_id -> Text,
        purpose -> Text,
        side -> Text,
        added_by -> Text,
        file_name -> Text,
        format -> Text,
        size_bytes -> BigInt,
        sha256 -> Text,
        object_key -> Text,
        first_version -> Nullable<BigInt>,
        last_version -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        need_id -> Text,
        side -> Text,
        author_orgnr -> Text,
        text -> Text,
        read_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    message_attachments (message_id, attachment_id) {
        message_id -> Text,
        attachment_id -> Text,
    }
}
