//! Office files: Office Open XML and `OpenDocument`, both archives, and the older compound files, which are not taken.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use domain::needs::FileFormat;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::{CompressionMethod, ZipArchive};

use super::archive::{self, Budget, DEEPEST, Unpacked};
use super::{COMPOUND, Unfit, ZIP};

/// The main part of each format, as `[Content_Types].xml` names it.
const MAIN_PARTS: [(&str, FileFormat); 3] = [
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", FileFormat::Docx),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", FileFormat::Xlsx),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", FileFormat::Pptx),
];
/// The formats whose first part, `mimetype`, is their media type.
const NAMED_BY_MIMETYPE: [FileFormat; 3] = [FileFormat::Odt, FileFormat::Ods, FileFormat::Odp];
/// What a content type or a relationship says where there is something that runs: macros, and those of Excel 4.
const RUNS: [&str; 3] = ["macroenabled", "vbaproject", "macrosheet"];
/// The lists of parts are read into memory as far as this, and no office program writes longer ones.
const XML_BYTES: u64 = 8 * 1_024 * 1_024;
/// What stands in a compound file that has macros, in UTF-16.
const VBA_STORAGE: &str = "_VBA_PROJECT";
/// What stands in a compound file that wraps an encrypted Office Open XML file, in UTF-16.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// Tells which office format an archive is.
pub(super) fn examine(file: File, spool_in: &Path) -> Result<FileFormat, Unfit> {
    look_through(file, 0, &mut Budget::whole(spool_in))?.ok_or(Unfit::TypeNotAllowed)
}

/// Why a compound file is not taken: it wraps an encrypted one, has macros, or is of an older office program.
pub(super) fn of_compound(file: File) -> Unfit {
    match find(BufReader::new(file), &[ENCRYPTED_STREAM, VBA_STORAGE]) {
        Ok(Some(ENCRYPTED_STREAM)) => Unfit::Encrypted,
        Ok(Some(_)) => Unfit::WithMacros,
        Ok(None) => Unfit::TypeNotAllowed,
        Err(error) => Unfit::own(error),
    }
}

/// Looks at every part of an archive; answers with its format where it is an office file.
fn look_through(file: File, depth: usize, budget: &mut Budget<'_>) -> Result<Option<FileFormat>, Unfit> {
    if depth > DEEPEST {
        return Err(Unfit::NestedTooDeep { limit: DEEPEST });
    }
    let mut parts = archive::open(file, budget)?;
    let mut format = None;
    for index in 0..parts.len() {
        let found = part(&mut parts, index, depth, budget)?;
        if found.is_some() && format.is_some() {
            return Err(Unfit::Damaged);
        }
        format = found.or(format);
    }
    Ok(format)
}

/// Looks at one part; answers with the format of the whole where this part names it.
fn part(
    parts: &mut ZipArchive<BufReader<File>>,
    index: usize,
    depth: usize,
    budget: &mut Budget<'_>,
) -> Result<Option<FileFormat>, Unfit> {
    let told = parts.by_index_raw(index).map_err(|_| Unfit::Damaged)?;
    let name = told.name().map_err(|_| Unfit::Damaged)?.to_lowercase();
    let (packed, unpacked) = (told.compressed_size(), told.size());
    let (method, encrypted) = (told.compression(), told.encrypted());
    drop(told);
    if encrypted {
        return Err(Unfit::Encrypted);
    }
    if is_named_as_macros(&name) {
        return Err(Unfit::WithMacros);
    }
    if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(Unfit::Damaged);
    }
    budget.has_room_for(unpacked)?;
    let content = parts.by_index(index).map_err(|_| Unfit::Damaged)?;
    let mut content = Unpacked::new(content, packed, budget);
    let mut format = None;
    match name.as_str() {
        "[content_types].xml" => format = content_types(&mut content)?,
        "mimetype" if index == 0 => format = mimetype(&mut content)?,
        "meta-inf/manifest.xml" => manifest(&mut content)?,
        name if is_named_as_relationships(name) => relationships(&mut content)?,
        _ => return inside(content, depth).map(|()| None),
    }
    io::copy(&mut content, &mut io::sink()).map_err(|error| archive::unfit(&error))?;
    Ok(format)
}

/// Macros by the names that office programs give them: VBA, and the libraries of `OpenDocument`.
fn is_named_as_macros(name: &str) -> bool {
    let is_within = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| !rest.is_empty());
    name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || is_within("basic/") || is_within("scripts/")
}

fn is_named_as_relationships(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "rels")
}

/// A part that is content: where it is a file of its own, that is looked at too.
fn inside<R: Read>(mut content: Unpacked<'_, '_, R>, depth: usize) -> Result<(), Unfit> {
    let damaged = |error: io::Error| archive::unfit(&error);
    let mut head = Vec::new();
    content.by_ref().take(8).read_to_end(&mut head).map_err(damaged)?;
    if head.starts_with(ZIP) {
        let mut file = tempfile::tempfile_in(content.budget.spool_in).map_err(Unfit::own)?;
        io::copy(&mut Cursor::new(head).chain(&mut content), &mut file).map_err(damaged)?;
        return look_through(file, depth + 1, content.budget).map(|_| ());
    }
    if head.starts_with(COMPOUND) {
        let found = find(Cursor::new(head).chain(&mut content), &[ENCRYPTED_STREAM, VBA_STORAGE]).map_err(damaged)?;
        match found {
            Some(ENCRYPTED_STREAM) => return Err(Unfit::Encrypted),
            Some(_) => return Err(Unfit::WithMacros),
            None => {}
        }
    }
    io::copy(&mut content, &mut io::sink()).map_err(damaged)?;
    Ok(())
}

/// The first part of an `OpenDocument` file.
fn mimetype(content: &mut impl Read) -> Result<Option<FileFormat>, Unfit> {
    let mut text = Vec::new();
    content.take(200).read_to_end(&mut text).map_err(|error| archive::unfit(&error))?;
    Ok(NAMED_BY_MIMETYPE.into_iter().find(|format| format.media_type().as_bytes() == text.trim_ascii()))
}

/// The list of content types of an Office Open XML file.
fn content_types(content: &mut impl Read) -> Result<Option<FileFormat>, Unfit> {
    let mut format = None;
    each_attribute(content, |_, attribute, value| {
        if attribute == b"ContentType" {
            refuse_what_runs(value)?;
            format = MAIN_PARTS.iter().find(|(main, _)| main == &value).map(|(_, format)| *format).or(format);
        }
        Ok(())
    })?;
    Ok(format)
}

fn relationships(content: &mut impl Read) -> Result<(), Unfit> {
    each_attribute(content, |_, attribute, value| if attribute == b"Type" { refuse_what_runs(value) } else { Ok(()) })
}

fn refuse_what_runs(value: &str) -> Result<(), Unfit> {
    let value = value.to_lowercase();
    if RUNS.iter().any(|word| value.contains(word)) { Err(Unfit::WithMacros) } else { Ok(()) }
}

/// The list of parts of an `OpenDocument` file: what is encrypted stands in it with how.
fn manifest(content: &mut impl Read) -> Result<(), Unfit> {
    each_attribute(content, |element, _, _| {
        if element == b"encryption-data" || element == b"algorithm" { Err(Unfit::Encrypted) } else { Ok(()) }
    })
}

/// Goes through all attributes of an XML part: local name of the element, local name of the attribute, its value.
fn each_attribute(
    content: &mut impl Read,
    mut visit: impl FnMut(&[u8], &[u8], &str) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(content.take(XML_BYTES)));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => attributes(&element, &mut visit)?,
            Ok(Event::Eof) if reader.get_ref().get_ref().limit() == 0 => {
                return Err(Unfit::UnpacksTooLarge { limit: XML_BYTES });
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::DocType(_)) => return Err(Unfit::Damaged),
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => return Err(archive::unfit(&error)),
            Err(_) => return Err(Unfit::Damaged),
        }
        buffer.clear();
    }
}

fn attributes(
    element: &BytesStart<'_>,
    visit: &mut impl FnMut(&[u8], &[u8], &str) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| Unfit::Damaged)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Unfit::Damaged)?;
        visit(element.local_name().as_ref(), attribute.key.local_name().as_ref(), &value)?;
    }
    Ok(())
}

/// The first of these words that stands in a content as UTF-16; the content is read to there, or to its end.
fn find<'w>(mut content: impl Read, words: &[&'w str]) -> io::Result<Option<&'w str>> {
    const PIECE: u64 = 64 * 1_024;
    let wanted: Vec<(Vec<u8>, &str)> =
        words.iter().map(|word| (word.encode_utf16().flat_map(u16::to_le_bytes).collect(), *word)).collect();
    let seam = wanted.iter().map(|(bytes, _)| bytes.len()).max().unwrap_or_default();
    let mut held = Vec::new();
    loop {
        let read = content.by_ref().take(PIECE).read_to_end(&mut held)?;
        for (bytes, word) in &wanted {
            if held.windows(bytes.len()).any(|window| window == bytes) {
                return Ok(Some(word));
            }
        }
        if read == 0 {
            return Ok(None);
        }
        held.drain(..held.len().saturating_sub(seam));
    }
}
