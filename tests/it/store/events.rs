//! Event positions: none is ever given before one that a reader has passed.

use chrono::Utc;
use domain::event::{Event, EventData, Subject, SubjectKind};
use domain::ids::EventId;
use persistence::backend::Begin;
use persistence::{Engine, Tx, outbox};
use uuid::Uuid;

use crate::support::database::{TestDatabase, open};

fn append(tx: &mut Tx) -> Uuid {
    let id = Uuid::now_v7();
    let event = Event {
        subject: Subject::new(SubjectKind::Round, id),
        happened: "created",
        county_governor: None,
        data: EventData { id, reference: None, version: 1, state: "planned".to_owned(), changed: Vec::new() },
    };
    #[allow(clippy::disallowed_methods, reason = "any instant will do")]
    outbox::append(tx, EventId(id), Utc::now(), &event).unwrap();
    id
}

/// A inserts, B inserts and commits, a reader reads, A commits: A is still delivered. SQLite has one writer at a
/// time, so there A and B cannot overlap.
#[actix_web::test]
async fn a_slow_writers_event_is_still_delivered() {
    let database = TestDatabase::new();
    let store = open(&database.url);
    if store.engine() == Engine::Sqlite {
        return;
    }
    let mut slow = store.connect().unwrap();
    slow.begin(Begin::Write).unwrap();
    let first = append(&mut slow);
    let second = store.write("quick", |tx| Ok::<_, persistence::StoreError>(append(tx))).await.unwrap();
    store.write("sequence", outbox::sequence).await.unwrap();
    let seen = store.read("read", |reader| outbox::after(reader, 0, 10)).await.unwrap();
    assert_eq!(seen.iter().map(|e| e.id.0).collect::<Vec<_>>(), [second]);
    slow.commit().unwrap();
    store.write("sequence", outbox::sequence).await.unwrap();
    let place = seen[0].position;
    let later = store.read("read", move |reader| outbox::after(reader, place, 10)).await.unwrap();
    assert_eq!(later.iter().map(|e| e.id.0).collect::<Vec<_>>(), [first]);
}

#[actix_web::test]
async fn positions_have_no_gaps_under_concurrent_writers_and_sequencers() {
    let database = TestDatabase::new();
    let store = std::sync::Arc::new(open(&database.url));
    let work = (0..40).map(|n| {
        let store = std::sync::Arc::clone(&store);
        async move {
            store.write("append", |tx| Ok::<_, persistence::StoreError>(append(tx))).await.unwrap();
            if n % 3 == 0 {
                store.write("sequence", outbox::sequence).await.unwrap();
            }
        }
    });
    futures_util::future::join_all(work).await;
    store.write("sequence", outbox::sequence).await.unwrap();
    let events = store.read("read", |reader| outbox::after(reader, 0, 100)).await.unwrap();
    assert_eq!(events.iter().map(|e| e.position).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
}
