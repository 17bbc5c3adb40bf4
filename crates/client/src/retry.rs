//! What may be sent again, and when.

use std::time::Duration;

use backon::ExponentialBuilder;

use crate::error::Error;

/// A tenth of a second, then longer each time, spread by chance so that many clients do not come back together.
pub(crate) fn pauses(times: usize) -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(100))
        .with_max_delay(Duration::from_secs(5))
        .with_max_times(times)
        .with_jitter()
}

/// Longer than this nobody waits for a server that says when to come back.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Whether a request may be sent again after an error. `repeatable` requests have one effect however often they come:
/// reads, and writes with an idempotency key.
pub(crate) fn may_repeat(error: &Error, repeatable: bool) -> bool {
    match error {
        Error::Unreachable { not_begun, .. } => *not_begun || repeatable,
        Error::Problem { problem, retry_after } => {
            let soon = retry_after.is_none_or(|pause| pause <= LONGEST_PAUSE);
            match problem.code.as_str() {
                "idempotency_in_progress" => repeatable,
                _ => matches!(problem.status, 429 | 503) && soon,
            }
        }
        Error::NoToken { .. } | Error::Unexpected { .. } | Error::Setup(_) => false,
    }
}

/// The pause before the next attempt: what the server asks for, else our own.
pub(crate) fn pause(error: &Error, own: Option<Duration>) -> Option<Duration> {
    match error {
        Error::Problem { retry_after: Some(asked), .. } => own.map(|own| own.max(*asked)),
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use contract::problem::Problem;
    use serde_json::Map;

    use super::*;

    fn problem(status: u16, code: &str, retry_after: Option<u64>) -> Error {
        let problem = Problem {
            type_: String::new(),
            title: String::new(),
            status,
            code: code.to_owned(),
            detail: String::new(),
            instance: String::new(),
            request_id: String::new(),
            params: Map::new(),
            errors: Vec::new(),
        };
        Error::Problem { problem: Box::new(problem), retry_after: retry_after.map(Duration::from_secs) }
    }

    fn broken(not_begun: bool) -> Error {
        Error::Unreachable { server: String::new(), cause: String::new(), not_begun }
    }

    #[test]
    fn a_broken_connection_is_tried_again_only_where_twice_is_as_good_as_once() {
        assert!(may_repeat(&broken(false), true) && !may_repeat(&broken(false), false));
        assert!(may_repeat(&broken(true), false), "nothing was begun");
    }

    #[test]
    fn a_busy_server_is_asked_again_and_a_refusal_is_not() {
        assert!(may_repeat(&problem(503, "overloaded", Some(1)), false));
        assert!(may_repeat(&problem(409, "idempotency_in_progress", None), true));
        assert!(!may_repeat(&problem(409, "state_conflict", None), true));
        assert!(!may_repeat(&problem(422, "validation_failed", None), true));
        assert!(!may_repeat(&problem(429, "too_many_requests", Some(3_600)), true), "nobody waits for an hour");
    }

    #[test]
    fn the_server_says_how_long_to_wait() {
        let own = Some(Duration::from_millis(200));
        assert_eq!(pause(&problem(503, "overloaded", Some(5)), own), Some(Duration::from_secs(5)));
        assert_eq!(pause(&broken(true), own), own);
    }
}
