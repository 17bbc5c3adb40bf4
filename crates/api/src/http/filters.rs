//! Filters that many lists have. They mean the same in each, so what they may be is said once: a number or code that
//! does not exist is a mistake of the caller's, and not an empty list.

use domain::orgnr::OrgNr;
use domain::search::SearchTerms;

use crate::app::App;
use crate::error::ApiError;
use crate::http::query::invalid_parameter;

/// Holds the values of filters against what exists, and writes organisation numbers without their spaces.
pub(super) fn settle<'f>(
    app: &App,
    filters: impl IntoIterator<Item = &'f mut (String, String)>,
) -> Result<(), ApiError> {
    for (name, value) in filters {
        let (is_known, expected) = match name.as_str() {
            "sender" | "recipient" | "owner" | "sender_orgnr" | "unit_orgnr" | "provider" => {
                match OrgNr::parse(value, app.synthetic()) {
                    Ok(number) => {
                        *value = number.to_string();
                        (true, "")
                    }
                    Err(_) => (false, "974760673"),
                }
            }
            "county_governor" => {
                (app.reference.county_governors.iter().any(|office| office.code == *value), "vestland")
            }
            "county" => (app.reference.counties.iter().any(|county| county.number == *value), "/v1/counties"),
            "municipality" | "serves" => {
                // Also a number that has ended: what was registered under it is still there.
                (app.reference.has_municipality(value), "/v1/municipalities")
            }
            "area" => (app.reference.has_area(value), "/v1/competence-areas"),
            "scheme" => (app.rulesets.knows_scheme(value), "/v1/schemes"),
            "q" => (SearchTerms::parse(value).is_ok(), "språk, 1–200"),
            _ => continue,
        };
        if !is_known {
            return Err(invalid_parameter("invalid_query", name, expected));
        }
    }
    Ok(())
}
