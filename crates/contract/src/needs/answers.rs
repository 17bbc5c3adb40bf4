//! What a sender answers to a round's questions and explains to the rules' findings, read.

use std::collections::BTreeMap;

use domain::language::Language;
use domain::national_id::is_national_id;
use domain::pointer::below;
use domain::rounds::ExtraAnswers;

use crate::numbers::Reading;
use crate::problem::Fault;
use crate::rounds::ExtraAnswer;
use crate::texts;

/// The answers by their questions. Theirs are the only numbers of a need that may be about anything at all, so they
/// are looked through like texts (N15); an amount is an amount, whatever its digits.
pub(super) fn read_extra_answers(given: &[ExtraAnswer], reading: &mut Reading) -> ExtraAnswers {
    let mut answers = ExtraAnswers::new();
    for (i, answer) in given.iter().enumerate() {
        if answer.number.is_some_and(|number| is_national_id(number.unsigned_abs())) {
            let fault = Fault::new("national_id", format!("/extra_answers/{i}/number"));
            reading.faults.push(fault.with("rule", "N15"));
        }
        match answer.read() {
            Some(read) => drop(answers.insert(answer.key.clone(), read)),
            None => reading.faults.push(Fault::new("answer_says_one_thing", format!("/extra_answers/{i}"))),
        }
    }
    answers
}

/// The explanations. One of a finding that there is not is a slip of the hand: nobody would ever be shown it.
pub(super) fn read_explanations(given: &BTreeMap<String, String>, reading: &mut Reading) -> BTreeMap<String, String> {
    let findings = &texts::all(Language::Nb).findings;
    for code in given.keys().filter(|code| !findings.contains_key(*code)) {
        let fault = Fault::new("unknown_finding", below("/explanations", code));
        reading.faults.push(fault.with("code", code.as_str()));
    }
    given.clone()
}
