//! The grant is paid: instalments planned by one, approved by another, released in a payment run, marked paid.

use chrono::NaiveDate;
use contract::funding::grants::{Grant, Instalment, PutInstalments};
use contract::funding::payments::{CreatePaymentRun, InstalmentPlan, MarkPaid, Payment, PaymentRun};
use contract::rounds::Round;
use domain::funding::PaymentState;
use serde_json::json;

use super::cast::{Actor, Cast};
use super::need::MUNICIPALITY;
use super::tell::{self, count, kroner};

/// Plans everything and pays what waits for nothing.
pub(super) async fn pay_first(cast: &Cast, round: &Round, grant: &Grant) -> anyhow::Result<()> {
    tell::step(6, "The money is paid");
    let payer = cast.actor("statsforvaltaren-i-vestland-utbetaling")?;
    let plan = plan(cast, round, grant)?;
    let path = format!("/v1/grants/{}/instalments", grant.id);
    let plan: InstalmentPlan = payer.client.put(&path, grant.version, &plan).await?;
    tell::did(&payer.name, &format!("plans {}", count(plan.instalments.len(), "instalment")));
    for payment in &plan.instalments {
        let waits = if payment.awaits_report.is_some() { ", once the report is approved" } else { "" };
        let (amount, to) = (kroner(payment.amount_nok), cast.name_of(&payment.recipient_orgnr));
        tell::detail(&format!("{amount} to {to} on {}{waits}", payment.due_on));
    }
    pay(cast, &payer, plan.instalments.into_iter().filter(|payment| payment.awaits_report.is_none()).collect()).await
}

/// Pays what waited for the report.
pub(super) async fn pay_rest(cast: &Cast, grant: &Grant) -> anyhow::Result<()> {
    let payer = cast.actor("statsforvaltaren-i-vestland-utbetaling")?;
    let payments: Vec<Payment> = payer.client.list(&format!("/v1/grants/{}/payments", grant.id)).await?;
    pay(cast, &payer, payments.into_iter().filter(|payment| payment.state == PaymentState::Planned).collect()).await
}

/// The municipality gets its money at once; the university half at once and half after the report.
fn plan(cast: &Cast, round: &Round, grant: &Grant) -> anyhow::Result<PutInstalments> {
    let municipality = cast.actor(MUNICIPALITY)?.orgnr;
    let autumn = date(round.year, 9);
    let summer = date(round.year + 1, 6);
    let mut instalments = Vec::new();
    for year in &grant.years {
        for recipient in &year.recipients {
            let instalment = |amount_nok, due_on, awaits_report| Instalment {
                recipient_orgnr: recipient.orgnr.clone(),
                school_year: year.school_year.clone(),
                amount_nok,
                due_on,
                awaits_report,
            };
            if recipient.orgnr == municipality {
                instalments.push(instalment(recipient.amount_nok, autumn, None));
            } else {
                let half = recipient.amount_nok / 2;
                instalments.push(instalment(half, autumn, None));
                instalments.push(instalment(recipient.amount_nok - half, summer, Some(year.school_year.clone())));
            }
        }
    }
    Ok(PutInstalments { instalments })
}

async fn pay(cast: &Cast, payer: &Actor, payments: Vec<Payment>) -> anyhow::Result<()> {
    let approver = cast.actor("statsforvaltaren-i-vestland-godkjenning")?;
    for payment in &payments {
        let path = format!("/v1/payments/{}/approve", payment.id);
        let _: Payment = approver.client.transition(&path, payment.version, &json!({})).await?;
    }
    tell::did(&approver.name, &format!("approves {} that another client planned", count(payments.len(), "payment")));
    let new =
        CreatePaymentRun { payment_ids: Some(payments.iter().map(|payment| payment.id).collect()), due_until: None };
    let run: PaymentRun = payer.client.post("/v1/payment-runs", &new).await?;
    let path = format!("/v1/payment-runs/{}/release", run.id);
    let run: PaymentRun = payer.client.transition(&path, run.version, &json!({})).await?;
    tell::did(&payer.name, &format!("releases a payment run of {}", kroner(run.amount_nok)));
    for id in &run.payment_ids {
        let path = format!("/v1/payments/{id}");
        let sent: Payment = payer.client.get(&path).await?;
        let paid = MarkPaid { paid_on: None };
        let paid: Payment = payer.client.transition(&format!("{path}/mark-paid"), sent.version, &paid).await?;
        let (amount, to) = (kroner(paid.amount_nok), cast.name_of(&paid.recipient_orgnr));
        tell::detail(&format!("{amount} to {to}: {}", paid.state));
    }
    Ok(())
}

fn date(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).expect("the first of a month is a date")
}
