//! How often other numbers are taken for identity numbers.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use rstest::rstest;
use uuid::Builder;

use super::contains_national_id;

/// Enough to see a change; the figures in the documentation of [`contains_national_id`] are of ten times as many.
const SAMPLES: usize = 10_000;

/// A source of samples that is the same in every run.
struct Random(TestRng);

impl Random {
    /// A number between these, both included.
    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.0.next_u64() % (most - least + 1)
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.between(0, all.len() as u64 - 1)).unwrap()]
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// From `least` to `most` of something, with one kind of sign between them.
    fn list(&mut self, least: u64, most: u64, item: fn(&mut Self) -> String) -> String {
        let between = self.one_of(&[", ", "; ", " og ", " / ", "\n", "\t", " "]);
        let items: Vec<String> = (0..self.between(least, most)).map(|_| item(self)).collect();
        items.join(between)
    }
}

fn uuid_v4(random: &mut Random) -> String {
    Builder::from_random_bytes(random.bytes()).into_uuid().to_string()
}

fn uuid_v7(random: &mut Random) -> String {
    let milliseconds = random.between(1_700_000_000_000, 1_900_000_000_000);
    Builder::from_unix_timestamp_millis(milliseconds, &random.bytes()).into_uuid().to_string()
}

fn link(random: &mut Random) -> String {
    format!("https://kompetanseloft.example/v1/needs/{}?after={}", uuid_v7(random), uuid_v4(random))
}

fn sha256(random: &mut Random) -> String {
    let quarters: Vec<String> = (0..4).map(|_| format!("{:016x}", random.between(0, u64::MAX - 1))).collect();
    quarters.concat()
}

fn orgnr(random: &mut Random) -> String {
    random.between(800_000_000, 999_999_999).to_string()
}

fn orgnr_in_threes(random: &mut Random) -> String {
    in_threes(random.between(800_000_000, 999_999_999))
}

fn date(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", random.between(2020, 2035), random.between(1, 12), random.between(1, 28))
}

fn norwegian_date(random: &mut Random) -> String {
    format!("{:02}.{:02}.{}", random.between(1, 28), random.between(1, 12), random.between(2020, 2035))
}

fn school_year(random: &mut Random) -> String {
    let first = random.between(2020, 2035);
    format!("{first}-{}", first + 1)
}

fn point_in_time(random: &mut Random) -> String {
    let (hour, minute, second) = (random.between(0, 23), random.between(0, 59), random.between(0, 59));
    let (thousandth, offset) = (random.between(0, 999), random.between(0, 12));
    format!("{}T{hour:02}:{minute:02}:{second:02}.{thousandth:03}+{offset:02}:00", date(random))
}

fn amount(random: &mut Random) -> String {
    let most = [999_999, 9_999_999, 99_999_999][usize::try_from(random.between(0, 2)).unwrap()];
    in_threes(random.between(1, most / 1_000) * 1_000)
}

fn in_threes(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(" ")
}

fn telephone(random: &mut Random) -> String {
    let n = random.between(20_000_000, 99_999_999).to_string();
    match random.between(0, 3) {
        0 => format!("{} {} {}", &n[..3], &n[3..5], &n[5..]),
        1 => format!("{} {} {} {}", &n[..2], &n[2..4], &n[4..6], &n[6..]),
        2 => format!("+47 {n}"),
        _ => n,
    }
}

fn telephone_and_place(random: &mut Random) -> String {
    format!("Tlf. {}, postboks {}, {:04} Bergen", telephone(random), random.between(1, 999), random.between(1, 9_999))
}

fn count(random: &mut Random) -> String {
    let most = [9, 99, 999][usize::try_from(random.between(0, 2)).unwrap()];
    random.between(0, most).to_string()
}

/// A rule that became worse shows here. What no user can word otherwise, such as an id, is never taken for a number.
#[rstest]
#[case::uuids(uuid_v4, 0)]
#[case::uuids_by_time(uuid_v7, 0)]
#[case::links(link, 0)]
#[case::digests(sha256, 0)]
#[case::organisations(|r: &mut Random| r.list(2, 8, orgnr), 0)]
#[case::organisations_in_threes(|r: &mut Random| r.list(2, 8, orgnr_in_threes), 0)]
#[case::dates(|r: &mut Random| r.list(2, 8, date), 0)]
#[case::norwegian_dates(|r: &mut Random| r.list(2, 8, norwegian_date), 0)]
#[case::school_years(|r: &mut Random| r.list(2, 8, school_year), 0)]
#[case::points_in_time(|r: &mut Random| r.list(1, 3, point_in_time), 0)]
#[case::one_amount(amount, 0)]
#[case::amounts(|r: &mut Random| r.list(2, 8, amount), 60)]
#[case::one_telephone(telephone, 0)]
#[case::telephones(|r: &mut Random| r.list(2, 3, telephone), 35)]
#[case::addresses(telephone_and_place, 0)]
#[case::tables_of_counts(|r: &mut Random| r.list(20, 20, count), 200)]
fn other_numbers_are_seldom_taken_for_one(#[case] sample: fn(&mut Random) -> String, #[case] most: usize) {
    let mut random = Random(TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let taken: Vec<String> =
        (0..SAMPLES).map(|_| sample(&mut random)).filter(|text| contains_national_id(text)).collect();
    assert!(taken.len() <= most, "{} of {SAMPLES}, such as {:?}", taken.len(), taken.first());
}
