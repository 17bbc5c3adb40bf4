//! `GET /v1/kartlegging/summary`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{KartleggingSummary, SummaryLine};
use domain::kartlegging::summary::{Dimension, Question, Span, areas_asked_for};
use domain::kartlegging::{Instrument, Period, RespondentGroup};
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::UnitKind;
use persistence::Reader;
use persistence::kartlegging::{cells, instruments};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::{Accept, Call};
use crate::http::export;
use crate::http::query::{Filters, invalid_parameter};

/// What to sum up, and by what.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SummaryQuery {
    /// What the lines are: `area` (with the instrument's indicators), `unit_kind`, `municipality`, `county`, `period` or `respondent_group`.
    #[param(value_type = String, example = "area")]
    by: Dimension,
    /// Code of the instrument; figures of two instruments are never added up.
    #[param(example = "basis-2026")]
    instrument: String,
    /// Only this period. Where it is left out: the last one that has responses to what is asked for; with `by=period`
    /// all of them.
    #[param(value_type = Option<String>, example = "2026-H1")]
    period: Option<Period>,
    /// With `by=period`: only periods that begin no earlier than this one.
    #[param(value_type = Option<String>, example = "2024")]
    from_period: Option<Period>,
    /// With `by=period`: only periods that end no later than this one.
    #[param(value_type = Option<String>, example = "2026")]
    to_period: Option<Period>,
    /// Only units in this county.
    #[param(value_type = Option<String>, example = "46")]
    county: Option<CountyNumber>,
    /// Only units in this municipality.
    #[param(value_type = Option<String>, example = "4601")]
    municipality: Option<MunicipalityNumber>,
    /// Only units of this kind.
    #[param(value_type = Option<String>, example = "kindergarten")]
    unit_kind: Option<UnitKind>,
    /// Only this competence area or indicator of the instrument. Unless told: all areas, and with `by=area` its indicators
    /// as well, a line each.
    #[param(example = "vision")]
    area: Option<String>,
    /// Only answers of this group.
    #[param(value_type = Option<String>, example = "leaders")]
    respondent_group: Option<RespondentGroup>,
}

/// Sums kartlegging up.
///
/// Competence today, competence needed and the gap between them, as means weighted by the people who answered, over
/// the responses to one instrument in one period; with `by=period` a line for each period and the change since the one
/// before. Every caller reads the figures of every municipality.
///
/// Indicators, which an instrument asks about beside competence areas, have lines of their own with `by=area`; every
/// other line sums competence areas alone, or the indicator that `area` names.
///
/// Only finest cells (municipality, kind of unit, area, respondent group and period) in which at least `suppress_below`
/// people answered count; the others enter no figure, also no sum over them, and are counted in `cells_left_out`. `all`
/// counts only for units that do not tell groups apart, so nobody counts twice; a year is left out where its halves
/// were answered as well.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_kartlegging_summary",
    params(SummaryQuery),
    responses((status = 200, description = "The summary; as CSV or NDJSON its lines alone", content(
        (KartleggingSummary = "application/json"),
        (String = "text/csv", example = "key,period,responses,respondents,current,needed,gap,cells_counted,cells_left_out,change_since,change_current,change_needed,change_gap\nvision,2026-H1,18,214,2.41,3.9,1.49,12,3,,,,\n"),
        (SummaryLine = "application/x-ndjson")
    ))),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/summary")]
pub async fn get(app: web::Data<App>, call: Call, query: Filters<SummaryQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.0;
    check_bounds(&query)?;
    let inside = app.clone();
    let read = move |reader: &mut Reader| {
        let unknown = || invalid_parameter("invalid_query", "instrument", "/v1/kartlegging/instruments");
        let instrument = instruments::find(reader, &query.instrument)?.ok_or_else(unknown)?.instrument;
        let question = question(&query, areas(&inside, &instrument, &query)?);
        summary(reader, instrument.code, question, inside.rulesets.suppress_below())
    };
    let summary = app.store.snapshot::<_, ApiError, _>("kartlegging.summary", read).await?;
    match call.accept {
        Accept::Json => Ok(Answer::untagged(&summary)?.into_response(&call)),
        Accept::Csv | Accept::Ndjson => export::at_once(call.accept, &summary.items),
    }
}

fn check_bounds(query: &SummaryQuery) -> Result<(), ApiError> {
    let whole_trend = query.by == Dimension::Period && query.period.is_none();
    for (name, bound) in [("from_period", query.from_period), ("to_period", query.to_period)] {
        if bound.is_some() && !whole_trend {
            return Err(invalid_parameter("invalid_query", name, "by=period"));
        }
    }
    Ok(())
}

fn question(query: &SummaryQuery, areas: Option<Vec<String>>) -> Question {
    let between = Span::Between { from: query.from_period, to: query.to_period };
    Question {
        by: query.by,
        span: query.period.map_or(between, Span::One),
        county: query.county.clone(),
        municipalities: query.municipality.clone().into_iter().collect(),
        unit_kind: query.unit_kind,
        areas,
        group: query.respondent_group,
    }
}

/// What the lines are about. An area that this instrument does not ask about has no lines, as under every filter; a code
/// that is neither an area nor one of its indicators is a mistake.
fn areas(app: &App, instrument: &Instrument, query: &SummaryQuery) -> Result<Option<Vec<String>>, ApiError> {
    let exists = |code: &str| instrument.area_index(code).is_some() || app.reference.has_area(code);
    if query.area.as_deref().is_some_and(|code| !exists(code)) {
        let all = format!("/v1/kartlegging/instruments/{}", instrument.code);
        return Err(invalid_parameter("invalid_query", "area", &all));
    }
    Ok(areas_asked_for(instrument, query.by, query.area.as_deref()))
}

fn summary(
    reader: &mut Reader,
    instrument: String,
    mut question: Question,
    suppress_below: i64,
) -> Result<KartleggingSummary, ApiError> {
    let by = question.by;
    let period = match question.span {
        Span::One(period) => Some(period),
        Span::Between { .. } if by == Dimension::Period => None,
        Span::Between { .. } => {
            let Some(last) = cells::last_period(reader, &instrument, &question)? else {
                return Ok(KartleggingSummary::of(instrument, by, None, suppress_below, Vec::new()));
            };
            question.span = Span::One(last);
            Some(last)
        }
    };
    let lines = cells::answer(reader, &instrument, &question, suppress_below)?;
    Ok(KartleggingSummary::of(instrument, by, period, suppress_below, lines))
}
