//! How the client calls, seen by a server that answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use client::{Client, Credentials, Error};
use domain::language::Language;
use serde_json::{Value, json};

/// What the server saw of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    token: String,
    key: Option<String>,
    if_match: Option<String>,
    query: String,
}

/// Answers what it is told, one after the other.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<(u16, Value)>>,
    seen: Mutex<Vec<Seen>>,
    tokens: Mutex<u32>,
}

async fn token(script: web::Data<Script>) -> HttpResponse {
    let mut given = script.tokens.lock().unwrap();
    *given += 1;
    HttpResponse::Ok().json(json!({"access_token": format!("token-{given}"), "expires_in": 600}))
}

async fn answer(script: web::Data<Script>, req: HttpRequest) -> HttpResponse {
    let header = |name: &str| req.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    script.seen.lock().unwrap().push(Seen {
        token: header("authorization").unwrap_or_default().replace("Bearer ", ""),
        key: header("idempotency-key"),
        if_match: header("if-match"),
        query: req.query_string().to_owned(),
    });
    let (status, body) = script.answers.lock().unwrap().pop_front().expect("an answer for every request");
    HttpResponse::build(StatusCode::from_u16(status).unwrap()).insert_header(("Retry-After", "0")).json(body)
}

/// A client of a server that gives these answers.
fn client_of(answers: &[(u16, Value)]) -> (Client, Arc<Script>) {
    let script = web::Data::new(Script { answers: Mutex::new(answers.to_vec().into()), ..Script::default() });
    let inside = script.clone();
    let app = move || {
        App::new()
            .app_data(inside.clone())
            .route("/oauth/token", web::post().to(token))
            .default_service(web::to(answer))
    };
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.disable_signals().run());
    let credentials = Credentials { client_id: "bergen".to_owned(), client_secret: "secret".to_owned() };
    (Client::new(&address, credentials, Language::En).unwrap(), script.into_inner())
}

fn problem(status: u16, code: &str) -> (u16, Value) {
    let problem = json!({
        "type": format!("/problems/{code}"), "title": "t", "status": status, "code": code, "detail": "d",
        "instance": "/v1/things", "request_id": "r",
    });
    (status, problem)
}

#[actix_web::test]
async fn a_busy_server_is_asked_again_with_the_same_key() {
    let (client, script) =
        client_of(&[problem(503, "overloaded"), problem(409, "idempotency_in_progress"), (201, json!({"id": 7}))]);
    let made: Value = client.post("/v1/things", &json!({})).await.unwrap();
    assert_eq!(made["id"], 7);
    let keys: Vec<Option<String>> = script.seen.lock().unwrap().iter().map(|seen| seen.key.clone()).collect();
    assert!(keys.len() == 3 && keys[0].is_some() && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[actix_web::test]
async fn two_calls_never_share_a_key() {
    let (client, script) = client_of(&[(201, json!({})), (201, json!({}))]);
    let _: Value = client.post("/v1/things", &json!({})).await.unwrap();
    let _: Value = client.post("/v1/things", &json!({})).await.unwrap();
    let seen = script.seen.lock().unwrap();
    assert_ne!(seen[0].key, seen[1].key);
}

#[actix_web::test]
async fn a_refusal_is_told_and_not_sent_again() {
    let (client, script) = client_of(&[problem(422, "validation_failed")]);
    let refused: Result<Value, Error> = client.transition("/v1/things/1/submit", 3, &json!({})).await;
    assert_eq!(refused.unwrap_err().code(), Some("validation_failed"));
    let seen = script.seen.lock().unwrap();
    assert_eq!((seen.len(), seen[0].if_match.as_deref()), (1, Some("\"3\"")));
}

#[actix_web::test]
async fn one_token_serves_many_calls_until_it_is_refused() {
    let (client, script) =
        client_of(&[(200, json!({})), (200, json!({})), problem(401, "unauthenticated"), (200, json!({}))]);
    for _ in 0..3 {
        let _: Value = client.get("/v1/things/1").await.unwrap();
    }
    let seen = script.seen.lock().unwrap();
    let tokens: Vec<&str> = seen.iter().map(|seen| seen.token.as_str()).collect();
    assert_eq!(tokens, ["token-1", "token-1", "token-1", "token-2"]);
}

#[actix_web::test]
async fn a_list_is_read_to_its_last_page() {
    let (client, script) = client_of(&[
        (200, json!({"items": [1, 2], "next_cursor": "c1"})),
        (200, json!({"items": [3], "next_cursor": null})),
    ]);
    let items: Vec<i32> = client.list("/v1/things?kind=a").await.unwrap();
    assert_eq!(items, [1, 2, 3]);
    let seen = script.seen.lock().unwrap();
    assert_eq!((seen[0].query.as_str(), seen[1].query.as_str()), ("kind=a&limit=200", "kind=a&limit=200&cursor=c1"));
}

#[actix_web::test]
async fn an_answer_of_somebody_else_is_told_as_such() {
    let (client, _) = client_of(&[(200, json!(["not", "a", "page"]))]);
    let list: Result<Vec<i32>, Error> = client.list("/v1/things").await;
    assert!(matches!(list, Err(Error::Unexpected { status: 200, .. })));
}
