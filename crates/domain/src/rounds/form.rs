//! What one office adds to the form that is the same everywhere: guidance, and questions of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::language::Bilingual;

crate::codes! {
    /// How a question is answered.
    QuestionKind {
        /// In the sender's words.
        Text = "text",
        /// By a whole number.
        Number = "number",
        /// By one of the choices.
        Choice = "choice",
    }
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What answers say.
    pub code: String,
    /// What people read.
    pub label: Bilingual,
}

/// A question that a county governor asks in one of its rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What answers name; unique in the round.
    pub key: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether no need is submitted without an answer.
    pub required: bool,
    /// The question as people read it.
    pub label: Bilingual,
    /// What helps to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
    /// What there is to choose from; for a choice only, at least two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// An answer to an extra question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtraAnswer {
    /// To a question for text.
    Text(String),
    /// To a question for a number.
    Number(i64),
    /// The code of a choice.
    Choice(String),
}

/// Answers to extra questions, by the question's key.
pub type ExtraAnswers = BTreeMap<String, ExtraAnswer>;

/// What an office adds to the form in one round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundForm {
    /// What senders read before they begin.
    pub guidance: Option<Bilingual>,
    /// What they answer besides what every round asks.
    pub questions: Vec<Question>,
}

/// What is wrong with a question, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuestionFault {
    /// An earlier question has the same key.
    #[error("an earlier question has the same key")]
    Repeated(usize),
    /// A choice between fewer than two.
    #[error("a choice is between two at least")]
    TooFewChoices(usize),
    /// Choices for what is answered otherwise.
    #[error("only a choice has choices")]
    NotAChoice(usize),
    /// Two of its choices have the same code.
    #[error("two of its choices have the same code")]
    ChoicesRepeated(usize),
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AnswerFault {
    /// The round asks no such question.
    #[error("the round asks no such question")]
    UnknownQuestion,
    /// The question is answered otherwise.
    #[error("the question is answered by {0}")]
    OtherKind(QuestionKind),
    /// It is none of the choices.
    #[error("it is none of the choices")]
    UnknownChoice,
}

impl Question {
    fn fault(&self, i: usize) -> Option<QuestionFault> {
        let codes: BTreeSet<&str> = self.choices.iter().map(|choice| choice.code.as_str()).collect();
        match self.kind {
            QuestionKind::Choice if self.choices.len() < 2 => Some(QuestionFault::TooFewChoices(i)),
            QuestionKind::Choice if codes.len() < self.choices.len() => Some(QuestionFault::ChoicesRepeated(i)),
            QuestionKind::Text | QuestionKind::Number if !self.choices.is_empty() => Some(QuestionFault::NotAChoice(i)),
            _ => None,
        }
    }

    fn fault_in(&self, answer: &ExtraAnswer) -> Option<AnswerFault> {
        match (self.kind, answer) {
            (QuestionKind::Text, ExtraAnswer::Text(_)) | (QuestionKind::Number, ExtraAnswer::Number(_)) => None,
            (QuestionKind::Choice, ExtraAnswer::Choice(code)) => {
                let is_known = self.choices.iter().any(|choice| choice.code == *code);
                (!is_known).then_some(AnswerFault::UnknownChoice)
            }
            (kind, _) => Some(AnswerFault::OtherKind(kind)),
        }
    }

    /// What an answer depends on: everything but the words.
    fn shape(&self) -> (&str, QuestionKind, bool, Vec<&str>) {
        (&self.key, self.kind, self.required, self.choices.iter().map(|choice| choice.code.as_str()).collect())
    }
}

impl ExtraAnswer {
    /// Whether something is said at all.
    fn says_something(&self) -> bool {
        match self {
            Self::Text(text) => !text.trim().is_empty(),
            Self::Number(_) | Self::Choice(_) => true,
        }
    }
}

impl RoundForm {
    /// What is wrong with its questions.
    pub(super) fn faults(&self) -> Vec<QuestionFault> {
        let mut keys = BTreeSet::new();
        let mut faults = Vec::new();
        for (i, question) in self.questions.iter().enumerate() {
            if !keys.insert(&question.key) {
                faults.push(QuestionFault::Repeated(i));
            }
            faults.extend(question.fault(i));
        }
        faults
    }

    /// Whether other questions ask the same, in whatever words: answers to these fit those.
    pub(super) fn asks_the_same(&self, other: &Self) -> bool {
        self.questions.iter().map(Question::shape).eq(other.questions.iter().map(Question::shape))
    }

    /// What is wrong with answers, by key.
    pub fn faults_in<'a>(&self, answers: &'a ExtraAnswers) -> Vec<(&'a str, AnswerFault)> {
        let fault = |key: &str, answer| match self.questions.iter().find(|question| question.key == *key) {
            None => Some(AnswerFault::UnknownQuestion),
            Some(question) => question.fault_in(answer),
        };
        answers.iter().filter_map(|(key, answer)| Some((key.as_str(), fault(key, answer)?))).collect()
    }

    /// The required questions that are not answered.
    pub fn unanswered<'a>(&'a self, answers: &'a ExtraAnswers) -> impl Iterator<Item = &'a Question> {
        let answered = |key: &String| answers.get(key).is_some_and(ExtraAnswer::says_something);
        self.questions.iter().filter(move |question| question.required && !answered(&question.key))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn words(nb: &str, nn: &str) -> Bilingual {
        Bilingual { nb: nb.to_owned(), nn: nn.to_owned() }
    }

    /// A required choice, and a number and a text that may be left out.
    pub(crate) fn form() -> RoundForm {
        let question = |key: &str, kind, required, label| Question {
            key: key.to_owned(),
            kind,
            required,
            label,
            help: None,
            choices: Vec::new(),
        };
        let choice = |code: &str, nb: &str, nn: &str| Choice { code: code.to_owned(), label: words(nb, nn) };
        let region = Question {
            choices: vec![choice("north", "Nord", "Nord"), choice("south", "Sør", "Sør")],
            ..question("region", QuestionKind::Choice, true, words("Hvilken region?", "Kva region?"))
        };
        let staff = question("staff", QuestionKind::Number, false, words("Hvor mange ansatte?", "Kor mange tilsette?"));
        let plan = question("plan", QuestionKind::Text, false, words("Hvilken plan?", "Kva plan?"));
        RoundForm { guidance: None, questions: vec![region, staff, plan] }
    }

    fn answers<const N: usize>(answers: [(&str, ExtraAnswer); N]) -> ExtraAnswers {
        answers.into_iter().map(|(key, answer)| (key.to_owned(), answer)).collect()
    }

    #[test]
    fn answers_fit_their_questions() {
        let text = || ExtraAnswer::Text("Kvalitetsplanen".to_owned());
        let choice = |code: &str| ExtraAnswer::Choice(code.to_owned());
        let fine = answers([("region", choice("north")), ("staff", ExtraAnswer::Number(12)), ("plan", text())]);
        assert_eq!(form().faults_in(&fine), []);
        let wrong = answers([("region", choice("east")), ("staff", text()), ("size", ExtraAnswer::Number(1))]);
        assert_eq!(
            form().faults_in(&wrong),
            [
                ("region", AnswerFault::UnknownChoice),
                ("size", AnswerFault::UnknownQuestion),
                ("staff", AnswerFault::OtherKind(QuestionKind::Number)),
            ]
        );
    }

    #[test]
    fn only_what_is_required_must_be_answered_and_blanks_say_nothing() {
        let mut form = form();
        let unanswered = |form: &RoundForm, given: &ExtraAnswers| -> Vec<String> {
            form.unanswered(given).map(|question| question.key.clone()).collect()
        };
        assert_eq!(unanswered(&form, &ExtraAnswers::new()), ["region"]);
        form.questions[2].required = true;
        let given = answers([
            ("region", ExtraAnswer::Choice("south".to_owned())),
            ("plan", ExtraAnswer::Text("  ".to_owned())),
        ]);
        assert_eq!(unanswered(&form, &given), ["plan"]);
    }

    #[test]
    fn a_question_has_a_key_of_its_own_and_the_choices_that_its_kind_takes() {
        let mut wrong = form();
        assert_eq!(wrong.faults(), []);
        wrong.questions[1].key = "region".to_owned();
        wrong.questions[1].choices = wrong.questions[0].choices.clone();
        wrong.questions[0].choices.truncate(1);
        let repeated = [QuestionFault::TooFewChoices(0), QuestionFault::Repeated(1), QuestionFault::NotAChoice(1)];
        assert_eq!(wrong.faults(), repeated);
        let mut twice = form();
        twice.questions[0].choices[1].code = "north".to_owned();
        assert_eq!(twice.faults(), [QuestionFault::ChoicesRepeated(0)]);
    }

    #[test]
    fn other_words_ask_the_same_and_another_choice_does_not() {
        let mut other = form();
        other.questions[0].label = words("Hvor?", "Kvar?");
        assert!(form().asks_the_same(&other));
        other.questions[0].choices[1].code = "east".to_owned();
        assert!(!form().asks_the_same(&other));
    }
}
