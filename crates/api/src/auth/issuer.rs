//! The embedded issuer: tokens of the same shape as Maskinporten's, signed with Ed25519, checked on every call.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::actor::Scope;
use domain::orgnr::OrgNr;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Tokens live so many seconds.
pub const TOKEN_SECONDS: u64 = 600;

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// The claims of an access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Scopes, separated by spaces.
    pub scope: String,
    /// The client.
    pub client_id: String,
    /// Until when, seconds since 1970.
    pub exp: u64,
    /// Since when.
    pub iat: u64,
    /// Its own id.
    pub jti: String,
    /// The organisation acted for.
    pub consumer: Party,
    /// The system supplier that acts for it, where delegated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Party>,
    /// The person, pairwise, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
}

/// An organisation in a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// `iso6523-actorid-upis`.
    pub authority: String,
    /// `0192:<organisation number>`.
    #[serde(rename = "ID", alias = "id")]
    pub id: String,
}

impl Party {
    /// A Norwegian organisation.
    pub fn of(orgnr: &OrgNr) -> Self {
        Self { authority: "iso6523-actorid-upis".to_owned(), id: format!("0192:{orgnr}") }
    }

    /// The organisation number, without its prefix.
    pub fn number(&self) -> Option<&str> {
        self.id.strip_prefix("0192:")
    }
}

/// Gives tokens and checks them.
pub struct Issuer {
    name: String,
    key_id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    public: Vec<u8>,
    validation: Validation,
    secret: Vec<u8>,
}

/// Makes a signing key, as the PEM text that `openssl genpkey -algorithm ed25519` writes.
pub fn make_key() -> anyhow::Result<String> {
    let key = Ed25519KeyPair::generate().context("no signing key could be made")?;
    let der = key.to_pkcs8v1().context("the signing key could not be written")?;
    Ok(format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", STANDARD.encode(der.as_ref())))
}

/// The bytes between the lines of a PEM text.
fn der_of(pem: &str) -> anyhow::Result<Vec<u8>> {
    let inside = pem.trim().strip_prefix(PEM_BEGIN).and_then(|rest| rest.strip_suffix(PEM_END));
    let body: String = inside.context("the signing key is no PEM private key")?.split_whitespace().collect();
    STANDARD.decode(body).context("the signing key is damaged")
}

/// Reads the signing key, or makes it where that is allowed. The file is readable by its owner alone.
pub fn key_from_file(path: &Path, may_make: bool) -> anyhow::Result<String> {
    if path.exists() {
        return std::fs::read_to_string(path)
            .with_context(|| format!("the signing key {} cannot be read", path.display()));
    }
    if !may_make {
        bail!("there is no signing key at {}; production never makes one, see docs/operations.md", path.display());
    }
    let key = make_key()?;
    crate::seed::write_private(path, &key)?;
    Ok(key)
}

impl Issuer {
    /// An issuer with a name (its base address) and a key as [`make_key`] makes it.
    pub fn new(name: String, key: &str) -> anyhow::Result<Self> {
        let der = der_of(key)?;
        let pair = Ed25519KeyPair::from_pkcs8(&der).map_err(|e| anyhow::anyhow!("the signing key is unusable: {e}"))?;
        let public = pair.public_key().as_ref().to_vec();
        let x = URL_SAFE_NO_PAD.encode(&public);
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&name]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        validation.validate_nbf = true;
        validation.leeway = 10;
        Ok(Self {
            key_id: URL_SAFE_NO_PAD.encode(thumbprint),
            encoding: EncodingKey::from_ed_der(&der),
            decoding: DecodingKey::from_ed_der(&public),
            validation,
            secret: der,
            public,
            name,
        })
    }

    /// The issuer's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A secret that all processes with the same key share.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// A token for a client.
    pub fn issue(&self, client_id: &str, orgnr: &OrgNr, scopes: &[Scope]) -> anyhow::Result<String> {
        let now = seconds_now();
        let scope: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        self.sign(&Claims {
            iss: self.name.clone(),
            scope: scope.join(" "),
            client_id: client_id.to_owned(),
            exp: now + TOKEN_SECONDS,
            iat: now,
            jti: Uuid::now_v7().to_string(),
            consumer: Party::of(orgnr),
            supplier: None,
            sub: None,
        })
    }

    /// Signs claims as they are.
    pub fn sign(&self, claims: &Claims) -> anyhow::Result<String> {
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(Algorithm::EdDSA) };
        Ok(jsonwebtoken::encode(&header, claims, &self.encoding)?)
    }

    /// The claims of a token that is ours and still good.
    pub fn check(&self, token: &str) -> Option<Claims> {
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation).ok().map(|data| data.claims)
    }

    /// The key set that others check our tokens with.
    pub fn key_set(&self) -> Value {
        json!({ "keys": [{
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": self.key_id,
            "x": URL_SAFE_NO_PAD.encode(&self.public),
        }]})
    }
}

/// Tokens keep real time, whatever the domain's clock says.
pub fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::orgnr::Synthetic;

    fn issuer() -> Issuer {
        Issuer::new("http://localhost".to_owned(), &make_key().unwrap()).unwrap()
    }

    fn orgnr() -> OrgNr {
        OrgNr::parse("310279617", Synthetic::Accepted).unwrap()
    }

    #[test]
    fn a_key_made_by_openssl_is_a_signing_key() {
        let key = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                   -----END PRIVATE KEY-----\n";
        let issuer = Issuer::new("http://localhost".to_owned(), key).unwrap();
        let token = issuer.issue("client", &orgnr(), &[]).unwrap();
        assert_eq!(issuer.check(&token).unwrap().client_id, "client");
        assert!(Issuer::new("http://localhost".to_owned(), "MC4CAQAwBQYDK2Vw").is_err());
    }

    #[test]
    fn a_token_says_who_acts_for_whom() {
        let issuer = issuer();
        let claims = issuer.check(&issuer.issue("client", &orgnr(), &[Scope::NeedsWrite]).unwrap()).unwrap();
        assert_eq!(claims.consumer.number(), Some("310279617"));
        assert_eq!((claims.scope.as_str(), claims.client_id.as_str()), ("needs:write", "client"));
    }

    #[test]
    fn other_keys_other_issuers_and_no_signature_are_refused() {
        let issuer = issuer();
        let key = make_key().unwrap();
        let other_key = Issuer::new("http://localhost".to_owned(), &key).unwrap();
        assert_eq!(issuer.check(&other_key.issue("c", &orgnr(), &[]).unwrap()), None);
        let token = issuer.issue("c", &orgnr(), &[]).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(issuer.check(&format!("{none}.{payload}.")), None);
        assert_eq!(issuer.check(""), None);
    }
}
