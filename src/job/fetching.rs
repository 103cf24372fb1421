//! The worker that waits for sites: feeds fetched, found and subscribed to.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};

use crate::intake::Client;
use crate::library::{Library, Place, Subscription};
use crate::sync::{self, Brought, Manners, Round, Rules, Run, Step};

use super::worker::Work;
use super::{Cannot, Job, Report, Ticket, import};

/// A feed that was asked so shortly before is not asked again with all the others.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(5);

/// How sites are asked, and what is kept of what they answer.
#[derive(Clone)]
pub struct Courtesy {
    /// Who asks.
    pub client: Client,
    /// How.
    pub manners: Manners,
    /// What is kept.
    pub rules: Rules,
}

/// Fetches for the screen.
pub struct Fetching {
    library: Library,
    courtesy: Courtesy,
    stop: Arc<AtomicBool>,
}

impl Fetching {
    /// Opens the library at `place`; fetching ends early once `stop` is set.
    pub fn new(place: &Place, courtesy: Courtesy, stop: Arc<AtomicBool>) -> Result<Self> {
        let library = place.open().context(Cannot::new("job.open-library"))?;
        Ok(Self {
            library,
            courtesy,
            stop,
        })
    }

    /// The feeds at these addresses; where there are none, all that were not asked just before.
    fn chosen(&self, urls: &[String]) -> Result<Vec<Subscription>> {
        let now = Timestamp::now();
        let recent = |one: &Subscription| {
            one.state.trouble.is_none()
                && one
                    .state
                    .fetched
                    .is_some_and(|at| now.duration_since(at) < JUST_NOW)
        };
        let all = self.library.subscriptions()?.into_iter();
        Ok(all
            .filter(|one| match urls {
                [] => !recent(one),
                urls => urls.contains(&one.feed.url),
            })
            .collect())
    }

    fn fetch(
        &mut self,
        ticket: Ticket,
        feeds: &[Subscription],
        report: &mut dyn FnMut(Report),
    ) -> Result<Round> {
        let stop = Arc::clone(&self.stop);
        let run = Run {
            client: &self.courtesy.client,
            manners: &self.courtesy.manners,
            rules: &self.courtesy.rules,
            insist: true,
            stop: &stop,
        };
        let (mut done, mut of) = (0, feeds.len());
        sync::round(&mut self.library, feeds, run, |step| {
            let synced = match step {
                Step::Feed(synced) => Some(synced.clone()),
                Step::Pages(left) => {
                    of = of.max(done + left + 1);
                    None
                }
            };
            done += 1;
            report(Report::Fetching {
                ticket,
                synced,
                done,
                of,
            });
        })
    }

    fn told(&self, ticket: Ticket, round: &Round) -> Report {
        let count =
            |which: fn(&Brought) -> bool| round.synced.iter().filter(|one| which(&one.result)).count();
        let new = |brought: &Brought| match brought {
            Brought::Articles { new, .. } => *new,
            _ => 0,
        };
        Report::Fetched {
            ticket,
            new: round.synced.iter().map(|one| new(&one.result)).sum(),
            failed: count(|brought| matches!(brought, Brought::Failed(_))),
            not_due: count(|brought| matches!(brought, Brought::NotDue(_))),
            stopped: self.stop.load(Ordering::Relaxed),
        }
    }

    /// Finds the feed at an address, subscribes to it and fetches it.
    fn subscribe(&mut self, address: String, report: &mut dyn FnMut(Report)) -> Result<()> {
        let feed = match sync::discover(&self.courtesy.client, &address) {
            Ok(feed) => feed,
            Err(trouble) => {
                report(Report::NotSubscribed(address, trouble));
                return Ok(());
            }
        };
        let new = self
            .library
            .subscribe(std::slice::from_ref(&feed))?
            .contains(&true);
        let feeds = self.chosen(std::slice::from_ref(&feed.url))?;
        self.fetch(Ticket::default(), &feeds, &mut |_| {})?;
        report(Report::Subscribed {
            title: feed.title,
            url: feed.url,
            new,
        });
        Ok(())
    }
}

/// A path with the `~` that a shell would have replaced.
fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), directories::UserDirs::new()) {
        (Ok(rest), Some(user)) => user.home_dir().join(rest),
        _ => path,
    }
}

impl Work for Fetching {
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
        match job {
            Job::Fetch { ticket, feeds } => {
                let feeds = self.chosen(&feeds).context(Cannot::new("job.read-feeds"))?;
                let round = self
                    .fetch(ticket, &feeds, report)
                    .context(Cannot::new("job.save-fetched"))?;
                report(self.told(ticket, &round));
            }
            Job::Fill(id) => {
                let refused = sync::fill_one(&mut self.library, &id, &self.courtesy.client);
                report(Report::Filled(refused.context(Cannot::new("job.save-page"))?));
            }
            Job::Subscribe(address) => self
                .subscribe(address, report)
                .context(Cannot::new("job.subscribe"))?,
            Job::Import(path) => {
                let path = from_home(path);
                let imported = import::import(&mut self.library, &path)
                    .with_context(|| Cannot::with("job.import", path.display()))?;
                report(Report::Imported(imported));
            }
            _ => {}
        }
        Ok(())
    }
}
