//! Seats.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::HeldSeat;
use domain::forum::{Deputy, Seat, SeatGroup};
use domain::ids::{ForumId, SeatId};
use domain::orgnr::OrgNr;

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::seats;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A seat with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSeat {
    /// The seat.
    pub seat: Seat,
    /// Its forum.
    pub forum: ForumId,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which seats of a forum a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeatFilter {
    /// Of this group.
    pub group: Option<SeatGroup>,
    /// Valid on this date.
    pub on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = seats)]
struct SeatRow {
    id: String,
    forum_id: String,
    seat_group: String,
    orgnr: String,
    role: String,
    voting: bool,
    holder: Option<String>,
    deputy_name: Option<String>,
    deputy_orgnr: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl TryFrom<SeatRow> for StoredSeat {
    type Error = StoreError;
    fn try_from(row: SeatRow) -> Result<Self, StoreError> {
        let deputy = row.deputy_name.zip(row.deputy_orgnr);
        Ok(Self {
            seat: Seat {
                id: parse("seat", &row.id)?,
                group: parse("seat", &row.seat_group)?,
                orgnr: OrgNr::from_register(row.orgnr),
                role: parse("seat", &row.role)?,
                voting: row.voting,
                holder: row.holder,
                deputy: deputy.map(|(name, orgnr)| Deputy { name, orgnr: OrgNr::from_register(orgnr) }),
                from: row.valid_from,
                to: row.valid_to,
            },
            forum: parse("seat", &row.forum_id)?,
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// Every seat of a forum, of all times, by id: what quorum and composition are counted from.
pub fn of_forum(reader: &mut Reader, forum: ForumId) -> Result<Vec<Seat>, StoreError> {
    let rows: Vec<SeatRow> =
        seats::table.filter(seats::forum_id.eq(forum.to_string())).order(seats::id).load(reader.connection())?;
    rows.into_iter().map(|row| StoredSeat::try_from(row).map(|stored| stored.seat)).collect()
}

/// A page of a forum's seats, by id. Whoever sees the forum sees them.
pub fn list(
    reader: &mut Reader,
    forum: ForumId,
    filter: &SeatFilter,
    window: &Window,
) -> Result<Vec<StoredSeat>, StoreError> {
    let mut query = matching(forum, filter, window).order(seats::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(seats::id.gt(after.clone()));
    }
    let rows: Vec<SeatRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredSeat::try_from).collect()
}

/// How many seats the whole list holds.
pub fn count(reader: &mut Reader, forum: ForumId, filter: &SeatFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(forum, filter, window).count().get_result(reader.connection())?)
}

/// The seats that an organisation holds on a date, for its holder or for a deputy.
pub fn held_by(reader: &mut Reader, orgnr: &OrgNr, on: NaiveDate) -> Result<Vec<HeldSeat>, StoreError> {
    let valid = seats::valid_from.le(on).and(seats::valid_to.is_null().or(seats::valid_to.ge(on)));
    let held: Vec<(String, String)> = seats::table
        .filter(seats::orgnr.eq(orgnr.as_str()).or(seats::deputy_orgnr.eq(orgnr.as_str())))
        .filter(valid)
        .order(seats::id)
        .select((seats::id, seats::forum_id))
        .load(reader.connection())?;
    held.into_iter()
        .map(|(seat, forum)| Ok(HeldSeat { seat: parse::<SeatId>("seat", &seat)?, forum: parse("seat", &forum)? }))
        .collect()
}

/// Adds a seat. That it may be given ([`Seat::check`]) has been checked before.
pub fn insert(tx: &mut Tx, forum: ForumId, seat: &Seat, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = SeatRow {
        id: seat.id.to_string(),
        forum_id: forum.to_string(),
        seat_group: seat.group.to_string(),
        orgnr: seat.orgnr.to_string(),
        role: seat.role.to_string(),
        voting: seat.voting,
        holder: seat.holder.clone(),
        deputy_name: seat.deputy.as_ref().map(|deputy| deputy.name.clone()),
        deputy_orgnr: seat.deputy.as_ref().map(|deputy| deputy.orgnr.to_string()),
        valid_from: seat.from,
        valid_to: seat.to,
        version: 1,
        created_at: to_column(at),
        updated_at: to_column(at),
    };
    diesel::insert_into(seats::table).values(row).execute(tx.connection())?;
    Ok(())
}

fn matching(forum: ForumId, filter: &SeatFilter, window: &Window) -> seats::BoxedQuery<'static, MultiBackend> {
    let mut query = seats::table.filter(seats::forum_id.eq(forum.to_string())).into_boxed();
    if let Some(group) = filter.group {
        query = query.filter(seats::seat_group.eq(group.as_str()));
    }
    if let Some(on) = filter.on {
        query = query.filter(seats::valid_from.le(on).and(seats::valid_to.is_null().or(seats::valid_to.ge(on))));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(seats::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(seats::id.eq_any(window.ids.clone()));
    }
    query
}
