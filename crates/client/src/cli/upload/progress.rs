//! How far an upload has come: a bar for people, plain lines for logs.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how many rows are with the server.
pub(super) enum Progress {
    /// On a terminal.
    Bar(ProgressBar),
    /// Anywhere else: a line for each tenth.
    Lines {
        /// Rows in all.
        total: u64,
        /// Rows that are there.
        done: AtomicU64,
        /// When it began.
        begun: Instant,
    },
}

const STYLE: &str = "{bar:30} {pos}/{len} rows, {per_sec}, {eta} left";

impl Progress {
    /// Nothing is there yet, but for so many rows of an earlier run.
    pub(super) fn begin(total: u64, there: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::Lines { total, done: AtomicU64::new(there), begun: Instant::now() };
        }
        let style = ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(total).with_style(style).with_position(there);
        bar.reset_eta();
        Self::Bar(bar)
    }

    /// So many rows more.
    #[allow(clippy::print_stderr, reason = "progress is for whoever watches, and no part of the output")]
    pub(super) fn add(&self, rows: u64) {
        match self {
            Self::Bar(bar) => bar.inc(rows),
            Self::Lines { total, done, begun } => {
                let before = done.fetch_add(rows, Ordering::Relaxed);
                let now = before + rows;
                let tenth = |rows: u64| (rows * 10).checked_div(*total).unwrap_or(10);
                if tenth(now) > tenth(before) {
                    eprintln!("{now} of {total} rows sent in {:.1} s", begun.elapsed().as_secs_f64());
                }
            }
        }
    }

    /// Everything is there.
    pub(super) fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
