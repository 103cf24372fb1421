use url::Url;

use super::MAX_FEED;
use super::gather::{Gain, read, trouble};
use crate::article::{Feed, Trouble};
use crate::intake::{Answer, Client, Request, Validators};

/// Where feeds stand on sites that do not announce them.
const USUAL_PLACES: [&str; 5] = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml"];

/// The feed at an address: its own, the first that its page announces, or one at a usual place of its site.
///
/// # Errors
/// The trouble with the address itself, where none of these is a feed.
pub fn discover(client: &Client, address: &str) -> Result<Feed, Trouble> {
    let address = if address.contains("://") {
        address.to_string()
    } else {
        format!("https://{address}")
    };
    let announced = match feed_at(client, &address) {
        Ok(feed) => return Ok(feed),
        Err(Trouble::NoFeed(announced)) => announced,
        Err(other) => return Err(other),
    };
    let site = Url::parse(&address).map_err(|_| Trouble::Address)?;
    let usual = USUAL_PLACES
        .iter()
        .filter_map(|place| site.join(place).ok())
        .map(String::from);
    // A page announces its main feed first; feeds of comments come after it.
    let candidates = announced.iter().take(3).cloned().chain(usual);
    for candidate in candidates {
        if let Ok(feed) = feed_at(client, &candidate) {
            return Ok(feed);
        }
    }
    Err(Trouble::NoFeed(announced))
}

fn feed_at(client: &Client, url: &str) -> Result<Feed, Trouble> {
    let request = Request {
        url,
        validators: Validators::default(),
        limit: MAX_FEED,
    };
    match client.fetch(&request).map_err(trouble)? {
        Answer::Body(fetched) => {
            let url = fetched.moved.clone().unwrap_or_else(|| url.to_string());
            match read(fetched)? {
                Gain::Feed { text, .. } => Ok(Feed {
                    url,
                    title: text.title,
                    ..Feed::default()
                }),
                Gain::Folder(_) | Gain::Unchanged(_) => Err(Trouble::NoFeed(Vec::new())),
            }
        }
        Answer::Gone => Err(Trouble::Gone),
        Answer::Refused { status, .. } => Err(Trouble::Status(status)),
        Answer::Unchanged { .. } => Err(Trouble::NoFeed(Vec::new())),
    }
}
