//! The figures. All of them are ratios within one run, or limits that stand far from what is measured, since machines
//! differ and are noisy. `docs/figures.md` says what each means.

mod check;
mod lists;
mod reading;
mod start;
mod summary;
mod upload;

use std::fmt;

use anyhow::ensure;
use persistence::Engine;
use serde_json::json;

/// What a figure is to be.
#[derive(Debug, Clone, Copy)]
enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

impl Goal {
    fn is_reached(self, value: f64) -> bool {
        match self {
            Self::AtLeast(goal) => value >= goal,
            Self::AtMost(goal) => value <= goal,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(goal) => write!(f, ">= {goal}"),
            Self::AtMost(goal) => write!(f, "<= {goal}"),
        }
    }
}

type Promise = (&'static str, Goal);

/// What is measured in one go; several figures can come out of it.
#[derive(Debug, Clone, Copy)]
enum Measurement {
    Start,
    Check,
    Reading(Engine),
    Lists,
    UploadAgainstCopy,
    UploadAgainstLoop,
    UploadMillion,
    UploadMeanwhile(Engine),
    UploadAgainstFastapi,
    Summary,
}

const ALL: [Measurement; 12] = [
    Measurement::Start,
    Measurement::Check,
    Measurement::Reading(Engine::Sqlite),
    Measurement::Reading(Engine::Postgres),
    Measurement::Lists,
    Measurement::UploadAgainstCopy,
    Measurement::UploadAgainstLoop,
    Measurement::UploadMillion,
    Measurement::UploadMeanwhile(Engine::Sqlite),
    Measurement::UploadMeanwhile(Engine::Postgres),
    Measurement::UploadAgainstFastapi,
    Measurement::Summary,
];

impl Measurement {
    /// The figures, in the order in which [`Measurement::values`] gives them.
    const fn promises(self) -> &'static [Promise] {
        match self {
            Self::Start => &[("start_milliseconds", Goal::AtMost(200.0))],
            Self::Check => &[("check_need_milliseconds", Goal::AtMost(2.0))],
            Self::Reading(Engine::Sqlite) => {
                &[("read_need_sqlite", Goal::AtLeast(0.4)), ("read_need_sqlite_tail", Goal::AtMost(10.0))]
            }
            Self::Reading(Engine::Postgres) => {
                &[("read_need_postgres", Goal::AtLeast(0.15)), ("read_need_postgres_tail", Goal::AtMost(10.0))]
            }
            Self::Lists => &[("list_needs_growth", Goal::AtMost(1.5)), ("search_needs_growth", Goal::AtMost(1.5))],
            Self::UploadAgainstCopy => &[
                ("upload_new_postgres", Goal::AtLeast(0.7)),
                ("upload_unchanged_postgres", Goal::AtLeast(0.8)),
                ("upload_100000_megabytes", Goal::AtMost(150.0)),
            ],
            Self::UploadAgainstLoop => &[("upload_new_sqlite", Goal::AtLeast(0.5))],
            Self::UploadMillion => {
                &[("upload_1000000_megabytes", Goal::AtMost(150.0)), ("upload_1000000_rate", Goal::AtLeast(0.8))]
            }
            Self::UploadMeanwhile(Engine::Sqlite) => &[
                ("read_while_uploading_sqlite", Goal::AtMost(3.0)),
                ("write_while_uploading_sqlite", Goal::AtMost(5.0)),
            ],
            Self::UploadMeanwhile(Engine::Postgres) => &[
                ("read_while_uploading_postgres", Goal::AtMost(3.0)),
                ("write_while_uploading_postgres", Goal::AtMost(5.0)),
            ],
            Self::UploadAgainstFastapi => {
                &[("upload_new_fastapi", Goal::AtLeast(3.0)), ("upload_unchanged_fastapi", Goal::AtLeast(3.0))]
            }
            Self::Summary => &[("summary_million_milliseconds", Goal::AtMost(150.0))],
        }
    }

    async fn values(self) -> anyhow::Result<Vec<f64>> {
        match self {
            Self::Start => start::measure().await,
            Self::Check => check::measure(),
            Self::Reading(engine) => reading::measure(engine).await,
            Self::Lists => lists::measure().await,
            Self::UploadAgainstCopy => upload::against_copy().await,
            Self::UploadAgainstLoop => upload::against_loop().await,
            Self::UploadMillion => upload::million().await,
            Self::UploadMeanwhile(engine) => upload::meanwhile(engine).await,
            Self::UploadAgainstFastapi => upload::against_fastapi().await,
            Self::Summary => summary::measure().await,
        }
    }
}

/// Measures and prints. Answers whether every goal is reached.
#[allow(clippy::print_stdout, reason = "the figures are what this command is for")]
pub async fn run(only: Option<&str>) -> anyhow::Result<bool> {
    let is_wanted = |(name, _): &Promise| only.is_none_or(|only| only == *name);
    let wanted: Vec<Measurement> = ALL.into_iter().filter(|m| m.promises().iter().any(is_wanted)).collect();
    let names: Vec<&str> = ALL.iter().flat_map(|m| m.promises()).map(|(name, _)| *name).collect();
    ensure!(!wanted.is_empty(), "there is no figure of that name; there are {}", names.join(", "));
    let mut all_pass = true;
    for measurement in wanted {
        let values = measurement.values().await?;
        for ((name, goal), value) in measurement.promises().iter().zip(values).filter(|(promise, _)| is_wanted(promise))
        {
            let pass = goal.is_reached(value);
            all_pass &= pass;
            let value = (value * 1_000.0).round() / 1_000.0;
            println!("{}", json!({"name": name, "value": value, "goal": goal.to_string(), "pass": pass}));
        }
    }
    Ok(all_pass)
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
