//! What exists: read off the OpenAPI document, so that a wrong method is 405 with `Allow` and not 404.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::ApiError;
use crate::openapi;

/// Every path of the document with its methods, read when somebody first misses one.
static METHODS: LazyLock<Methods> = LazyLock::new(|| Methods::of(&openapi::routed()));

struct Methods(Vec<Place>);

struct Place {
    path: String,
    definition: ResourceDef,
    methods: Vec<Method>,
}

impl Methods {
    fn of(document: &utoipa::openapi::OpenApi) -> Self {
        let paths: BTreeMap<&String, Vec<Method>> = document
            .paths
            .paths
            .iter()
            .map(|(path, item)| {
                let has = [
                    (Method::GET, item.get.is_some()),
                    (Method::HEAD, item.get.is_some()),
                    (Method::POST, item.post.is_some()),
                    (Method::PUT, item.put.is_some()),
                    (Method::PATCH, item.patch.is_some()),
                    (Method::DELETE, item.delete.is_some()),
                ];
                (path, has.into_iter().filter(|(_, there)| *there).map(|(method, _)| method).collect())
            })
            .collect();
        let place = |(path, methods): (&String, _)| Place {
            path: path.clone(),
            definition: ResourceDef::new(path.as_str()),
            methods,
        };
        Self(paths.into_iter().map(place).collect())
    }

    /// The methods of a path, `OPTIONS` included; nothing where there is no such path. A path that stands in the
    /// document word by word, such as `/v1/needs/check`, is not also one that has an id there.
    fn allowed(&self, path: &str) -> Option<String> {
        let literal = self.0.iter().any(|place| place.path == path);
        let places =
            self.0.iter().filter(|place| if literal { place.path == path } else { place.definition.is_match(path) });
        let mut methods: Vec<&str> = places.flat_map(|place| place.methods.iter().map(Method::as_str)).collect();
        if methods.is_empty() {
            return None;
        }
        methods.push("OPTIONS");
        methods.dedup();
        Some(methods.join(", "))
    }
}

/// What answers where no operation does.
pub async fn no_operation(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&req)
}

/// 404 where there is no such path, 405 where it has other methods, and what it has for `OPTIONS`.
pub fn answer(req: &HttpRequest) -> Result<HttpResponse, ApiError> {
    match METHODS.allowed(req.path()) {
        None => Err(ApiError::not_found()),
        Some(allowed) if req.method() == Method::OPTIONS => {
            Ok(HttpResponse::NoContent().insert_header(("Allow", allowed)).finish())
        }
        Some(allowed) => Err(ApiError::new("method_not_allowed").header("Allow", allowed)),
    }
}
