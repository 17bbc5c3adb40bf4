//! What waits for somebody, and until when: read off where things are, never kept, so that it cannot be out of date.

use chrono::{DateTime, NaiveDate, Utc};

use crate::needs::NeedState;
use crate::rounds::{Round, RoundState};
use crate::time::deadline_at;

crate::codes! {
    /// What is to be done.
    TaskKind {
        /// Answer an invitation: as partner, participant or private owner.
        AnswerInvitation = "answer_invitation",
        /// Finish a draft and submit it.
        SubmitDraft = "submit_draft",
        /// Correct a returned need and submit it again.
        CorrectNeed = "correct_need",
        /// Read what the other side wrote on a need.
        ReadMessages = "read_messages",
        /// Turn a coordination that one leads into a joint draft.
        DraftJointly = "draft_jointly",
        /// Look through a submission: accept, return or dismiss it.
        ReceiveNeed = "receive_need",
        /// Put an accepted or postponed need on the forum's agenda.
        PutNeedOnAgenda = "put_need_on_agenda",
        /// Close a round whose deadline is over.
        CloseRound = "close_round",
        /// Settle a closed round in which nothing is under treatment any more.
        SettleRound = "settle_round",
    }
}

/// A task, with the instant at which it is too late, exclusive.
pub type Due = (TaskKind, Option<DateTime<Utc>>);

/// What waits for the sender of a need: drafts until the deadline of their round or of the sender's exemption, returned
/// needs until the day that the return names (N03).
pub fn of_sender(
    state: NeedState,
    reply_by: Option<NaiveDate>,
    round: &Round,
    exempt_until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Option<Due> {
    let last_day = |date| Some(deadline_at(date)).filter(|until| now < *until);
    match state {
        NeedState::Draft if round.state_at(now) == RoundState::Open => {
            let until = last_day(exempt_until.map_or(round.deadline_date, |until| until.max(round.deadline_date)))?;
            Some((TaskKind::SubmitDraft, Some(until)))
        }
        NeedState::Returned => Some((TaskKind::CorrectNeed, Some(last_day(reply_by?)?))),
        _ => None,
    }
}

/// What waits for the county governor with a need.
pub const fn of_office(state: NeedState) -> Option<TaskKind> {
    match state {
        NeedState::Submitted => Some(TaskKind::ReceiveNeed),
        NeedState::Accepted | NeedState::Postponed => Some(TaskKind::PutNeedOnAgenda),
        _ => None,
    }
}

/// What waits for the county governor with a round, given how many of its needs are under treatment.
pub fn of_round(round: &Round, under_treatment: i64, now: DateTime<Utc>) -> Option<TaskKind> {
    match round.state_at(now) {
        RoundState::Open if now >= round.deadline_at() => Some(TaskKind::CloseRound),
        RoundState::Closed if under_treatment == 0 => Some(TaskKind::SettleRound),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::example_round;

    const IN_TIME: &str = "2027-02-01T22:59:59Z";
    const LATE: &str = "2027-02-01T23:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_draft_waits_until_the_deadline_or_the_end_of_an_exemption() {
        let round = example_round(RoundState::Open);
        let draft = |exempt_until, now| of_sender(NeedState::Draft, None, &round, exempt_until, at(now));
        assert_eq!(draft(None, IN_TIME), Some((TaskKind::SubmitDraft, Some(at(LATE)))));
        assert_eq!(draft(None, LATE), None);
        let exempt = Some((TaskKind::SubmitDraft, Some(at("2027-02-15T23:00:00Z"))));
        assert_eq!(draft(Some(date("2027-02-15")), LATE), exempt);
    }

    #[test]
    fn a_draft_waits_for_nothing_in_a_round_that_is_not_open() {
        for state in [RoundState::Closed, RoundState::Settled] {
            let draft = of_sender(NeedState::Draft, None, &example_round(state), None, at(IN_TIME));
            assert_eq!(draft, None, "{state}");
        }
    }

    #[test]
    fn a_returned_need_waits_until_its_day_whatever_the_round_says() {
        let round = example_round(RoundState::Closed);
        let returned = |now| of_sender(NeedState::Returned, Some(date("2027-02-15")), &round, None, at(now));
        assert_eq!(returned(LATE), Some((TaskKind::CorrectNeed, Some(at("2027-02-15T23:00:00Z")))));
        assert_eq!(returned("2027-02-15T23:00:00Z"), None);
    }

    #[test]
    fn a_round_is_closed_after_its_deadline_and_settled_when_nothing_waits() {
        let of = |state, waiting, now| of_round(&example_round(state), waiting, at(now));
        assert_eq!(of(RoundState::Open, 0, IN_TIME), None);
        assert_eq!(of(RoundState::Open, 3, LATE), Some(TaskKind::CloseRound));
        assert_eq!(of(RoundState::Closed, 3, LATE), None);
        assert_eq!(of(RoundState::Closed, 0, LATE), Some(TaskKind::SettleRound));
        assert_eq!(of(RoundState::Settled, 0, LATE), None);
    }

    #[test]
    fn every_need_that_waits_for_the_office_says_for_what() {
        for state in NeedState::ALL.iter().copied() {
            let is_on_a_list_already = state == NeedState::OnAgenda;
            assert_eq!(of_office(state).is_some(), state.is_under_treatment() && !is_on_a_list_already, "{state}");
        }
    }
}
