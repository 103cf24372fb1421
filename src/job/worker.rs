//! The threads that work: one reads the library, one writes it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context as _, Result};

use super::{Job, Report};
use crate::log;

/// The name that every worker's begins with.
pub const NAME: &str = "beide-worker";

/// Jobs that wait for a worker, in the order they will be done.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    /// Whether no more will come.
    is_last: bool,
}

/// A thread that does one job after another; it ends when nobody can give it more.
pub struct Worker {
    queue: Arc<Queue>,
}

/// What a worker does with a job; it answers by reports.
pub trait Work: Send + 'static {
    /// Does it.
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()>;
}

impl Worker {
    /// Starts a thread that makes itself ready with `begin` and then waits for jobs.
    ///
    /// An error, or a panic, becomes a report; the worker goes on.
    pub fn start<W: Work>(
        name: &str,
        begin: impl Fn() -> Result<W> + Send + 'static,
        report: impl Fn(Report) + Send + 'static,
    ) -> Result<Self> {
        let queue = Arc::new(Queue::default());
        let own = Arc::clone(&queue);
        let thread = thread::Builder::new().name(format!("{NAME}-{name}"));
        thread
            .spawn(move || {
                let mut work = None;
                while let Some(job) = own.take() {
                    let ticket = job.ticket();
                    let done = catch_unwind(AssertUnwindSafe(|| {
                        if work.is_none() {
                            work = Some(begin()?);
                        }
                        let ready = work.as_mut().context("a worker that is not ready")?;
                        ready.work(job, &mut |answer| report(answer))
                    }));
                    let failed = match done {
                        Ok(Ok(())) => continue,
                        Ok(Err(error)) => {
                            log::write(format!("{error:#}"));
                            Report::failed(ticket, &error)
                        }
                        Err(panic) => {
                            work = None;
                            let why = log::said(panic.as_ref());
                            log::write(&why);
                            Report::Failed {
                                ticket,
                                cannot: None,
                                why,
                            }
                        }
                    };
                    report(failed);
                }
            })
            .context("cannot start a thread")?;
        Ok(Self { queue })
    }

    /// Gives it another job; those that it makes needless are forgotten.
    pub fn give(&self, job: Job) {
        let mut waiting = self.queue.lock();
        let jobs = &mut waiting.jobs;
        jobs.retain(|waiting| !job.replaces(waiting));
        let after = jobs.len();
        let before = jobs.iter().position(|waiting| waiting.urgency() > job.urgency());
        jobs.insert(before.unwrap_or(after), job);
        self.queue.arrived.notify_one();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.queue.lock().is_last = true;
        self.queue.arrived.notify_one();
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, as soon as there is one; none where no more will come.
    fn take(&self) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            if let Some(job) = waiting.jobs.pop_front() {
                return Some(job);
            }
            if waiting.is_last {
                return None;
            }
            waiting = self.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{Ticket, Wanted};
    use std::sync::mpsc;

    struct Echo;

    impl Work for Echo {
        fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
            match job {
                Job::Count => panic!("cannot count"),
                Job::Browse(url) => anyhow::bail!("cannot open {url}"),
                _ => report(Report::Marked(None)),
            }
            Ok(())
        }
    }

    #[test]
    fn an_error_and_a_panic_become_messages_and_the_worker_goes_on() {
        std::panic::set_hook(Box::new(|_| {}));
        let (send, reports) = mpsc::channel();
        let worker =
            Worker::start("test", || Ok(Echo), move |report| drop(send.send(report))).expect("a thread");
        let answer = |job| {
            worker.give(job);
            reports.recv().expect("an answer")
        };
        assert!(matches!(answer(Job::Count), Report::Failed { why, .. } if why == "cannot count"));
        assert!(
            matches!(answer(Job::Browse("x".into())), Report::Failed { why, .. } if why == "cannot open x")
        );
        assert!(matches!(answer(Job::Unmark(Vec::new())), Report::Marked(None)));
        drop(std::panic::take_hook());
    }

    #[test]
    fn the_newest_search_wins_and_what_is_waited_for_comes_first() {
        let worker = Worker {
            queue: Arc::new(Queue::default()),
        };
        let search = |ticket, query: &str| Job::Search {
            ticket: Ticket(ticket),
            query: query.to_string(),
            skip: 0,
            typing: true,
        };
        let open = Job::Open {
            ticket: Ticket(9),
            wanted: Wanted::All(Vec::new()),
            glance: false,
        };
        for job in [Job::Count, search(1, "a"), search(2, "ab"), open.clone()] {
            worker.give(job);
        }
        let taken: Vec<Job> = (0..3).filter_map(|_| worker.queue.take()).collect();
        assert_eq!(taken, [search(2, "ab"), open, Job::Count]);
        let queue = Arc::clone(&worker.queue);
        worker.give(Job::Feeds);
        drop(worker);
        assert_eq!(
            (queue.take(), queue.take()),
            (Some(Job::Feeds), None),
            "nobody gives more"
        );
    }
}
