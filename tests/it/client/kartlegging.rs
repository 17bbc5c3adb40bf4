//! `kompetanse template`, `summary` and `completions`.

use super::command_line::{as_client, run};
use crate::support::binary::Place;

const WHAT: [&str; 4] = ["--instrument", "basis-2026", "--period", "2026"];

#[test]
fn a_template_is_filled_in_uploaded_and_summed_up() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("mal.csv");
    let voss = |arguments: &[&str]| run(&mut as_client(&place, &server, "voss-kommune", arguments));
    let template = [&["template", file.to_str().unwrap(), "--language", "nn"], &WHAT[..]].concat();
    let made = voss(&template);
    assert!(made.succeeded, "{}", made.err);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("\u{feff}organisasjonsnummer;namn på eininga;"), "{text}");
    let rows = text.lines().count() - 1;
    assert!(rows > 26, "{rows}");
    std::fs::write(&file, text.replace(";;;;", ";2.5;4;12;")).unwrap();
    let sent = voss(&[&["upload", file.to_str().unwrap()], &WHAT[..]].concat());
    assert!(sent.succeeded && sent.out.contains(&format!("{rows} new")), "{}{}", sent.out, sent.err);

    let summary = ["summary", "--instrument", "basis-2026", "--by", "area", "--municipality", "4621"];
    let shown = voss(&summary);
    assert!(shown.succeeded, "{}", shown.err);
    let vision: Vec<&str> =
        shown.out.lines().find(|line| line.contains("vision ")).unwrap().split_whitespace().collect();
    assert_eq!(vision[2..5], ["2.50", "4.00", "1.50"], "{}", shown.out);
    let json = voss(&[&summary[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["period"], &json["items"][0]["gap"]), (&"2026".into(), &1.5.into()));
    let none = voss(&["summary", "--instrument", "basis-2026", "--period", "2001"]);
    assert!(none.succeeded && none.out.contains("Nothing has been answered."), "{}{}", none.out, none.err);
}

#[test]
fn a_shell_learns_the_commands() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&mut as_client(&place, &server, "voss-kommune", &["completions", shell]));
        assert!(ran.succeeded && ran.out.contains("part-bytes"), "{shell}: {}", ran.err);
    }
}
