//! Fetching over HTTP with manners: asked politely, bounded in time and size, never led into a private network.

use std::io::Read;
use std::net::{IpAddr, ToSocketAddrs};
use std::time::{Duration, SystemTime};

use thiserror::Error;
use ureq::config::Config;
use ureq::http::{HeaderMap, StatusCode, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::{Host, Url};

/// Most redirects that are followed for one request.
const REDIRECTS: usize = 5;

/// How long a site may keep us waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until a connection is made.
    pub connect: Duration,
    /// For one request in all, its body included.
    pub call: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            call: Duration::from_secs(30),
        }
    }
}

/// Asks for addresses; cheap to clone, safe to share between threads.
#[derive(Clone)]
pub struct Client {
    open: Agent,
    /// The same, for addresses that a public site sent us to: it finds no private ones.
    guarded: Agent,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// The address, http or https.
    pub url: &'a str,
    /// What the site said of the version we have.
    pub validators: Validators,
    /// The most bytes the decoded body may have.
    pub limit: u64,
}

/// What a site says to tell versions apart; sent back exactly as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, with its quotes and `W/`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What a site answered.
#[derive(Debug)]
pub enum Answer {
    /// A body.
    Body(Fetched),
    /// Nothing has changed since the version we have (304).
    Unchanged {
        /// What to send the next time.
        validators: Validators,
        /// How long the answer stays fresh.
        fresh_for: Option<Duration>,
    },
    /// There will be nothing here any more (410).
    Gone,
    /// Anything else that is no success.
    Refused {
        /// The HTTP status.
        status: u16,
        /// When the site wants to be asked again.
        retry_after: Option<Duration>,
    },
}

/// A body and what was said of it.
#[derive(Debug)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: String,
    /// Where the address asked for has moved for good (301, 308), if every step there was for good.
    pub moved: Option<String>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// The media type in lower case, without its parameters.
    pub media_type: Option<String>,
    /// The charset that the header declares.
    pub charset: Option<String>,
    /// What to send the next time.
    pub validators: Validators,
    /// How long the answer stays fresh.
    pub fresh_for: Option<Duration>,
}

/// Why nothing was answered.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The address is none, or none that is fetched over HTTP.
    #[error("not an http or https address: {0}")]
    Address(String),
    /// A public site sent us to an address of a private network.
    #[error("redirected into a private network: {0}")]
    Private(String),
    /// More redirects than are followed.
    #[error("redirected more than {REDIRECTS} times")]
    Redirects,
    /// The body is larger than was asked for.
    #[error("larger than {0} bytes")]
    Large(u64),
    /// It took longer than a connection or a call may take.
    #[error("no answer in time")]
    Timeout,
    /// No such host.
    #[error("no such host: {0}")]
    Host(String),
    /// Anything else that went wrong on the way.
    #[error("{0}")]
    Network(String),
}

impl Client {
    /// A client that calls itself `user_agent` and uses the proxy of the environment, if there is one.
    pub fn new(user_agent: &str, patience: Patience) -> Self {
        let config = || {
            Config::builder()
                .user_agent(user_agent)
                .timeout_connect(Some(patience.connect))
                .timeout_global(Some(patience.call))
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .build()
        };
        let guarded = Agent::with_parts(config(), DefaultConnector::default(), PublicOnly::default());
        Self {
            open: config().new_agent(),
            guarded,
        }
    }

    /// Asks once, following redirects.
    ///
    /// # Errors
    /// Where nothing was answered; any HTTP status is an [`Answer`].
    pub fn fetch(&self, request: &Request) -> Result<Answer, FetchError> {
        let asked = http_address(request.url)?;
        let mut url = asked.clone();
        let mut moved_for_good = true;
        for _ in 0..=REDIRECTS {
            let guarded = url != asked && !is_private_site(&asked);
            let mut response = self.call(&url, request, guarded)?;
            let status = response.status();
            let Some(target) = redirect(status, response.headers(), &url) else {
                let moved = (moved_for_good && url != asked).then(|| url.to_string());
                return answer(&mut response, url.as_str(), moved, request.limit);
            };
            url = http_address(&target)?;
            moved_for_good &= matches!(status.as_u16(), 301 | 308);
        }
        Err(FetchError::Redirects)
    }

    fn call(
        &self,
        url: &Url,
        request: &Request,
        guarded: bool,
    ) -> Result<ureq::http::Response<Body>, FetchError> {
        if guarded && is_private_literal(url) {
            return Err(FetchError::Private(url.to_string()));
        }
        let agent = if guarded { &self.guarded } else { &self.open };
        let mut call = agent.get(url.as_str());
        if let Some(etag) = &request.validators.etag {
            call = call.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &request.validators.last_modified {
            call = call.header(header::IF_MODIFIED_SINCE, date);
        }
        call.call().map_err(|error| explained(error, url))
    }
}

fn explained(error: ureq::Error, url: &Url) -> FetchError {
    match error {
        ureq::Error::Timeout(_) => FetchError::Timeout,
        ureq::Error::HostNotFound => FetchError::Host(url.host_str().unwrap_or_default().to_string()),
        ureq::Error::BadUri(_) => FetchError::Address(url.to_string()),
        ureq::Error::Other(other) if other.is::<PrivateAddress>() => FetchError::Private(url.to_string()),
        other => FetchError::Network(other.to_string()),
    }
}

fn http_address(text: &str) -> Result<Url, FetchError> {
    let no_address = || FetchError::Address(text.to_string());
    let mut url = Url::parse(text.trim()).map_err(|_| no_address())?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(no_address());
    }
    url.set_fragment(None);
    Ok(url)
}

fn redirect(status: StatusCode, headers: &HeaderMap, from: &Url) -> Option<String> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let target = text_of(headers, &header::LOCATION)?;
    // A target that is no address is still a redirect: the caller says so.
    Some(from.join(&target).map_or(target, |url| url.to_string()))
}

fn answer(
    response: &mut ureq::http::Response<Body>,
    url: &str,
    moved: Option<String>,
    limit: u64,
) -> Result<Answer, FetchError> {
    let headers = response.headers();
    let validators = Validators {
        etag: text_of(headers, &header::ETAG),
        last_modified: text_of(headers, &header::LAST_MODIFIED),
    };
    let fresh_for = freshness(headers, SystemTime::now());
    match response.status().as_u16() {
        304 => {
            return Ok(Answer::Unchanged {
                validators,
                fresh_for,
            });
        }
        410 => return Ok(Answer::Gone),
        200..=299 => {}
        status => {
            let retry_after = retry_after(headers, SystemTime::now());
            return Ok(Answer::Refused { status, retry_after });
        }
    }
    let (media_type, charset) = content_type(headers);
    let body = read(response.body_mut(), limit)?;
    let url = url.to_string();
    Ok(Answer::Body(Fetched {
        url,
        moved,
        body,
        media_type,
        charset,
        validators,
        fresh_for,
    }))
}

/// Reads a body up to its end or the first break; what came before a broken connection is kept if it is anything.
fn read(body: &mut Body, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let mut reader = body
        .with_config()
        .limit(u64::MAX)
        .reader()
        .take(limit.saturating_add(1));
    let outcome = reader.read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(FetchError::Large(limit));
    }
    match outcome {
        Err(error) if is_timeout(&error) => Err(FetchError::Timeout),
        Err(error) if bytes.is_empty() => Err(FetchError::Network(error.to_string())),
        // A truncated feed still tells what it holds; the parser says where it breaks off.
        _ => Ok(bytes),
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ureq::Error>());
    error.kind() == std::io::ErrorKind::TimedOut || matches!(inner, Some(ureq::Error::Timeout(_)))
}

fn text_of(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_string();
    (!text.is_empty()).then_some(text)
}

fn content_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let Some(value) = text_of(headers, &header::CONTENT_TYPE) else {
        return (None, None);
    };
    let lower = value.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    let media_type = parts.next().filter(|name| !name.is_empty()).map(str::to_string);
    let charset = parts
        .find_map(|part| part.strip_prefix("charset="))
        .map(|name| name.trim_matches('"').to_string());
    (media_type, charset)
}

/// How long an answer stays fresh (RFC 9111): `max-age`, else `Expires`; `no-cache` and `no-store` are not fresh at all.
fn freshness(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let control = text_of(headers, &header::CACHE_CONTROL)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut directives = control.split(',').map(str::trim);
    if directives
        .clone()
        .any(|directive| matches!(directive, "no-cache" | "no-store"))
    {
        return None;
    }
    if let Some(age) = directives.find_map(|directive| directive.strip_prefix("max-age=")) {
        return age.trim_matches('"').parse().ok().map(Duration::from_secs);
    }
    let expires = httpdate::parse_http_date(&text_of(headers, &header::EXPIRES)?).ok()?;
    expires.duration_since(now).ok()
}

/// When to ask again (RFC 9110, 10.2.3): a number of seconds or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = text_of(headers, &header::RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    httpdate::parse_http_date(&value).ok()?.duration_since(now).ok()
}

/// A resolver that finds only addresses of the public internet.
#[derive(Debug, Default)]
struct PublicOnly(DefaultResolver);

#[derive(Debug, Error)]
#[error("an address of a private network")]
struct PrivateAddress;

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if found.iter().any(|address| is_private(address.ip())) {
            return Err(ureq::Error::Other(Box::new(PrivateAddress)));
        }
        Ok(found)
    }
}

/// Whether the address the user gave is itself on a private network: then so may be what it redirects to.
fn is_private_site(url: &Url) -> bool {
    if is_private_literal(url) {
        return true;
    }
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return false;
    };
    (host, port)
        .to_socket_addrs()
        .is_ok_and(|mut found| found.any(|address| is_private(address.ip())))
}

fn is_private_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private(address.into()),
        Some(Host::Ipv6(address)) => is_private(address.into()),
        _ => false,
    }
}

/// Whether an address is of no public network (RFC 6890): loopback, private, link-local, shared, reserved.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (18..20).contains(&b))
                || a >= 240
        }
        IpAddr::V6(v6) => {
            if let Some(v4) = v6.to_ipv4_mapped() {
                return is_private(v4.into());
            }
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.is_multicast()
        }
    }
}

#[cfg(test)]
mod tests;
