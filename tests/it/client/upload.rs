//! `kompetanse upload` and `kompetanse generate`: kartlegging in, and an exit code that a script can act on.

use std::path::Path;

use super::command_line::{as_client, run};
use crate::support::binary::Place;

const HOW: [&str; 4] = ["--instrument", "basis-2026", "--period", "2026"];

fn upload<'a>(file: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["upload", file.to_str().unwrap()], &HOW[..], more].concat()
}

#[test]
fn a_generated_file_is_uploaded_and_sent_again_changes_nothing() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("voss.csv");
    let voss = |arguments: &[&str]| run(&mut as_client(&place, &server, "voss-kommune", arguments));
    let made = voss(&["generate", file.to_str().unwrap()]);
    assert!(made.succeeded, "{}", made.err);
    let dry = voss(&upload(&file, &["--dry-run"]));
    assert!(dry.succeeded && dry.out.contains("dry_run_done"), "{}{}", dry.out, dry.err);
    let first = voss(&upload(&file, &[]));
    assert!(first.succeeded && first.out.contains("0 unchanged, 0 rejected"), "{}{}", first.out, first.err);
    let again = voss(&upload(&file, &[]));
    assert!(again.succeeded && again.out.contains(": 0 new, 0 updated"), "{}{}", again.out, again.err);
}

#[test]
fn rejected_rows_are_told_with_what_to_do_and_give_exit_code_two() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let (file, result) = (place.data_dir.path().join("rows.csv"), place.data_dir.path().join("result.csv"));
    let header = "unit_orgnr,area,respondent_group,current,needed,respondents,comment";
    std::fs::write(&file, format!("{header}\n974760673,vision,leaders,2.5,4,12,\n")).unwrap();
    let arguments = upload(&file, &["--mode", "valid_rows", "--result", result.to_str().unwrap()]);
    let output = as_client(&place, &server, "voss-kommune", &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("1 rows received: 0 new, 0 updated, 0 unchanged, 1 rejected"), "{told}");
    assert!(std::fs::read_to_string(result).unwrap().contains("rejected"));
}

#[test]
fn a_failure_is_told_in_words_and_gives_exit_code_one() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("rows.csv");
    std::fs::write(&file, "unit_orgnr,area\n974760673,vision\n").unwrap();
    let output = as_client(&place, &server, "voss-kommune", &upload(&file, &[])).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "a column is missing");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("respondent_group") && told.contains("Request "), "{told}");
    let nothing = as_client(&place, &server, "voss-kommune", &upload(Path::new("nothing.csv"), &[])).output().unwrap();
    assert_eq!(nothing.status.code(), Some(1), "there is no such file");
}
