//! What two texts agree on and where they contradict each other: `cargo run --example compare -- one.txt other.txt`

use std::io::Write;
use std::path::Path;

use beide::compare::{Knowledge, compare};
use beide::intake::{Given, read_file};

fn main() -> anyhow::Result<()> {
    let mut articles = Vec::new();
    for path in std::env::args().skip(1) {
        let read = read_file(Path::new(&path), &Given::default());
        let intake = read.map_err(|(path, refusal)| anyhow::anyhow!("{}: {refusal:?}", path.display()))?;
        articles.push(intake.article);
    }
    let mut out = std::io::stdout().lock();
    for claim in compare(&articles, &Knowledge::default()).claims {
        writeln!(out, "{}: {}", claim.verdict.name(), claim.topic.join(" · "))?;
        for mention in &claim.mentions {
            let article = &articles[mention.article];
            let words = mention.figure.span.of(article.part(mention.part));
            writeln!(out, "    {words} – {}", article.headline.title)?;
        }
    }
    Ok(())
}
