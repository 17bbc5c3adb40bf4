//! Browsers: which pages may call, and which headers they may read (contract.md §1).

use reqwest::Method;

use crate::support::{Answer, TestServer};

const ORIGIN: &str = "https://saksbehandling.example.no";

async fn preflight(server: &TestServer, origin: &str) -> Answer {
    let anyone = server.anonymous();
    let request = anyone
        .request(Method::OPTIONS, "/v1/needs")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization, content-type, idempotency-key");
    anyone.send(request).await
}

#[actix_web::test]
async fn a_page_of_a_configured_origin_may_call_and_read_our_headers() {
    let server = TestServer::start_with(&["--cors-origins", ORIGIN]).await;
    let allowed = preflight(&server, ORIGIN).await.expect(200);
    assert_eq!(allowed.header("access-control-allow-origin"), ORIGIN);
    assert!(allowed.header("access-control-allow-methods").contains("POST"));
    assert!(allowed.header("access-control-allow-headers").to_lowercase().contains("idempotency-key"));

    let anyone = server.anonymous();
    let answer = anyone.send(anyone.request(Method::GET, "/v1/needs").header("Origin", ORIGIN)).await.expect(401);
    let exposed = answer.header("access-control-expose-headers").to_lowercase();
    for name in ["etag", "location", "link", "retry-after", "idempotency-replayed", "x-request-id", "content-language"]
    {
        assert!(exposed.contains(name), "{name} is not among {exposed}");
    }
}

#[actix_web::test]
async fn no_other_page_is_let_in() {
    let one = TestServer::start_with(&["--cors-origins", ORIGIN]).await;
    let none = TestServer::start().await;
    for server in [&one, &none] {
        let answer = preflight(server, "https://elsewhere.example.com").await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}
