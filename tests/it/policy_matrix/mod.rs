//! The policy matrix: every operation of the document, asked by every kind of caller.
//!
//! The tables are written by hand from what is promised, never from the code that decides. A line is an operation,
//! the thing in [`world`] that it is asked about, and a letter per caller; a status in a line is what an allowed
//! caller is answered, where that is not 200 (reading) or 428 (writing, always asked for without `If-Match`).
//!
//! | column | caller |
//! |---|---|
//! | `?` | nobody: no token |
//! | `S` | the municipality that sends the needs; no seat in the forum |
//! | `N` | another municipality of the county, without a seat; coordinates the network |
//! | `E` | a municipality elsewhere, in another county |
//! | `F` | the county authority |
//! | `P` | the private owner that the needs concern, and that was asked |
//! | `Q` | another private owner |
//! | `U` | the university that is partner in the needs and receives money |
//! | `V` | another university, in the network |
//! | `W` | a vocational college |
//! | `C` | a municipality that holds the chair of the forum |
//! | `T` | the teacher union with a seat |
//! | `K` | KS, with a seat |
//! | `A` | a private association without a seat |
//! | `X` | Statped, in the network and invited to `returned`: no seat |
//! | `1` `2` `3` | the county governor: secretariat, payments, approver |
//! | `4` | the county governor of another county |
//! | `D` | the directorate |
//! | `O` | an organisation of kind `other` |
//!
//! | letter | answer |
//! |---|---|
//! | `A` | may: 200 or 428, or the status that the line names |
//! | `-` | 403 `not_yours_to_do`: sees it, but it is another's to do |
//! | `k` | 403 `kind_not_allowed`: not for this kind of organisation, whatever it is about |
//! | `x` | 403 `scope_missing`: the client lacks the scope |
//! | `.` | 404: not there, or not visible, which is the same |
//! | `u` | 401 |
//! | `s` | the list shows it: in its page, by its id, in its count, and as a stream |
//! | `e` | the list is answered and shows it nowhere |
//! | `h` | 422: what the body names is hidden, and the answer is that of something that does not exist |

mod across;
mod ask;
mod callers;
mod dialogue;
mod forum;
mod funding;
mod guidance;
mod kartlegging;
mod needs;
mod networks;
mod probes;
mod scopes;
mod table;
mod tenants;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use serde_json::Value;

use crate::support::openapi::{document, operation_ids, operations};
use ask::Asked;
use table::{Row, rows};
use world::World;

#[test]
fn every_operation_stands_in_a_table_and_no_other_does() {
    let asked: BTreeSet<String> = rows().iter().map(|row| row.operation.to_owned()).collect();
    let known = operation_ids();
    let missing: Vec<_> = known.difference(&asked).collect();
    let unknown: Vec<_> = asked.difference(&known).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "without a line: {missing:?}; no operation: {unknown:?}");
}

#[actix_web::test]
async fn everybody_is_answered_as_promised() {
    let world = World::new().await;
    let before = everything_that_happened(&world).await;
    let document = document();
    let operations: BTreeMap<String, Asked> =
        operations(&document).map(|o| (o.id().to_owned(), Asked::of(&o, &document))).collect();
    let mut wrong = Vec::new();
    for row in rows() {
        wrong.extend(wrong_cells(&operations[row.operation], &row, &world).await);
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(everything_that_happened(&world).await, before, "asking changed something");
}

/// The cells of a line that are answered otherwise, in words.
async fn wrong_cells(asked: &Asked, row: &Row, world: &World) -> Vec<String> {
    let seen = join_all(world.callers.iter().map(|caller| asked.by(caller, row, world))).await;
    let cells =
        row.cells.iter().zip(&world.callers).zip(seen).filter(|((expected, _), seen)| **expected != seen.letter);
    let told = cells.map(|((expected, caller), seen)| {
        let (operation, subject) = (row.operation, row.subject.unwrap_or_default());
        format!("{operation} {subject} by {}: expected {expected}, got {} ({})", caller.column, seen.letter, seen.said)
    });
    told.collect()
}

/// The feeds of sender, county governors and directorate: whatever is written leaves an event in one of them.
async fn everything_that_happened(world: &World) -> Vec<Value> {
    let feeds = ['S', '1', '4', 'D'].map(|column| world.caller(column).get("/v1/events?limit=1000"));
    join_all(feeds).await.into_iter().map(|feed| feed.expect(200).json()["items"].clone()).collect()
}
