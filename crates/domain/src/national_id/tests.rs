//! Numbers that are found, and what passes.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

/// Appends the two control digits to nine digits, as the tax administration's description says; written
/// apart from the check above.
fn with_controls(nine: &str) -> Option<String> {
    let d: Vec<i32> = nine.bytes().map(|b| i32::from(b - b'0')).collect();
    let k1 = 11 - (3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8]) % 11;
    let k1 = if k1 == 11 { 0 } else { k1 };
    let k2 = 11
        - (5 * d[0] + 4 * d[1] + 3 * d[2] + 2 * d[3] + 7 * d[4] + 6 * d[5] + 5 * d[6] + 4 * d[7] + 3 * d[8] + 2 * k1)
            % 11;
    let k2 = if k2 == 11 { 0 } else { k2 };
    (k1 < 10 && k2 < 10).then(|| format!("{nine}{k1}{k2}"))
}

fn number(prefix: &str) -> String {
    (100..1000).find_map(|serial| with_controls(&format!("{prefix}{serial}"))).unwrap()
}

#[rstest]
#[case::ordinary("150812")]
#[case::d_number("550812")]
#[case::synthetic_tax("158812")]
#[case::synthetic_tax_older("157312")]
#[case::synthetic_nav("154812")]
fn every_kind_is_found(#[case] prefix: &str) {
    let number = number(prefix);
    let spaced = format!("{} {}", &number[..6], &number[6..]);
    let pairs = format!("{} {} {} {}", &number[..2], &number[2..4], &number[4..6], &number[6..]);
    let dotted = format!("{}.{}", &number[..6], &number[6..]);
    let hyphenated = format!("{}-{}", &number[..6], &number[6..]);
    let wide: String = number.bytes().map(|b| char::from_u32(0xff10 + u32::from(b - b'0')).unwrap()).collect();
    for text in [number.clone(), spaced, pairs, dotted, hyphenated, wide, format!("eleven ({number}), ")] {
        assert!(contains_national_id(&text), "{text}");
    }
    assert!(contains_national_id(&format!("i 2026 {number} møtte")));
    assert!(contains_national_id(&format!("navn:{number}.pdf")));
}

#[rstest]
#[case("974760673 og 889640782")]
#[case("018f3b6e-7c1a-7000-8000-123456789012")]
#[case("2026-2027")]
#[case("")]
#[case("30 lærere, 12 assistenter")]
fn other_numbers_pass(#[case] text: &str) {
    assert!(!contains_national_id(text));
}

#[test]
fn longer_runs_are_other_numbers() {
    assert!(!contains_national_id(&format!("{}9", number("150812"))));
}

/// A synthetic number, so it is nobody's.
const SAMPLE: &str = "15881210085";

#[rstest]
#[case::line_break("158812\n10085")]
#[case::line_break_of_windows("158812\r\n10085")]
#[case::tab("158812\t10085")]
#[case::slash("15/88/12/10085")]
#[case::underscore("158812_10085")]
#[case::comma("158812, 10085")]
#[case::plus("158812+10085")]
#[case::parentheses("(158812) (10085)")]
#[case::colon("15:88:12:10085")]
#[case::thin_space("158812\u{2009}10085")]
#[case::figure_space("158812\u{2007}10085")]
#[case::en_dash("158812–10085")]
#[case::spaced_en_dash("158812 – 10085")]
#[case::hyphen_that_does_not_break("158812\u{2011}10085")]
#[case::soft_hyphen("158812\u{ad}10085")]
#[case::no_width("1588\u{200b}1210\u{feff}085")]
#[case::many_spaces("158812        10085")]
#[case::digit_by_digit("1 5 8 8 1 2 1 0 0 8 5")]
#[case::letters_before("fnr15881210085")]
#[case::letters_behind("15881210085f")]
#[case::letters_of_a_hash("ab15881210085cd")]
#[case::arabic_indic("١٥٨٨١٢١٠٠٨٥")]
#[case::full_width("１５８８１２１００８５")]
#[case::mathematical("𝟏𝟓𝟖𝟖𝟏𝟐𝟏𝟎𝟎𝟖𝟓")]
#[case::beside_an_identifier("018f3b6e-7c1a-7000-8000-123456789012 15881210085")]
#[case::beside_a_point_in_time("2026-12-01T10:00:00.123+01:00,15881210085")]
fn what_stands_between_or_beside_the_digits_hides_nothing(#[case] text: &str) {
    assert!(contains_national_id(text));
}

#[rstest]
#[case::letter_between("158812a10085")]
#[case::four_signs_between("158812 - ,10085")]
#[case::longer("158812100850")]
#[case::longer_with_a_soft_hyphen("15881210085\u{ad}0")]
#[case::group_cut_short("158812 100850")]
#[case::group_begun_before("0158812 10085")]
#[case::digest("a15881210085f0c4d2b7e8a15881210085f0c4d2b7e8")]
#[case::uuid("a1588121-0085-4abc-8def-abcdefabcdef")]
#[case::wrong_control("15881210086")]
fn what_is_another_number_passes(#[case] text: &str) {
    assert!(!contains_national_id(text));
}

#[rstest]
#[case(15_881_210_085, true)]
#[case::nought_lost(1_010_750_160, true)]
#[case(15_881_210_086, false)]
#[case::longer(115_881_210_085, false)]
#[case(0, false)]
#[case(u64::MAX, false)]
fn a_number_that_came_as_one_is_known(#[case] number: u64, #[case] is_one: bool) {
    assert_eq!(is_national_id(number), is_one);
}

prop_compose! {
    /// A valid number of any kind.
    fn any_number()(
        day in 1..=31_u32, month in 1..=12_u32, year in 0..100_u32, serial in 0..1000_u32,
        more_days in prop::sample::select(&[0_u32, 40]), more_months in prop::sample::select(&[0_u32, 40, 65, 80]),
    ) -> Option<String> {
        with_controls(&format!("{:02}{:02}{year:02}{serial:03}", day + more_days, month + more_months))
    }
}

/// What may stand between two digits, often nothing.
fn gap() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        "[ .,:;/_+()\n\t–-]",
        any::<char>().prop_filter("a sign", |c| !c.is_alphanumeric()).prop_map(String::from),
    ];
    let invisible = prop::sample::select(&["\u{ad}", "\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}"]);
    let signs = |most| prop::collection::vec(sign, 0..=most).prop_map(|signs| signs.concat());
    prop_oneof![3 => Just(String::new()), 3 => signs(WIDEST_GAP), 1 => invisible.prop_map(str::to_owned)]
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        contains_national_id(&text);
    }

    #[test]
    fn found_wherever_and_however_it_stands(
        before in "([0-9]{1,4} )?[a-zæøå,. ]{0,8}[a-zæøå]",
        after in "[a-zæøå][a-zæøå,. ]{0,8}( [0-9]{1,4})?",
        number in any_number(),
        gaps in prop::collection::vec(gap(), LENGTH - 1),
    ) {
        if let Some(number) = number {
            let digits = number.chars().zip(gaps.iter().map(String::as_str).chain([""]));
            let written = digits.map(|(digit, gap)| format!("{digit}{gap}")).collect::<Vec<_>>().concat();
            prop_assert!(contains_national_id(&written), "{written:?}");
            prop_assert!(contains_national_id(&format!("{before}{written}{after}")), "{written:?}");
            let value = number.parse().unwrap();
            prop_assert!(is_national_id(value));
        }
    }

    #[test]
    fn found_in_every_script(nought in "\\p{Nd}") {
        let nought = nought.chars().next().unwrap();
        let nought = u32::from(nought) - u32::from(digit(nought).unwrap());
        let written: String = SAMPLE.bytes().map(|b| char::from_u32(nought + u32::from(b - b'0')).unwrap()).collect();
        prop_assert!(contains_national_id(&written), "{written}");
    }
}
