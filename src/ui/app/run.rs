//! Commands that concern the reader as a whole, and the ways from one screen to another.

use crate::article::Headline;
use crate::job::{Job, Manner};
use crate::ui::command::Command;
use crate::ui::screen::{Ask, Feeds, Next, Screen, Wish};

use super::App;

impl App {
    /// Does what the reader asks for, as if its key had been pressed.
    pub(super) fn run(&mut self, command: Command, times: usize) {
        match command {
            Command::Quit => self.leave(),
            Command::Undo => self.take_back(),
            Command::Redraw => self.context.jobs.push(Job::Terminal(Manner::Redraw)),
            Command::Suspend => self.context.jobs.push(Job::Terminal(Manner::Suspend)),
            Command::Mouse => self.switch_mouse(),
            Command::Search => self.push(Screen::search()),
            Command::Feeds => {
                let feeds = Feeds::new(&mut self.context);
                self.push(Screen::Feeds(feeds));
            }
            Command::Sync => self.sync(),
            Command::AddFeed => self.push(Screen::Ask(Ask::new(Wish::Feed, ""))),
            Command::Import => self.push(Screen::Ask(Ask::new(Wish::Import, ""))),
            Command::Demo => self.context.jobs.push(Job::Terminal(Manner::Demo)),
            Command::Help => {
                let place = self.place();
                self.push(Screen::help(place, &self.keymap, &self.context.locale));
            }
            Command::Commands => {
                let place = self.place();
                self.push(Screen::palette(place, &self.keymap, &self.context.locale));
            }
            Command::Tag => self.with_article(|app, headline| app.push(Screen::Ask(Ask::tags(&headline)))),
            Command::Note => {
                self.with_article(|app, headline| app.context.jobs.push(Job::Annotate(headline.id)));
            }
            Command::WholeText => self.with_article(Self::fill),
            Command::ReadConfig => self.context.jobs.push(Job::Terminal(Manner::ReadConfig)),
            Command::Pipe => self.pipe(false),
            Command::PipeArticle => self.pipe(true),
            Command::Back if self.leaves_word() => {}
            Command::Back if self.screens.len() == 1 => self.back_at_home(),
            Command::Back => self.pop(),
            other => {
                if let Some(screen) = self.screens.last_mut() {
                    let next = screen.command(other, times, &mut self.context);
                    self.go(next);
                }
            }
        }
    }

    /// Does something with the article that is read or under the cursor.
    fn with_article(&mut self, act: impl FnOnce(&mut Self, Headline)) {
        match self.screen().and_then(Screen::article).cloned() {
            Some(headline) => act(self, headline),
            None => {
                let text = self.context.locale.text("notice.no-article");
                self.context.complain(text);
            }
        }
    }

    fn fill(&mut self, headline: Headline) {
        let text = self.context.locale.text("notice.filling");
        self.context.say(text);
        self.context.jobs.push(Job::Fill(headline.id));
    }

    /// Takes the cursor from a word, where it is on one.
    fn leaves_word(&mut self) -> bool {
        match self.screens.last_mut() {
            Some(Screen::Compare(compare)) => compare.leave_word(),
            _ => false,
        }
    }

    /// Asks which program the passage, or the whole article, is given to; where only articles are listed, that is read first.
    fn pipe(&mut self, whole: bool) {
        let text = match self.screen() {
            Some(Screen::Compare(compare)) => compare.piped(whole, &self.context),
            _ => return self.with_article(|app, headline| app.context.jobs.push(Job::Body(headline.id))),
        };
        if let Some(text) = text {
            self.push(Screen::Ask(Ask::new(Wish::Pipe(text), "")));
        }
    }

    pub(super) fn go(&mut self, next: Next) {
        match next {
            Next::Stay => {}
            Next::Back => self.pop(),
            Next::To(screen) => self.push(*screen),
            Next::Run(command) => {
                self.pop();
                self.run(command, 1);
            }
            Next::Reveal(figure) => {
                self.pop();
                if let Some(Screen::Compare(compare)) = self.screens.last_mut() {
                    compare.reveal(figure, &self.context);
                }
            }
            Next::Onward => {
                self.pop();
                self.run(Command::NextUnread, 1);
                self.run(Command::Open, 1);
            }
            Next::Narrow(list) => {
                self.pop();
                if let Some(Screen::Home(home)) = self.screens.first_mut() {
                    home.narrow(*list, &mut self.context);
                }
            }
        }
    }

    pub(super) fn push(&mut self, mut screen: Screen) {
        screen.resize(&mut self.context);
        if let Screen::Compare(compare) = &screen
            && compare.desk().articles.len() > 1
        {
            let articles = compare.desk().articles.iter();
            let ids = articles.map(|article| article.headline.id.clone());
            self.context.jobs.push(Job::Compared(ids.collect()));
        }
        self.screens.push(screen);
    }

    fn pop(&mut self) {
        if self.screens.len() > 1
            && let Some(screen) = self.screens.pop()
        {
            screen.remember(&mut self.context);
        }
        if let Some(screen) = self.screens.last_mut() {
            screen.resize(&mut self.context);
        }
    }

    /// At home, going back first takes away what narrows the list, then leaves.
    fn back_at_home(&mut self) {
        if let Some(Screen::Home(home)) = self.screens.first_mut()
            && home.widen(&mut self.context)
        {
            return;
        }
        self.leave();
    }

    pub(super) fn leave(&mut self) {
        self.leaving = true;
        for screen in &self.screens {
            screen.remember(&mut self.context);
        }
        self.context
            .jobs
            .push(Job::Remember(self.context.memory.written()));
        self.context.jobs.push(Job::Terminal(Manner::Quit));
    }

    fn take_back(&mut self) {
        match self.undo.pop() {
            Some(job) => self.context.jobs.push(job),
            None => {
                let text = self.context.locale.text("notice.nothing-to-undo");
                self.context.say(text);
            }
        }
    }

    fn sync(&mut self) {
        if self.context.totals.feeds.feeds == 0 {
            return self.context.say(self.context.locale.text("notice.no-feeds"));
        }
        self.context.fetch(Vec::new());
    }

    fn switch_mouse(&mut self) {
        self.mouse = !self.mouse;
        let key = if self.mouse {
            "notice.mouse-on"
        } else {
            "notice.mouse-off"
        };
        let text = self.context.locale.text(key);
        self.context.say(text);
        self.context.jobs.push(Job::Terminal(Manner::Mouse(self.mouse)));
    }
}
