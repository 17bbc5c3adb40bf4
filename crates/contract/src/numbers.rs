//! Numbers and codes of other registers, read off bodies: every fault gets its place.

use domain::orgnr::{OrgNr, OrgNrError, Synthetic};
use domain::time::SchoolYear;

use crate::problem::Fault;

/// Reads members that the schema cannot judge, and keeps every fault.
#[derive(Debug)]
pub struct Reading {
    synthetic: Synthetic,
    /// What was wrong so far.
    pub faults: Vec<Fault>,
}

impl Reading {
    /// Nothing read yet.
    pub const fn new(synthetic: Synthetic) -> Self {
        Self { synthetic, faults: Vec::new() }
    }

    /// An organisation number; spaces between the digits are normal input.
    pub fn orgnr(&mut self, text: &str, pointer: impl Into<String>) -> Option<OrgNr> {
        match OrgNr::parse(text, self.synthetic) {
            Ok(number) => Some(number),
            Err(error) => {
                self.faults.push(Fault::new(fault_code(error), pointer));
                None
            }
        }
    }

    /// A school year.
    pub fn school_year(&mut self, text: &str, pointer: impl Into<String>) -> Option<SchoolYear> {
        let year = text.parse().ok();
        if year.is_none() {
            self.faults.push(Fault::new("wrong_format", pointer).with("format", "2026-2027"));
        }
        year
    }

    /// Notes that a text holds nothing but white space.
    pub fn not_blank(&mut self, text: &str, pointer: impl Into<String>) {
        if text.trim().is_empty() {
            self.faults.push(Fault::new("too_short", pointer).with("limit", 1));
        }
    }

    /// Notes that a value stands twice in a list.
    pub fn unique<'a, T: PartialEq + 'a>(
        &mut self,
        values: impl IntoIterator<Item = &'a T>,
        pointer: impl Fn(usize) -> String,
    ) {
        let values: Vec<&T> = values.into_iter().collect();
        for (i, value) in values.iter().enumerate() {
            if values[..i].contains(value) {
                self.faults.push(Fault::new("not_unique", pointer(i)));
            }
        }
    }

    /// What was read, or everything that was wrong with it.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        read.filter(|_| self.faults.is_empty()).ok_or(self.faults)
    }
}

/// The code under which a wrong organisation number is told.
pub const fn fault_code(error: OrgNrError) -> &'static str {
    match error {
        OrgNrError::NotNineDigits => "orgnr_not_nine_digits",
        OrgNrError::WrongCheckDigit => "orgnr_wrong_check_digit",
        OrgNrError::UnknownSeries => "orgnr_unknown_series",
        OrgNrError::Synthetic => "orgnr_synthetic",
    }
}
