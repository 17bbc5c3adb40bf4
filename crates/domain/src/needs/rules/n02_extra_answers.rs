//! N02: the office's own questions of the round are answered: each required one, and none that it does not ask.

use super::Case;
use crate::finding::{Finding, Severity};
use crate::rounds::AnswerFault;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (form, answers) = (&case.facts.round.form, &case.content.extra_answers);
    let finding =
        |code: &str, key: &str| Finding::new("N02", code, Severity::Blocker, "/extra_answers").with("question", key);
    let unanswered = form.unanswered(answers).map(|question| finding("question_unanswered", &question.key));
    let at_fault = form.faults_in(answers).into_iter().map(|(key, fault)| match fault {
        AnswerFault::UnknownQuestion => finding("question_unknown", key),
        AnswerFault::OtherKind(_) | AnswerFault::UnknownChoice => finding("answer_does_not_fit", key),
    });
    unanswered.chain(at_fault).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::rounds::ExtraAnswer;
    use crate::rounds::example_form;

    #[test]
    fn a_required_question_is_answered_before_submission() {
        let mut example = Example::new();
        assert!(example.codes_of("N02").is_empty());
        example.facts.round.form = example_form();
        let findings = example.findings_of("N02");
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].code.as_str(), findings[0].pointer.as_str()),
            ("question_unanswered", "/extra_answers")
        );
        example.content.extra_answers.insert("region".to_owned(), ExtraAnswer::Choice("north".to_owned()));
        assert!(example.codes_of("N02").is_empty());
    }

    #[test]
    fn an_answer_that_fits_no_question_stops() {
        let mut example = Example::new();
        example.content.extra_answers.insert("size".to_owned(), ExtraAnswer::Number(1));
        assert_eq!(example.codes_of("N02"), ["question_unknown"]);
        example.facts.round.form = example_form();
        example.content.extra_answers = [
            ("region".to_owned(), ExtraAnswer::Choice("south".to_owned())),
            ("staff".to_owned(), ExtraAnswer::Text("mange".to_owned())),
        ]
        .into();
        assert_eq!(example.codes_of("N02"), ["answer_does_not_fit"]);
    }
}
