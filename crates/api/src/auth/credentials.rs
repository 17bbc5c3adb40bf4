//! New clients: their ids and secrets.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;

/// A new secret of 256 random bits, in 43 characters that need no escaping anywhere.
pub fn new_secret() -> String {
    let bytes: [u8; 32] = rand::rng().random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A client id made from a name: small letters, digits and hyphens.
pub fn id_from(name: &str) -> String {
    let plain = name.to_lowercase().replace('æ', "ae").replace('ø', "o").replace('å', "a");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_readable_and_plain() {
        assert_eq!(id_from("Øygarden kommune"), "oygarden-kommune");
        assert_eq!(id_from("Statsforvaltaren i Vestland, utbetaling"), "statsforvaltaren-i-vestland-utbetaling");
    }

    #[test]
    fn a_secret_is_long_and_never_the_same() {
        let (one, other) = (new_secret(), new_secret());
        assert_eq!((one.len(), other.len()), (43, 43));
        assert_ne!(one, other);
    }
}
