//! Files made by hand, the good and the bad.

use std::fs::File;
use std::io::{Cursor, Write};

use domain::needs::FileFormat;
use rstest::rstest;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::archive::{DEEPEST, MOST_BYTES, MOST_PARTS};
use super::{Unfit, recognise};

fn seen(content: &[u8]) -> Result<FileFormat, Unfit> {
    let mut file: File = tempfile::tempfile().unwrap();
    file.write_all(content).unwrap();
    recognise(file, &std::env::temp_dir())
}

/// An archive of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: &str = "[Content_Types].xml";

fn types(main: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/main.xml\" ContentType=\"{main}\"/></Types>"
    )
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A Word document with these parts besides what it must have.
fn word(more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = types(WORD);
    let mut parts: Vec<(&str, &[u8])> =
        vec![(TYPES, types.as_bytes()), ("word/document.xml", b"<document/>".as_slice())];
    parts.extend(more);
    zipped(&parts)
}

fn open_document(media_type: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> =
        vec![("mimetype", media_type.as_bytes()), ("content.xml", b"<content/>".as_slice())];
    parts.extend(more);
    zipped(&parts)
}

const TEXT: &str = "application/vnd.oasis.opendocument.text";

/// A compound file as far as it is looked at: its first bytes, and the name of a stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    content.resize(70_000, 0);
    content.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    content
}

fn pdf(trailer: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

fn png() -> Vec<u8> {
    let mut content = Vec::new();
    let mut encoder = png::Encoder::new(&mut content, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
    content
}

fn jpeg() -> Vec<u8> {
    let mut content = b"\xff\xd8\xff\xdb\x00\x43\x00".to_vec();
    content.extend([1; 64]);
    content.extend(b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00");
    content.extend(b"\xff\xc4\x00\x14\x00\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    content.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9");
    content
}

#[test]
fn every_format_is_known_by_its_content() {
    assert_eq!(seen(&word(&[])), Ok(FileFormat::Docx));
    for (family, format) in
        [("spreadsheetml.sheet", FileFormat::Xlsx), ("presentationml.presentation", FileFormat::Pptx)]
    {
        let types = types(&format!("application/vnd.openxmlformats-officedocument.{family}.main+xml"));
        assert_eq!(seen(&zipped(&[(TYPES, types.as_bytes())])), Ok(format));
    }
    for format in [FileFormat::Odt, FileFormat::Ods, FileFormat::Odp] {
        assert_eq!(seen(&open_document(format.media_type(), &[])), Ok(format));
    }
    assert_eq!(seen(&pdf("")), Ok(FileFormat::Pdf));
    assert_eq!(seen(&png()), Ok(FileFormat::Png));
    assert_eq!(seen(&jpeg()), Ok(FileFormat::Jpeg));
}

#[rstest]
#[case::nothing(Vec::new())]
#[case::text(b"plan".to_vec())]
#[case::page(b"<html><script>alert(1)</script></html>".to_vec())]
#[case::program(b"MZ\x90\x00".to_vec())]
#[case::archive_of_something(zipped(&[("readme.txt", b"hei")]))]
#[case::slide_show(zipped(&[(TYPES, types("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml").as_bytes())]))]
#[case::old_word(compound("WordDocument"))]
fn what_is_none_of_them_is_not_taken(#[case] content: Vec<u8>) {
    assert_eq!(seen(&content), Err(Unfit::TypeNotAllowed));
}

#[rstest]
#[case::by_name(word(&[("word/vbaProject.bin", b"x")]))]
#[case::by_name_in_capitals(word(&[("word/VBAPROJECT.BIN", b"x")]))]
#[case::by_content_type(zipped(&[(TYPES, types("application/vnd.ms-word.document.macroEnabled.main+xml").as_bytes())]))]
#[case::by_content_type_disguised(zipped(&[(TYPES, types("application/vnd.ms-word.document.m&#97;croEnabled.main+xml").as_bytes())]))]
#[case::by_relationship(word(&[("word/_rels/document.xml.rels", b"<Relationships><Relationship Id=\"a\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"x.bin\"/></Relationships>")]))]
#[case::of_excel_4(word(&[("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"a\" Type=\"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\" Target=\"x.xml\"/></Relationships>")]))]
#[case::in_a_renamed_part(word(&[("word/media/image1.bin", &compound("_VBA_PROJECT"))]))]
#[case::in_a_file_inside(word(&[("word/embeddings/sheet.xlsm", &word(&[("xl/vbaProject.bin", b"x")]))]))]
#[case::in_an_old_file(compound("_VBA_PROJECT"))]
#[case::basic(open_document(TEXT, &[("Basic/Standard/Module1.xml", b"<module/>")]))]
#[case::scripts(open_document(TEXT, &[("Scripts/python/evil.py", b"import os")]))]
fn what_runs_is_not_taken(#[case] content: Vec<u8>) {
    assert_eq!(seen(&content), Err(Unfit::WithMacros));
}

/// The same archive, each part marked as encrypted in both of its headers.
fn marked_as_encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for (magic, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> =
            archive.windows(4).enumerate().filter(|(_, word)| *word == magic).map(|(at, _)| at).collect();
        for at in places {
            archive[at + flags] |= 1;
        }
    }
    archive
}

#[rstest]
#[case::office(compound("EncryptedPackage"))]
#[case::archive(marked_as_encrypted(word(&[])))]
#[case::open_document(open_document(TEXT, &[("META-INF/manifest.xml", b"<m:manifest xmlns:m=\"urn\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data m:checksum=\"x\"/></m:file-entry></m:manifest>")]))]
#[case::pdf(pdf("/Encrypt 12 0 R"))]
#[case::pdf_in_place(pdf("/Encrypt<</Filter/Standard>>"))]
#[case::pdf_with_a_letter_by_its_number(pdf("/#45ncrypt 5 0 R"))]
#[case::pdf_with_all_letters_by_their_numbers(pdf("/#45#6E#63#72#79#70#74<</Filter/Standard>>"))]
#[case::inside(word(&[("word/embeddings/a.bin", &compound("EncryptedPackage"))]))]
fn what_nobody_can_read_is_not_taken(#[case] content: Vec<u8>) {
    assert_eq!(seen(&content), Err(Unfit::Encrypted));
}

#[rstest]
#[case::plain("/Encrypt 1 0 R")]
#[case::by_numbers("/#45#6e#63#72#79#70#74 1 0 R")]
fn a_word_on_the_seam_of_two_pieces_is_found(#[case] word: &str) {
    let behind = pdf(word);
    let stands_at = behind.windows(word.len()).position(|bytes| bytes == word.as_bytes()).unwrap();
    for at in 65_536 - word.len()..=65_536 {
        let spaces = vec![b' '; at - stands_at - pdf("").len()];
        assert_eq!(seen(&[pdf(""), spaces, behind.clone()].concat()), Err(Unfit::Encrypted), "{at}");
    }
}

#[rstest]
#[case("/EncryptMetadata false")]
#[case("/#45ncryptMetadata false")]
#[case("/Encr#ypt 1 0 R")]
#[case("/Encrypt#20 1 0 R")]
#[case("/#4")]
fn another_word_is_no_encryption(#[case] word: &str) {
    assert_eq!(seen(&pdf(word)), Ok(FileFormat::Pdf));
}

#[rstest]
#[case::archive_cut_off(word(&[])[..200].to_vec())]
#[case::something_behind_it([word(&[]), b"more".to_vec()].concat())]
#[case::something_before_it([b"PK\x03\x04....".to_vec(), word(&[])].concat())]
#[case::two_formats(zipped(&[("mimetype", TEXT.as_bytes()), (TYPES, types(WORD).as_bytes())]))]
#[case::no_xml(zipped(&[(TYPES, b"<Types><Override ContentType=")]))]
#[case::entities(zipped(&[(TYPES, b"<!DOCTYPE t [<!ENTITY a \"b\">]><Types/>")]))]
#[case::pdf_cut_off(pdf("")[..40].to_vec())]
#[case::png_cut_off(png()[..40].to_vec())]
#[case::png_in_name_only(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".to_vec())]
#[case::jpeg_in_name_only(b"\xff\xd8\xff<script>alert(1)</script>".to_vec())]
fn what_is_broken_is_not_taken(#[case] content: Vec<u8>) {
    assert_eq!(seen(&content), Err(Unfit::Damaged));
}

/// One part that says nothing over and over: a thousand bytes of it are packed into one.
fn of_zeros(bytes: usize) -> Vec<u8> {
    let zeros = vec![0; bytes];
    word(&[("word/media/image1.bmp", &zeros)])
}

#[test]
fn a_part_that_grows_beyond_measure_is_not_unpacked_to_its_end() {
    assert_eq!(seen(&of_zeros(4 * 1_024 * 1_024)), Ok(FileFormat::Docx));
    let bomb = of_zeros(20 * 1_024 * 1_024);
    assert!(bomb.len() < 64 * 1_024, "{}", bomb.len());
    assert_eq!(seen(&bomb), Err(Unfit::UnpacksTooLarge { limit: MOST_BYTES }));
    let inside = word(&[("word/embeddings/a.docx", &bomb)]);
    assert_eq!(seen(&inside), Err(Unfit::UnpacksTooLarge { limit: MOST_BYTES }));
}

#[test]
fn more_parts_than_any_file_has_are_not_looked_at() {
    let names: Vec<String> = (0..MOST_PARTS).map(|n| format!("part{n}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(seen(&word(&parts)), Err(Unfit::TooManyParts { limit: MOST_PARTS }));
}

#[test]
fn files_inside_files_are_looked_at_so_deep_and_no_deeper() {
    let mut nested = word(&[]);
    for depth in 0..=DEEPEST {
        let expected =
            if depth < DEEPEST { Ok(FileFormat::Docx) } else { Err(Unfit::NestedTooDeep { limit: DEEPEST }) };
        nested = word(&[("word/embeddings/a.docx", &nested)]);
        assert_eq!(seen(&nested), expected, "{}", depth + 1);
    }
}
