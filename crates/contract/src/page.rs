//! Pages of lists.

/// Declares the page type of a list: utoipa shows a generic page with its items written out, so each list has its
/// own.
#[macro_export]
macro_rules! page {
    ($(#[$doc:meta])* $page:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        pub struct $page {
            /// The items, in the list's order.
            pub items: Vec<$item>,
            /// Give it back as `cursor` to get the next page; null on the last one.
            #[schema(example = "MDE5MzZiMGU.c2lnbmVk")]
            pub next_cursor: Option<String>,
            /// How many items the whole list has; only with `include_total=true`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub total: Option<i64>,
        }
    };
}
