//! What is done with the rows: opened, chosen, marked, taken apart, given away.

use crate::job::{Job, Manner, Mark, Order, Row, Ticket, Wanted};
use crate::ui::app::Context;
use crate::ui::screen::{Next, Screen};

use super::Home;
use super::preview::Preview;

impl Home {
    /// Goes to the row's comparison, at once where it is at hand.
    pub(super) fn open(&mut self, context: &mut Context) -> Next {
        let Some(wanted) = self.wanted() else {
            return Next::Stay;
        };
        if self.row().is_some_and(|row| row.unread > 0) {
            self.mark(context, |_| Mark::Read(true));
        }
        self.go_to(wanted, context)
    }

    fn go_to(&mut self, wanted: Wanted, context: &mut Context) -> Next {
        self.awaited = None;
        if let Some(desk) = context.desk(&wanted) {
            return Next::To(Box::new(Screen::compare(desk, self.subject(), context)));
        }
        let ticket = context.ticket();
        self.awaited = Some(ticket);
        context.jobs.push(open(ticket, wanted, false));
        Next::Stay
    }

    pub(super) fn pick(&mut self, context: &mut Context) {
        let Some(id) = self.row().map(|row| row.id.clone()) else {
            return;
        };
        match self.picked.iter().position(|picked| *picked == id) {
            Some(place) => {
                self.picked.remove(place);
            }
            None => self.picked.push(id),
        }
        self.step(1, context);
    }

    /// Compares what was chosen; with one chosen, that and the row under the cursor.
    pub(super) fn compare_picked(&mut self, context: &mut Context) -> Next {
        let mut ids = self.picked.clone();
        let here = self.row().map(|row| row.id.clone());
        ids.extend(here.filter(|id| ids.len() < 2 && !ids.contains(id)));
        if ids.len() < 2 {
            self.open(context)
        } else {
            self.go_to(Wanted::All(ids), context)
        }
    }

    /// Takes the article that is read in the preview, or is under the cursor, out of its story.
    pub(super) fn split(&self, context: &mut Context) {
        let Some(row) = self.row() else { return };
        let article = match self.list.order {
            Order::Stories if row.articles < 2 => None,
            Order::Stories => self.preview.as_ref().and_then(Preview::headline),
            Order::Dates | Order::Sources => return context.jobs.push(Job::Split(row.id.clone())),
        };
        match article {
            Some(article) => context.jobs.push(Job::Split(article.id.clone())),
            None => context.complain(context.locale.text("notice.alone")),
        }
    }

    /// Makes one story of those that were chosen; with one chosen, of that and the one under the cursor.
    pub(super) fn join(&mut self, context: &mut Context) {
        let mut ids = self.picked.clone();
        let here = self.row().map(|row| row.id.clone());
        ids.extend(here.filter(|id| ids.len() == 1 && !ids.contains(id)));
        if ids.len() < 2 {
            return context.complain(context.locale.text("notice.join-what"));
        }
        self.picked.clear();
        context.jobs.push(Job::Join(ids));
    }

    /// Keeps the story under the cursor together as it is.
    pub(super) fn pin(&self, context: &mut Context) {
        match self.row() {
            Some(row) if row.articles > 1 => context.jobs.push(Job::Join(vec![row.id.clone()])),
            _ => context.complain(context.locale.text("notice.alone")),
        }
    }

    /// Says something of the row's articles; it is seen at once.
    pub(super) fn mark(&mut self, context: &mut Context, mark: impl Fn(&Row) -> Mark) {
        let (Some(wanted), Some(row)) = (self.wanted(), self.rows.get_mut(self.cursor.at)) else {
            return;
        };
        let wanted = match wanted {
            Wanted::Near(id) => Wanted::All(vec![id]),
            other => other,
        };
        let mark = mark(row);
        match mark {
            Mark::Read(read) => row.unread = if read { 0 } else { row.articles },
            Mark::Starred(starred) => row.starred = starred,
            _ => {}
        }
        context.jobs.push(Job::Mark(wanted, mark));
    }

    pub(super) fn copy(&self, context: &mut Context) {
        if let Some(row) = self.row() {
            let title = row.title.clone();
            context.jobs.push(Job::Terminal(Manner::Copy(title)));
            context.say(context.locale.text("notice.copied"));
        }
    }

    pub(super) fn with_url(&self, context: &mut Context, job: impl Fn(String) -> Job) {
        let shown = self.preview.as_ref().and_then(Preview::headline);
        let url = shown.map_or_else(|| self.row()?.url.clone(), |headline| headline.url.clone());
        match url {
            Some(url) => {
                context.say(url.clone());
                context.jobs.push(job(url));
            }
            None => context.complain(context.locale.text("notice.no-link")),
        }
    }
}

pub(super) const fn open(ticket: Ticket, wanted: Wanted, glance: bool) -> Job {
    Job::Open {
        ticket,
        wanted,
        glance,
    }
}
