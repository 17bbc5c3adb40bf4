//! Reference data: county governors, counties, municipalities, competence areas. Loaded from `reference/`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::error::StoreError;
use crate::on_backend;
use crate::schema::{competence_areas, counties, county_governors, municipalities};
use crate::store::{Reader, Tx};

/// A county governor's office.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = county_governors)]
pub struct CountyGovernor {
    /// Its code, such as `vestland`.
    pub code: String,
    /// Its letters in references, such as `VL`.
    pub short_code: String,
    /// Its name in bokmål.
    pub name_nb: String,
    /// Its name in nynorsk.
    pub name_nn: String,
}

/// A county.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = counties)]
pub struct County {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The office that covers it.
    pub county_governor: String,
}

/// A municipality number with its validity.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = municipalities)]
#[diesel(treat_none_as_null = true)]
pub struct Municipality {
    /// Its number.
    pub number: String,
    /// Its full name, Sámi and Kven names included.
    pub name: String,
    /// Its Norwegian name.
    pub norwegian_name: String,
    /// Its county.
    pub county_number: String,
    /// From this date.
    pub valid_from: NaiveDate,
    /// Until this date, where the number has ended.
    pub valid_to: Option<NaiveDate>,
}

/// A competence area.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = competence_areas)]
pub struct CompetenceArea {
    /// Its code.
    pub code: String,
    /// `special_needs` or `inclusive_practice`.
    pub area_group: String,
    /// Its name in bokmål.
    pub label_nb: String,
    /// Its name in nynorsk.
    pub label_nn: String,
    /// Its name in English.
    pub label_en: String,
}

/// Everything in `reference/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceData {
    /// When this was loaded into the database; absent before.
    pub loaded_at: Option<DateTime<Utc>>,
    /// The offices.
    pub county_governors: Vec<CountyGovernor>,
    /// The counties.
    pub counties: Vec<County>,
    /// The municipalities.
    pub municipalities: Vec<Municipality>,
    /// The competence areas.
    pub competence_areas: Vec<CompetenceArea>,
}

impl ReferenceData {
    /// Whether there is a competence area of this code.
    pub fn has_area(&self, code: &str) -> bool {
        self.competence_areas.iter().any(|area| area.code == code)
    }

    /// Whether there is a municipality of this number.
    pub fn has_municipality(&self, number: &str) -> bool {
        self.municipalities.iter().any(|one| one.number == number)
    }
}

const LOADED_AT: &str = "reference_loaded_at";

/// Writes the reference data, so that it is as in the files afterwards; rows that the files no longer have stay.
pub fn load(tx: &mut Tx, data: &ReferenceData, at: DateTime<Utc>) -> Result<(), StoreError> {
    on_backend!(tx.connection(), c => {
        for row in &data.county_governors {
            diesel::insert_into(county_governors::table).values(row)
                .on_conflict(county_governors::code).do_update().set(row).execute(c)?;
        }
        for row in &data.counties {
            diesel::insert_into(counties::table).values(row)
                .on_conflict(counties::number).do_update().set(row).execute(c)?;
        }
        for row in &data.municipalities {
            diesel::insert_into(municipalities::table).values(row)
                .on_conflict(municipalities::number).do_update()
                .set((
                    municipalities::name.eq(excluded(municipalities::name)),
                    municipalities::norwegian_name.eq(excluded(municipalities::norwegian_name)),
                ))
                .execute(c)?;
        }
        for row in &data.competence_areas {
            diesel::insert_into(competence_areas::table).values(row)
                .on_conflict(competence_areas::code).do_update().set(row).execute(c)?;
        }
    });
    put_meta(tx, LOADED_AT, &at.to_rfc3339())
}

/// All reference data, for what is kept in memory.
pub fn all(reader: &mut Reader) -> Result<ReferenceData, StoreError> {
    let loaded_at = meta(reader, LOADED_AT)?.map(|at| at.parse()).transpose();
    let c = reader.connection();
    Ok(ReferenceData {
        loaded_at: loaded_at.map_err(|e| StoreError::corrupt("instant of loading", e))?,
        county_governors: county_governors::table.order(county_governors::code).load(c)?,
        counties: counties::table.order(counties::number).load(c)?,
        municipalities: municipalities::table.order(municipalities::number).load(c)?,
        competence_areas: competence_areas::table.order(competence_areas::code).load(c)?,
    })
}

/// What `meta` says under a key.
pub fn meta(reader: &mut Reader, key: &str) -> Result<Option<String>, StoreError> {
    use crate::schema::meta;
    Ok(meta::table.find(key).select(meta::value).first(reader.connection()).optional()?)
}

/// Writes a key of `meta` that is not there yet.
pub fn set_meta(tx: &mut Tx, key: &str, value: &str) -> Result<(), StoreError> {
    use crate::schema::meta;
    diesel::insert_into(meta::table).values((meta::key.eq(key), meta::value.eq(value))).execute(tx.connection())?;
    Ok(())
}

/// Writes a key of `meta`, whether it is there or not.
pub fn put_meta(tx: &mut Tx, key: &str, value: &str) -> Result<(), StoreError> {
    use crate::schema::meta;
    let updated = diesel::update(meta::table.find(key)).set(meta::value.eq(value)).execute(tx.connection())?;
    if updated == 0 { set_meta(tx, key, value) } else { Ok(()) }
}
