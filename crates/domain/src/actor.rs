//! Who calls, and what follows from that.

use crate::ids::{ForumId, SeatId};
use crate::municipality::CountyNumber;
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;

crate::codes! {
    /// What a token may be used for; write includes read.
    Scope {
        /// Read rounds, needs and networks.
        NeedsRead = "needs:read",
        /// Write them.
        NeedsWrite = "needs:write",
        /// Read kartlegging.
        KartleggingRead = "kartlegging:read",
        /// Upload kartlegging.
        KartleggingWrite = "kartlegging:write",
        /// Read forums, meetings and recommendations.
        ForumRead = "forum:read",
        /// Write them.
        ForumWrite = "forum:write",
        /// Read frames, grants, payments and reports.
        FundingRead = "funding:read",
        /// Write them.
        FundingWrite = "funding:write",
        /// Approve payments and accounts: never together with `funding:write`.
        FundingApprove = "funding:approve",
        /// Read the event feed.
        EventsRead = "events:read",
        /// Set up webhooks.
        WebhooksWrite = "webhooks:write",
        /// Write organisations, units and clients.
        Admin = "admin",
    }
}

impl Scope {
    /// What it lets a token do, for whoever chooses scopes.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NeedsRead => "Read rounds, needs and networks",
            Self::NeedsWrite => "Write rounds, needs and networks",
            Self::KartleggingRead => "Read kartlegging",
            Self::KartleggingWrite => "Upload kartlegging",
            Self::ForumRead => "Read forums, meetings and recommendations",
            Self::ForumWrite => "Write forums, meetings and recommendations",
            Self::FundingRead => "Read frames, grants, payments and reports",
            Self::FundingWrite => "Write frames, grants, payments and reports",
            Self::FundingApprove => "Approve payments and accounts",
            Self::EventsRead => "Read the event feed",
            Self::WebhooksWrite => "Set up webhooks",
            Self::Admin => "Write organisations, units and clients",
        }
    }

    /// Whether a token with this scope may do what asks for `wanted`: the same scope, or write for read.
    /// Approving includes reading what is approved.
    pub fn covers(self, wanted: Self) -> bool {
        self == wanted
            || matches!(
                (self, wanted),
                (Self::NeedsWrite, Self::NeedsRead)
                    | (Self::KartleggingWrite, Self::KartleggingRead)
                    | (Self::ForumWrite, Self::ForumRead)
                    | (Self::FundingWrite | Self::FundingApprove, Self::FundingRead)
            )
    }
}

/// Those of the scopes that no client holds together: who pays does not approve, and who does either does not
/// decide who may (G07). Empty where the scopes go together.
pub fn held_apart(scopes: &[Scope]) -> Vec<Scope> {
    let apart = [Scope::FundingWrite, Scope::FundingApprove, Scope::Admin];
    let held: Vec<Scope> = apart.into_iter().filter(|scope| scopes.contains(scope)).collect();
    if held.len() > 1 { held } else { Vec::new() }
}

/// A seat that the caller's organisation holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldSeat {
    /// The seat.
    pub seat: SeatId,
    /// Its forum.
    pub forum: ForumId,
}

/// What decides how much a caller sees: its organisation, not its client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The organisation that the caller acts for.
    pub orgnr: OrgNr,
    /// Its kind in our own register.
    pub kind: OrganisationKind,
    /// Its county: the one it lies in. `None` for national organisations.
    pub county: Option<CountyNumber>,
    /// The county governor's office code, where the organisation is one.
    pub county_governor: Option<String>,
    /// The seats it holds today.
    pub seats: Vec<HeldSeat>,
    /// Whether it is a member of a regional network.
    pub in_network: bool,
}

impl Viewer {
    /// The forums in which the organisation has a seat today.
    pub fn forums(&self) -> Vec<ForumId> {
        self.seats.iter().map(|held| held.forum).collect()
    }
}

/// The caller of an operation: who, for whom, by which client, allowed what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The organisation and what follows from it.
    pub viewer: Viewer,
    /// Who issued the token.
    pub issuer: String,
    /// The client that holds it.
    pub client_id: String,
    /// The person behind it, as an opaque pairwise name, where known.
    pub person: Option<String>,
    /// The system supplier that acts on delegation, where there is one.
    pub supplier: Option<String>,
    /// What the token may be used for.
    pub scopes: Vec<Scope>,
}

impl Actor {
    /// Whether any scope of the token covers the wanted one.
    pub fn may(&self, wanted: Scope) -> bool {
        self.scopes.iter().any(|scope| scope.covers(wanted))
    }

    /// Whether two steps were done by different hands (G07): two persons where both are known, else two clients.
    pub fn is_other_than(&self, client_id: &str, person: Option<&str>) -> bool {
        match (self.person.as_deref(), person) {
            (Some(mine), Some(theirs)) => mine != theirs,
            _ => self.client_id != client_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_approving_and_administering_are_held_apart() {
        assert_eq!(held_apart(&[Scope::FundingWrite, Scope::NeedsWrite, Scope::FundingRead]), []);
        assert_eq!(
            held_apart(&[Scope::Admin, Scope::NeedsWrite, Scope::FundingApprove]),
            [Scope::FundingApprove, Scope::Admin]
        );
    }
}
