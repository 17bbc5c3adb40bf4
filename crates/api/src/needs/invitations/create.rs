//! `POST /v1/needs/{id}/invitations`.

use actix_web::{HttpResponse, post, web};
use contract::needs::{InvitationsSent, Invite, Invited};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{Need, PrivateOwnerAnswer, PrivateOwnerFact, RecordedAnswer};
use domain::orgnr::OrgNr;
use domain::time::oslo_date;
use persistence::needs::PrivateOwner;
use persistence::{Reader, needs};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::load::{editable, own};
use crate::needs::record::change;

/// Invites partners and private owners.
///
/// Those named in the body; without any, every partner that the need names and every private owner it concerns that
/// was not asked yet. Whoever is invited reads the need from now on, also as a draft, and answers for itself.
#[utoipa::path(
    tag = "needs",
    operation_id = "create_need_invitations",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = Invite,
    responses((status = 201, description = "Who was invited now", body = InvitationsSent)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/invitations")]
pub async fn create(app: web::Data<App>, input: Input<Invite>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let invited = input.body.read(app.synthetic()).map_err(ApiError::invalid)?;
    app.write("need.invite", input, move |write: &mut Write<'_, _>, _: &Invite| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let need = own(write, &viewer, id)?;
        write.begin()?;
        editable(&need)?;
        needs::hold(write, &need)?;
        let (partners, owners) = whom(write, &need, &invited)?;
        let now = write.call().now;
        for partner in &partners {
            needs::invite_partner(write, id, partner, now)?;
        }
        for owner in &owners {
            needs::insert_private_owner(write, &asked(&need, owner, now))?;
        }
        let text = |numbers: &[OrgNr]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>();
        let sent = InvitationsSent { partners: text(&partners), private_owners: text(&owners) };
        let after = json!({ "partner_orgnr": sent.partners, "private_owner_orgnr": sent.private_owners });
        change(write, &need, "need.invite", "invited", &["partners", "private_owners"], (None, Some(after)))?;
        Ok(Answer::created(&sent, need.version, format!("/v1/needs/{id}/partners"))?)
    })
    .await
}

/// A private owner that was asked today and has not answered.
fn asked(need: &Need, owner: &OrgNr, now: chrono::DateTime<chrono::Utc>) -> PrivateOwner {
    PrivateOwner {
        need: need.id,
        owner: owner.clone(),
        answer: PrivateOwnerAnswer { invited_on: oslo_date(now), recorded: RecordedAnswer::NoAnswer, own: None },
        answered_at: None,
        reason: None,
        version: 1,
        updated_at: now,
    }
}

/// The partners and private owners to invite, or what is wrong with those named.
fn whom(reader: &mut Reader, need: &Need, invited: &Invited) -> Result<(Vec<OrgNr>, Vec<OrgNr>), ApiError> {
    let named: Vec<&OrgNr> = need.content.partners.iter().map(|partner| &partner.orgnr).collect();
    let known = needs::partners(reader, need.id)?;
    let is_known = |orgnr: &OrgNr| known.iter().any(|partner| partner.orgnr == *orgnr);
    let sender = needs::sender_of(reader, &need.sender)?;
    let facts = needs::private_owner_facts(reader, &sender, &need.content, Some(need.id))?;
    match invited {
        Invited::Everybody => {
            let partners = named.into_iter().filter(|orgnr| !is_known(orgnr)).cloned().collect();
            let to_ask = facts.iter().filter(|owner| owner.answer.is_none() && owner.is_concerned_by(&need.content));
            Ok((partners, to_ask.map(|owner| owner.orgnr.clone()).collect()))
        }
        Invited::These(partners, owners) => {
            let mut faults = faults_of(partners, "partners", |orgnr| match () {
                () if !named.contains(&orgnr) => Some("not_named_as_partner"),
                () if is_known(orgnr) => Some("already_invited"),
                () => None,
            });
            let fact = |orgnr: &OrgNr| facts.iter().find(|owner: &&PrivateOwnerFact| owner.orgnr == *orgnr);
            faults.extend(faults_of(owners, "private_owners", |orgnr| match fact(orgnr) {
                None => Some("private_owner_not_concerned"),
                Some(owner) if owner.answer.is_some() => Some("already_invited"),
                Some(_) => None,
            }));
            if faults.is_empty() { Ok((partners.clone(), owners.clone())) } else { Err(ApiError::invalid(faults)) }
        }
    }
}

fn faults_of(numbers: &[OrgNr], member: &str, fault: impl Fn(&OrgNr) -> Option<&'static str>) -> Vec<Fault> {
    let faults = numbers.iter().enumerate().filter_map(|(i, orgnr)| {
        let code = fault(orgnr)?;
        Some(Fault::new(code, format!("/{member}/{i}")))
    });
    faults.collect()
}
