//! `GET /v1/kartlegging/instruments/{code}/template`: a file to fill in.

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::problem::{Fault, Problem};
use contract::reference::Labels;
use contract::spreadsheet::guard;
use contract::texts;
use domain::kartlegging::{Beside, Column, Instrument, Period, RespondentGroup};
use domain::language::Language;
use domain::municipality::MunicipalityNumber;
use domain::organisations::{Organisation, Unit};
use domain::orgnr::OrgNr;
use futures_util::stream;
use persistence::kartlegging::{StoredResponse, directory, instruments, responses};
use persistence::{Reader, organisations};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::{Accept, Call, accept_rows};
use crate::http::query::{Query, invalid_parameter};

/// What a template is for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateQuery {
    /// The period that it is for; what you have sent for it already is filled in.
    #[param(value_type = String, example = "2026-H1")]
    period: Period,
    /// Only units in this municipality.
    #[param(value_type = Option<String>, example = "4601")]
    municipality: Option<MunicipalityNumber>,
    /// Who sends: the units are those that this organisation answers for. You, unless told.
    #[param(value_type = Option<String>, example = "310279617")]
    owner: Option<OrgNr>,
    /// Rows for this respondent group. Unless told: for `all` where the instrument asks it, else for each group.
    #[param(value_type = Option<String>, example = "leaders")]
    respondent_group: Option<RespondentGroup>,
    /// How it is written; CSV unless told, or unless `Accept` asks for NDJSON.
    #[param(inline, value_type = Option<Format>, example = "csv")]
    format: Option<Format>,
}

/// How a template is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    Csv,
    Ndjson,
}

/// The order of the columns: each name stands beside what it names.
const COLUMNS: [Cell; Column::COUNT + Beside::NAMES.len()] = [
    Cell::Input(Column::UnitOrgnr),
    Cell::Beside(Beside::UnitName),
    Cell::Input(Column::Area),
    Cell::Beside(Beside::AreaName),
    Cell::Input(Column::RespondentGroup),
    Cell::Beside(Beside::RespondentGroupName),
    Cell::Input(Column::Current),
    Cell::Input(Column::Needed),
    Cell::Input(Column::Respondents),
    Cell::Input(Column::Comment),
];

#[derive(Debug, Clone, Copy)]
enum Cell {
    Input(Column),
    Beside(Beside),
}

impl Cell {
    const fn code(self) -> &'static str {
        match self {
            Self::Input(column) => column.as_str(),
            Self::Beside(column) => column.as_str(),
        }
    }
}

/// Gives a template.
///
/// A row for every unit that answers the instrument and every area, with names beside the codes, to be filled in by hand
/// or to check a mapping against. What you have sent for the period already is filled in. It can be uploaded as it is:
/// the names are not read, and a row that was not filled in is told as such. CSV comes as spreadsheets in Norway read it:
/// semicolons, a byte order mark, headings in the caller's language. NDJSON has the codes as members. Where there is no
/// unit to have a row, the answer says why.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_instrument_template",
    params(("code" = String, Path, description = "The instrument's code", example = "basis-2026"), TemplateQuery),
    responses(
        (status = 200, description = "The template, row by row", content(
            (String = "text/csv", example = "organisasjonsnummer;namn på eininga;kompetanseområde;namn på området;respondentgruppe;namn på gruppa;kompetanse i dag;ønskt kompetanse;talet på svar;kommentar\n974760673;Haugen skule;vision;Syn;all;alle samla;;;;\n"),
            (String = "application/x-ndjson", example = "{\"unit_orgnr\":\"974760673\",\"unit_name\":\"Haugen skule\",\"area\":\"vision\",\"area_name\":\"Syn\",\"respondent_group\":\"all\",\"respondent_group_name\":\"alle samla\",\"current\":null,\"needed\":null,\"respondents\":null,\"comment\":null}\n")
        )),
        (status = 422, description = "There is no unit to have a row", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/instruments/{code}/template")]
pub async fn template(
    app: web::Data<App>,
    req: HttpRequest,
    call: Call,
    code: web::Path<String>,
    query: Query<TemplateQuery>,
) -> Result<HttpResponse, ApiError> {
    let (code, query, language) = (code.into_inner(), query.0, call.language);
    let format = match query.format {
        Some(format) => format,
        None if accept_rows(req.headers())? == Accept::Ndjson => Format::Ndjson,
        None => Format::Csv,
    };
    let file = format!("{code}-{}", query.period);
    let inside = app.clone();
    let read = move |reader: &mut Reader| Template::read(reader, &inside, &call, &code, &query);
    let template = app.store.snapshot::<_, ApiError, _>("instrument.template", read).await?;
    let (content_type, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Ndjson => ("application/x-ndjson", "ndjson"),
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type(content_type).insert_header((header::CONTENT_LANGUAGE, language.as_str()));
    answer.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}.{ending}\"")));
    let head = (format == Format::Csv).then(|| heading(language));
    let units = 0..template.units.len();
    let rows = units.map(move |n| template.rows_of(n, format));
    Ok(answer.streaming(stream::iter(head.into_iter().chain(rows))))
}

/// Everything that a template shows.
struct Template {
    instrument: Instrument,
    units: Vec<Unit>,
    group: Option<RespondentGroup>,
    /// Names of what is asked about, in the caller's language.
    names: HashMap<String, String>,
    /// What was sent already, unit by unit.
    sent: HashMap<OrgNr, Vec<StoredResponse>>,
    language: Language,
}

impl Template {
    fn read(reader: &mut Reader, app: &App, call: &Call, code: &str, query: &TemplateQuery) -> Result<Self, ApiError> {
        let stored = instruments::find(reader, code)?.ok_or_else(ApiError::not_found)?;
        let instrument = stored.instrument.clone();
        if query.respondent_group.is_some_and(|group| !instrument.respondent_groups.contains(&group)) {
            let asked: Vec<&str> = instrument.respondent_groups.iter().map(|group| group.as_str()).collect();
            return Err(invalid_parameter("invalid_query", "respondent_group", &asked.join(" / ")));
        }
        let caller = &call.viewer().orgnr;
        let sender = sender(reader, app, query.owner.as_ref().unwrap_or(caller), query)?;
        let units = units(reader, &instrument, &sender, query.municipality.as_ref())?;
        let mut sent: HashMap<OrgNr, Vec<StoredResponse>> = HashMap::new();
        for response in responses::of_sender(reader, caller, code, query.period)? {
            sent.entry(response.unit.clone()).or_default().push(response);
        }
        let names = names(stored, app, call.language);
        let (group, language) = (query.respondent_group, call.language);
        Ok(Self { instrument, units, group, names, sent, language })
    }

    /// The rows of one unit.
    fn rows_of(&self, unit: usize, format: Format) -> Result<Bytes, ApiError> {
        let unit = &self.units[unit];
        let of_unit = self.sent.get(&unit.orgnr).map(Vec::as_slice).unwrap_or_default();
        let mut lines = Vec::new();
        for area in self.instrument.asked() {
            let sent: Vec<&StoredResponse> = of_unit.iter().filter(|response| response.area == area).collect();
            for group in self.groups(&sent) {
                let sent = sent.iter().copied().find(|response| response.respondent_group == group);
                lines.extend(line(COLUMNS.map(|cell| self.cell(cell, unit, area, group, sent)), format)?);
            }
        }
        Ok(lines.into())
    }

    /// The groups that have a row: the one asked for, or else whoever was answered for already, or else `all`.
    fn groups(&self, sent: &[&StoredResponse]) -> Vec<RespondentGroup> {
        let groups = &self.instrument.respondent_groups;
        let together = groups.contains(&RespondentGroup::All);
        let is_wanted = |group: RespondentGroup| match self.group {
            Some(wanted) => group == wanted,
            None if !sent.is_empty() => sent.iter().any(|response| response.respondent_group == group),
            None => !together || group == RespondentGroup::All,
        };
        groups.iter().copied().filter(|group| is_wanted(*group)).collect()
    }

    fn cell(
        &self,
        cell: Cell,
        unit: &Unit,
        area: &str,
        group: RespondentGroup,
        sent: Option<&StoredResponse>,
    ) -> Option<String> {
        match cell {
            Cell::Input(Column::UnitOrgnr) => Some(unit.orgnr.to_string()),
            Cell::Input(Column::Area) => Some(area.to_owned()),
            Cell::Input(Column::RespondentGroup) => Some(group.to_string()),
            Cell::Input(Column::Current) => sent.map(|it| it.current.to_string()),
            Cell::Input(Column::Needed) => sent.map(|it| it.needed.to_string()),
            Cell::Input(Column::Respondents) => sent.map(|it| it.respondents.to_string()),
            Cell::Input(Column::Comment) => sent.and_then(|it| it.comment.clone()),
            Cell::Beside(Beside::UnitName) => Some(unit.name.clone()),
            Cell::Beside(Beside::AreaName) => self.names.get(area).cloned(),
            Cell::Beside(_) => texts::label(self.language, "respondent_group", group.as_str()).map(str::to_owned),
        }
    }
}

/// Whose units have rows, where owner and municipality are there at all.
fn sender(reader: &mut Reader, app: &App, orgnr: &OrgNr, query: &TemplateQuery) -> Result<Organisation, ApiError> {
    let mut faults = Vec::new();
    let exists = |number: &MunicipalityNumber| app.reference.has_municipality(number.as_str());
    if let Some(unknown) = query.municipality.as_ref().filter(|number| !exists(number)) {
        faults.push(Fault::new("unknown_municipality", "municipality").with("municipality", unknown.as_str()));
    }
    match organisations::find(reader, orgnr)? {
        Some(organisation) if faults.is_empty() => Ok(organisation),
        found => {
            let unknown = Fault::new("unknown_organisation", "owner").with("orgnr", orgnr.as_str());
            faults.extend(found.is_none().then_some(unknown));
            Err(ApiError::invalid(faults))
        }
    }
}

/// The units that have rows. A file without any would be of no use, so it is said where one has to ask otherwise.
fn units(
    reader: &mut Reader,
    instrument: &Instrument,
    sender: &Organisation,
    municipality: Option<&MunicipalityNumber>,
) -> Result<Vec<Unit>, ApiError> {
    let none = |code, pointer| {
        let fault = Fault::new(code, pointer).with("orgnr", sender.orgnr.as_str());
        ApiError::fault(fault.with("instrument", instrument.code.as_str()))
    };
    let mut units = directory::units_of(reader, sender)?;
    units.retain(|unit| instrument.unit_kinds.contains(&unit.kind));
    if units.is_empty() {
        return Err(none("no_units_to_ask", "owner"));
    }
    units.retain(|unit| municipality.is_none_or(|number| *number == unit.municipality));
    if units.is_empty() { Err(none("no_units_in_municipality", "municipality")) } else { Ok(units) }
}

fn names(stored: instruments::StoredInstrument, app: &App, language: Language) -> HashMap<String, String> {
    let in_language = |labels: Labels| match language {
        Language::Nb => labels.nb,
        Language::Nn => labels.nn,
        Language::En => labels.en,
    };
    let view = view(stored, &app.reference);
    let areas = view.areas.into_iter().map(|area| (area.code, in_language(area.labels)));
    let indicators = view.indicators.into_iter().map(|it| (it.code, in_language(it.labels)));
    areas.chain(indicators).collect()
}

/// The headings as the reader of uploads knows them, after a mark by which spreadsheets see that it is UTF-8.
fn heading(language: Language) -> Result<Bytes, ApiError> {
    let word = |cell: &Cell| texts::label(language, "kartlegging_column", cell.code()).unwrap_or_else(|| cell.code());
    let line = csv_line(COLUMNS.iter().map(word))?;
    Ok(["\u{feff}".as_bytes(), &line].concat().into())
}

fn line(cells: [Option<String>; COLUMNS.len()], format: Format) -> Result<Vec<u8>, ApiError> {
    match format {
        Format::Csv => csv_line(cells.iter().map(|cell| cell.as_deref().unwrap_or_default())),
        Format::Ndjson => {
            let members = COLUMNS.into_iter().zip(cells);
            let row: Result<Map<String, Value>, ApiError> =
                members.map(|(cell, text)| Ok((cell.code().to_owned(), member(cell, text)?))).collect();
            let mut line = serde_json::to_vec(&row?).map_err(ApiError::internal)?;
            line.push(b'\n');
            Ok(line)
        }
    }
}

/// A cell in JSON. What is a number is written with digits and a point, and so is one in JSON as it stands.
fn member(cell: Cell, text: Option<String>) -> Result<Value, ApiError> {
    match (cell, text) {
        (Cell::Input(Column::Current | Column::Needed | Column::Respondents), Some(number)) => {
            serde_json::from_str(&number).map_err(ApiError::internal)
        }
        (_, text) => Ok(Value::from(text)),
    }
}

fn csv_line<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, ApiError> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(cells.map(guard)).map_err(ApiError::internal)?;
    writer.into_inner().map_err(|error| ApiError::internal(error.into_error()))
}
