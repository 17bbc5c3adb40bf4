//! The joint draft (N14): what the needs of a coordination say together, for their lead to go on from. Everything in
//! it may be read by the lead, and no money is made up.

use super::coordination::Coordination;
use crate::language::Language;
use crate::needs::{AreaLevel, AreaNeed, Audience, Content, Evidence, NamedParty, Period};
use crate::orgnr::OrgNr;

/// As much as a document takes of each; the rest is the lead's to choose.
const MOST_GOALS: usize = 20;
const MOST_UNITS: usize = 500;
const MOST_PARTICIPANTS: usize = 50;
const MOST_PARTNERS: usize = 10;
const LONGEST_DESCRIPTION: usize = 20_000;
const LONGEST_BENEFIT: usize = 10_000;
const LARGEST_AUDIENCE: u32 = 1_000_000;
const LONGEST_CONTRIBUTION: usize = 2_000;

/// A need that goes into a joint draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who sends it.
    pub sender: OrgNr,
    /// The sender's name.
    pub sender_name: String,
    /// What it says, as the lead may read it.
    pub content: Content,
}

/// What a joint draft is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointDraft {
    coordination: Coordination,
    lead: OrgNr,
    parts: Vec<Part>,
}

impl JointDraft {
    /// Of these needs, the lead's own first; nothing where there are none.
    pub fn of(coordination: Coordination, lead: OrgNr, mut parts: Vec<Part>) -> Option<Self> {
        parts.sort_by_key(|part| part.sender != lead);
        (!parts.is_empty()).then_some(Self { coordination, lead, parts })
    }

    /// The language in which the first of the needs is written.
    pub fn language(&self) -> Language {
        self.contents().next().map_or(Language::Nb, |content| content.language)
    }

    /// The document, under a title of its own or the coordination's. `built_from` are the words before the list of
    /// the needs. Money, anchoring and others' kartlegging are left to the lead.
    pub fn content(&self, title: Option<&str>, built_from: &str) -> Content {
        let own = self.parts.iter().find(|part| part.sender == self.lead).map(|part| &part.content);
        Content {
            title: title.unwrap_or(&self.coordination.title).to_owned(),
            description: self.description(built_from),
            goals: first(MOST_GOALS, self.contents().flat_map(|content| content.goals.iter().cloned()), PartialEq::eq),
            expected_benefit: self.expected_benefit(),
            period: self.period(),
            unit_kinds: first(usize::MAX, self.contents().flat_map(|c| c.unit_kinds.iter().copied()), PartialEq::eq),
            audience: self.audience(),
            units: first(MOST_UNITS, self.contents().flat_map(|c| c.units.iter().cloned()), |a, b| a.orgnr == b.orgnr),
            participants: self.participants(),
            partners: self.partners(),
            areas: self.areas(),
            evidence: own.map_or_else(Evidence::default, |own| own.evidence.clone()),
            language: self.language(),
            contact: own.and_then(|own| own.contact.clone()),
            ..Content::default()
        }
    }

    fn contents(&self) -> impl Iterator<Item = &Content> {
        self.parts.iter().map(|part| &part.content)
    }

    /// What the coordination says, then each need by its title and sender with its own words.
    fn description(&self, built_from: &str) -> String {
        let own = Some(self.coordination.description.trim().to_owned()).filter(|text| !text.is_empty());
        let head = [own, Some(built_from.to_owned())].into_iter().flatten();
        let parts = self.parts.iter().map(|part| {
            let name = format!("«{}» ({})", part.content.title, part.sender_name);
            format!("{name}\n{}", part.content.description.trim()).trim_end().to_owned()
        });
        cut(&head.chain(parts).collect::<Vec<_>>().join("\n\n"), LONGEST_DESCRIPTION)
    }

    fn expected_benefit(&self) -> String {
        let said = self.contents().map(|content| content.expected_benefit.trim().to_owned());
        let said = first(usize::MAX, said.filter(|text| !text.is_empty()), PartialEq::eq);
        cut(&said.join("\n\n"), LONGEST_BENEFIT)
    }

    /// From the first school year of any to the last of any.
    fn period(&self) -> Option<Period> {
        let periods = || self.contents().filter_map(|content| content.period);
        let from = periods().map(|period| period.from).min()?;
        let to = periods().map(|period| period.to).max()?;
        Some(Period { from, to })
    }

    /// Every staff group once, with the numbers of all needs together.
    fn audience(&self) -> Vec<Audience> {
        let mut audience: Vec<Audience> = Vec::new();
        for one in self.contents().flat_map(|content| content.audience.iter().copied()) {
            match audience.iter_mut().find(|known| known.group == one.group) {
                Some(known) => known.number = known.number.saturating_add(one.number).min(LARGEST_AUDIENCE),
                None => audience.push(one),
            }
        }
        audience
    }

    /// The other senders, then whoever takes part in one of the needs; each confirms for itself (N14). Nobody is asked
    /// in two ways.
    fn participants(&self) -> Vec<NamedParty> {
        let senders = self.parts.iter().map(|part| NamedParty { orgnr: part.sender.clone(), contribution: None });
        let theirs = self.contents().flat_map(|content| content.participants.iter().cloned());
        let partners = self.partners();
        let is_partner = |orgnr: &OrgNr| partners.iter().any(|partner| partner.orgnr == *orgnr);
        let others = senders.chain(theirs).filter(|party| party.orgnr != self.lead && !is_partner(&party.orgnr));
        first(MOST_PARTICIPANTS, others, |a, b| a.orgnr == b.orgnr)
    }

    /// Whom the coordination asks, then the partners of the needs.
    fn partners(&self) -> Vec<NamedParty> {
        let asked = self.coordination.asked_of_university.iter().map(|asked| NamedParty {
            orgnr: asked.orgnr.clone(),
            contribution: Some(cut(&asked.text, LONGEST_CONTRIBUTION)).filter(|text| !text.is_empty()),
        });
        let named = self.contents().flat_map(|content| content.partners.iter().cloned());
        first(MOST_PARTNERS, asked.chain(named), |a, b| a.orgnr == b.orgnr)
    }

    /// Every area once: advanced where any need says so, to the end that the first of them names (N19).
    fn areas(&self) -> Vec<AreaNeed> {
        let all = || self.contents().flat_map(|content| content.areas.iter());
        let is_advanced = |area: &str| all().any(|need| need.area == area && need.level == AreaLevel::Advanced);
        let mut areas = first(usize::MAX, all().cloned(), |a, b| a.area == b.area);
        for need in areas.iter_mut().filter(|need| is_advanced(&need.area)) {
            need.level = AreaLevel::Advanced;
        }
        areas
    }
}

/// The first so many that are not the same as one before.
fn first<T>(most: usize, all: impl Iterator<Item = T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in all {
        if kept.len() < most && !kept.iter().any(|other| is_same(other, &item)) {
            kept.push(item);
        }
    }
    kept
}

/// A text of so many characters at the most; where it is longer, it ends in a sign of that.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CoordinationId, NetworkId};
    use crate::money::Nok;
    use crate::needs::{AreaPurpose, Contact, TargetGroup, UnitPart, UnitRole};
    use crate::networks::AskedOfUniversity;
    use crate::networks::network::tests::orgnr;
    use crate::organisations::UnitKind;
    use crate::time::SchoolYear;

    const LEAD: &str = "889640782";
    const OTHER: &str = "974760673";
    const UNIVERSITY: &str = "974760843";

    fn coordination() -> Coordination {
        Coordination {
            id: CoordinationId(uuid::Uuid::nil()),
            network: NetworkId(uuid::Uuid::nil()),
            title: "Felles språktiltak".to_owned(),
            description: "To kommuner vil det samme.".to_owned(),
            needs: Vec::new(),
            lead: Some(orgnr(LEAD)),
            asked_of_university: Some(AskedOfUniversity {
                orgnr: orgnr(UNIVERSITY),
                text: "Leder samlingene".to_owned(),
            }),
            asked_of_statped: None,
            is_closed: false,
            draft: None,
        }
    }

    fn part(sender: &str, title: &str) -> Part {
        let area = |area: &str, level| AreaNeed { area: area.to_owned(), level, purpose: AreaPurpose::Build };
        let content = Content {
            title: title.to_owned(),
            description: format!("Om {title}."),
            goals: vec!["Felles mål".to_owned(), format!("Mål for {title}")],
            unit_kinds: vec![UnitKind::School],
            units: vec![UnitPart { orgnr: orgnr(sender), role: UnitRole::TakesPart }],
            partners: vec![NamedParty { orgnr: orgnr(UNIVERSITY), contribution: None }],
            audience: vec![Audience { group: TargetGroup::Leaders, number: 600_000 }],
            areas: vec![area("language_speech", AreaLevel::Basic), area(title, AreaLevel::Basic)],
            amount: Nok::new(500_000),
            own_contribution: Nok::new(10),
            contact: Some(Contact { role: title.to_owned(), email: "post@kommune.no".to_owned(), phone: None }),
            ..Content::default()
        };
        Part { sender: orgnr(sender), sender_name: format!("Kommune {sender}"), content }
    }

    fn joint(parts: Vec<Part>) -> Content {
        let joint = JointDraft::of(coordination(), orgnr(LEAD), parts).unwrap();
        joint.content(None, "Satt sammen av:")
    }

    #[test]
    fn it_says_which_needs_it_comes_from_the_leads_own_first() {
        let content = joint(vec![part(OTHER, "Tale"), part(LEAD, "Skrift")]);
        assert_eq!(content.title, "Felles språktiltak");
        let expected = "To kommuner vil det samme.\n\nSatt sammen av:\n\n«Skrift» (Kommune 889640782)\nOm Skrift.\n\n\
                        «Tale» (Kommune 974760673)\nOm Tale.";
        assert_eq!(content.description, expected);
        assert_eq!(content.goals, ["Felles mål", "Mål for Skrift", "Mål for Tale"]);
        assert_eq!(content.contact.unwrap().role, "Skrift");
    }

    #[test]
    fn everybody_else_takes_part_and_the_university_that_is_asked_is_partner() {
        let mut third = part(OTHER, "Tale");
        let invited =
            ["983887457", LEAD, UNIVERSITY].map(|number| NamedParty { orgnr: orgnr(number), contribution: None });
        third.content.participants = invited.to_vec();
        let content = joint(vec![part(LEAD, "Skrift"), third]);
        let participants: Vec<&str> = content.participants.iter().map(|p| p.orgnr.as_str()).collect();
        assert_eq!(participants, [OTHER, "983887457"]);
        let asked = NamedParty { orgnr: orgnr(UNIVERSITY), contribution: Some("Leder samlingene".to_owned()) };
        assert_eq!(content.partners, [asked]);
    }

    #[test]
    fn areas_units_and_years_are_those_of_all_and_no_money_is_made_up() {
        let year = SchoolYear::beginning;
        let (mut own, mut other) = (part(LEAD, "Skrift"), part(OTHER, "Tale"));
        own.content.period = Some(Period { from: year(2027), to: year(2027) });
        other.content.period = Some(Period { from: year(2028), to: year(2029) });
        other.content.areas[0].level = AreaLevel::Advanced;
        let content = joint(vec![own, other]);
        let areas: Vec<(&str, AreaLevel)> = content.areas.iter().map(|need| (need.area.as_str(), need.level)).collect();
        let (basic, advanced) = (AreaLevel::Basic, AreaLevel::Advanced);
        assert_eq!(areas, [("language_speech", advanced), ("Skrift", basic), ("Tale", basic)]);
        assert_eq!((content.units.len(), content.unit_kinds.len()), (2, 1));
        assert_eq!(content.audience, [Audience { group: TargetGroup::Leaders, number: 1_000_000 }]);
        assert_eq!(content.period, Some(Period { from: year(2027), to: year(2029) }));
        assert_eq!((content.amount, content.own_contribution, content.budget), (Nok::ZERO, Nok::ZERO, Vec::new()));
    }

    #[test]
    fn a_hundred_long_needs_still_make_a_document_that_may_be_sent() {
        let parts = (0..100).map(|n| {
            let mut part = part(&format!("{n}"), &format!("Tiltak {n}"));
            part.content.description = "å".repeat(20_000);
            part.content.expected_benefit = format!("{n}").repeat(5_000);
            part.content.units =
                (0..400).map(|u| UnitPart { orgnr: orgnr(&format!("{n}-{u}")), role: UnitRole::Leads }).collect();
            part.content.partners.push(NamedParty { orgnr: orgnr(&format!("p{n}")), contribution: None });
            part
        });
        let content = joint(parts.collect());
        assert_eq!(content.description.chars().count(), 20_000);
        assert!(content.description.ends_with('…') && content.expected_benefit.chars().count() <= 10_000);
        assert_eq!((content.goals.len(), content.units.len(), content.partners.len()), (20, 500, 10));
        assert_eq!(content.participants.len(), 50);
    }

    #[test]
    fn of_nothing_comes_nothing() {
        assert_eq!(JointDraft::of(coordination(), orgnr(LEAD), Vec::new()), None);
    }
}
