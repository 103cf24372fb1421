//! How fast figures are read: running news in each language, and texts made to be slow.

use std::fmt::Write;
use std::hint::black_box;

use beide::article::Language;
use beide::figure::extract;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// A few sentences of ordinary news, most of them without a figure.
const GERMAN: &str = "Der Gemeinderat hat am Dienstagabend lange über die Zukunft des alten Güterbahnhofs gestritten. \
Nach Angaben der Verwaltung soll das Gelände mit einer Fläche von rund 14 Hektar bis 2031 bebaut werden; die Kosten \
schätzt sie auf 86,5 Millionen Euro. Eine Sprecherin der Bürgerinitiative sagte, niemand habe etwas gegen Wohnungen, \
aber die Bäume an der Südseite seien mehr als hundert Jahre alt und müssten bleiben. Der Bürgermeister versprach, das \
Gutachten noch vor der Sommerpause vorzulegen. Im vergangenen Jahr waren die Mieten im Viertel um 7,8 Prozent gestiegen.\n";
const DUTCH: &str = "De gemeenteraad heeft dinsdagavond lang gedebatteerd over de toekomst van het oude \
rangeerterrein. Volgens het college wordt het terrein van ongeveer 14 hectare voor 2031 bebouwd; de kosten worden \
geschat op 86,5 miljoen euro. Een woordvoerster van de bewoners zei dat niemand iets tegen woningen heeft, maar dat de \
bomen aan de zuidkant ouder zijn dan honderd jaar en moeten blijven. De burgemeester beloofde dat het rapport er nog \
voor de zomer komt. Vorig jaar stegen de huren in de wijk met 7,8 procent.\n";
const ENGLISH: &str = "Councillors argued late into Tuesday evening over the future of the old goods yard. The town \
hall wants to build on the site, which covers some 14 hectares, by 2031 and puts the bill at £86.5m. A spokeswoman for \
the residents said nobody had anything against homes, but that the trees on the southern side were more than a \
hundred years old and had to stay. The mayor promised that the survey would be published before the summer break. Rents \
in the quarter rose by 7.8% last year.\n";

/// Pieces that, repeated, try every rule that looks around.
const HOSTILE: &[&str] = &[
    "1",
    "1 ",
    "1.",
    "1-",
    "1,",
    "zwei-",
    "zwei ",
    "hundert und ",
    "drei Millionen ",
    "5 Kronen ",
    "5 Cent ",
    "(1)",
    "mehr als ",
    "von 3 auf ",
    "am 3. ",
    "3 bis ",
    "legte 3 ",
    "Montag ",
];

fn running_news(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("figures");
    for (language, text) in [
        (Language::German, GERMAN),
        (Language::Dutch, DUTCH),
        (Language::English, ENGLISH),
    ] {
        let news = text.repeat(200_000 / text.len());
        group.throughput(Throughput::Bytes(news.len() as u64));
        group.bench_function(language.code(), |b| {
            b.iter(|| extract(black_box(&news), language, None))
        });
    }
    group.finish();
}

fn hostile_texts(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("hostile");
    group.sample_size(10);
    for piece in HOSTILE {
        for size in [100_000, 400_000] {
            let text = piece.repeat(size / piece.len());
            let mut name = String::new();
            let _ = write!(name, "{piece:?} {size}");
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(name, |b| {
                b.iter(|| extract(black_box(&text), Language::German, None))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, running_news, hostile_texts);
criterion_main!(benches);
