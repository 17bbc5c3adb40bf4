//! Attachments in a store that speaks S3: a stand-in that keeps objects in memory and wants every request signed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use reqwest::Method;

use super::{attach, pdf};
use crate::support::{County, TestServer};

/// What the bucket holds, and the parts of objects that are on their way.
#[derive(Default)]
struct Bucket {
    objects: Mutex<BTreeMap<String, Bytes>>,
    parts: Mutex<BTreeMap<String, Bytes>>,
}

fn xml(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type("application/xml").body(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}"))
}

/// The texts of all elements of a name.
fn texts<'x>(xml: &'x str, element: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    xml.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

async fn answer(req: HttpRequest, body: Bytes, bucket: Data<Bucket>) -> HttpResponse {
    let authorization = req.headers().get("authorization").map(|value| value.to_str().unwrap()).unwrap_or_default();
    if !authorization.starts_with("AWS4-HMAC-SHA256 Credential=kari/") {
        return HttpResponse::Forbidden().finish();
    }
    let Some(key) = req.path().strip_prefix("/needs-files").map(|key| key.trim_start_matches('/').to_owned()) else {
        return HttpResponse::NotFound().finish();
    };
    let query = req.query_string();
    let mut objects = bucket.objects.lock().unwrap();
    match (req.method().as_str(), query) {
        ("PUT", query) if query.contains("uploadId") => {
            let number: u32 = query.split("partNumber=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
            bucket.parts.lock().unwrap().insert(format!("{key}/{number:05}"), body);
            HttpResponse::Ok().insert_header(("ETag", format!("\"{number}\""))).finish()
        }
        ("PUT", _) => {
            objects.insert(key, body);
            HttpResponse::Ok().insert_header(("ETag", "\"1\"")).finish()
        }
        ("POST", "uploads" | "uploads=") => {
            xml("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>".to_owned())
        }
        ("POST", query) if query.contains("uploadId") => {
            let mut parts = bucket.parts.lock().unwrap();
            objects.insert(key, parts.values().flatten().copied().collect());
            parts.clear();
            xml("<CompleteMultipartUploadResult><ETag>\"1\"</ETag></CompleteMultipartUploadResult>".to_owned())
        }
        ("POST", _) => {
            let asked = String::from_utf8(body.to_vec()).unwrap();
            for key in texts(&asked, "Key") {
                objects.remove(key);
            }
            let deleted = texts(&asked, "Key").into_iter().map(|key| format!("<Deleted><Key>{key}</Key></Deleted>"));
            xml(format!("<DeleteResult>{}</DeleteResult>", deleted.collect::<String>()))
        }
        ("GET", query) if query.contains("list-type=2") => {
            let one = |(key, content): (&String, &Bytes)| {
                let size = content.len();
                format!(
                    "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-11-20T11:00:00.000Z</LastModified><ETag>\"1\"</ETag></Contents>"
                )
            };
            let all: String = objects.iter().map(one).collect();
            xml(format!("<ListBucketResult><IsTruncated>false</IsTruncated>{all}</ListBucketResult>"))
        }
        ("GET", _) => match objects.get(&key) {
            Some(content) => HttpResponse::Ok()
                .insert_header(("ETag", "\"1\""))
                .insert_header(("Last-Modified", "Fri, 20 Nov 2026 11:00:00 GMT"))
                .body(content.clone()),
            None => HttpResponse::NotFound().finish(),
        },
        ("DELETE", _) => {
            objects.remove(&key);
            HttpResponse::NoContent().finish()
        }
        (method, query) => panic!("the stand-in does not know {method} {query}"),
    }
}

/// A stand-in with its address.
fn stand_in() -> (Data<Bucket>, String) {
    let bucket = Data::from(Arc::new(Bucket::default()));
    let inside = bucket.clone();
    let all = web::PayloadConfig::new(64 * 1_024 * 1_024);
    let app = move || App::new().app_data(inside.clone()).app_data(all.clone()).default_service(web::to(answer));
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    (bucket, url)
}

#[actix_web::test]
async fn attachments_are_kept_in_a_bucket_and_swept_from_it() {
    let (bucket, url) = stand_in();
    let folder = tempfile::tempdir().unwrap();
    let key_file = folder.path().join("key");
    std::fs::write(&key_file, "kari\nhemmelig\n").unwrap();
    let flags = ["--objects", "s3://needs-files/vestland", "--objects-endpoint", &url, "--objects-key-file"];
    let flags = flags.iter().copied().chain(key_file.to_str()).collect::<Vec<_>>();
    let county = County::on(TestServer::start_with(&flags).await, "kollektiv-2026").await;
    county.server.app.objects.try_out().await.unwrap();
    assert!(bucket.objects.lock().unwrap().is_empty(), "trying out leaves nothing");

    let need = county.draft().await.id();
    let small = pdf("small");
    let large = pdf(&"x".repeat(12 * 1_024 * 1_024));
    for content in [small, large] {
        let added = attach(&county.bergen, &need, "case", "plan.pdf", content.clone()).await.expect(201);
        let request = county.bergen.request(Method::GET, &format!("{}/content", added.header("location")));
        assert_eq!(request.send().await.unwrap().bytes().await.unwrap(), content);
    }
    let keys: Vec<String> = bucket.objects.lock().unwrap().keys().cloned().collect();
    assert!(keys.len() == 2 && keys.iter().all(|key| key.starts_with("vestland/")), "{keys:?}");

    bucket.objects.lock().unwrap().insert("vestland/ab/left-behind".to_owned(), Bytes::from_static(b"x"));
    county.server.set_now("2026-11-22T11:00:00Z");
    assert_eq!(api::objects::sweep::sweep(&county.server.app).await.unwrap(), 1);
    assert_eq!(bucket.objects.lock().unwrap().keys().cloned().collect::<Vec<_>>(), keys);
}

#[actix_web::test]
async fn a_store_that_cannot_be_used_is_told_at_the_start() {
    let (_, url) = stand_in();
    let flags = ["--objects", "s3://other-files", "--objects-endpoint", &url];
    let folder = tempfile::tempdir().unwrap();
    let key_file = folder.path().join("key");
    std::fs::write(&key_file, "ola\nhemmelig\n").unwrap();
    let flags: Vec<&str> = flags.into_iter().chain(["--objects-key-file"]).chain(key_file.to_str()).collect();
    let server = TestServer::start_with(&flags).await;
    let told = format!("{:#}", server.app.objects.try_out().await.unwrap_err());
    assert!(told.contains("KOMPETANSELOFT_OBJECTS"), "{told}");
}
