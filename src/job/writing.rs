//! The worker that writes: the library, files, and the browser's start.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::article::{Article, ArticleId, Feed};
use crate::compare::Correction;
use crate::library::{Library, Mark, Place};

use super::worker::Work;
use super::{Cannot, Compare, Form, Job, Report, SmartList, Wanted};

/// The articles that are grouped into stories before the reader is heard again.
const SETTLED_AT_ONCE: usize = 500;

/// How long figures are compared before the reader is heard again.
const LONGEST_PIECE: Duration = Duration::from_millis(150);

/// Writes what the reader says and asks for.
pub struct Writing {
    library: Library,
    compare: Compare,
    version: u32,
    export: Export,
    browser: Vec<String>,
}

/// How a comparison is written: its text in a form.
pub type Export = Arc<dyn Fn(&[Article], &[Correction], Form) -> Result<String> + Send + Sync>;

impl Writing {
    /// Opens the library at `place`. `version` is that of the code behind `compare`; `browser` is the program that opens addresses, with its arguments.
    pub fn new(
        place: &Place,
        (compare, version): (Compare, u32),
        export: Export,
        browser: Vec<String>,
    ) -> Result<Self> {
        let library = place.open().context(Cannot::new("job.open-library"))?;
        Ok(Self {
            library,
            compare,
            version,
            export,
            browser,
        })
    }

    fn mark(&mut self, wanted: Wanted, mark: &Mark) -> Result<Job> {
        let ids = match wanted {
            Wanted::All(ids) => ids,
            Wanted::Story(id) | Wanted::Near(id) => self
                .library
                .story(&id)?
                .into_iter()
                .map(|entry| entry.headline.id)
                .collect(),
        };
        Ok(Job::Unmark(self.library.mark(&ids, mark)?))
    }

    /// Keeps a question as a list, and returns what brings back what was there.
    fn keep(&mut self, list: SmartList) -> Result<Job> {
        let before = self.library.saved_queries()?;
        let before = before.into_iter().find(|saved| saved.name == list.name);
        let undo = before.map_or_else(|| Job::Forget(list.name.clone()), |saved| Job::Keep(saved.into()));
        self.library.save_query(&list.into())?;
        Ok(undo)
    }

    fn forget(&mut self, name: &str) -> Result<Option<Job>> {
        let before = self.library.saved_queries()?;
        let before = before.into_iter().find(|saved| saved.name == name);
        self.library.forget_query(name)?;
        Ok(before.map(|saved| Job::Keep(saved.into())))
    }

    /// Sets what is said of a feed, and gives what takes it back.
    fn set_feed(&mut self, feed: &Feed) -> Result<Option<Job>> {
        let all = self.library.subscriptions()?;
        let before = all.into_iter().find(|one| one.feed.url == feed.url);
        self.library.set_feed(feed)?;
        Ok(before.map(|one| Job::SetFeed(Box::new(one.feed))))
    }

    /// Does a piece of what is left to do after articles came: first stories, then the index, then figures.
    fn tend(&mut self) -> Result<Report> {
        let before = self.library.count_stories()?;
        let unsettled = self.library.settle(SETTLED_AT_ONCE)?;
        let mut changed = unsettled || self.library.count_stories()? != before;
        let mut more = unsettled;
        if !unsettled {
            changed |= self.library.catch_up()? > 0;
            let begin = Instant::now();
            while self.library.weigh(self.version, &*self.compare)? {
                changed = true;
                more = begin.elapsed() > LONGEST_PIECE;
                if more {
                    break;
                }
            }
            if !more {
                self.library.learn_words(jiff::Zoned::now().date())?;
            }
        }
        Ok(Report::Tended { changed, more })
    }

    /// A new file, for the user alone, with the remark on an article.
    fn annotate(&self, id: &ArticleId) -> Result<PathBuf> {
        let note = self.library.entry(id)?.and_then(|entry| entry.state.note);
        let name: String = std::iter::repeat_with(fastrand::alphanumeric).take(12).collect();
        let path = std::env::temp_dir().join(format!("beide-{name}.md"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options
            .open(&path)
            .with_context(|| Cannot::with("job.write", path.display()))?;
        file.write_all(note.unwrap_or_default().as_bytes())?;
        Ok(path)
    }

    /// Takes a remark from its file, and tells what takes it back; none where it is as it was.
    fn noted(&mut self, id: ArticleId, path: &Path) -> Result<Option<Job>> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let note: String = text
            .trim_end()
            .chars()
            .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
            .collect();
        let note = Some(note).filter(|note| !note.trim().is_empty());
        let undo = self.library.mark(&[id], &Mark::Note(note))?;
        std::fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
        Ok((!undo.is_empty()).then_some(Job::Unmark(undo)))
    }

    fn export(&self, ids: &[ArticleId], form: Form) -> Result<PathBuf> {
        let articles: Vec<Article> = ids
            .iter()
            .filter_map(|id| self.library.article(id).transpose())
            .collect::<Result<_>>()?;
        let Some(first) = articles.first() else {
            bail!(Cannot::new("job.nothing-to-export"))
        };
        let text = (self.export)(&articles, &self.library.corrections(ids)?, form)?;
        let folder = std::env::current_dir()?;
        let path = free_name(&folder, &first.headline.title, form)?;
        std::fs::write(&path, text).with_context(|| Cannot::with("job.write", path.display()))?;
        Ok(path)
    }

    /// Starts the browser with the address as an argument, never through a shell; only for addresses of the web.
    fn browse(&self, url: &str) -> Result<()> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            bail!(Cannot::with("job.no-address", url));
        }
        let Some((program, arguments)) = self.browser.split_first() else {
            bail!(Cannot::new("job.no-browser"))
        };
        let child = Command::new(program)
            .args(arguments)
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.with_context(|| Cannot::with("job.start", program))?;
        // What has ended is there until somebody asks for its end.
        thread::spawn(move || drop(child.wait()));
        Ok(())
    }
}

impl Work for Writing {
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
        match job {
            Job::Tend => report(self.tend().context(Cannot::new("job.tend"))?),
            Job::Mark(wanted, mark) => {
                let undo = self.mark(wanted, &mark).context(Cannot::new("job.mark"))?;
                report(Report::Marked(Some(Box::new(undo))));
            }
            Job::Unmark(marks) => {
                self.library.undo(&marks).context(Cannot::new("job.undo"))?;
                report(Report::Marked(None));
            }
            Job::Split(article) => {
                let before = self.library.split(&article).context(Cannot::new("job.split"))?;
                report(Report::Regrouped(Some(Box::new(Job::Decide(before)))));
            }
            Job::Join(articles) => {
                let before = self.library.join(&articles).context(Cannot::new("job.join"))?;
                report(Report::Regrouped(Some(Box::new(Job::Decide(before)))));
            }
            Job::Compared(articles) => {
                self.library.keep_compared(&articles)?;
                report(Report::Kept);
            }
            Job::Correct(correction) => {
                self.library
                    .correct(&correction)
                    .context(Cannot::new("job.correct"))?;
                report(Report::Regrouped(Some(Box::new(Job::Uncorrect(correction)))));
            }
            Job::Uncorrect(correction) => {
                self.library
                    .forget_correction(&correction)
                    .context(Cannot::new("job.undo"))?;
                report(Report::Regrouped(None));
            }
            Job::Decide(decisions) => {
                self.library.decide(&decisions).context(Cannot::new("job.undo"))?;
                report(Report::Regrouped(None));
            }
            Job::Keep(list) => {
                let undo = self.keep(list).context(Cannot::new("job.keep-list"))?;
                report(Report::Marked(Some(Box::new(undo))));
            }
            Job::Forget(name) => {
                let undo = self.forget(&name).context(Cannot::new("job.forget-list"))?;
                report(Report::Marked(undo.map(Box::new)));
            }
            Job::Unsubscribe(url) => {
                let gone = self
                    .library
                    .unsubscribe(&[url])
                    .context(Cannot::new("job.unsubscribe"))?;
                report(Report::Marked(Some(Box::new(Job::Resubscribe(gone)))));
            }
            Job::Resubscribe(gone) => {
                self.library.resubscribe(&gone).context(Cannot::new("job.undo"))?;
                report(Report::Marked(None));
            }
            Job::SetFeed(feed) => report(Report::Marked(
                self.set_feed(&feed)
                    .context(Cannot::new("job.set-feed"))?
                    .map(Box::new),
            )),
            Job::Annotate(id) => {
                let file = self.annotate(&id).context(Cannot::new("job.edit-note"))?;
                report(Report::Annotating(id, file));
            }
            Job::Noted(id, file) => {
                let undo = self.noted(id, &file).context(Cannot::new("job.keep-note"))?;
                report(Report::Marked(undo.map(Box::new)));
            }
            Job::Remember(settings) => {
                for (name, value) in settings {
                    self.library.keep_setting(&name, &value)?;
                }
                report(Report::Kept);
            }
            Job::Export { articles, form } => report(Report::Exported(self.export(&articles, form)?)),
            Job::Browse(url) => self.browse(&url)?,
            _ => {}
        }
        Ok(())
    }
}

/// A file in `folder` that does not exist yet, named after a title.
fn free_name(folder: &Path, title: &str, form: Form) -> Result<PathBuf> {
    let ending = match form {
        Form::Markdown => "md",
        Form::Json => "json",
        Form::Html => "html",
    };
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6);
    let stem = words.collect::<Vec<_>>().join("-").to_lowercase();
    let stem: String = if stem.is_empty() {
        "beide".to_string()
    } else {
        stem.chars().take(60).collect()
    };
    (1..1000)
        .map(|number| {
            if number == 1 {
                format!("{stem}.{ending}")
            } else {
                format!("{stem}-{number}.{ending}")
            }
        })
        .map(|name| folder.join(name))
        .find(|path| !path.exists())
        .context(Cannot::new("job.too-many-files"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_the_title_and_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = |title: &str| {
            let path = free_name(folder.path(), title, Form::Html).expect("a name");
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        assert_eq!(name("KI: 380 Milliarden / ../x"), "ki-380-milliarden-x.html");
        std::fs::write(folder.path().join("a.html"), "").expect("a file");
        assert_eq!(name("A"), "a-2.html");
        assert_eq!(name("…"), "beide.html");
    }
}
