//! What the demonstration prints.

use super::cast::Cast;
use super::stage::Stage;
use crate::cli::say;

/// Before the first step: where it is played.
pub(super) fn opening(stage: &Stage, cast: &Cast) {
    say(&format!("Kompetanseløft, played over HTTP against {} by {} clients.", stage.address(), cast.size()));
    if stage.is_own() {
        say("No server answered, so this one was started for the occasion, on a database that goes away afterwards.");
    }
}

/// A step begins.
pub(super) fn step(number: u32, title: &str) {
    say("");
    say(&format!("{number}. {title}"));
}

/// Somebody did something, and this came of it.
pub(super) fn did(who: &str, what: &str) {
    say(&format!("   {who}: {what}"));
}

/// A detail of what came of it.
pub(super) fn detail(text: &str) {
    say(&format!("     - {text}"));
}

/// So many of something that takes an s in the plural: 1 payment, 2 payments.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// An amount as people write it: 5 300 000 kr.
pub(super) fn kroner(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{grouped} kr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(
            [0, 999, 1_000, 5_300_000, -12_345].map(kroner),
            ["0 kr", "999 kr", "1 000 kr", "5 300 000 kr", "-12 345 kr"]
        );
    }
}
