//! What can be wrong with a row, as short codes: 40,000 bad rows are told in a few lines.

use super::column::Column;

crate::codes! {
    /// Why a row was rejected. Texts are in the locales under `kartlegging.row.<code>`.
    FaultCode {
        /// The row has more or fewer fields than the header.
        FieldCount = "field_count",
        /// The row is longer than the limit.
        RowTooLong = "row_too_long",
        /// The row is not UTF-8, though the file is.
        InvalidUtf8 = "invalid_utf8",
        /// The row is no JSON object, or a member of it is neither text nor number.
        UnreadableRow = "unreadable_row",
        /// The JSON object has a member that is not known.
        UnknownMember = "unknown_member",
        /// NUL or another control character.
        ControlCharacter = "control_character",
        /// A national identity number (N15); its cell is not kept, not even in the result file.
        NationalId = "national_id",
        /// A value that must be there is not.
        MissingValue = "missing_value",
        /// No organisation number: nine digits of which the last is a check digit.
        UnitMalformed = "unit_malformed",
        /// Neither one of the sender's own codes nor an organisation number.
        UnitCodeUnknown = "unit_code_unknown",
        /// No such unit is in the register.
        UnitUnknown = "unit_unknown",
        /// The unit is closed (K03).
        UnitClosed = "unit_closed",
        /// The unit is not in the sender's responsibility (K03).
        UnitNotYours = "unit_not_yours",
        /// The instrument does not ask units of this kind.
        UnitKindNotAsked = "unit_kind_not_asked",
        /// The instrument does not ask about this area, or there is no such area.
        AreaNotAsked = "area_not_asked",
        /// The instrument does not ask this group, or there is no such group.
        GroupNotAsked = "group_not_asked",
        /// Not a plain number.
        NotANumber = "not_a_number",
        /// Written with a decimal comma.
        DecimalComma = "decimal_comma",
        /// More decimals than one.
        TooManyDecimals = "too_many_decimals",
        /// Not on the instrument's scale (K02).
        OutsideScale = "outside_scale",
        /// Not a whole number of respondents.
        NotWhole = "not_whole",
        /// Fewer respondents than 1, or more than any unit has.
        RespondentsOutOfRange = "respondents_out_of_range",
        /// The comment is too long.
        CommentTooLong = "comment_too_long",
        /// The same key stands in the batch twice; both rows are rejected.
        DuplicateInBatch = "duplicate_in_batch",
        /// Another organisation sent this key first (K03).
        OwnedByOther = "owned_by_other",
        /// Nothing wrong with the row, but another row's fault stopped the whole batch (K04, mode `all`).
        BatchRejected = "batch_rejected",
    }
}

impl FaultCode {
    /// Whether the fault is in how the row was written, or in a cell that must not be kept (N15), so that the row
    /// cannot be checked again from what is kept of it. Every other fault is found anew when a batch is committed,
    /// since units close and instruments are looked up then.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::FieldCount
                | Self::RowTooLong
                | Self::InvalidUtf8
                | Self::UnreadableRow
                | Self::UnknownMember
                | Self::NationalId
        )
    }
}

/// A fault and the column it is in; `None` where it is the row as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowFault {
    /// What is wrong.
    pub code: FaultCode,
    /// Where.
    pub column: Option<Column>,
}

impl RowFault {
    /// A fault in one column.
    pub const fn at(column: Column, code: FaultCode) -> Self {
        Self { code, column: Some(column) }
    }

    /// A fault of the row as a whole.
    pub const fn of_row(code: FaultCode) -> Self {
        Self { code, column: None }
    }
}
