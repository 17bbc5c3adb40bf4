//! The closed lists of networks, as the OpenAPI document shows them.

crate::code_schema! {
    CoordinationState of domain::networks::CoordinationState = "Where a coordination stands.",
}
