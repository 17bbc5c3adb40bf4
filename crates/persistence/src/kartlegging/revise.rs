//! How a batch changes a sheet: pure, one unit at a time.

use chrono::{DateTime, Utc};
use domain::ids::BatchId;
use domain::kartlegging::RespondentGroup;

use super::sheets::{Line, Passage};
use crate::codec::number;
use crate::error::StoreError;

/// What a batch says at a place where it says something new.
#[derive(Debug)]
pub(super) struct Said<'a> {
    /// Its place.
    pub(super) slot: usize,
    pub(super) area: &'a str,
    pub(super) group: RespondentGroup,
    pub(super) current_tenths: i64,
    pub(super) needed_tenths: i64,
    pub(super) respondents: i64,
    pub(super) comment: Option<String>,
}

/// Who says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'a> {
    pub(super) sender: &'a str,
    pub(super) batch: BatchId,
    pub(super) at: DateTime<Utc>,
}

/// The passages of a sheet once a batch was at it, and those lines of the old ones that it replaced. `slot_of` knows
/// the place of a line; `said` is ordered by place, and what it replaces belongs to the same sender.
pub(super) fn revise<'a>(
    stored: Vec<Passage<'a>>,
    said: Vec<Said<'a>>,
    by: By<'a>,
    slot_of: impl Fn(&Line<'_>) -> Option<usize>,
) -> Result<(Vec<Passage<'a>>, Vec<Passage<'a>>), StoreError> {
    let mut said: Vec<(usize, Option<Said<'_>>)> = said.into_iter().map(|it| (it.slot, Some(it))).collect();
    let mut last = stored.iter().flat_map(|passage| &passage.responses).map(|line| line.number).max().unwrap_or(0);
    let (mut kept, mut fresh, mut replaced) = (Vec::with_capacity(stored.len() + 1), Vec::new(), Vec::new());
    for passage in stored {
        let (mut left, mut old) = (Vec::with_capacity(passage.responses.len()), Vec::new());
        for line in passage.responses {
            let at = slot_of(&line).and_then(|slot| said.binary_search_by_key(&slot, |(slot, _)| *slot).ok());
            let Some(new) = at.and_then(|at| said[at].1.take()) else {
                left.push(line);
                continue;
            };
            let new = new.into_line(line.number);
            passage_of(&mut fresh, by, passage.version + 1, passage.created_at).responses.push(new);
            old.push(line);
        }
        let with = |responses| Passage { sender: passage.sender.clone(), responses, ..passage };
        if !old.is_empty() {
            replaced.push(with(old));
        }
        if !left.is_empty() {
            kept.push(with(left));
        }
    }
    for new in said.into_iter().filter_map(|(_, new)| new) {
        last = number("sheet", u32::from(last) + 1)?;
        passage_of(&mut fresh, by, 1, by.at).responses.push(new.into_line(last));
    }
    kept.append(&mut fresh);
    Ok((kept, replaced))
}

impl<'a> Said<'a> {
    fn into_line(self, number: u16) -> Line<'a> {
        Line {
            number,
            area: self.area.into(),
            group: self.group,
            current_tenths: self.current_tenths,
            needed_tenths: self.needed_tenths,
            respondents: self.respondents,
            comment: self.comment,
        }
    }
}

fn passage_of<'p, 'a>(
    fresh: &'p mut Vec<Passage<'a>>,
    by: By<'a>,
    version: i64,
    created_at: DateTime<Utc>,
) -> &'p mut Passage<'a> {
    let same = |passage: &Passage<'_>| passage.version == version && passage.created_at == created_at;
    let at = fresh.iter().position(same).unwrap_or_else(|| {
        let By { sender, batch, at } = by;
        let responses = Vec::new();
        fresh.push(Passage { sender: sender.into(), batch, version, created_at, updated_at: at, responses });
        fresh.len() - 1
    });
    &mut fresh[at]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const AREAS: [&str; 3] = ["vision", "hearing", "autism"];

    fn slot_of(line: &Line<'_>) -> Option<usize> {
        AREAS.iter().position(|area| *area == line.area)
    }

    fn said(slot: usize, current_tenths: i64) -> Said<'static> {
        let group = RespondentGroup::All;
        Said { slot, area: AREAS[slot], group, current_tenths, needed_tenths: 40, respondents: 5, comment: None }
    }

    /// Number, area, level and version of every line, passage by passage.
    fn lines<'a>(passages: &'a [Passage<'_>]) -> Vec<Vec<(u16, &'a str, i64, i64)>> {
        let line = |passage: &Passage<'_>, line: &'a Line<'_>| {
            (line.number, line.area.as_ref(), line.current_tenths, passage.version)
        };
        passages.iter().map(|passage| passage.responses.iter().map(|it| line(passage, it)).collect()).collect()
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn a_batch_replaces_what_it_says_anew_and_leaves_the_rest() {
        let by = |n: u32| By { sender: "310279617", batch: BatchId(Uuid::from_u128(n.into())), at: at(n.into()) };
        let (first, none) = revise(Vec::new(), vec![said(0, 20), said(1, 20)], by(1), slot_of).unwrap();
        assert_eq!(lines(&first), [[(1, "vision", 20, 1), (2, "hearing", 20, 1)]]);
        assert_eq!(none, []);

        let (second, replaced) = revise(first, vec![said(1, 30), said(2, 30)], by(2), slot_of).unwrap();
        assert_eq!(
            lines(&second),
            [vec![(1, "vision", 20, 1)], vec![(2, "hearing", 30, 2)], vec![(3, "autism", 30, 1)]]
        );
        assert_eq!(lines(&replaced), [[(2, "hearing", 20, 1)]]);
        assert_eq!((second[1].created_at, second[1].updated_at), (at(1), at(2)));
        assert_eq!((second[1].batch, replaced[0].batch), (by(2).batch, by(1).batch));

        let (third, replaced) = revise(second, vec![said(0, 40), said(1, 40), said(2, 40)], by(3), slot_of).unwrap();
        assert_eq!(
            lines(&third),
            [vec![(1, "vision", 40, 2)], vec![(2, "hearing", 40, 3)], vec![(3, "autism", 40, 2)]]
        );
        assert_eq!(lines(&replaced).concat().len(), 3, "nothing is left of the passages that were there");
    }

    #[test]
    fn others_passages_stay_theirs() {
        let by = |sender, n: u128| By { sender, batch: BatchId(Uuid::from_u128(n)), at: at(1) };
        let (theirs, _) = revise(Vec::new(), vec![said(0, 20)], by("310279617", 1), slot_of).unwrap();
        let (both, replaced) = revise(theirs.clone(), vec![said(1, 20)], by("974760673", 2), slot_of).unwrap();
        assert_eq!(both[0], theirs[0]);
        assert_eq!((both[1].sender.as_ref(), replaced), ("974760673", Vec::new()));
    }
}
