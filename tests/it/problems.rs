//! What goes wrong before any operation begins.

use base64::Engine as _;
use reqwest::Method;
use serde_json::json;

use crate::support::TestServer;

#[actix_web::test]
async fn no_path_no_method_no_token_in_this_order() {
    let server = TestServer::start().await;
    let nobody = server.anonymous();
    assert_eq!(nobody.get("/v1/nothing").await.expect(404).code(), "not_found");
    let wrong_method = nobody.send(nobody.request(Method::DELETE, "/v1/rounds")).await.expect(405);
    assert_eq!(
        (wrong_method.code().as_str(), wrong_method.header("allow").as_str()),
        ("method_not_allowed", "GET, HEAD, POST, OPTIONS")
    );
    let no_token = nobody.get("/v1/rounds").await.expect(401);
    assert_eq!((no_token.code().as_str(), no_token.header("www-authenticate").as_str()), ("unauthenticated", "Bearer"));
    assert_eq!(no_token.header("content-type"), "application/problem+json");
    nobody.send(nobody.request(Method::HEAD, "/healthz")).await.expect(200);
}

#[actix_web::test]
async fn a_forged_token_is_no_token() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let claims = json!({"iss": "http://127.0.0.1:0", "scope": "needs:write", "client_id": "x", "exp": 9_999_999_999_u64, "iat": 1, "jti": "1",
        "consumer": {"authority": "iso6523-actorid-upis", "ID": format!("0192:{}", bergen.orgnr)}});
    let unsigned = format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode(&claims.to_string()));
    assert_eq!(bergen.with_token(&unsigned).get("/v1/me").await.expect(401).code(), "unauthenticated");
    let other =
        api::auth::issuer::Issuer::new("http://127.0.0.1:0".to_owned(), &api::auth::issuer::make_key().unwrap())
            .unwrap();
    let orgnr = domain::orgnr::OrgNr::from_register(bergen.orgnr.clone());
    let foreign = other.issue("x", &orgnr, &[]).unwrap();
    bergen.with_token(&foreign).get("/v1/me").await.expect(401);
    bergen.get("/v1/me").await.expect(200);
}

#[actix_web::test]
async fn bodies_that_cannot_be_read_are_told_apart() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let post = |content_type: &str, body: &str| {
        governor.request(Method::POST, "/v1/rounds").header("Content-Type", content_type).body(body.to_owned())
    };
    let malformed = governor.send(post("application/json", "{\"a\":")).await.expect(400);
    assert_eq!(malformed.code(), "invalid_json");
    assert_eq!(governor.send(post("text/plain", "{}")).await.expect(415).code(), "unsupported_media_type");
    let large = format!("\"{}\"", "a".repeat(3 * 1024 * 1024));
    assert_eq!(governor.send(post("application/json", &large)).await.expect(413).code(), "body_too_large");
    let accept = governor.request(Method::GET, "/v1/rounds").header("Accept", "image/png");
    assert_eq!(governor.send(accept).await.expect(406).code(), "not_acceptable");
}

#[actix_web::test]
async fn every_answer_has_the_callers_request_id_or_one_of_ours() {
    let server = TestServer::start().await;
    let nobody = server.anonymous();
    let own = nobody.send(nobody.request(Method::GET, "/v1/rounds").header("X-Request-Id", "my.id-1")).await;
    assert_eq!((own.header("x-request-id").as_str(), own.json()["request_id"].as_str()), ("my.id-1", Some("my.id-1")));
    let unusable = nobody.send(nobody.request(Method::GET, "/v1/rounds").header("X-Request-Id", "my id")).await;
    assert_eq!(unusable.header("x-request-id").len(), 36);
}

#[actix_web::test]
async fn a_path_that_stands_word_by_word_has_no_other_methods() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    for method in [Method::GET, Method::PATCH, Method::DELETE] {
        let answer = bergen.send(bergen.request(method, "/v1/needs/check")).await.expect(405);
        assert_eq!((answer.code().as_str(), answer.header("allow").as_str()), ("method_not_allowed", "POST, OPTIONS"));
    }
}

#[actix_web::test]
async fn an_identity_number_stands_in_no_name_and_no_request_id() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let number = "01010750160";
    let body = json!({"title": "x", "round_id": "01936b0e-7c1a-7000-8000-1234567890ab", "explanations": {number: "x"}});
    let refused = bergen.post("/v1/needs", body).await.expect(422);
    assert!(refused.faults().contains(&("national_id".to_owned(), "/explanations".to_owned())), "{}", refused.text);
    let answer = bergen.send(bergen.request(Method::GET, "/v1/me").header("X-Request-Id", number)).await.expect(200);
    assert_ne!(answer.header("x-request-id"), number);
}
