//! What an upload says about itself before its body: format, packing, digest, size.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpMessage, HttpRequest};
use intake::Format;

use crate::error::ApiError;
use crate::http::call::text_header;
use crate::http::digest::content_digest;

/// What is taken as content.
const FORMATS: [(&str, Format); 3] =
    [("text/csv", Format::Csv), ("application/x-ndjson", Format::Ndjson), ("application/json", Format::JsonArray)];

/// The headers of an upload.
pub(in crate::kartlegging) struct Head {
    pub(in crate::kartlegging) format: Format,
    pub(in crate::kartlegging) gzip: bool,
    /// SHA-256 of the content as sent, where the sender said it.
    pub(in crate::kartlegging) digest: Option<[u8; 32]>,
}

/// Reads the headers, and refuses at once what is known to be too large.
pub(in crate::kartlegging) fn read(req: &HttpRequest, limit_bytes: u64) -> Result<Head, ApiError> {
    let head = Head { format: format(req)?, gzip: gzip(req.headers())?, digest: content_digest(req.headers())? };
    let length = text_header(req.headers(), &header::CONTENT_LENGTH)?.and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit_bytes) {
        return Err(ApiError::new("upload_too_large").with("limit_bytes", limit_bytes));
    }
    Ok(head)
}

fn format(req: &HttpRequest) -> Result<Format, ApiError> {
    let accepted = || FORMATS.map(|(name, _)| name).to_vec();
    let unsupported = || ApiError::new("unsupported_media_type").with("accepted", accepted());
    let content_type = req.content_type().to_ascii_lowercase();
    let (_, format) = FORMATS.iter().find(|(name, _)| *name == content_type).ok_or_else(unsupported)?;
    let whole = text_header(req.headers(), &header::CONTENT_TYPE)?.unwrap_or_default().to_ascii_lowercase();
    let charset = whole.split(';').find_map(|part| part.trim().strip_prefix("charset="));
    match charset.map(|charset| charset.trim_matches('"')) {
        None | Some("utf-8" | "utf8" | "us-ascii") => Ok(*format),
        Some(_) => Err(ApiError::new("unsupported_media_type").with("accepted", vec!["charset=utf-8"])),
    }
}

fn gzip(headers: &HeaderMap) -> Result<bool, ApiError> {
    match text_header(headers, &header::CONTENT_ENCODING)?.as_deref().map(str::trim) {
        None | Some("" | "identity") => Ok(false),
        Some("gzip" | "x-gzip") => Ok(true),
        Some(_) => Err(ApiError::new("unsupported_content_encoding").header("Accept-Encoding", "gzip, identity")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use rstest::rstest;

    const OF_NOTHING: &str = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    fn asked(headers: &[(&str, &str)]) -> Result<Head, &'static str> {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.insert_header(*header));
        read(&request.to_http_request(), 100).map_err(|error| error.code)
    }

    #[rstest]
    #[case("text/csv", Format::Csv)]
    #[case("text/csv; charset=UTF-8", Format::Csv)]
    #[case("application/x-ndjson", Format::Ndjson)]
    #[case("application/json;charset=\"utf-8\"", Format::JsonArray)]
    fn the_content_type_says_how_rows_are_written(#[case] content_type: &str, #[case] format: Format) {
        assert_eq!(asked(&[("content-type", content_type)]).unwrap().format, format);
    }

    #[rstest]
    #[case(&[("content-type", "text/plain")], "unsupported_media_type")]
    #[case(&[("content-type", "text/csv; charset=iso-8859-1")], "unsupported_media_type")]
    #[case(&[("content-type", "text/csv"), ("content-encoding", "br")], "unsupported_content_encoding")]
    #[case(&[("content-type", "text/csv"), ("content-encoding", "gzip, gzip")], "unsupported_content_encoding")]
    #[case(&[("content-type", "text/csv"), ("content-length", "101")], "upload_too_large")]
    #[case(&[("content-type", "text/csv"), ("content-digest", "sha-256=abc")], "invalid_header")]
    #[case(&[("content-type", "text/csv"), ("content-digest", "md5=:abc=:")], "invalid_header")]
    fn what_cannot_be_taken_is_refused_before_the_body(#[case] headers: &[(&str, &str)], #[case] code: &str) {
        assert_eq!(asked(headers).err(), Some(code));
    }

    #[test]
    fn the_digest_is_found_among_others() {
        let headers = [("content-type", "text/csv"), ("content-digest", &format!("md5=:abc=:, {OF_NOTHING}"))];
        assert_eq!(asked(&headers).unwrap().digest.map(|digest| digest[..2].to_vec()), Some(vec![0xe3, 0xb0]));
    }
}
