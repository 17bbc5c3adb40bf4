//! Responses about a unit stand on one sheet (ADR 0016): nobody notices, whoever sends, lists or migrates them.

use chrono::{SecondsFormat, TimeDelta};
use domain::ids::BatchId;
use domain::kartlegging::{Mode, Places, RawRow};
use domain::orgnr::{OrgNr, Synthetic};
use persistence::kartlegging::{
    NewBatch, Progress, SpoolWriter, StoredBatch, Upload, directory, instruments, load, prepare, unfold,
};
use persistence::{Engine, StoreError, Tx, migrations, organisations};
use uuid::Uuid;

use super::{HEADER, Place, counts, csv, of_period, send, total};
use crate::support::Actor;

const RESPONSES: &str = "/v1/kartlegging/responses";

async fn upload(place: &Place, actor: &Actor, rows: &[(&str, &str, &str)]) -> String {
    let rows: String = rows.iter().map(|(unit, area, current)| place.row(unit, area, current)).collect();
    let batch = send(actor, csv(actor, "&mode=valid_rows", format!("{HEADER}{rows}"))).await.expect(201);
    batch.json()["id"].as_str().unwrap().to_owned()
}

/// Bergen and the owner both say something about the private kindergarten, Bergen something about its school too.
async fn two_senders() -> (Place, [String; 3]) {
    let place = Place::new().await;
    let kindergarten = place.private_kindergarten.as_str();
    let first = upload(&place, &place.bergen, &[(kindergarten, "vision", "2"), (&place.school, "vision", "2")]).await;
    let second = upload(&place, &place.owner, &[(kindergarten, "hearing", "2"), (kindergarten, "vision", "3")]).await;
    let third = upload(&place, &place.bergen, &[(kindergarten, "vision", "3")]).await;
    (place, [first, second, third])
}

#[actix_web::test]
async fn each_sees_its_own_on_a_sheet_that_two_have_sent() {
    let (place, [first, second, third]) = two_senders().await;
    let (bergen, owner) = (&place.bergen, &place.owner);
    let unit = format!("unit_orgnr={}", place.private_kindergarten);
    for (actor, query, expected) in [
        (bergen, String::new(), 2),
        (bergen, unit.clone(), 1),
        (bergen, "area=vision".to_owned(), 2),
        (bergen, "area=hearing".to_owned(), 0),
        (bergen, format!("sender_orgnr={}", owner.orgnr), 0),
        (bergen, format!("batch_id={first}"), 1),
        (bergen, format!("batch_id={second}"), 0),
        (bergen, format!("batch_id={third}"), 1),
        (owner, String::new(), 2),
        (owner, format!("sender_orgnr={}", owner.orgnr), 1),
        (owner, format!("sender_orgnr={}", bergen.orgnr), 1),
        (owner, format!("{unit}&area=hearing"), 1),
        (owner, "respondent_group=all".to_owned(), 0),
        (owner, format!("batch_id={third}"), 1),
        (owner, "updated_since=2999-01-01T00:00:00Z".to_owned(), 0),
        (&place.alver, String::new(), 0),
        (&place.alver, unit.clone(), 0),
    ] {
        let path = format!("{RESPONSES}?{query}");
        let listed = actor.get(&path).await.expect(200).json()["items"].as_array().unwrap().len();
        assert_eq!((listed, total(actor, &path).await), (expected, i64::try_from(expected).unwrap()), "{query}");
    }
}

#[actix_web::test]
async fn a_list_goes_on_in_the_middle_of_a_sheet() {
    let place = Place::new().await;
    let areas = ["vision", "hearing", "motor", "attention", "aphasia"];
    let rows: Vec<_> = [&place.school, &place.private_kindergarten]
        .into_iter()
        .flat_map(|unit| areas.map(|area| (unit.as_str(), area, "2")))
        .collect();
    upload(&place, &place.bergen, &rows).await;
    let whole = place.bergen.get(RESPONSES).await.expect(200).json()["items"].as_array().unwrap().clone();
    assert_eq!(whole.len(), 10, "{whole:?}");
    let mut pages = Vec::new();
    let mut path = format!("{RESPONSES}?limit=3");
    loop {
        let page = place.bergen.get(&path).await.expect(200).json();
        pages.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{RESPONSES}?limit=3&cursor={cursor}");
    }
    assert_eq!(pages, whole);
    let two = format!("{RESPONSES}?id={}&id={}", whole[1]["id"].as_str().unwrap(), whole[7]["id"].as_str().unwrap());
    let two = place.bergen.get(&two).await.expect(200).json();
    assert_eq!(two["items"].as_array().unwrap().as_slice(), [whole[1].clone(), whole[7].clone()]);
}

#[actix_web::test]
async fn every_change_is_kept_and_the_id_stays() {
    let place = Place::new().await;
    let mut batches = Vec::new();
    for current in ["2", "3", "3", "4"] {
        batches.push(upload(&place, &place.bergen, &[(&place.school, "vision", current)]).await);
    }
    upload(&place, &place.bergen, &[(&place.school, "hearing", "2")]).await;
    let list = place.bergen.get(&format!("{RESPONSES}?area=vision")).await.expect(200).json();
    let response = &list["items"][0];
    assert_eq!((&response["version"], &response["current"]), (&3.into(), &4.0.into()));
    let read = place.bergen.get(&format!("{RESPONSES}/{}", response["id"].as_str().unwrap())).await.expect(200).json();
    let history = read["history"].as_array().unwrap();
    let told: Vec<_> =
        history.iter().map(|it| (it["version"].as_i64().unwrap(), &it["current"], &it["batch_id"])).collect();
    assert_eq!(told, [(2, &3.0.into(), &batches[1].clone().into()), (1, &2.0.into(), &batches[0].clone().into())]);
    assert_eq!(history[0]["replaced_by_batch"], batches[3]);
}

/// An upload of Bergen's about its school, checked and not yet loaded.
async fn checked(place: &Place, area: &'static str, current: &'static str) -> Upload {
    let (sender, unit) = (OrgNr::from_register(place.bergen.orgnr.clone()), place.school.clone());
    let at = place.server.app.clock.now();
    let work = move |reader: &mut persistence::Reader| {
        let organisation = organisations::find(reader, &sender)?.unwrap();
        let instrument = instruments::find(reader, "basis-2026")?.unwrap().instrument;
        let directory = directory::of(reader, &organisation, None, Synthetic::Accepted)?;
        let places = Places::new(&directory, &instrument);
        let mut spool = SpoolWriter::create(&std::env::temp_dir(), places).unwrap();
        let raw = RawRow { cells: [&unit, area, "leaders", current, "4", "12", ""] };
        spool.check_in(2, &raw, &[], &instrument, &directory).unwrap();
        let batch = NewBatch {
            id: BatchId(Uuid::now_v7()),
            sender,
            instrument: "basis-2026".to_owned(),
            period: "2026".parse().unwrap(),
            mode: Mode::All,
            dry_run: false,
            source: None,
            code_scheme: None,
        };
        Ok(Upload { batch, digest: String::new(), at, spool: spool.finish().unwrap() })
    };
    place.server.app.store.snapshot::<_, StoreError, _>("test.check", work).await.unwrap()
}

/// Works an upload out, lets others do what they do, and loads it.
async fn overtaken(place: &Place, upload: Upload, meanwhile: impl AsyncFnOnce()) -> StoredBatch {
    let store = &place.server.app.store;
    let work = move |reader: &mut persistence::Reader| {
        let prepared = prepare(reader, &upload, &Progress::default())?;
        Ok((upload, prepared))
    };
    let (upload, prepared) = store.prepare::<_, StoreError, _>("test.prepare", work).await.unwrap();
    meanwhile().await;
    let work = move |tx: &mut Tx| load(tx, &upload, &prepared);
    store.upload::<_, StoreError, _>("test.load", work).await.unwrap()
}

#[actix_web::test]
async fn an_upload_that_was_overtaken_is_worked_out_once_more() {
    let place = Place::new().await;
    let other = async |area, current| {
        let rows = format!("{HEADER}{}", place.row(&place.school, area, current));
        assert_eq!(counts(&send(&place.bergen, csv(&place.bergen, "", rows)).await.expect(201))[4], 0);
    };
    for (area, current, others, outcome) in [
        ("vision", "2", ("vision", "2"), [0, 0, 1]),
        ("vision", "3", ("hearing", "2"), [0, 1, 0]),
        ("motor", "3", ("vision", "5"), [1, 0, 0]),
        ("motor", "4", ("motor", "5"), [0, 1, 0]),
    ] {
        let upload = checked(&place, area, current).await;
        let batch = overtaken(&place, upload, async || other(others.0, others.1).await).await;
        let counted = [batch.counts.created, batch.counts.updated, batch.counts.unchanged];
        assert_eq!(counted, outcome, "{area} {current} after {others:?}");
    }
    let list = place.bergen.get(RESPONSES).await.expect(200).json();
    let said: Vec<_> = list["items"].as_array().unwrap().iter().map(|it| (&it["area"], &it["current"])).collect();
    let expected = [("vision", 5.0), ("hearing", 2.0), ("motor", 4.0)].map(|(area, level)| (area.into(), level.into()));
    assert_eq!(said, expected.each_ref().map(|(area, level): &(serde_json::Value, serde_json::Value)| (area, level)));
}

#[actix_web::test]
async fn what_is_new_is_found_though_an_upload_that_began_before_came_after_it() {
    let place = Place::new().await;
    let mut upload = checked(&place, "vision", "2").await;
    let since = (upload.at - TimeDelta::minutes(30)).to_rfc3339_opts(SecondsFormat::Secs, true);
    upload.at -= TimeDelta::hours(1);
    let rows = format!("{HEADER}{}", place.row(&place.school, "hearing", "2"));
    let batch = overtaken(&place, upload, async || {
        send(&place.bergen, csv(&place.bergen, "", rows)).await.expect(201);
    });
    assert_eq!(batch.await.counts.created, 1);
    assert_eq!(total(&place.bergen, RESPONSES).await, 2);
    let new = place.bergen.get(&format!("{RESPONSES}?updated_since={since}")).await.expect(200).json();
    let new: Vec<_> = new["items"].as_array().unwrap().iter().map(|it| it["area"].as_str().unwrap()).collect();
    assert_eq!(new, ["hearing"]);
}

/// Every response and what it said before, as text.
fn responses(place: &Place) -> Vec<String> {
    let mut tx = place.server.app.store.connect().unwrap();
    if are_on_sheets(&mut tx) {
        unfold(&mut tx).unwrap();
    }
    let values = "current_tenths || ' ' || needed_tenths || ' ' || respondents || ' ' || coalesce(comment, '-')";
    let now = format!(
        "SELECT id || ' ' || instrument || ' ' || period || ' ' || unit_orgnr || ' ' || area || ' ' || \
            respondent_group || ' ' || sender_orgnr || ' ' || batch_id || ' ' || version || ' ' || created_at || ' ' || \
            updated_at || ' ' || {values} AS text FROM responses ORDER BY 1"
    );
    let before = format!(
        "SELECT response_id || ' ' || version || ' ' || sender_orgnr || ' ' || batch_id || ' ' || replaced_by_batch \
            || ' ' || replaced_at || ' ' || {values} AS text FROM response_history ORDER BY 1"
    );
    let mut all = tx.texts(&now).unwrap();
    all.extend(tx.texts(&before).unwrap());
    all
}

fn are_on_sheets(tx: &mut Tx) -> bool {
    tx.texts("SELECT DISTINCT '' || version AS text FROM response_sheets").is_ok()
}

/// Writes every content as it was before contents were compressed.
fn write_plain(tx: &mut Tx) {
    unfold(tx).unwrap();
    let bytes = match tx.engine() {
        Engine::Sqlite => "CAST(plain.content AS BLOB)",
        Engine::Postgres => "convert_to(plain.content, 'UTF8')",
    };
    for (table, plain, same) in [
        ("response_sheets", "plain_sheets", "plain.sheet_id = kept.id"),
        ("replaced_passages", "plain_passages", "plain.sheet_id = kept.sheet_id AND plain.version = kept.version"),
    ] {
        let sql = format!("UPDATE {table} AS kept SET content = {bytes} FROM {plain} AS plain WHERE {same}");
        assert_ne!(tx.execute(&sql).unwrap(), 0);
    }
}

#[actix_web::test]
async fn responses_go_onto_sheets_and_back_as_they_are() {
    let (place, _) = two_senders().await;
    let connect = || place.server.app.store.connect().unwrap();
    for (current, period) in [("2", "2026"), ("3.5", "2026"), ("3.5", "2026-H1")] {
        let rows = format!("{HEADER}{}", place.row(&place.school, "hearing", current));
        send(&place.bergen, of_period(&place.bergen, period, "", "text/csv", rows)).await.expect(201);
    }
    let before = place.owner.get(&format!("{RESPONSES}?include_total=true")).await.expect(200).json();
    let on_sheets = responses(&place);
    assert_eq!(on_sheets.len(), 5 + 2, "{on_sheets:?}");
    while migrations::revert_last(&mut connect()).is_ok() {
        assert!(are_on_sheets(&mut connect()), "what is compressed has no way down");
    }
    assert_eq!(responses(&place), on_sheets);
    write_plain(&mut connect());
    assert_eq!(responses(&place), on_sheets, "plain sheets are read as well");
    while are_on_sheets(&mut connect()) {
        migrations::revert_last(&mut connect()).unwrap();
    }
    assert_eq!(responses(&place), on_sheets, "a row for each");
    migrations::run(&mut connect()).unwrap();
    assert!(are_on_sheets(&mut connect()));
    assert_eq!(responses(&place), on_sheets);
    let after = place.owner.get(&format!("{RESPONSES}?include_total=true")).await.expect(200).json();
    assert_eq!(after, before);
}
