//! The test binary is `it/main.rs`; this package has no library code.
