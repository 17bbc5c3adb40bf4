//! What can go wrong on the way to an answer, in words for the person who asked.

use std::fmt::Write as _;
use std::time::Duration;

use contract::problem::Problem;
use thiserror::Error;

/// Why there is no answer to work on.
#[derive(Debug, Error)]
pub enum Error {
    /// The server answered with a problem. Its texts are in the language that the client asks for.
    #[error("{}", in_words(problem))]
    Problem {
        /// What the server says.
        problem: Box<Problem>,
        /// How long it asks to wait before the next attempt.
        retry_after: Option<Duration>,
    },
    /// No token: the client id or its secret is wrong, or it may not have a scope that was asked for.
    #[error("no token for the client {client_id}: {reason}")]
    NoToken {
        /// The client.
        client_id: String,
        /// What the server says.
        reason: String,
    },
    /// The server cannot be reached, or the connection broke.
    #[error("{server} cannot be reached: {cause}")]
    Unreachable {
        /// The server's address.
        server: String,
        /// What happened.
        cause: String,
        /// Whether it is certain that the server has not begun to work on the request.
        not_begun: bool,
    },
    /// The answer is not what the contract says: another server, or another release.
    #[error("{url} answered something else than expected ({status}): {cause}")]
    Unexpected {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
        /// What was wrong with the answer.
        cause: String,
    },
    /// An address, a file or a secret that cannot be used.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    /// The problem's code, where the server named one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem { problem, .. } => Some(&problem.code),
            _ => None,
        }
    }
}

/// A problem as several lines: what is wrong, what to do, each fault at its place, the request to quote.
fn in_words(problem: &Problem) -> String {
    let mut text = format!("{} ({} {})", problem.title, problem.status, problem.code);
    if !problem.detail.is_empty() {
        let _ = write!(text, "\n{}", problem.detail);
    }
    for fault in &problem.errors {
        let place = if fault.pointer.is_empty() { "" } else { ": " };
        let _ = write!(text, "\n  - {}{place}{}", fault.pointer, fault.message);
    }
    let _ = write!(text, "\nRequest {} on {}", problem.request_id, problem.instance);
    text
}

#[cfg(test)]
mod tests {
    use contract::problem::ProblemError;
    use serde_json::Map;

    use super::*;

    #[test]
    fn a_problem_is_told_with_every_fault_and_the_request_to_quote() {
        let fault = ProblemError {
            code: "required".to_owned(),
            pointer: "/title".to_owned(),
            message: "Write a title.".to_owned(),
            params: Map::new(),
        };
        let problem = Problem {
            type_: "/problems/validation_failed".to_owned(),
            title: "The content is not valid".to_owned(),
            status: 422,
            code: "validation_failed".to_owned(),
            detail: "Correct the members listed.".to_owned(),
            instance: "/v1/needs".to_owned(),
            request_id: "r-1".to_owned(),
            params: Map::new(),
            errors: vec![fault],
        };
        let error = Error::Problem { problem: Box::new(problem), retry_after: None };
        assert_eq!(
            error.to_string(),
            "The content is not valid (422 validation_failed)\nCorrect the members listed.\n  - /title: Write a title.\n\
             Request r-1 on /v1/needs"
        );
    }
}
