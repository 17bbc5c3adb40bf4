//! Lanes: what happens to the next one when a write goes wrong.

use persistence::{Engine, StoreError, Tx, reference};

use crate::support::database::{TestDatabase, open};

fn set(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    reference::set_meta(tx, key, "1")
}

#[actix_web::test]
async fn after_a_panic_inside_a_write_the_next_write_is_seen_by_another_connection() {
    let database = TestDatabase::new();
    let (store, other) = (open(&database.url), open(&database.url));
    for n in 0..8 {
        let panicked = store.write::<(), StoreError, _>("panics", |tx| {
            set(tx, "half")?;
            panic!("on purpose")
        });
        assert!(matches!(panicked.await, Err(StoreError::Panicked("panics"))));
        let key = format!("whole-{n}");
        store.write("next", move |tx| set(tx, &key)).await.unwrap();
        let key = format!("whole-{n}");
        let seen = other.read("seen", move |reader| reference::meta(reader, &key)).await.unwrap();
        assert_eq!(seen.as_deref(), Some("1"), "after panic {n}");
    }
    assert_eq!(other.read("half", |reader| reference::meta(reader, "half")).await.unwrap(), None);
}

#[actix_web::test]
async fn a_fault_takes_the_whole_write_back() {
    let database = TestDatabase::new();
    let store = open(&database.url);
    let failed = store.write::<(), StoreError, _>("fails", |tx| {
        set(tx, "half")?;
        Err(StoreError::corrupt("test", "on purpose"))
    });
    assert!(failed.await.is_err());
    assert_eq!(store.read("half", |reader| reference::meta(reader, "half")).await.unwrap(), None);
}

#[actix_web::test]
async fn a_key_that_exists_is_told_apart_from_other_faults_on_both_engines() {
    let database = TestDatabase::new();
    let store = open(&database.url);
    store.write("first", |tx| set(tx, "key")).await.unwrap();
    let second = store.write("second", |tx| set(tx, "key")).await;
    assert!(second.as_ref().is_err_and(|error| error.is_duplicate_of("meta")), "{second:?}");
}

#[actix_web::test]
async fn fifty_writers_raise_one_counter_without_a_gap_or_a_double() {
    let database = TestDatabase::new();
    let store = std::sync::Arc::new(open(&database.url));
    let writers =
        (0..50).map(|_| {
            let store = std::sync::Arc::clone(&store);
            async move {
                store.write("count", |tx| persistence::counters::next_reference(tx, "B", "VL", 2026)).await.unwrap()
            }
        });
    let mut references = futures_util::future::join_all(writers).await;
    references.sort();
    let expected: Vec<String> = (1..=50).map(|n| format!("B-2026-VL-{n:04}")).collect();
    assert_eq!(references, expected);
}

#[actix_web::test]
async fn sqlite_keeps_its_statements_prepared() {
    let database = TestDatabase::new();
    let store = open(&database.url);
    if store.engine() == Engine::Postgres {
        return;
    }
    let options = store.connect().unwrap().texts("SELECT compile_options AS text FROM pragma_compile_options").unwrap();
    assert!(options.iter().any(|option| option == "ENABLE_QPSG"), "{options:?}");
}
