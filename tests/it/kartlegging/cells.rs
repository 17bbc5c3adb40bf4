//! The cells that responses add up to are what the responses themselves add up to, whatever was uploaded.

use domain::organisations::UnitKind;
use futures_util::future::join_all;
use persistence::kartlegging::unfold;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::{HEADER, Place, counts, csv, of_period, send};
use crate::support::{Actor, TestServer};

/// Every cell as text, in one order.
fn cells(server: &TestServer) -> Vec<String> {
    let sql = "SELECT instrument || ' ' || period || ' ' || municipality_number || ' ' || unit_kind || ' ' || area \
               || ' ' || respondent_group || ' ' || responses || ' ' || respondents || ' ' || current_sum || ' ' \
               || needed_sum AS text FROM response_cells WHERE responses <> 0";
    let mut cells = server.app.store.connect().unwrap().texts(sql).unwrap();
    cells.sort();
    cells
}

/// Every cell as the migration makes it out of responses that are there already.
fn added_up(server: &TestServer) -> Vec<String> {
    let mut connection = server.app.store.connect().unwrap();
    let engine = format!("{:?}", connection.engine()).to_lowercase();
    let file = format!("{}/../migrations/{engine}/0013_response_cells/up.sql", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(file).unwrap();
    let filling = &file[file.find("INSERT INTO").unwrap()..];
    unfold(&mut connection).unwrap();
    connection.execute("DELETE FROM response_cells").unwrap();
    connection.execute(filling.trim_end().trim_end_matches(';')).unwrap();
    cells(server)
}

/// A file about some of the units, about every fifth row of it faulty.
fn some_rows(random: &mut StdRng, units: &[&String]) -> String {
    let mut file = HEADER.to_owned();
    for _ in 0..random.random_range(1..12) {
        let unit = units[random.random_range(0..units.len())];
        let area = ["vision", "hearing"][random.random_range(0..2)];
        let group = ["leaders", "assistants", "all"][random.random_range(0..3)];
        let current = if random.random_range(0..5) == 0 { "x" } else { ["2", "3.5"][random.random_range(0..2)] };
        let respondents = random.random_range(1..4);
        file += &format!("{unit},{area},{group},{current},4,{respondents},\n");
    }
    file
}

#[actix_web::test]
async fn after_any_uploads_the_cells_are_what_the_responses_add_up_to() {
    let place = Place::new().await;
    let more = place.server.unit(110, UnitKind::School, &place.bergen).await.to_string();
    let senders: [(&Actor, Vec<&String>); 3] = [
        (&place.bergen, vec![&place.school, &more, &place.private_kindergarten]),
        (&place.alver, vec![&place.school_in_alver]),
        (&place.owner, vec![&place.private_kindergarten]),
    ];
    let mut random = StdRng::seed_from_u64(20_261_121);
    let mut seen = [0; 5];
    for n in 0..40 {
        let (sender, units) = &senders[random.random_range(0..senders.len())];
        let period = ["2026", "2026-H1"][random.random_range(0..2)];
        let mode = ["&mode=all", "&mode=valid_rows", "&mode=valid_rows", "&dry_run=true"][random.random_range(0..4)];
        let file = some_rows(&mut random, units);
        for _ in 0..2 {
            let batch = send(sender, of_period(sender, period, mode, "text/csv", file.clone())).await.expect(201);
            seen.iter_mut().zip(counts(&batch)).for_each(|(sum, count)| *sum += count);
        }
        if n % 4 == 3 {
            let kept = cells(&place.server);
            assert_eq!(kept, added_up(&place.server), "after {n} uploads");
        }
    }
    assert!(seen.iter().all(|count| *count > 5), "{seen:?}");
    assert!(cells(&place.server).len() > 10);
}

#[actix_web::test]
async fn uploads_at_the_same_time_add_up() {
    let place = Place::new().await;
    let mut files = Vec::new();
    for n in 0..6 {
        let school = place.server.unit(110 + n, UnitKind::School, &place.bergen).await.to_string();
        let rows: Vec<String> =
            ["vision", "hearing", "language_speech"].map(|area| place.row(&school, area, "2.5")).to_vec();
        files.push(format!("{HEADER}{}", rows.concat()));
    }
    let uploads = files.into_iter().map(|file| send(&place.bergen, csv(&place.bergen, "", file)));
    for batch in join_all(uploads).await {
        assert_eq!(counts(&batch.expect(201)), [3, 3, 0, 0, 0]);
    }
    let kept = cells(&place.server);
    assert_eq!(kept[0], "basis-2026 2026 4601 school hearing leaders 6 72 1800 2880");
    assert_eq!((kept.len(), &kept), (3, &added_up(&place.server)));
}
