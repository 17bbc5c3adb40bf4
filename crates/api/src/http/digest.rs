//! What a sender says its content digests to.

use actix_web::http::header::{HeaderMap, HeaderName};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::problem::Fault;

use crate::error::ApiError;
use crate::http::call::text_header;

/// `Content-Digest` (RFC 9530): `sha-256=:<base64>:`, alone or among others.
pub(crate) fn content_digest(headers: &HeaderMap) -> Result<Option<[u8; 32]>, ApiError> {
    const NAME: HeaderName = HeaderName::from_static("content-digest");
    let Some(text) = text_header(headers, &NAME)? else { return Ok(None) };
    let of_ours = text.split(',').find_map(|one| one.trim().strip_prefix("sha-256="));
    let bytes = of_ours
        .and_then(|value| value.trim().strip_prefix(':')?.strip_suffix(':'))
        .and_then(|value| STANDARD.decode(value).ok())
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    bytes.map(Some).ok_or_else(|| {
        let fault = Fault::new("invalid_header_value", "Content-Digest")
            .with("name", "Content-Digest")
            .with("expected", "sha-256=:<base64>:");
        ApiError::new("invalid_header").because(fault)
    })
}
