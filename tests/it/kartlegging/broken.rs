//! Uploads that break off or trickle in: spoken on the bare socket, since no client library would.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use super::{Place, assert_nothing_is_there, csv, send};
use crate::support::TestServer;

/// Opens an upload by hand: the request's head, and so much of its body.
fn begin(place: &Place, transfer: &str, body: &[u8]) -> TcpStream {
    let request = csv(&place.bergen, "", "").build().unwrap();
    let token = request.headers()["authorization"].to_str().unwrap();
    let path = format!("{}?{}", request.url().path(), request.url().query().unwrap());
    let address = place.server.url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {token}\r\nContent-Type: text/csv\r\n{transfer}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).unwrap();
    socket.write_all(body).unwrap();
    socket
}

/// Everything that the server says until it closes. On a thread of its own, since the server runs on this one.
async fn answer(mut socket: TcpStream) -> String {
    let read = move || {
        let mut answer = Vec::new();
        // A server that has given up may close with a reset.
        let _ = socket.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    actix_web::web::block(read).await.unwrap()
}

#[actix_web::test]
async fn an_upload_cut_off_in_the_middle_leaves_nothing_behind() {
    let place = Place::new().await;
    let file = place.one_row();
    let length = format!("Content-Length: {}", file.len() + 100);
    for transfer in [length.as_str(), "Transfer-Encoding: chunked"] {
        let body = match transfer {
            "Transfer-Encoding: chunked" => format!("{:x}\r\n{file}\r\n", file.len()),
            _ => file.clone(),
        };
        let socket = begin(&place, transfer, body.as_bytes());
        socket.shutdown(Shutdown::Write).unwrap();
        let answer = answer(socket).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert_nothing_is_there(&place).await;
    }
    send(&place.bergen, csv(&place.bergen, "", file)).await.expect(201);
}

#[actix_web::test]
async fn an_upload_that_trickles_in_is_given_up() {
    let server = TestServer::start_with(&["--upload-patience", "1", "--upload-rate", "1000000"]).await;
    let place = Place::on(server).await;
    let socket = begin(&place, "Content-Length: 100000", &place.one_row().as_bytes()[..90]);
    let answer = answer(socket).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("upload_too_slow"), "{answer}");
    assert_nothing_is_there(&place).await;
}

#[actix_web::test]
async fn an_upload_over_the_limit_is_refused_whether_or_not_it_says_its_length() {
    let place = Place::on(TestServer::start_with(&["--upload-bytes", "2000"]).await).await;
    let file = place.one_row();
    let row = file.lines().nth(1).unwrap();
    let large = format!("{file}{}", format!("{row}\n").repeat(100));
    let chunked = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let length = format!("Content-Length: {}\r\nConnection: close", large.len());
    for (transfer, body) in [(length.as_str(), &large), ("Transfer-Encoding: chunked\r\nConnection: close", &chunked)] {
        let answer = answer(begin(&place, transfer, body.as_bytes())).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{transfer}: {answer}");
        assert!(answer.contains("upload_too_large") && answer.contains("2000"), "{answer}");
        assert_nothing_is_there(&place).await;
    }
    send(&place.bergen, csv(&place.bergen, "", file)).await.expect(201);
}
