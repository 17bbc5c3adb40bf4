//! A need as it is kept, and how much of it a reader sees.

use chrono::{DateTime, NaiveDate, Utc};

use super::circumstances::Preparation;
use super::content::{Anchoring, Content, Evidence};
use super::dialogue::DialogueSide;
use super::rules::tells_of_another_need;
use super::state::NeedState;
use crate::finding::Finding;
use crate::ids::{CoordinationId, NeedId, NetworkId, RoundId};
use crate::money::Nok;
use crate::municipality::CountyNumber;
use crate::orgnr::OrgNr;
use crate::rounds::{ExtraAnswers, Round};

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// The round it is sent in.
    pub round: RoundId,
    /// The scheme of the round.
    pub scheme: String,
    /// The office code of the county governor that it belongs to.
    pub county_governor: String,
    /// The county of its sender.
    pub county: CountyNumber,
    /// Who sends it.
    pub sender: OrgNr,
    /// The coordination whose joint draft it is, where it is one and the reader sees that.
    pub coordination: Option<CoordinationId>,
    /// The networks with which it is shared, where the reader is its sender.
    pub shared_with: Vec<NetworkId>,
    /// Where it is on its way.
    pub state: NeedState,
    /// `B-2026-VL-0012`, given at its first submission.
    pub reference: Option<String>,
    /// What it says: the draft as it stands, or the newest submission, as the reader may see.
    pub content: Content,
    /// The number of its newest submission.
    pub submitted_version: Option<i64>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Why and on which terms it was sent back, while it is.
    pub returned: Option<ReturnTerms>,
    /// Why the county governor found it outside the scheme, where it did.
    pub dismissal: Option<String>,
    /// The need of an earlier round that it carries on.
    pub transferred_from: Option<NeedId>,
    /// The draft in a later round that carries it on.
    pub transferred_to: Option<NeedId>,
    /// Raised by every change.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The terms on which a need is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTerms {
    /// The last day to resubmit (N03).
    pub reply_by: NaiveDate,
    /// What is to be corrected.
    pub reason: String,
    /// Whether the sender may ask for more money than before.
    pub may_ask_for_more: bool,
}

/// The draft that carries a need on in a later round: the same document, without what only the earlier round asked and
/// answers that do not fit what the later one asks. Nobody has confirmed anything there yet.
pub fn carried_on(need: &Need, later: &Round, id: NeedId, now: DateTime<Utc>) -> Need {
    let mut content = need.content.clone();
    let misfits: Vec<String> =
        later.form.faults_in(&content.extra_answers).into_iter().map(|(key, _)| key.to_owned()).collect();
    content.extra_answers.retain(|key, _| !misfits.contains(key));
    Need {
        transferred_from: Some(need.id),
        ..Need::draft(id, need.sender.clone(), later, need.county.clone(), content, now)
    }
}

impl Need {
    /// A need as it begins.
    pub fn draft(
        id: NeedId,
        sender: OrgNr,
        round: &Round,
        county: CountyNumber,
        content: Content,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            round: round.id,
            scheme: round.scheme.clone(),
            county_governor: round.county_governor.clone(),
            county,
            sender,
            coordination: None,
            shared_with: Vec::new(),
            state: NeedState::Draft,
            reference: None,
            content,
            submitted_version: None,
            submitted_at: None,
            returned: None,
            dismissal: None,
            transferred_from: None,
            transferred_to: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

/// How much of a need its reader sees. Whoever is none of these does not see it at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Its sender: everything, the draft included.
    Own,
    /// A partner, participant, Statped or private owner that was invited: measure, areas and its own lines, also of the
    /// draft.
    Invited(OrgNr),
    /// A member of a network that the sender shared it with: as the invited, and what is asked for in all.
    Network(OrgNr),
    /// The county governor of the round: the newest submission, contact and terms of return included.
    Office,
    /// A seat in the forum, or the directorate: the newest submission without contact and terms of return.
    Record,
}

impl Reading {
    /// Whether the reader sees the draft as it stands; others see the newest submission.
    pub const fn of_draft(&self) -> bool {
        matches!(self, Self::Own | Self::Invited(_) | Self::Network(_))
    }

    /// Whether the reader is the need's sender or the county governor of its round: they alone see what they have
    /// between them, such as dialogue and terms of return, and either may carry the need on in a later round.
    pub const fn is_sender_or_office(&self) -> bool {
        self.side().is_some()
    }

    /// The reader's side in the dialogue, where it takes part in it.
    pub const fn side(&self) -> Option<DialogueSide> {
        match self {
            Self::Own => Some(DialogueSide::Sender),
            Self::Office => Some(DialogueSide::CountyGovernor),
            Self::Invited(_) | Self::Network(_) | Self::Record => None,
        }
    }

    /// Whether the reader sees what the need has to do with networks.
    pub const fn of_networks(&self) -> bool {
        matches!(self, Self::Own | Self::Network(_))
    }

    /// Whether the reader sees what is asked for in all, and not only its own lines.
    pub const fn of_whole_budget(&self) -> bool {
        !matches!(self, Self::Invited(_))
    }

    /// What the reader sees of what the rules said: its sender all of it, county governor and record all but what
    /// tells of other needs, which may be drafts, and those who are asked to take part nothing.
    pub fn narrow_findings(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        match self {
            Self::Own => {}
            Self::Office | Self::Record => findings.retain(|finding| !tells_of_another_need(finding)),
            Self::Invited(_) | Self::Network(_) => findings.clear(),
        }
        findings
    }

    /// The part of a document that the reader may see.
    pub fn narrow(&self, content: Content) -> Content {
        match self {
            Self::Own | Self::Office => content,
            Self::Record => Content { contact: None, ..content },
            Self::Invited(reader) => Content {
                amount: Nok::ZERO,
                own_contribution: Nok::ZERO,
                ..Self::Network(reader.clone()).narrow(content)
            },
            Self::Network(reader) => Content {
                budget: content.lines_of(reader).cloned().collect(),
                applied_elsewhere: Vec::new(),
                supplement: None,
                preparation: Preparation::default(),
                extra_answers: ExtraAnswers::new(),
                evidence: Evidence::default(),
                anchoring: Anchoring::default(),
                explanations: std::collections::BTreeMap::new(),
                contact: None,
                ..content
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::Contact;
    use crate::needs::rules::example::{Example, orgnr};
    use crate::rounds::{ExtraAnswer, example_form};

    fn content() -> Content {
        let contact = Contact { role: "rådgiver".to_owned(), email: "post@kommune.no".to_owned(), phone: None };
        Content { contact: Some(contact), ..Example::new().content }
    }

    #[test]
    fn sender_and_county_governor_see_the_contact_and_a_seat_does_not() {
        assert_eq!(Reading::Own.narrow(content()), content());
        assert_eq!(Reading::Office.narrow(content()), content());
        assert_eq!(Reading::Record.narrow(content()), Content { contact: None, ..content() });
    }

    #[test]
    fn who_is_invited_sees_the_measure_and_its_own_lines() {
        let university = orgnr("974760843");
        let seen = Reading::Invited(university.clone()).narrow(content());
        assert_eq!((&seen.title, &seen.areas), (&content().title, &content().areas));
        assert!(!seen.budget.is_empty() && seen.budget.iter().all(|line| line.recipient == university));
        assert_eq!((seen.amount, seen.contact, seen.evidence), (Nok::ZERO, None, Evidence::default()));
    }

    #[test]
    fn what_is_carried_on_is_a_draft_that_leaves_out_what_the_later_round_does_not_ask() {
        let mut example = Example::new();
        let answers = [("region", ExtraAnswer::Choice("north".to_owned())), ("size", ExtraAnswer::Number(3))];
        example.content.extra_answers = answers.map(|(key, answer)| (key.to_owned(), answer)).into();
        let (nil, now) = (NeedId(uuid::Uuid::nil()), example.now);
        let round = &example.facts.round;
        let sender = example.facts.sender.orgnr.clone();
        let county = example.facts.counties[0].clone();
        let before = Need::draft(nil, sender, round, county, example.content.clone(), now);
        let before = Need { state: NeedState::Postponed, reference: Some("B-2026-VL-0001".to_owned()), ..before };
        let later = Round { form: example_form(), year: 2028, ..round.clone() };
        let draft = carried_on(&before, &later, NeedId(uuid::Uuid::max()), now);
        assert_eq!((draft.state, draft.transferred_from, draft.reference), (NeedState::Draft, Some(nil), None));
        assert_eq!(draft.content.extra_answers.keys().collect::<Vec<_>>(), ["region"]);
        assert_eq!(draft.content.title, before.content.title);
    }

    #[test]
    fn a_network_sees_what_is_asked_for_in_all_beside_what_the_invited_see() {
        let university = orgnr("974760843");
        let invited = Reading::Invited(university.clone()).narrow(content());
        let seen = Reading::Network(university).narrow(content());
        assert_eq!((seen.amount, seen.own_contribution), (content().amount, content().own_contribution));
        assert_eq!(Content { amount: Nok::ZERO, own_contribution: Nok::ZERO, ..seen }, invited);
    }

    #[test]
    fn only_sender_network_and_invited_see_the_draft() {
        let reader = orgnr("974760843");
        assert!(Reading::Own.of_draft() && Reading::Invited(reader.clone()).of_draft());
        assert!(Reading::Network(reader).of_draft());
        assert!(!Reading::Office.of_draft() && !Reading::Record.of_draft());
    }
}
