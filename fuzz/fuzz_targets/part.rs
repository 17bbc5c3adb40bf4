//! The reader of packed parts: damaged, nested and swollen content is a failure within the limit, and what can be read
//! has the rows and the digest of the same content unpacked.

#![no_main]

use std::io::{Read, Write};

use flate2::read::MultiGzDecoder;
use flate2::{Compression, write::GzEncoder};
use fuzz::{format_of, read};
use intake::{Digested, Packed};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// So small that bombs are found soon.
const LIMIT: u64 = 1 << 14;

fuzz_target!(|data: &[u8]| {
    let Some((head, content)) = data.split_first() else { return };
    let (format, piece) = (format_of(*head), 1 + usize::from(head % 64));
    let packed = if head & 0x80 == 0 { content.to_vec() } else { pack(content) };
    let digested = Digested::default();
    let rows = read(&packed, format, Packed::Gzip(&digested), LIMIT, piece);
    let Ok(rows) = rows else { return };
    let unpacked = unpack(&packed);
    assert!(unpacked.len() as u64 <= LIMIT, "the limit holds");
    assert_eq!(digested.finish(), <[u8; 32]>::from(Sha256::digest(&unpacked)), "all of it was digested");
    assert_eq!(read(&unpacked, format, Packed::No, LIMIT, usize::MAX), Ok(rows), "packing does not matter");
});

fn pack(content: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).expect("memory takes all");
    packer.finish().expect("memory takes all")
}

fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(packed).take(LIMIT + 1).read_to_end(&mut unpacked).expect("it was read before");
    unpacked
}
