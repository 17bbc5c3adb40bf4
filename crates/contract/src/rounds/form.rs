//! What one office adds to the form, and how its questions are answered.

use domain::rounds as domain_rounds;
use domain::rounds::{AnswerFault, ExtraAnswer as Answer, QuestionFault, QuestionKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::lists;
use crate::bilingual::Bilingual;
use crate::problem::Fault;

/// A question that a county governor asks in one of its rounds, besides what every round asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What answers name; unique in the round.
    #[schema(example = "region", min_length = 1, max_length = 64, pattern = "^[a-z0-9_]+$")]
    pub key: String,
    /// How it is answered.
    #[schema(value_type = lists::QuestionKind, example = "choice")]
    pub kind: QuestionKind,
    /// Whether no need is submitted without an answer.
    #[serde(default)]
    pub required: bool,
    /// The question as people read it.
    pub label: Bilingual,
    /// What helps to answer it.
    #[serde(default)]
    pub help: Option<Bilingual>,
    /// What there is to choose from: for a choice, at least two; for other kinds, none.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub choices: Vec<QuestionChoice>,
}

/// One of the choices of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionChoice {
    /// What answers say.
    #[schema(example = "north", min_length = 1, max_length = 64, pattern = "^[a-z0-9_]+$")]
    pub code: String,
    /// What people read.
    pub label: Bilingual,
}

/// The answer to an extra question: `text`, `number` or `choice`, as the question's kind says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"key": "region", "choice": "north"}))]
pub struct ExtraAnswer {
    /// The question's key.
    #[schema(example = "region", max_length = 64)]
    pub key: String,
    /// In the sender's words.
    #[serde(default)]
    #[schema(example = "Plan for språkmiljø 2026–2030", max_length = 4000)]
    pub text: Option<String>,
    /// A whole number.
    #[serde(default)]
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64)]
    pub number: Option<i64>,
    /// The code of one of the question's choices.
    #[serde(default)]
    #[schema(example = "north", max_length = 64)]
    pub choice: Option<String>,
}

impl ExtraAnswer {
    /// An answer as it is shown.
    pub fn of(key: &str, answer: &Answer) -> Self {
        let shown = Self { key: key.to_owned(), ..Self::default() };
        match answer.clone() {
            Answer::Text(text) => Self { text: Some(text), ..shown },
            Answer::Number(number) => Self { number: Some(number), ..shown },
            Answer::Choice(choice) => Self { choice: Some(choice), ..shown },
        }
    }

    /// What it says, where it says one thing.
    pub fn read(&self) -> Option<Answer> {
        match (&self.text, self.number, &self.choice) {
            (Some(text), None, None) => Some(Answer::Text(text.clone())),
            (None, Some(number), None) => Some(Answer::Number(number)),
            (None, None, Some(choice)) => Some(Answer::Choice(choice.clone())),
            _ => None,
        }
    }
}

impl From<domain_rounds::Question> for Question {
    fn from(question: domain_rounds::Question) -> Self {
        let choices = question.choices.into_iter();
        Self {
            key: question.key,
            kind: question.kind,
            required: question.required,
            label: question.label.into(),
            help: question.help.map(Into::into),
            choices: choices.map(|choice| QuestionChoice { code: choice.code, label: choice.label.into() }).collect(),
        }
    }
}

impl From<Question> for domain_rounds::Question {
    fn from(question: Question) -> Self {
        let choices = question.choices.into_iter();
        Self {
            key: question.key,
            kind: question.kind,
            required: question.required,
            label: question.label.into(),
            help: question.help.map(Into::into),
            choices: choices
                .map(|choice| domain_rounds::Choice { code: choice.code, label: choice.label.into() })
                .collect(),
        }
    }
}

/// Where and how a question is at fault.
impl From<QuestionFault> for Fault {
    fn from(fault: QuestionFault) -> Self {
        match fault {
            QuestionFault::Repeated(i) => Self::new("not_unique", format!("/questions/{i}/key")),
            QuestionFault::TooFewChoices(i) => Self::new("too_few_choices", format!("/questions/{i}/choices")),
            QuestionFault::NotAChoice(i) => Self::new("choices_without_choice", format!("/questions/{i}/choices")),
            QuestionFault::ChoicesRepeated(i) => Self::new("not_unique", format!("/questions/{i}/choices")),
        }
    }
}

/// What is wrong with the answer to a question, at its place.
pub fn answer_fault(fault: AnswerFault, pointer: impl Into<String>) -> Fault {
    match fault {
        AnswerFault::UnknownQuestion => Fault::new("unknown_question", pointer),
        AnswerFault::OtherKind(kind) => {
            Fault::new("answer_of_other_kind", pointer).with("question_kind", kind.as_str())
        }
        AnswerFault::UnknownChoice => Fault::new("unknown_choice", pointer),
    }
}
