//! Follows every link of a host, as a search engine or a scraper would.

use std::collections::{BTreeSet, VecDeque};

use testkit::{Answer, Visitor};

/// More pages than this are no site of a test any more.
const MOST: usize = 3_000;

/// Everything a visitor was answered.
#[derive(Debug, Default)]
pub struct Crawl {
    /// Address and answer.
    pub answers: Vec<(String, Answer)>,
    /// Names of the cookies that were set.
    pub cookies: BTreeSet<String>,
}

impl Crawl {
    /// Visits the addresses and everything they lead to on this host, in the visitor's language.
    ///
    /// # Panics
    /// When the site does not come to an end.
    pub async fn of(visitor: &Visitor, host: &str, from: impl IntoIterator<Item = String>) -> Self {
        let mut crawl = Self::default();
        let mut waiting: VecDeque<String> = from.into_iter().collect();
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(path) = waiting.pop_front() {
            let answer = visitor.get(&path).await;
            for link in links(&answer) {
                if let Some(path) = own_path(&link, host)
                    && seen.insert(path.clone())
                {
                    waiting.push_back(path);
                }
            }
            crawl.keep(path, answer);
            assert!(seen.len() < MOST, "the site has no end: {:?}", waiting.iter().rev().take(5).collect::<Vec<_>>());
        }
        crawl
    }

    /// Adds an answer got in another way.
    pub fn keep(&mut self, address: impl Into<String>, answer: Answer) {
        for line in answer.headers.get_all("set-cookie") {
            let name = line.to_str().unwrap().split('=').next().unwrap();
            self.cookies.insert(name.to_owned());
        }
        self.answers.push((address.into(), answer));
    }

    /// Addresses whose answer contains this.
    pub fn with(&self, word: &str) -> Vec<&str> {
        self.answers.iter().filter(|(_, answer)| answer.bytes().contains(word)).map(|(path, _)| path.as_str()).collect()
    }
}

/// Everything in an answer that looks like an address.
fn links(answer: &Answer) -> Vec<String> {
    let mut links = vec![answer.location().to_owned()];
    for (begin, end) in
        [("href=\"", '"'), ("src=\"", '"'), ("<loc>", '<'), ("\"url\":\"", '"'), ("Sitemap: ", '\n'), ("URL:", '\r')]
    {
        for rest in answer.text.split(begin).skip(1) {
            links.push(rest.split(end).next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&"));
        }
    }
    links
}

/// The path on this host that a link leads to. Links that only change the language are left to visitors of the other language.
fn own_path(link: &str, host: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default();
    let path = match link.strip_prefix("http://") {
        Some(rest) => {
            let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
            if authority.split(':').next() != Some(host) {
                return None;
            }
            format!("/{path}")
        }
        None if link.starts_with('?') => format!("/{link}"),
        None if link.starts_with('/') && !link.starts_with("//") => link.to_owned(),
        None => return None,
    };
    (!path.starts_with("/sprache/")).then_some(path)
}
