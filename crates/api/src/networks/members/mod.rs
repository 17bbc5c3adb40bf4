//! Members of a network: put by its coordinator, taken out by it or by themselves. Either is a change of the network.

pub mod delete;
pub mod put;
