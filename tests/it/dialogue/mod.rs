//! The dialogue on a need, and attachments: for the case and for the dialogue.

mod attachments;
mod bad_input;
mod bucket;
mod keeping;
mod messages;

use std::io::{Cursor, Write as _};

use reqwest::{Method, RequestBuilder};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Actor, Answer};

/// A PDF with a text in it, to tell one from another.
fn pdf(text: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n% {text}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// A Word document with these parts besides what it must have.
fn word(more: &[(&str, &[u8])]) -> Vec<u8> {
    const TYPES: &[u8] = b"<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in
        [("[Content_Types].xml", TYPES), ("word/document.xml", b"<document/>".as_slice())].iter().chain(more)
    {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An upload of a file to a need.
fn upload(actor: &Actor, need: &str, purpose: &str, file_name: &str, content: Vec<u8>) -> RequestBuilder {
    let path = format!("/v1/needs/{need}/attachments");
    let query = [("file_name", file_name), ("purpose", purpose)];
    actor.request(Method::POST, &path).query(&query).header("Content-Type", "application/octet-stream").body(content)
}

/// Adds a file to a need.
async fn attach(actor: &Actor, need: &str, purpose: &str, file_name: &str, content: Vec<u8>) -> Answer {
    actor.send(upload(actor, need, purpose, file_name, content)).await
}

/// Adds a PDF for the case.
async fn attach_plan(actor: &Actor, need: &str) -> Answer {
    attach(actor, need, "case", "plan.pdf", pdf("plan")).await.expect(201)
}

/// The ids of the attachments that a list shows.
async fn shown(actor: &Actor, need: &str, query: &str) -> Vec<String> {
    let page = actor.get(&format!("/v1/needs/{need}/attachments?include_total=true{query}")).await.expect(200).json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], items.len());
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
