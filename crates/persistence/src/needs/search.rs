//! The texts by which needs are found: of each need its draft and its newest submission, folded.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use domain::ids::NeedId;
use domain::needs::{Content, Need};
use domain::search::{SearchTerms, fold};

use super::visibility::Condition;
use crate::backend::Engine;
use crate::error::StoreError;
use crate::schema::{need_texts, needs, organisations};
use crate::store::Tx;

/// Writes what a draft is found by.
pub(super) fn index_draft(tx: &mut Tx, need: &Need) -> Result<(), StoreError> {
    let folded = folded(tx, need)?;
    put(tx, need.id, false, &folded)
}

/// Writes what a need is found by that is submitted as it stands, once it has its reference.
pub fn index_submission(tx: &mut Tx, need: &Need) -> Result<(), StoreError> {
    let folded = folded(tx, need)?;
    put(tx, need.id, false, &folded)?;
    put(tx, need.id, true, &folded)
}

/// What a need says in words, its reference and its sender's name. Never the contact, nor what parties say of each
/// other: who is invited to a draft reads all of this.
fn folded(tx: &mut Tx, need: &Need) -> Result<String, StoreError> {
    let sender: Option<String> = organisations::table
        .find(need.sender.as_str())
        .select(organisations::name)
        .first(tx.connection())
        .optional()?;
    let Content { title, description, goals, expected_benefit, .. } = &need.content;
    let mut texts = vec![title.as_str(), description, expected_benefit];
    texts.extend(goals.iter().map(String::as_str));
    texts.extend(need.reference.as_deref());
    texts.extend(sender.as_deref());
    // Each word stands behind a space, so that its beginning can be looked for.
    Ok(format!(" {}", fold(&texts.join(" "))))
}

fn put(tx: &mut Tx, need: NeedId, submitted: bool, folded: &str) -> Result<(), StoreError> {
    let row =
        need_texts::table.filter(need_texts::need_id.eq(need.to_string())).filter(need_texts::submitted.eq(submitted));
    if diesel::update(row).set(need_texts::folded.eq(folded)).execute(tx.connection())? == 0 {
        diesel::insert_into(need_texts::table)
            .values((
                need_texts::need_id.eq(need.to_string()),
                need_texts::submitted.eq(submitted),
                need_texts::folded.eq(folded),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Takes away what a draft was found by.
pub(super) fn remove(tx: &mut Tx, need: NeedId) -> Result<(), StoreError> {
    let texts = need_texts::table.filter(need_texts::need_id.eq(need.to_string()));
    diesel::delete(texts).execute(tx.connection())?;
    Ok(())
}

/// Whether a need has all the words, in its newest submission or in its draft. Read off the text of each need that the
/// rest lets pass, for viewers who see few: by the index, a database might begin with every need that has the words.
pub(super) fn has_words(terms: &SearchTerms, submitted: bool) -> Condition {
    let has_word = |term: &str| -> Condition {
        let text = need_texts::table
            .filter(need_texts::need_id.eq(needs::id))
            .filter(need_texts::submitted.eq(submitted))
            .select(need_texts::folded);
        Box::new(text.single_value().assume_not_null().like(format!("% {term}%")))
    };
    let both = |one: Condition, other: Condition| -> Condition { Box::new(one.and(other)) };
    let anything = || -> Condition { Box::new(needs::id.is_not_null()) };
    terms.iter().map(has_word).reduce(both).unwrap_or_else(anything)
}

/// Whether a need has all the words in its newest submission, found by the index: for viewers who see all of them.
pub(super) fn is_found_by(engine: Engine, terms: &SearchTerms) -> Condition {
    // Terms are letters and digits alone, so nothing in them is an operator of either engine's language.
    let (asked, query) = match engine {
        // OFFSET 0 makes PostgreSQL begin here, where it would else walk through all needs for words that few have.
        Engine::Postgres => (
            "needs.id IN (SELECT need_texts.need_id FROM need_texts WHERE need_texts.submitted AND \
             to_tsvector('simple', need_texts.folded) @@ (",
            terms.iter().map(|term| format!("{term}:*")).collect::<Vec<_>>().join(" & "),
        ),
        Engine::Sqlite => (
            "needs.id IN (SELECT need_texts.need_id FROM need_texts WHERE need_texts.submitted AND need_texts.id IN \
             (SELECT rowid FROM need_texts_words WHERE need_texts_words MATCH ",
            terms.iter().map(|term| format!("\"{term}\"*")).collect::<Vec<_>>().join(" "),
        ),
    };
    let ended = match engine {
        Engine::Postgres => "::tsquery) OFFSET 0)",
        Engine::Sqlite => "))",
    };
    Box::new(sql::<Bool>(asked).bind::<Text, _>(query).sql(ended))
}
