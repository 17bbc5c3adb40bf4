//! What differs between two submissions of a need, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::pointer::below;

/// One place in which two documents differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: a JSON pointer in which an item of a list stands under its key and not under its position, such as
    /// `/budget/samlinger/amount_nok`.
    pub path: String,
    /// What stood there in the first document; null where there was nothing.
    pub before: Value,
    /// What stands there in the second.
    pub after: Value,
}

/// The members that tell the items of a list apart: budget lines, answers, areas, staff groups, organisations and units.
const KEYS: [&str; 4] = ["key", "area", "group", "orgnr"];

/// Where two documents differ, ordered by path. A list whose items have no keys is one field.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    found
}

fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    let Some((old, new)) = fields_of_both(before, after) else {
        found.push(Difference { path: path.to_owned(), before: before.clone(), after: after.clone() });
        return;
    };
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let [before, after] = [&old, &new].map(|fields| fields.get(name).copied().unwrap_or(&NOTHING));
        compare(&below(path, name), before, after, found);
    }
}

/// What stands where there is nothing.
static NOTHING: Value = Value::Null;

/// What a place holds, by name or key.
type Fields<'a> = BTreeMap<&'a str, &'a Value>;

/// The fields of two places that can be compared one by one.
fn fields_of_both<'a>(before: &'a Value, after: &'a Value) -> Option<(Fields<'a>, Fields<'a>)> {
    match (before, after) {
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => fields(before).zip(fields(after)),
        _ => None,
    }
}

fn fields(value: &Value) -> Option<Fields<'_>> {
    match value {
        Value::Object(members) => Some(members.iter().map(|(name, value)| (name.as_str(), value)).collect()),
        Value::Array(items) => {
            let keyed: Option<Fields<'_>> = items.iter().map(|item| key_of(item).zip(Some(item))).collect();
            keyed.filter(|keyed| keyed.len() == items.len())
        }
        _ => None,
    }
}

fn key_of(item: &Value) -> Option<&str> {
    KEYS.iter().find_map(|key| item.get(key)?.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn lines_areas_and_parties_are_compared_by_key_and_not_by_position() {
        let first = json!({
            "budget": [{"key": "a", "amount_nok": 1}, {"key": "b", "amount_nok": 2}],
            "areas": [{"area": "vision", "level": "basic"}],
            "partners": [{"orgnr": "974760843", "contribution": null}],
        });
        let second = json!({
            "budget": [{"key": "b", "amount_nok": 3}, {"key": "a", "amount_nok": 1}],
            "areas": [{"area": "hearing", "level": "basic"}, {"area": "vision", "level": "advanced"}],
            "partners": [],
        });
        let found: Vec<Value> =
            differences(&first, &second).into_iter().map(|d| json!([d.path, d.before, d.after])).collect();
        let expected = json!([
            ["/areas/hearing", null, {"area": "hearing", "level": "basic"}],
            ["/areas/vision/level", "basic", "advanced"],
            ["/budget/b/amount_nok", 2, 3],
            ["/partners/974760843", {"orgnr": "974760843", "contribution": null}, null],
        ]);
        assert_eq!(Value::Array(found), expected);
    }

    #[test]
    fn a_list_without_keys_is_one_field_and_a_key_is_escaped() {
        let first = json!({"goals": ["a", "b"], "budget": [{"key": "2027/28", "note": null}]});
        let second = json!({"goals": ["b"], "budget": [{"key": "2027/28", "note": "seks samlinger"}]});
        let found = differences(&first, &second);
        let paths: Vec<&str> = found.iter().map(|difference| difference.path.as_str()).collect();
        assert_eq!(paths, ["/budget/2027~128/note", "/goals"]);
        assert_eq!((&found[1].before, &found[1].after), (&json!(["a", "b"]), &json!(["b"])));
    }

    fn document() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), "[a/~]{0,2}".prop_map(Value::from)];
        let name = || prop_oneof![Just("key".to_owned()), Just("orgnr".to_owned()), "[a-c/~]{1,2}"];
        leaf.prop_recursive(4, 40, 4, move |inner| {
            let item = (name(), "[a-c/~]{0,2}", inner.clone())
                .prop_map(|(member, key, value)| json!({"area": key, member: value}));
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::vec(item, 0..4).prop_map(Value::from),
                proptest::collection::vec((name(), inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// A document with its lists by key, and without what is null.
    fn by_key(value: &Value) -> Value {
        let Some(fields) = fields(value) else { return value.clone() };
        let held = fields.into_iter().filter(|(_, value)| !value.is_null());
        Value::Object(held.map(|(name, value)| (name.to_owned(), by_key(value))).collect())
    }

    /// Puts what stands after in the place of what stood before.
    fn apply(document: &mut Value, difference: &Difference) {
        let Some((parent, last)) = difference.path.rsplit_once('/') else {
            *document = by_key(&difference.after);
            return;
        };
        let parent: &mut Map<String, Value> = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        let name = last.replace("~1", "/").replace("~0", "~");
        if difference.after.is_null() {
            parent.remove(&name);
        } else {
            parent.insert(name, by_key(&difference.after));
        }
    }

    proptest! {
        #[test]
        fn nothing_differs_from_itself(document in document()) {
            prop_assert_eq!(differences(&document, &document), []);
        }

        #[test]
        fn what_differs_one_way_differs_the_other_way(first in document(), second in document()) {
            let there = differences(&first, &second);
            let back = differences(&second, &first);
            let turned: Vec<Difference> = back
                .into_iter()
                .map(|Difference { path, before, after }| Difference { path, before: after, after: before })
                .collect();
            prop_assert_eq!(there, turned);
        }

        #[test]
        fn the_differences_lead_from_the_first_to_the_second(first in document(), second in document()) {
            let mut document = by_key(&first);
            for difference in differences(&first, &second) {
                apply(&mut document, &difference);
            }
            prop_assert_eq!(document, by_key(&second));
        }
    }
}
