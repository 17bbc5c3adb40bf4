//! The migrations are embedded; Cargo cannot see that by itself.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
