//! Finding national identity numbers in free text (N15), so that none is ever stored.

mod digits;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod tests;

use chrono::DateTime;
use uuid::Uuid;

use digits::digit;

/// A national identity number has so many digits.
const LENGTH: usize = 11;
/// So many signs may stand between two digits of one number; the same sign again and again counts once.
const WIDEST_GAP: usize = 3;
/// From this length on, a word of nothing but hexadecimal digits is a digest or a key.
const SHORTEST_DIGEST: usize = 32;

/// Whether a text holds eleven digits that form a valid Norwegian identity number: ordinary, D-number or synthetic,
/// in the decimal digits of any script.
///
/// Between any two of the digits there may be up to three signs that are neither letters nor digits, line breaks
/// among them; what takes no space on paper, such as a soft hyphen, counts as nothing. Letters before and behind do
/// not matter, and a letter between two digits parts them. Of groups of digits only whole ones count, so a longer
/// unbroken run is another kind of number and is let pass. So are UUIDs, digests and points in time.
///
/// One of four hundred rows of eleven random digits is a valid number. Of 100,000 random samples each, these many are
/// taken for one although they are none: no UUID, link, SHA-256, point in time, list of organisation numbers, dates or
/// school years, single amount or telephone number; 360 lists of two to eight amounts in kroner; 162 lists of two or
/// three telephone numbers; 1,551 tables of twenty counts with nothing but spaces, line breaks or commas between them.
pub fn contains_national_id(text: &str) -> bool {
    let may_hold_one = text.len() >= LENGTH && text.chars().filter(|c| digit(*c).is_some()).nth(LENGTH - 1).is_some();
    may_hold_one && holds_number(text) && holds_number(&without_random_numbers(text))
}

/// The same for a number that came as one, so that its leading nought is lost.
pub fn is_national_id(number: u64) -> bool {
    let mut rest = number;
    let mut digits = [0; LENGTH];
    for place in digits.iter_mut().rev() {
        *place = u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    rest == 0 && is_valid(&digits)
}

fn holds_number(text: &str) -> bool {
    let mut run = Run::default();
    text.chars().any(|c| run.ends_in_number_at(c)) || run.holds_number()
}

/// Digits with so little between them that they may be one number.
#[derive(Default)]
struct Run {
    digits: Vec<Digit>,
    /// How many signs stand behind the last digit.
    gap: usize,
    /// The last of them.
    sign: Option<char>,
}

struct Digit {
    value: u8,
    /// Whether it is the first of an unbroken group.
    is_first: bool,
}

impl Run {
    /// Takes the next character in; where it ends the run, whether the run holds a number.
    fn ends_in_number_at(&mut self, c: char) -> bool {
        if let Some(value) = digit(c) {
            let is_first = self.gap > 0 || self.digits.is_empty();
            self.digits.push(Digit { value, is_first });
            (self.gap, self.sign) = (0, None);
            return false;
        }
        if takes_no_space(c) {
            return false;
        }
        self.gap += usize::from(self.sign != Some(c));
        self.sign = Some(c);
        let goes_on = self.gap <= WIDEST_GAP && !c.is_alphanumeric();
        if goes_on { false } else { std::mem::take(self).holds_number() }
    }

    /// Whether whole groups that follow each other are a number together.
    fn holds_number(&self) -> bool {
        let starts_group = |at: usize| self.digits.get(at).is_none_or(|digit| digit.is_first);
        self.digits.windows(LENGTH).enumerate().any(|(at, window)| {
            starts_group(at) && starts_group(at + LENGTH) && is_valid(&std::array::from_fn(|i| window[i].value))
        })
    }
}

/// Soft hyphens and characters of no width: whoever reads the text does not see them.
const fn takes_no_space(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The text with a letter in place of each UUID, digest and point in time: their digits are as good as random, and a
/// program that sends one must never be refused.
fn without_random_numbers(text: &str) -> String {
    let without_times = without(text, &['-', ':', '.', '+'], is_point_in_time);
    without(&without_times, &['-'], is_identifier)
}

/// The text with a letter in place of each such word; words are of ASCII letters, digits and these signs.
fn without(text: &str, signs: &[char], is_such: fn(&str) -> bool) -> String {
    let ends_word = |c: char| !c.is_ascii_alphanumeric() && !signs.contains(&c);
    let mut rest = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends_word) {
        let word = piece.trim_end_matches(ends_word);
        let is_such = is_such(word.trim_matches(signs));
        rest.push_str(if is_such { "x" } else { word });
        rest.push_str(&piece[word.len()..]);
    }
    rest
}

fn is_point_in_time(word: &str) -> bool {
    DateTime::parse_from_rfc3339(word).is_ok()
}

fn is_identifier(word: &str) -> bool {
    let is_digest = word.len() >= SHORTEST_DIGEST && word.bytes().all(|b| b.is_ascii_hexdigit());
    is_digest || Uuid::try_parse(word).is_ok()
}

/// Control digits and date both hold. D-numbers add 40 to the day; synthetic numbers add 40 (NAV), 65 or 80
/// (the tax administration) to the month.
fn is_valid(digits: &[u8; 11]) -> bool {
    controls_hold(digits) && date_holds(digits)
}

fn controls_hold(digits: &[u8; 11]) -> bool {
    const FIRST: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
    const SECOND: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let weighted = |weights: &[u32]| digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w).sum::<u32>() % 11;
    weighted(&FIRST) == 0 && weighted(&SECOND) == 0
}

fn date_holds(digits: &[u8; 11]) -> bool {
    let day = digits[0] * 10 + digits[1];
    let month = digits[2] * 10 + digits[3];
    let day = if day > 40 { day - 40 } else { day };
    let month = match month {
        81..=92 => month - 80,
        66..=77 => month - 65,
        41..=52 => month - 40,
        _ => month,
    };
    (1..=31).contains(&day) && (1..=12).contains(&month)
}
