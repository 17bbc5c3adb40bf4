//! Closed lists in the OpenAPI document: an enum of codes per list, made from the domain's own list.

/// Declares the schema of a closed list of the domain, to be used as `#[schema(value_type = …)]`. The type has the
/// list's own name, so that the document shows one component per list.
#[macro_export]
macro_rules! code_schema {
    ($($name:ident of $list:ty = $description:literal),+ $(,)?) => {$(
        #[doc = $description]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::schema::Schema> {
                ::utoipa::openapi::ObjectBuilder::new()
                    .schema_type(::utoipa::openapi::schema::Type::String)
                    .description(Some($description))
                    .enum_values(Some(<$list>::ALL.iter().map(|code| code.as_str())))
                    .into()
            }
        }

        impl ::utoipa::ToSchema for $name {}
    )+};
}
