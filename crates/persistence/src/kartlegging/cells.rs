//! The cells that responses add up to, and the answers that are made of them (K05, K06).
//!
//! Cells hold what few people answered, too: nothing but [`answer`] reads them.

use diesel::prelude::*;
use domain::kartlegging::Period;
use domain::kartlegging::summary::{Answer, Cell, CellKey, Line, Question, Span, Sums};

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::response_cells::dsl as c;
use crate::schema::response_cells::{BoxedQuery, table};
use crate::store::Reader;

type Row = (String, String, String, String, String, i64, i64, i64, i64);

/// Answers a question about the responses to an instrument, a year at a time.
pub fn answer(
    reader: &mut Reader,
    instrument: &str,
    question: &Question,
    suppress_below: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut answer = Answer::to(question, suppress_below);
    if let Span::One(period) = question.span {
        answer.add(&of_year(reader, instrument, question, period.year())?);
    } else {
        let mut year = next_year(reader, instrument, None)?;
        while let Some(this) = year {
            answer.add(&of_year(reader, instrument, question, this)?);
            year = next_year(reader, instrument, Some(this))?;
        }
    }
    Ok(answer.into_lines())
}

/// The last period of which there is anything of what is asked for, whether it can be published or not; its span is
/// not looked at. Of a year and its last half it is the half.
pub fn last_period(reader: &mut Reader, instrument: &str, question: &Question) -> Result<Option<Period>, StoreError> {
    let mut last = period_before(reader, instrument, None)?;
    while let Some(period) = last {
        let mut query = asked_for(instrument, question).filter(c::period.eq(period.clone()));
        if let Some(group) = question.group {
            query = query.filter(c::respondent_group.eq(group.as_str()));
        }
        let any: Option<i64> = query.select(c::responses).first(reader.connection()).optional()?;
        if any.is_some() {
            return period.parse().map(Some).map_err(|why| StoreError::corrupt("cell", why));
        }
        last = period_before(reader, instrument, Some(period))?;
    }
    Ok(None)
}

/// The last period before this one that has any cell. Periods are few, and found by leaps through the index; each is
/// then looked into by itself, so that no search runs through the cells of them all.
fn period_before(reader: &mut Reader, instrument: &str, this: Option<String>) -> Result<Option<String>, StoreError> {
    let mut query = table.filter(c::instrument.eq(instrument.to_owned())).into_boxed();
    if let Some(this) = this {
        query = query.filter(c::period.lt(this));
    }
    Ok(query.select(c::period).order(c::period.desc()).first(reader.connection()).optional()?)
}

/// The first year after this one of which there is anything.
fn next_year(reader: &mut Reader, instrument: &str, after: Option<u16>) -> Result<Option<u16>, StoreError> {
    let mut query = table.filter(c::instrument.eq(instrument.to_owned())).into_boxed();
    if let Some(year) = after {
        query = query.filter(c::period.gt(last_half_of(year)));
    }
    let period: Option<String> = query.select(c::period).order(c::period).first(reader.connection()).optional()?;
    let period: Option<Period> = period.map(|period| parse("cell", &period)).transpose()?;
    Ok(period.map(Period::year))
}

fn last_half_of(year: u16) -> String {
    format!("{year}-H2")
}

/// The cells of a year and of its halves, of every group, at the places that are asked for: what the rule of
/// publication must see together. A half needs only itself.
fn of_year(reader: &mut Reader, instrument: &str, question: &Question, year: u16) -> Result<Vec<Cell>, StoreError> {
    let query = asked_for(instrument, question);
    let query = match question.span {
        Span::One(period) if period.is_half() => query.filter(c::period.eq(period.to_string())),
        // By name and not as a range, so that the index leads on to the municipalities.
        _ => query.filter(c::period.eq_any([year.to_string(), format!("{year}-H1"), last_half_of(year)])),
    };
    let rows: Vec<Row> = query
        .select((
            c::period,
            c::municipality_number,
            c::unit_kind,
            c::area,
            c::respondent_group,
            c::responses,
            c::respondents,
            c::current_sum,
            c::needed_sum,
        ))
        .load(reader.connection())?;
    rows.into_iter().map(read).collect()
}

/// Cells with something in them, narrowed by all filters that do not take away what others are held against.
fn asked_for(instrument: &str, question: &Question) -> BoxedQuery<'static, MultiBackend> {
    let mut query = table.filter(c::instrument.eq(instrument.to_owned())).filter(c::responses.gt(0)).into_boxed();
    if let Some(county) = &question.county {
        query = query.filter(c::municipality_number.between(format!("{county}00"), format!("{county}99")));
    }
    if !question.municipalities.is_empty() {
        let numbers = question.municipalities.iter().map(ToString::to_string);
        query = query.filter(c::municipality_number.eq_any(numbers.collect::<Vec<_>>()));
    }
    if let Some(kind) = question.unit_kind {
        query = query.filter(c::unit_kind.eq(kind.as_str()));
    }
    if let Some(areas) = &question.areas {
        query = query.filter(c::area.eq_any(areas.clone()));
    }
    query
}

fn read(row: Row) -> Result<Cell, StoreError> {
    let (period, municipality, kind, area, group, responses, respondents, current, needed) = row;
    let corrupt = |why: &dyn ToString| StoreError::corrupt("cell", why.to_string());
    Ok(Cell {
        key: CellKey {
            municipality: municipality.parse().map_err(|why| corrupt(&why))?,
            unit_kind: kind.parse().map_err(|why| corrupt(&why))?,
            area,
            group: group.parse().map_err(|why| corrupt(&why))?,
            period: period.parse().map_err(|why| corrupt(&why))?,
        },
        sums: Sums { responses, respondents, current: i128::from(current), needed: i128::from(needed) },
    })
}
