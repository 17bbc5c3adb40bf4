//! Payments and payment runs on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use domain::funding::payments::PaymentError;
use domain::funding::{PaymentRunState, PaymentState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// One instalment of a recipient line, on its way to the recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Payment {
    /// Its id.
    pub id: Uuid,
    /// Its grant.
    pub grant_id: Uuid,
    /// The code of the office that pays.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The sender of the need.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// Who receives it.
    #[schema(example = "310279617")]
    pub recipient_orgnr: String,
    /// The school year of the line that it pays.
    #[schema(example = "2027-2028")]
    pub school_year: String,
    /// How much.
    #[schema(example = 100_000)]
    pub amount_nok: i64,
    /// The day on which it is due.
    #[schema(example = "2027-09-01")]
    pub due_on: NaiveDate,
    /// The school year whose report must be approved before it is paid.
    #[schema(example = "2027-2028")]
    pub awaits_report: Option<String>,
    /// Where it stands.
    #[schema(value_type = super::PaymentState, example = "planned")]
    pub state: PaymentState,
    /// The run that is live for it, until it fails or is cancelled.
    pub payment_run_id: Option<Uuid>,
    /// When it was approved last.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was sent last.
    pub sent_at: Option<DateTime<Utc>>,
    /// The day on which the bank paid it.
    pub paid_on: Option<NaiveDate>,
    /// Why the bank refused it last.
    #[schema(example = "Kontoen er avsluttet.")]
    pub failure_reason: Option<String>,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The whole plan by which a grant is paid, each instalment as the payment that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstalmentPlan {
    /// The grant.
    pub grant_id: Uuid,
    /// The version of the grant; what `If-Match` compares.
    pub version: i64,
    /// The payments that are not cancelled, by due date.
    pub instalments: Vec<Payment>,
}

/// What the bank did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MarkPaid {
    /// The day on which the bank paid; today where left out.
    #[serde(default)]
    #[schema(example = "2027-09-02")]
    pub paid_on: Option<NaiveDate>,
}

/// Why the bank refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MarkFailed {
    /// Its message.
    #[schema(example = "Kontoen er avsluttet", min_length = 1, max_length = 400)]
    pub reason: String,
}

/// Payments that are sent to the bank together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentRun {
    /// Its id.
    pub id: Uuid,
    /// The code of the office that pays.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// Where it stands.
    #[schema(value_type = super::PaymentRunState, example = "draft")]
    pub state: PaymentRunState,
    /// Its payments, also those that have failed since.
    pub payment_ids: Vec<Uuid>,
    /// Their sum.
    #[schema(example = 300_000)]
    pub amount_nok: i64,
    /// When it was released.
    pub released_at: Option<DateTime<Utc>>,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A run to be put together: of these payments, or of everything that is approved and due by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "due_until": "2027-09-01" }))]
pub struct CreatePaymentRun {
    /// These payments; all of them must be approved and in no live run.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 500)]
    pub payment_ids: Option<Vec<Uuid>>,
    /// All payments that are approved, in no live run, and due on or before this day; at most 500, the oldest first.
    #[serde(default)]
    #[schema(example = "2027-09-01")]
    pub due_until: Option<NaiveDate>,
}

/// The problem code of a refused step with a payment, with its figures.
pub fn problem_of(error: &PaymentError) -> (&'static str, Option<(&'static str, String)>) {
    match error {
        PaymentError::WrongState(wrong) => ("state_conflict", Some(("state", wrong.state.to_string()))),
        PaymentError::PreparedByYou => ("payment_prepared_by_you", None),
        PaymentError::GrantDoesNotPay { state } => ("grant_not_payable", Some(("state", state.to_string()))),
        PaymentError::ReportNotApproved { school_year } => {
            ("report_not_approved", Some(("school_year", school_year.to_string())))
        }
        PaymentError::InLiveRun { run } => ("payment_in_live_run", Some(("payment_run_id", run.to_string()))),
    }
}

crate::page! {
    /// A page of payments.
    PaymentPage of Payment
}

crate::page! {
    /// A page of payment runs.
    PaymentRunPage of PaymentRun
}
