//! What the program refuses to start with, each with the reason.

use rstest::rstest;

use crate::support::binary::Place;
use crate::support::database::TestDatabase;

#[rstest]
#[case::production_with_a_demo(&["--mode", "production", "--demo"], "--demo and production mode do not go together")]
#[case::a_clock_that_stands_still_in_production(&["--now", "2026-11-21T11:00:00Z"], "for test mode only")]
#[case::a_clock_that_stands_still_in_a_demo(&["--demo", "--now", "2026-11-21T11:00:00Z"], "for test mode only")]
#[case::a_demo_for_the_whole_network(&["--demo", "--listen", "0.0.0.0:0"], "demo mode listens on loopback only")]
#[case::production_without_a_signing_key(&[], "there is no signing key")]
fn the_server_refuses(#[case] flags: &[&str], #[case] reason: &str) {
    let ran = Place::new().run(&[&["serve"], flags].concat());
    assert!(!ran.succeeded && ran.err.contains(reason), "{}{}", ran.out, ran.err);
}

#[rstest]
#[case::another_mode(&["--demo"], "made in test mode and cannot be used in demo mode")]
#[case::production(&[], "made in test mode and cannot be used in production mode")]
fn a_database_keeps_the_mode_it_was_made_in(#[case] flags: &[&str], #[case] reason: &str) {
    let ran = Place::on(TestDatabase::new()).run(&[&["serve"], flags].concat());
    assert!(!ran.succeeded && ran.err.contains(reason), "{}{}", ran.out, ran.err);
}

#[test]
fn check_config_says_whether_the_configuration_holds_together() {
    let place = Place::new();
    let good = place.run(&["check-config", "--demo"]);
    assert!(good.succeeded && good.out.contains("demo mode on 127.0.0.1:8080"), "{}{}", good.out, good.err);
    let bad = place.run(&["check-config", "--demo", "--listen", "[::]:8080"]);
    assert!(!bad.succeeded && bad.err.contains("loopback"), "{}", bad.err);
}

#[test]
fn the_environment_counts_as_much_as_flags() {
    let place = Place::new();
    let mut command = place.kompetanseloft(&["serve"]);
    let output = command.env("KOMPETANSELOFT_NOW", "2026-11-21T11:00:00Z").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("KOMPETANSELOFT_NOW"));
}
