//! Black-box tests: a real server on a real database, called over HTTP by separate clients.

mod problems;
mod reference;
mod rounds;
mod store;
mod support;
