//! Cursors: where a list goes on, signed and bound to the caller and the filters it was made for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Signs cursors with a key of this installation.
pub struct CursorSigner {
    key: [u8; 32],
}

/// So many bytes of the signature are enough against guessing.
const MAC_BYTES: usize = 12;

impl CursorSigner {
    /// A signer whose key follows from a secret that all processes share.
    pub fn from_secret(secret: &[u8]) -> Self {
        Self { key: Sha256::new_with_prefix("cursors\n").chain_update(secret).finalize().into() }
    }

    fn mac(&self, key: &str, bound_to: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any key length will do");
        mac.update(bound_to.as_bytes());
        mac.update(b"\n");
        mac.update(key.as_bytes());
        mac.finalize().into_bytes()[..MAC_BYTES].to_vec()
    }

    /// A cursor after the item with this key.
    pub fn sign(&self, key: &str, bound_to: &str) -> String {
        let mut bytes = self.mac(key, bound_to);
        bytes.extend_from_slice(key.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The key in a cursor, if it is ours, for this caller and these filters.
    pub fn open(&self, cursor: &str, bound_to: &str) -> Option<String> {
        use subtle::ConstantTimeEq;
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mac, key) = bytes.split_at_checked(MAC_BYTES)?;
        let key = std::str::from_utf8(key).ok()?;
        bool::from(self.mac(key, bound_to).ct_eq(mac)).then(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_only_for_whom_it_was_made() {
        let signer = CursorSigner::from_secret(b"secret");
        let cursor = signer.sign("0193-key", "4601 state=draft");
        assert_eq!(signer.open(&cursor, "4601 state=draft").as_deref(), Some("0193-key"));
        assert_eq!(signer.open(&cursor, "4602 state=draft"), None);
        assert_eq!(CursorSigner::from_secret(b"other").open(&cursor, "4601 state=draft"), None);
        for garbage in ["", "x", "ææ", "AAAA", &"A".repeat(5000)] {
            assert_eq!(signer.open(garbage, ""), None);
        }
    }
}
