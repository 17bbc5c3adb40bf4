//! The collaboration forum: a voting seat with a deputy for every group that `kollektiv-2026` requires, and guests
//! without a vote.

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use domain::forum::{Deputy, Forum, MajorityBase, QuorumRules, Seat, SeatGroup, SeatRole};
use domain::ids::{ForumId, SeatId};
use domain::organisations::Organisation;
use domain::orgnr::OrgNr;
use persistence::forum::{forums, seats};
use persistence::{StoreError, Tx};

use super::COUNTY_GOVERNOR;
use super::numbers::id_of;

/// A person who sits for an organisation.
type Member = (&'static str, &'static str);

/// Voting seats: group, holder, deputy. The first one leads.
const VOTING: [(SeatGroup, Member, Member); 9] = [
    (SeatGroup::PublicOwner, ("Vestland fylkeskommune", "Ingunn Solheim"), ("Vestland fylkeskommune", "Arve Lunde")),
    (SeatGroup::PublicOwner, ("Bergen kommune", "Kristin Haugland"), ("Askøy kommune", "Jonas Ask")),
    (SeatGroup::PublicOwner, ("Sogndal kommune", "Olav Navarsete"), ("Stryn kommune", "Mari Tenden")),
    (SeatGroup::PrivateOwner, ("Fjordgløtt barnehagar AS", "Silje Moe"), ("Solstreif barnehagar SA", "Terje Fardal")),
    (SeatGroup::LocalKindergartenAuthority, ("Alver kommune", "Hilde Mongstad"), ("Stord kommune", "Geir Huglo")),
    (SeatGroup::University, ("Høgskulen på Vestlandet", "Anne Brekke"), ("Universitetet i Bergen", "Per Nygaard")),
    (SeatGroup::Ks, ("KS Vest-Noreg", "Bente Hovland"), ("KS Vest-Noreg", "Rune Eide")),
    (SeatGroup::Union, ("Utdanningsforbundet Vestland", "Tone Vik"), ("Skolenes landsforbund Vestland", "Stian Berge")),
    (
        SeatGroup::PrivateAssociation,
        ("Private Barnehagers Landsforbund Vest", "Lise Dale"),
        ("Private Barnehagers Landsforbund Vest", "Knut Hop"),
    ),
];

/// Those who take part in discussions without a vote.
const GUESTS: [Member; 3] = [
    ("Statped", "Guro Sandnes"),
    ("Fagskulen Vestland", "Eirik Myking"),
    ("Foreldreutvalet for barnehage og skule", "Amina Hassan"),
];

/// The forum with its seats.
pub(super) struct DemoForum {
    forum: Forum,
    seats: Vec<Seat>,
}

impl DemoForum {
    /// The forum of these organisations.
    pub(super) fn of(organisations: &[Organisation]) -> anyhow::Result<Self> {
        let voting = VOTING.iter().enumerate().map(|(n, (group, holder, deputy))| {
            let role = if n == 0 { SeatRole::Chair } else { SeatRole::Member };
            let deputy = Deputy { name: deputy.1.to_owned(), orgnr: orgnr_of(organisations, deputy.0)? };
            Ok(Seat { role, voting: true, deputy: Some(deputy), ..seat(*group, organisations, holder)? })
        });
        let guests = GUESTS.iter().map(|holder| seat(SeatGroup::Other, organisations, holder));
        let forum = Forum {
            id: ForumId(id_of("forum")),
            name: "Samarbeidsforum i Vestland".to_owned(),
            county_governor: COUNTY_GOVERNOR.to_owned(),
            counties: vec!["46".parse()?],
            quorum: QuorumRules::default(),
            majority: MajorityBase::VotesCast,
        };
        Ok(Self { forum, seats: voting.chain(guests).collect::<anyhow::Result<_>>()? })
    }

    /// Puts forum and seats into the database.
    pub(super) fn insert(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
        forums::insert(tx, &self.forum, now)?;
        self.seats.iter().try_for_each(|seat| seats::insert(tx, self.forum.id, seat, now))
    }
}

/// A seat without a vote.
fn seat(group: SeatGroup, organisations: &[Organisation], holder: &Member) -> anyhow::Result<Seat> {
    let (organisation, name) = holder;
    Ok(Seat {
        id: SeatId(id_of(&format!("seat of {organisation} for {group}"))),
        group,
        orgnr: orgnr_of(organisations, organisation)?,
        role: SeatRole::Member,
        voting: false,
        holder: Some((*name).to_owned()),
        deputy: None,
        from: NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date"),
        to: None,
    })
}

fn orgnr_of(organisations: &[Organisation], name: &str) -> anyhow::Result<OrgNr> {
    let found = organisations.iter().find(|organisation| organisation.name == name);
    found.map(|organisation| organisation.orgnr.clone()).ok_or_else(|| anyhow!("nobody is called {name}"))
}

#[cfg(test)]
mod tests {
    use domain::forum::Composition;
    use domain::rulesets::Rulesets;

    use super::super::county::vestland;
    use super::*;

    #[test]
    fn the_forum_is_properly_composed_with_a_deputy_for_every_vote() {
        let rulesets = Rulesets::embedded().unwrap();
        let required = &rulesets.get("kollektiv-2026").unwrap().settings.required_groups.value;
        let forum = DemoForum::of(&vestland().unwrap().organisations).unwrap();
        let composition = Composition::on(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), &forum.seats, required);
        assert_eq!(composition.missing(), []);
        assert!(forum.seats.iter().all(|seat| seat.deputy.is_some() == seat.voting));
        assert_eq!(forum.seats.iter().filter(|seat| seat.role == SeatRole::Chair).count(), 1);
    }
}
