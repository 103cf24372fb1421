//! Looks whether the configuration has changed, and reads it anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::job::NAME as WORKER;

use super::Settings;
use super::app::Event;

/// How often the file is looked at.
const GLANCE: Duration = Duration::from_secs(2);

/// Reads the configuration: what is in force, or what is wrong in one sentence.
pub type Reload = Arc<dyn Fn() -> Result<Settings, String> + Send + Sync>;

/// The thread that looks.
pub struct Watch {
    ask: Sender<()>,
}

impl Watch {
    /// Looks after `file` from now on, and tells of each change.
    pub fn start(file: PathBuf, reload: Reload, events: Sender<Event>) -> Result<Self> {
        let (ask, asked) = mpsc::channel();
        let name = format!("{WORKER}-config");
        thread::Builder::new().name(name).spawn(move || {
            let mut known = stamp(&file);
            loop {
                let asked = asked.recv_timeout(GLANCE);
                if asked == Err(RecvTimeoutError::Disconnected) {
                    return;
                }
                let now = stamp(&file);
                if asked.is_ok() || now != known {
                    known = now;
                    let event = match reload() {
                        Ok(settings) => Event::Settings(Box::new(settings)),
                        Err(wrong) => Event::Complaint(wrong),
                    };
                    if events.send(event).is_err() {
                        return;
                    }
                }
            }
        })?;
        Ok(Self { ask })
    }

    /// Has the file read now, changed or not.
    pub fn read_now(&self) {
        let _ = self.ask.send(());
    }
}

/// When the file was written, and how long it is; none where there is none.
fn stamp(file: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(file).ok()?;
    Some((about.modified().ok()?, about.len()))
}
