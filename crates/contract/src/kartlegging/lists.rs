//! The closed lists of kartlegging, as the OpenAPI document shows them.

crate::code_schema! {
    RespondentGroup of domain::kartlegging::RespondentGroup = "Who answered. `all` is for a unit that tells no groups apart.",
    BatchMode of domain::kartlegging::Mode = "What to do with the good rows of a batch that has faulty ones.",
}
