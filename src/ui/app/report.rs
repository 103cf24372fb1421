//! What came of the jobs, taken into the state.

use std::fmt::Display;
use std::sync::Arc;

use crate::article::Trouble;
use crate::export::amount::counted;
use crate::job::{Cannot, Job, Manner, Mark, NoPage, Report, Ticket, Wanted};
use crate::locale::Means;
use crate::ui::desk::Desk;
use crate::ui::memory::Memory;
use crate::ui::screen::{Ask, Reply, Screen, Wish};

use super::App;

/// The most changes that can be taken back.
const MOST_UNDO: usize = 100;

impl App {
    pub(super) fn report(&mut self, report: Report) {
        match report {
            Report::Counted(totals) => {
                self.context.totals = totals;
                self.resize(self.context.terminal);
            }
            Report::Opened {
                ticket,
                wanted,
                articles,
                comparison,
                notes,
            } => {
                let desk = Arc::new(Desk::new(articles, comparison).with_notes(notes));
                self.context.keep_desk(wanted, &desk);
                self.opened(ticket, &desk);
            }
            Report::Marked(undo) => self.marked(undo),
            Report::Regrouped(undo) => self.regrouped(undo),
            Report::Annotating(id, file) => {
                self.context.jobs.push(Job::Terminal(Manner::Edit(id, file)));
            }
            Report::Recalled(settings) => {
                self.context.memory = Memory::read(&settings);
                if let Some(Screen::Home(home)) = self.screens.first_mut() {
                    home.recall(&mut self.context);
                }
            }
            Report::Kept => {}
            Report::Body(text) => self.push(Screen::Ask(Ask::new(Wish::Pipe(text), ""))),
            Report::Piped { command, answer } if answer.is_empty() => {
                self.say("notice.piped", &[("command", &command)]);
            }
            Report::Piped { command, answer } => self.push(Screen::Reply(Reply::new(command, answer))),
            Report::Exported(path) => self.say("notice.exported", &[("path", &path.display())]),
            Report::Tended { changed, more } => {
                if changed {
                    self.context.forget_desks();
                    self.renew();
                }
                if more {
                    self.context.jobs.push(Job::Tend);
                }
            }
            Report::Fetching { ticket, done, of, .. } => {
                self.context.advance(ticket, done, of);
                self.tell(&report);
            }
            Report::Fetched {
                ticket,
                new,
                failed,
                not_due,
                stopped,
            } => {
                self.context.end_fetching(ticket);
                self.say_fetched(new, failed, not_due, stopped);
                self.came();
            }
            Report::Filled(None) => {
                self.say("notice.filled", &[]);
                self.came();
                self.compare_again();
            }
            Report::Filled(Some(refused)) => self.not_filled(&refused),
            Report::Subscribed { title, url, new } => {
                let named = if title.is_empty() { &url } else { &title };
                let key = if new { "notice.subscribed" } else { "notice.known" };
                self.say(key, &[("title", named)]);
                self.came();
            }
            Report::NotSubscribed(address, trouble) => self.not_subscribed(&address, &trouble),
            Report::Imported(imported) => {
                let values: [(&str, &dyn Display); 4] = [
                    ("feeds", &imported.feeds),
                    ("articles", &imported.articles),
                    ("known", &imported.known),
                    ("refused", &imported.refused),
                ];
                self.say("notice.imported", &values);
                self.came();
            }
            Report::Changed { articles: true } => self.came(),
            Report::Changed { articles: false } => self.renew(),
            Report::Now(now) => self.context.now = now,
            Report::Failed { ticket, cannot, why } => self.failed(ticket, cannot.as_ref(), why),
            other => self.tell(&other),
        }
    }

    /// Tells the reader something with these values in it.
    fn say(&mut self, key: &'static str, values: &[(&str, &dyn Display)]) {
        let text = self.context.locale.fill(key, values);
        self.context.say(text);
    }

    /// Lets every screen take from a report what concerns it.
    fn tell(&mut self, report: &Report) {
        for screen in &mut self.screens {
            screen.report(report, &mut self.context);
        }
    }

    /// Gives a comparison to those who wait for it, and goes to it where the screen in use does.
    fn opened(&mut self, ticket: Ticket, desk: &Arc<Desk>) {
        for screen in &mut self.screens {
            screen.opened(ticket, desk, &mut self.context);
        }
        if let Some(screen) = self.screens.last_mut()
            && screen.awaits(ticket)
        {
            let compare = Screen::compare(Arc::clone(desk), screen.subject(), &self.context);
            self.push(compare);
        }
    }

    fn marked(&mut self, undo: Option<Box<Job>>) {
        // Tags and remarks are shown with the articles: those at hand are no longer as they are.
        if !undo.as_deref().is_some_and(is_of_lists) {
            self.context.forget_desks();
        }
        self.keep_undo(undo);
        self.renew();
    }

    fn regrouped(&mut self, undo: Option<Box<Job>>) {
        let text = self.context.locale.text(match undo {
            Some(_) => "notice.regrouped",
            None => "notice.regrouped-back",
        });
        self.context.say(text);
        self.keep_undo(undo);
        self.context.forget_desks();
        self.renew();
        self.compare_again();
        self.context.jobs.push(Job::Tend);
    }

    fn keep_undo(&mut self, undo: Option<Box<Job>>) {
        self.undo.extend(undo.map(|job| *job));
        if self.undo.len() > MOST_UNDO {
            self.undo.remove(0);
        }
    }

    /// Says what fetching brought.
    fn say_fetched(&mut self, new: usize, failed: usize, not_due: usize, stopped: bool) {
        let locale = &self.context.locale;
        let mut said = vec![counted(locale, "notice.new", new)];
        for (key, n) in [("notice.failed", failed), ("notice.not-due", not_due)] {
            said.extend((n > 0).then(|| counted(locale, key, n)));
        }
        said.extend(stopped.then(|| locale.text("notice.stopped").to_string()));
        let text = said.join(" · ");
        if failed > 0 && new == 0 {
            self.context.complain(text);
        } else {
            self.context.say(text);
        }
    }

    fn not_filled(&mut self, refused: &NoPage) {
        let locale = &self.context.locale;
        let why = match refused {
            NoPage::Trouble(trouble) => locale.trouble(trouble, "", Means::Keys).0,
            other => locale
                .lookup(&format!("notice.page.{other}"))
                .unwrap_or_default()
                .to_string(),
        };
        let text = locale.fill("notice.not-filled", &[("why", &why)]);
        self.context.complain(text);
    }

    fn not_subscribed(&mut self, address: &str, trouble: &Trouble) {
        let (why, hint) = self.context.locale.trouble(trouble, "", Means::Keys);
        let values: [(&str, &dyn Display); 3] = [("url", &address), ("why", &why), ("hint", &hint)];
        let key = match trouble {
            Trouble::NoFeed(announced) if announced.is_empty() => "notice.no-feed",
            Trouble::NoFeed(_) => "notice.not-subscribed-hint",
            _ => "notice.not-subscribed",
        };
        self.context.complain(self.context.locale.fill(key, &values));
    }

    fn failed(&mut self, ticket: Option<Ticket>, cannot: Option<&Cannot>, why: String) {
        for screen in &mut self.screens {
            screen.failed(ticket);
        }
        if let Some(ticket) = ticket {
            self.context.end_fetching(ticket);
        }
        let told = cannot.map(|cannot| cannot.told(&self.context.locale));
        let text: Vec<String> = told.into_iter().chain((!why.is_empty()).then_some(why)).collect();
        self.context.complain(text.join(": "));
    }

    /// Has what came into the library brought in order, and shows it.
    fn came(&mut self) {
        self.context.forget_desks();
        self.context.jobs.push(Job::Tend);
        self.renew();
    }

    /// Compares again what is side by side on the screen.
    fn compare_again(&mut self) {
        let desk = self.screens.iter().rev().find_map(Screen::desk);
        let Some(desk) = desk else { return };
        let articles = desk.articles.iter().map(|article| article.headline.id.clone());
        let wanted = Wanted::All(articles.collect());
        let ticket = self.context.ticket();
        self.context.jobs.push(Job::Open {
            ticket,
            wanted,
            glance: false,
        });
    }

    /// Counts and lists again what changed.
    fn renew(&mut self) {
        self.context.jobs.push(Job::Count);
        if let Some(Screen::Home(home)) = self.screens.first_mut() {
            home.renew(&mut self.context);
        }
        let shows_feeds = |screen: &Screen| matches!(screen, Screen::Feeds(_));
        if self.screens.iter().any(shows_feeds) {
            self.context.jobs.push(Job::Feeds);
        }
        if let Some(Screen::Search(search)) = self.screens.last_mut() {
            search.renew(&mut self.context);
        }
    }
}

/// Whether a job takes back only what lists show of articles.
fn is_of_lists(job: &Job) -> bool {
    let Job::Unmark(marks) = job else { return false };
    marks
        .iter()
        .all(|(_, mark)| matches!(mark, Mark::Read(_) | Mark::Starred(_)))
}
