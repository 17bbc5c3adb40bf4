//! Images: their headers are decoded by the libraries that browsers' engines in Rust use; the pixels are not.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use domain::needs::FileFormat;
use zune_jpeg::JpegDecoder;

use super::Unfit;

/// The last chunk of every PNG: no content, its type, its checksum.
const END_OF_PNG: [u8; 12] = *b"\0\0\0\0IEND\xae\x42\x60\x82";
/// What a decoder may set aside for a header and the texts before the pixels.
const HEADER_BYTES: usize = 4 * 1_024 * 1_024;

/// A PNG that has a header and an end.
pub(super) fn png(mut file: File) -> Result<FileFormat, Unfit> {
    let mut end = [0; END_OF_PNG.len()];
    file.seek(SeekFrom::End(-12)).and_then(|_| file.read_exact(&mut end)).map_err(|_| Unfit::Damaged)?;
    file.rewind().map_err(Unfit::own)?;
    let decoder = png::Decoder::new_with_limits(BufReader::new(file), png::Limits { bytes: HEADER_BYTES });
    let header = decoder.read_info().map_err(|_| Unfit::Damaged)?;
    let (width, height) = header.info().size();
    if end == END_OF_PNG && width > 0 && height > 0 { Ok(FileFormat::Png) } else { Err(Unfit::Damaged) }
}

/// A JPEG that has a header. What cameras put behind the image is let be.
pub(super) fn jpeg(file: File) -> Result<FileFormat, Unfit> {
    let mut decoder = JpegDecoder::new(BufReader::new(file));
    decoder.decode_headers().map_err(|_| Unfit::Damaged)?;
    Ok(FileFormat::Jpeg)
}
