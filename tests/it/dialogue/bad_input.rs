//! Files that lie, break off, hide something or are too many.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};

use super::{attach, attach_plan, pdf, shown, upload, word};
use crate::support::{Answer, County, TestServer};

/// Everything that stands in the folder of objects, also what is on its way.
fn files_of(server: &TestServer) -> Vec<String> {
    let folders = std::fs::read_dir(server.objects.path()).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|folder| std::fs::read_dir(folder).unwrap());
    files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// A Word document with a packed megabyte of zeros, so many times over, that says how long that is, or lies about it.
fn of_zeros(times: u32, said: u32) -> Vec<u8> {
    let mut packed = Vec::with_capacity(8_192);
    let mut packer = flate2::Compress::new(flate2::Compression::best(), false);
    packer.compress_vec(&vec![0; 1_024 * 1_024], &mut packed, flate2::FlushCompress::Full).unwrap();
    let packed = packed.repeat(times as usize);
    let types = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut crc = flate2::Crc::new();
    crc.update(types);
    let length = u32::try_from(types.len()).unwrap();
    archive(&[
        ("[Content_Types].xml", 0, crc.sum(), length, types.to_vec()),
        ("word/media/image1.bmp", 8, 0, said, packed),
    ])
}

/// An archive written by hand: name, method, checksum, length when unpacked, packed content.
fn archive(parts: &[(&str, u16, u32, u32, Vec<u8>)]) -> Vec<u8> {
    let (mut whole, mut table) = (Vec::new(), Vec::new());
    for (name, method, crc, unpacked, content) in parts {
        let packed = u32::try_from(content.len()).unwrap();
        let mut told = [20_u16, 0, *method, 0, 0x21].map(u16::to_le_bytes).concat();
        told.extend([*crc, packed, *unpacked].map(u32::to_le_bytes).concat());
        told.extend([u16::try_from(name.len()).unwrap(), 0].map(u16::to_le_bytes).concat());
        let at = u32::try_from(whole.len()).unwrap();
        table.extend([b"PK\x01\x02\x14\x00".as_slice(), &told, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
        whole.extend([b"PK\x03\x04".as_slice(), &told, name.as_bytes(), content].concat());
    }
    let (at, length) = (u32::try_from(whole.len()).unwrap(), u32::try_from(table.len()).unwrap());
    let count = u16::try_from(parts.len()).unwrap();
    let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count.to_le_bytes(), &count.to_le_bytes()].concat();
    [whole, table, end, length.to_le_bytes().to_vec(), at.to_le_bytes().to_vec(), vec![0, 0]].concat()
}

#[actix_web::test]
async fn a_file_is_what_its_content_says_and_its_name_says_the_same() {
    let county = County::new().await;
    let need = county.draft().await.id();
    let mut program = b"MZ\x90\x00".to_vec();
    program.resize(25 * 1_024 * 1_024, 0x90);
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let macros = word(&[("word/vbaProject.bin", b"x")]);
    let encrypted = String::from_utf8(pdf("")).unwrap().replace("/Root", "/Encrypt 2 0 R /Root").into_bytes();
    let of_gigabytes = of_zeros(3_072, 3_072 * 1_024 * 1_024);
    assert!(of_gigabytes.len() < 8 * 1_024 * 1_024, "{}", of_gigabytes.len());
    for (name, content, code) in [
        ("plan.pdf", program, "attachment_type_not_allowed"),
        ("plan.pdf", page, "attachment_type_not_allowed"),
        ("plan.pdf", Vec::new(), "attachment_type_not_allowed"),
        ("plan.docx", of_gigabytes, "attachment_unpacks_too_large"),
        ("plan.docx", of_zeros(64, 1_000), "attachment_damaged"),
        ("plan.docx", macros, "attachment_with_macros"),
        ("plan.docx", word(&[])[..300].to_vec(), "attachment_damaged"),
        ("plan.pdf", encrypted, "attachment_encrypted"),
    ] {
        let refused = attach(&county.bergen, &need, "case", name, content).await.expect(422);
        assert_eq!(refused.code(), code, "{name}");
    }
    for name in ["plan.docx", "plan.hta", "plan", "plan.pdf.exe"] {
        let refused = attach(&county.bergen, &need, "case", name, pdf("")).await.expect(422);
        assert_eq!(refused.faults(), [("file_name_ending".to_owned(), "file_name".to_owned())], "{name}");
    }
    assert!(shown(&county.bergen, &need, "").await.is_empty());
    assert!(files_of(&county.server).is_empty());
}

#[actix_web::test]
async fn a_name_is_no_path_and_hides_no_identity_number() {
    let county = County::new().await;
    let need = county.draft().await.id();
    for name in
        ["", "../plan.pdf", "a\\plan.pdf", "plan\r\n.pdf", "fdp.\u{202e}exe.pdf", &format!("{}.pdf", "x".repeat(200))]
    {
        let refused = attach(&county.bergen, &need, "case", name, pdf("")).await.expect(400);
        assert_eq!(refused.code(), "invalid_query", "{name:?}");
    }
    for name in ["15881210166.pdf", "Referat_158812 10166_mai.pdf"] {
        let refused = attach(&county.bergen, &need, "case", name, pdf("")).await.expect(422);
        assert_eq!(refused.faults(), [("national_id".to_owned(), "file_name".to_owned())]);
        assert!(!refused.text.contains("10166"), "{}", refused.text);
    }
    assert_eq!(attach(&county.bergen, &need, "forum", "plan.pdf", pdf("")).await.expect(400).code(), "invalid_query");
}

#[actix_web::test]
async fn somebody_elses_need_is_not_there_for_attachments_and_messages() {
    let county = County::new().await;
    let draft = county.draft().await.id();
    let added = attach_plan(&county.bergen, &draft).await;
    let elsewhere = county.draft().await.id();
    let elsewhere = format!("/v1/needs/{elsewhere}/attachments/{}", added.id());
    county.bergen.get(&elsewhere).await.expect(404);
    county.bergen.get(&format!("{elsewhere}/content")).await.expect(404);
    let stavanger = county.stavanger(20).await;
    for other in [&stavanger, &county.governor] {
        let path = added.header("location");
        other.get(&path).await.expect(404);
        other.get(&format!("{path}/content")).await.expect(404);
        other.delete(&path, "*").await.expect(404);
        other.get(&format!("/v1/needs/{draft}/attachments")).await.expect(404);
        attach(other, &draft, "case", "plan.pdf", pdf("")).await.expect(404);
        attach(other, &draft, "dialogue", "plan.pdf", pdf("")).await.expect(404);
        let feed = other.get("/v1/events?limit=1000").await.expect(200).text;
        assert!(!feed.contains("attachment/"), "{feed}");
    }
    let own = county.bergen.get("/v1/events?limit=1000").await.expect(200).text;
    assert!(own.contains(&format!("attachment/{}", added.id())) && !own.contains("plan.pdf"), "{own}");
}

#[actix_web::test]
async fn a_need_and_an_organisation_have_room_for_so_many_bytes() {
    let room = (pdf("12345").len() * 2).to_string();
    let more = (pdf("12345").len() * 3).to_string();
    let flags = ["--attachments-per-need", &room, "--attachments-per-sender", &more, "--attachment-bytes", "4000"];
    let county = County::on(TestServer::start_with(&flags).await, "kollektiv-2026").await;
    let (first, second) = (county.draft().await.id(), county.draft().await.id());
    let add = async |need: &str| attach(&county.bergen, need, "case", "plan.pdf", pdf("12345")).await;
    let both = futures_util::future::join_all([add(&first), add(&first), add(&first)]).await;
    let statuses = |of: &[Answer]| -> Vec<u16> {
        let mut all: Vec<u16> = of.iter().map(|answer| answer.status).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(statuses(&both), [201, 201, 409], "at the same time, too");
    let full = add(&first).await.expect(409);
    assert_eq!(full.code(), "attachment_quota_exceeded");
    assert_eq!(full.json()["params"]["limit_bytes"].to_string(), room);
    assert_eq!(full.json()["params"]["used_bytes"].to_string(), room);
    add(&second).await.expect(201);
    let full = add(&second).await.expect(409);
    assert_eq!(full.json()["params"]["limit_bytes"].to_string(), more);
    let gone = shown(&county.bergen, &first, "").await.remove(0);
    county.bergen.delete(&format!("/v1/needs/{first}/attachments/{gone}"), "\"1\"").await.expect(204);
    add(&second).await.expect(201);
    let large = attach(&county.bergen, &first, "case", "plan.pdf", vec![b'x'; 4_001]).await.expect(413);
    assert_eq!(large.code(), "attachment_too_large");
}

#[actix_web::test]
async fn a_file_that_breaks_off_or_arrives_otherwise_leaves_nothing_behind() {
    let county = County::new().await;
    let need = county.draft().await.id();
    let request = upload(&county.bergen, &need, "case", "plan.pdf", pdf("whole"));
    let other = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    let mismatch = county.bergen.send(request.header("Content-Digest", other)).await.expect(400);
    assert_eq!(mismatch.code(), "digest_mismatch");
    let request = upload(&county.bergen, &need, "case", "plan.pdf", pdf("whole")).build().unwrap();
    let token = request.headers()["authorization"].to_str().unwrap();
    let path = format!("{}?{}", request.url().path(), request.url().query().unwrap());
    let address = county.server.url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let head =
        format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {token}\r\nContent-Length: 5000\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    socket.write_all(&pdf("half")).unwrap();
    socket.shutdown(Shutdown::Write).unwrap();
    let read = move || std::io::read_to_string(socket).unwrap_or_default();
    let answer = actix_web::web::block(read).await.unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(shown(&county.bergen, &need, "").await.is_empty());
    assert!(files_of(&county.server).is_empty());
}
