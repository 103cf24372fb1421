use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

use url::Url;

use crate::library::Subscription;

/// How many connections a host sees at once.
const PER_HOST: usize = 2;

/// The feeds still to be fetched, given out so that no host is asked for more than two at once.
pub struct Queue<'f> {
    state: Mutex<State<'f>>,
    freed: Condvar,
}

struct State<'f> {
    waiting: VecDeque<(String, &'f Subscription)>,
    /// How many fetches are under way, by host.
    busy: HashMap<String, usize>,
}

/// A feed whose turn it is.
pub struct Turn<'f> {
    pub subscription: &'f Subscription,
    host: String,
}

impl<'f> Queue<'f> {
    pub fn new(feeds: Vec<&'f Subscription>) -> Self {
        let waiting = feeds
            .into_iter()
            .map(|feed| (host(&feed.feed.url), feed))
            .collect();
        Self {
            state: Mutex::new(State {
                waiting,
                busy: HashMap::new(),
            }),
            freed: Condvar::new(),
        }
    }

    /// The next feed whose host is not busy; waits while all that are left have busy hosts. None when none is left.
    pub fn next(&self) -> Option<Turn<'f>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.waiting.is_empty() {
            let State { waiting, busy } = &mut *state;
            let free = waiting
                .iter()
                .position(|(host, _)| busy.get(host).is_none_or(|count| *count < PER_HOST));
            if let Some((host, subscription)) = free.and_then(|place| waiting.remove(place)) {
                *busy.entry(host.clone()).or_default() += 1;
                return Some(Turn { subscription, host });
            }
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Frees the host of a feed that was fetched.
    pub fn done(&self, turn: Turn<'f>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = state.busy.get_mut(&turn.host) {
            *count -= 1;
        }
        self.freed.notify_all();
    }

    /// Gives out no more.
    pub fn close(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .waiting
            .clear();
        self.freed.notify_all();
    }
}

fn host(url: &str) -> String {
    Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_string))
        .unwrap_or_default()
}
