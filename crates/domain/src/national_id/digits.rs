//! The decimal digits of every script, since a number is one in whatever digits it is written.

/// The noughts of Unicode 16, by the general category Nd; the other nine digits follow each of them.
const NOUGHTS: [char; 76] = [
    '\u{30}',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

/// What a decimal digit of any script is worth.
pub(super) fn digit(c: char) -> Option<u8> {
    if c < NOUGHTS[1] {
        return c.to_digit(10).and_then(|value| u8::try_from(value).ok());
    }
    let nought = NOUGHTS[NOUGHTS.partition_point(|nought| *nought <= c) - 1];
    u8::try_from(u32::from(c) - u32::from(nought)).ok().filter(|value| *value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_digits_follow_each_other_in_every_script() {
        for nought in NOUGHTS {
            let all = (0..10).map(|value| char::from_u32(u32::from(nought) + value).and_then(digit));
            assert!(all.eq((0..10).map(Some)), "{nought:?}");
        }
        assert!(NOUGHTS.is_sorted());
    }

    proptest! {
        #[test]
        fn what_unicode_calls_a_decimal_digit_is_one(c in "\\p{Nd}") {
            prop_assert!(c.chars().all(|c| digit(c).is_some()));
        }

        #[test]
        fn nothing_else_is_one(c in "\\P{Nd}") {
            prop_assert!(c.chars().all(|c| digit(c).is_none()));
        }
    }
}
