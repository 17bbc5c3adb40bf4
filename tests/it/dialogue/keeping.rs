//! Bytes that no row refers to are swept, and no others.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{attach, attach_plan, pdf};
use crate::support::County;

/// What a process left that was killed between its bytes and its row, or while it was writing them.
fn left_behind(folder: &Path, name: &str, age: Duration) -> std::path::PathBuf {
    let folder = folder.join("ab");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    let file = File::create(&path).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
    path
}

#[actix_web::test]
async fn what_no_row_refers_to_is_swept_after_a_day() {
    const HOUR: Duration = Duration::from_hours(1);
    let county = County::new().await;
    let need = county.draft().await.id();
    let (kept, removed) = (attach_plan(&county.bergen, &need).await, attach_plan(&county.bergen, &need).await);
    county.bergen.delete(&removed.header("location"), "\"1\"").await.expect(204);
    let folder = county.server.objects.path();
    let orphan = left_behind(folder, "abcdef", 48 * HOUR);
    let half = left_behind(folder, "abcdef#1", 48 * HOUR);

    let real_now = chrono::DateTime::<chrono::Utc>::from(SystemTime::now());
    county.server.set_now(&real_now.to_rfc3339());
    let young = left_behind(folder, "abffff", 23 * HOUR);
    let young_half = left_behind(folder, "abffff#1", 23 * HOUR);
    assert_eq!(api::objects::sweep::sweep(&county.server.app).await.unwrap(), 1);
    assert!(!orphan.exists() && !half.exists());
    assert!(young.exists() && young_half.exists(), "they may be on their way");

    let two_days_on = real_now + chrono::TimeDelta::days(2);
    county.server.set_now(&two_days_on.to_rfc3339());
    assert_eq!(api::objects::sweep::sweep(&county.server.app).await.unwrap(), 2, "the removed one, and the young one");
    assert!(!young.exists() && !young_half.exists());
    let content = format!("{}/content", kept.header("location"));
    assert_eq!(county.bergen.get(&content).await.expect(200).text.as_bytes(), pdf("plan"));
    assert_eq!(api::objects::sweep::sweep(&county.server.app).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_name_is_never_a_key() {
    let county = County::new().await;
    let need = county.draft().await.id();
    for _ in 0..2 {
        attach(&county.bergen, &need, "case", "same.pdf", pdf("same")).await.expect(201);
    }
    let folders = std::fs::read_dir(county.server.objects.path()).unwrap().map(|folder| folder.unwrap().path());
    let keys: Vec<String> = folders
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit())), "{keys:?}");
}
