//! Who the client is: an id and a secret, from the environment or from a file that nobody else may read. Never from the
//! command line, where other users of the machine would see them.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde::Deserialize;

use crate::error::Error;

/// A client's id and secret.
#[derive(Clone, Deserialize)]
pub struct Credentials {
    /// The client's id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// A file holds one pair, or a list as `demo-clients.json` does.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    One(Credentials),
    Many(Vec<Credentials>),
}

impl Credentials {
    /// Reads a file: `{"client_id": …, "client_secret": …}` or a list of such, of which `client_id` names one.
    pub fn from_file(path: &Path, client_id: Option<&str>) -> Result<Self, Error> {
        let file: File = read_private(path)?;
        let pairs = match file {
            File::One(pair) => vec![pair],
            File::Many(pairs) => pairs,
        };
        let found = match client_id {
            Some(id) => pairs.into_iter().find(|pair| pair.client_id == id),
            None if pairs.len() == 1 => pairs.into_iter().next(),
            None => {
                return Err(Error::Setup(format!(
                    "{} holds {} clients: say which one with --client",
                    path.display(),
                    pairs.len()
                )));
            }
        };
        found.ok_or_else(|| {
            Error::Setup(format!("there is no client {} in {}", client_id.unwrap_or_default(), path.display()))
        })
    }
}

/// Reads a JSON file with secrets, which only its owner may read.
pub fn read_private<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let unusable = |why: &dyn std::fmt::Display| Error::Setup(format!("{} cannot be read: {why}", path.display()));
    let mode = std::fs::metadata(path).map_err(|e| unusable(&e))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Error::Setup(format!(
            "{0} holds secrets, but others may read it too: chmod 600 {0}",
            path.display()
        )));
    }
    let text = std::fs::read_to_string(path).map_err(|e| unusable(&e))?;
    // The cause could quote the secret, so only its place is told.
    serde_json::from_str(&text).map_err(|e| unusable(&format!("line {} is not as expected", e.line())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str, mode: u32) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    fn refusal(file: &tempfile::NamedTempFile, client: Option<&str>) -> String {
        Credentials::from_file(file.path(), client).err().unwrap().to_string()
    }

    const ONE: &str = r#"{"client_id": "a", "client_secret": "s"}"#;
    const TWO: &str = r#"[{"client_id": "a", "client_secret": "s"}, {"client_id": "b", "client_secret": "t"}]"#;

    #[test]
    fn a_file_of_one_is_enough_and_a_list_wants_a_name() {
        assert_eq!(Credentials::from_file(file(ONE, 0o600).path(), None).unwrap().client_id, "a");
        assert_eq!(Credentials::from_file(file(TWO, 0o600).path(), Some("b")).unwrap().client_secret, "t");
        assert!(refusal(&file(TWO, 0o600), None).contains("say which one"));
        assert!(refusal(&file(TWO, 0o600), Some("c")).contains("no client c"));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        assert!(refusal(&file(ONE, 0o644), None).contains("chmod 600"));
    }

    #[test]
    fn a_broken_file_is_refused_without_quoting_it() {
        let told = refusal(&file(r#"{"client_id": "a", "client_secret": hemmeleg}"#, 0o600), None);
        assert!(told.contains("line 1") || told.contains("line 0"), "{told}");
        assert!(!told.contains("hemmeleg"));
    }
}
