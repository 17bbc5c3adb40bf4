//! The open round: on whatever date the server starts, its deadline lies ahead. And the frame of its year.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::funding::frames::{Source, SourceKind};
use domain::ids::{FrameId, RoundId};
use domain::language::Bilingual;
use domain::money::Nok;
use domain::rounds::{Choice, Question, QuestionKind, Round, RoundForm, RoundState};
use persistence::funding::frames::{self, StoredFrame};
use persistence::rounds;
use persistence::{StoreError, Tx};

use super::COUNTY_GOVERNOR;
use super::numbers::id_of;

const SCHEME: &str = "kollektiv";
const RULESET: &str = "kollektiv-2026";
/// A round whose deadline is nearer than this is no use for trying things out.
const DAYS_AHEAD: u64 = 14;

/// What Vestland had in the scheme's first year.
const FRAME: Nok = Nok::new(5_300_000);

/// Adds a round with its frame where none is open, the first time and when the last one is over.
pub(super) fn keep_open(tx: &mut Tx, today: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    let round = round_on(today);
    if rounds::find(tx, round.id)?.is_none() {
        rounds::insert(tx, &round, now)?;
        if !frames::exists(tx, COUNTY_GOVERNOR, SCHEME, round.year)? {
            frames::insert(tx, &frame_of(&round, now))?;
        }
    }
    Ok(())
}

fn frame_of(round: &Round, now: DateTime<Utc>) -> StoredFrame {
    let appropriation =
        Source { kind: SourceKind::Appropriation, reference: format!("Tildelingsbrev {}", round.year), amount: FRAME };
    StoredFrame {
        id: FrameId(id_of(&format!("frame {}", round.year))),
        county_governor: COUNTY_GOVERNOR.to_owned(),
        scheme: SCHEME.to_owned(),
        year: round.year,
        sources: vec![appropriation],
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// The round of the next first of February that is far enough away. It opened on 10 October, or opens today.
fn round_on(today: NaiveDate) -> Round {
    let soonest = today + Days::new(DAYS_AHEAD);
    let first_of_february = |year| NaiveDate::from_ymd_opt(year, 2, 1).expect("a date");
    let deadline_date = [soonest.year(), soonest.year() + 1]
        .map(first_of_february)
        .into_iter()
        .find(|date| *date >= soonest)
        .expect("a first of February comes every year");
    let year = deadline_date.year();
    let tenth_of_october = NaiveDate::from_ymd_opt(year - 1, 10, 10).expect("a date");
    Round {
        id: RoundId(id_of(&format!("round {year}"))),
        county_governor: COUNTY_GOVERNOR.to_owned(),
        scheme: SCHEME.to_owned(),
        ruleset: RULESET.to_owned(),
        year,
        opens_on: tenth_of_october.min(today),
        deadline_date,
        report_due_on: NaiveDate::from_ymd_opt(year + 1, 1, 15).expect("a date"),
        form: form(),
        state: RoundState::Open,
    }
}

/// What the office asks besides what every round asks. Nothing is required, so that needs of other systems pass.
fn form() -> RoundForm {
    let words = |nb: &str, nn: &str| Bilingual { nb: nb.to_owned(), nn: nn.to_owned() };
    let choice = |code: &str, nb, nn| Choice { code: code.to_owned(), label: words(nb, nn) };
    let travel = Question {
        key: "gathering_form".to_owned(),
        kind: QuestionKind::Choice,
        required: false,
        label: words("Hvordan skal samlingene gjennomføres?", "Korleis skal samlingane gjennomførast?"),
        help: Some(words(
            "Lange reiser er en vanlig grunn til frafall.",
            "Lange reiser er ein vanleg grunn til fråfall.",
        )),
        choices: vec![
            choice("in_person", "Fysisk", "Fysisk"),
            choice("online", "På nett", "På nett"),
            choice("both", "Begge deler", "Begge delar"),
        ],
    };
    let guidance = words(
        "Snakk med universitetet eller høgskolen før dere skriver, og start invitasjonene tidlig.",
        "Snakk med universitetet eller høgskulen før de skriv, og send invitasjonane tidleg.",
    );
    RoundForm { guidance: Some(guidance), questions: vec![travel] }
}

#[cfg(test)]
mod tests {
    use domain::time::start_of_day;

    use super::*;

    #[test]
    fn the_deadline_lies_ahead_on_every_date_of_four_years() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for today in first.iter_days().take(4 * 366) {
            let round = round_on(today);
            assert!(round.deadline_at() > start_of_day(today + Days::new(DAYS_AHEAD)), "{today}");
            assert!(round.opens_on <= today && round.opens_on < round.deadline_date, "{today}");
            assert!(round.report_due_on > round.deadline_date);
        }
    }

    #[test]
    fn a_day_in_november_falls_into_the_round_of_the_next_year() {
        let round = round_on(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        assert_eq!(
            (round.year, round.opens_on.to_string(), round.deadline_date.to_string()),
            (2027, "2026-10-10".to_owned(), "2027-02-01".to_owned())
        );
    }
}
