//! The print of a response's values: small enough to keep a million in memory, equal exactly where the values are.

use domain::kartlegging::Values;
use sha2::{Digest, Sha256};

use super::sheets::Line;

/// What a response says, its comment as 128 bits of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Print {
    pub(super) current_tenths: u16,
    pub(super) needed_tenths: u16,
    pub(super) respondents: u32,
    comment: [u8; 16],
}

impl Print {
    /// The print of checked values: levels within a scale of ten points, respondents within their limit.
    pub fn of(values: &Values<'_>) -> Self {
        Self::of_numbers(values.current.tenths(), values.needed.tenths(), values.respondents, values.comment)
    }

    /// The print of a stored response.
    pub(super) fn of_line(line: &Line<'_>) -> Self {
        Self::of_numbers(line.current_tenths, line.needed_tenths, line.respondents, line.comment.as_deref())
    }

    fn of_numbers(current_tenths: i64, needed_tenths: i64, respondents: i64, comment: Option<&str>) -> Self {
        Self {
            current_tenths: u16::try_from(current_tenths).unwrap_or(u16::MAX),
            needed_tenths: u16::try_from(needed_tenths).unwrap_or(u16::MAX),
            respondents: u32::try_from(respondents).unwrap_or(u32::MAX),
            comment: comment.map_or([0; 16], first_half_of_digest),
        }
    }

    /// As bytes for the spool.
    pub(super) fn to_bytes(self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..2].copy_from_slice(&self.current_tenths.to_le_bytes());
        bytes[2..4].copy_from_slice(&self.needed_tenths.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.respondents.to_le_bytes());
        bytes[8..].copy_from_slice(&self.comment);
        bytes
    }

    /// Back from the spool.
    pub(super) fn from_bytes(bytes: [u8; 24]) -> Self {
        let mut comment = [0; 16];
        comment.copy_from_slice(&bytes[8..]);
        Self {
            current_tenths: u16::from_le_bytes([bytes[0], bytes[1]]),
            needed_tenths: u16::from_le_bytes([bytes[2], bytes[3]]),
            respondents: u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]),
            comment,
        }
    }
}

fn first_half_of_digest(text: &str) -> [u8; 16] {
    let digest = Sha256::digest(text);
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}
