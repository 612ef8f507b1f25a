//! The frame around every page: language, whose page it is, navigation, footer, notices. Templates extend `layout.html`
//! and have a field `page: Page`.

use access::{Right, Rights};
use domain::Light;
use serde::Deserialize;
use usecases::people::lost_factor::OwnLoss;
use usecases::support::Presence;

use crate::office::NAV;
use crate::office::groups::words::moment;
use crate::visit::{Place, Visit};
use crate::{Lang, WebError, assets};

/// So many seconds before an idle login ends the page warns (WCAG 2.2, 2.2.1: at least 20).
const IDLE_NOTE_BEFORE: i64 = 5 * 60;

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    /// Where to.
    pub href: String,
    /// What it says.
    pub text: String,
    /// Whether it leads to the page one is on.
    pub current: bool,
}

impl NavLink {
    /// A link.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), current: false }
    }
}

/// Which kind of page it is; the layout differs a little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// An office's public site.
    Site,
    /// Behind the login.
    Office,
    /// The base domain, or a host nobody has.
    Platform,
}

impl Frame {
    /// The class of the page's body.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Office => "office",
            Self::Platform => "platform",
        }
    }

    /// Whether someone is logged in on this page.
    pub const fn logged_in(self) -> bool {
        matches!(self, Self::Office)
    }

    /// Whether a frightened seeker may be here: only then the page can be left quickly.
    pub const fn quick_exit(self) -> bool {
        matches!(self, Self::Site)
    }
}

/// How a notice sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// For your information.
    Info,
    /// It worked.
    Success,
    /// Mind this.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    /// The class of the banner.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A notice on top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// How it sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// The notice that a redirect asked for, see [`Page::flash`].
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Flash {
    pub(crate) meldung: Option<String>,
}

/// The frame of a page.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what is on a page or not, each for itself")]
pub struct Page {
    /// In which language.
    pub lang: Lang,
    /// Which kind.
    pub frame: Frame,
    /// What stands in the browser's tab, before the name of the place.
    pub title: String,
    /// The name of the place: the office, or the platform.
    pub brand: String,
    /// The line below it, may be empty.
    pub brand_line: String,
    /// Where the name leads.
    pub home: String,
    /// Links on top.
    pub nav: Vec<NavLink>,
    /// Links at the bottom.
    pub footer: Vec<NavLink>,
    /// Path and query of this page, for the language switch.
    pub here: String,
    /// Whether search engines may list it.
    pub indexed: bool,
    /// Whether the office is in trial, which every page says.
    pub trial: bool,
    /// For search engines and previews, may be empty.
    pub description: String,
    /// The one address of the page, may be empty.
    pub canonical: String,
    /// schema.org data, already fit for a script element; may be empty.
    pub json_ld: String,
    /// A notice on top.
    pub banner: Option<Banner>,
    /// The link back, above the heading.
    pub back: Option<NavLink>,
    /// Whether the page uses the whole width (tables).
    pub wide: bool,
    /// Whether nothing but the page's own button leads on: what stands here is shown once.
    pub once: bool,
    /// Whether its reader has an account here: the operator's support has none.
    pub account: bool,
    /// What its reader may do.
    pub rights: Rights,
    /// Who of the operator's support may be in the office now; every page behind the login says so.
    pub support: Vec<SupportNote>,
    /// That its reader's second factor is about to be taken away.
    pub loss: Option<String>,
}

fn loss_note(lang: Lang, OwnLoss { by_operator, due_at }: OwnLoss) -> String {
    let key = if by_operator { "own-loss-operator" } else { "own-loss" };
    lang.t1(key, "at", moment(lang, due_at))
}

/// That someone of the operator's support may be in the office now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportNote {
    /// Who, and until when.
    pub text: String,
    /// Where the form is sent that ends it, if its reader may.
    pub end: Option<String>,
}

impl SupportNote {
    fn of(visit: &Visit, present: &Presence) -> Self {
        let until = moment(visit.lang, present.until);
        let text = if present.myself {
            visit.lang.t1("support-banner-myself", "until", until)
        } else {
            visit.lang.tx("support-banner", [("name", present.name.clone().into()), ("until", until.into())])
        };
        let may_end = visit.rights().contains(Right::GrantSupport);
        Self { text, end: may_end.then(|| format!("/office/unterstuetzung/{}/beenden", present.account)) }
    }
}

impl Page {
    pub(crate) fn of(visit: &Visit, title: String) -> Self {
        let lang = visit.lang;
        let mut page = Self {
            lang,
            frame: Frame::Platform,
            title,
            brand: lang.t("brand").to_owned(),
            brand_line: lang.t("brand-line").to_owned(),
            home: "/".to_owned(),
            nav: Vec::new(),
            footer: Vec::new(),
            here: visit.address.clone(),
            indexed: false,
            trial: false,
            description: String::new(),
            canonical: String::new(),
            json_ld: String::new(),
            banner: None,
            back: None,
            wide: false,
            once: false,
            account: !visit.notes().support.iter().any(|present| present.myself),
            rights: visit.rights(),
            support: visit.notes().support.iter().map(|present| SupportNote::of(visit, present)).collect(),
            loss: visit.notes().loss.map(|loss| loss_note(lang, loss)),
        };
        match &visit.place {
            Place::Office(site) => {
                page.frame = Frame::Site;
                page.brand.clone_from(&site.profile.name);
                lang.t("site-brand-line").clone_into(&mut page.brand_line);
                page.nav = page.links(&[("/", "nav-groups"), ("/ueber-uns", "nav-about")]);
                page.footer = page.links(&[
                    ("/impressum", "nav-imprint"),
                    ("/datenschutz", "nav-privacy"),
                    ("/barrierefreiheit", "nav-accessibility"),
                    ("/cookies", "nav-cookies"),
                    ("/login", "nav-login"),
                ]);
                page.trial = site.visibility == domain::office::Visibility::Trial;
                page.indexed = site.visibility == domain::office::Visibility::Live;
            }
            Place::Platform => {
                page.nav = page.links(&[("/", "nav-platform-home"), ("/anmelden", "nav-signup")]);
                page.indexed = true;
            }
            Place::Nowhere => {}
        }
        page
    }

    fn links(&self, links: &[(&'static str, &'static str)]) -> Vec<NavLink> {
        let path = self.here.split('?').next().unwrap_or_default();
        links
            .iter()
            .map(|(href, key)| NavLink { current: *href == path, ..NavLink::new(*href, self.lang.t(key)) })
            .collect()
    }

    /// The frame of a page behind the login: the office's links that its user may follow instead of the public ones, not
    /// indexed.
    #[must_use]
    pub fn office(mut self) -> Self {
        let path = self.here.split('?').next().unwrap_or_default().to_owned();
        self.frame = Frame::Office;
        "/office".clone_into(&mut self.home);
        self.lang.t("office-brand-line").clone_into(&mut self.brand_line);
        let may = NAV.iter().filter(|(.., right)| self.rights.contains(*right));
        self.nav = self.links(&may.map(|(href, key, _)| (*href, *key)).collect::<Vec<_>>());
        // Pages that stand below one of the links without saying so in their address.
        let above = [
            ("/office/rollen", "/office/personen"),
            ("/office/warnungen", "/office"),
            ("/office/vorschlaege", "/office/pruefung"),
            ("/office/einwilligungen", "/office/gruppen"),
            ("/office/unterstuetzung", "/office/einstellungen"),
        ];
        let above = above.into_iter().find(|(from, _)| path == *from || path.starts_with(&format!("{from}/")));
        for link in &mut self.nav {
            let below = link.href.len() > "/office".len() && path.starts_with(&format!("{}/", link.href));
            link.current = link.current || below || above.is_some_and(|(_, above)| above == link.href);
        }
        self.footer = self.links(&[("/", "nav-public-site")]);
        self.indexed = false;
        self
    }

    /// Without any link but the page's own button: what stands here is shown once, and one click elsewhere would lose it.
    #[must_use]
    pub fn shown_once(mut self) -> Self {
        self.once = true;
        self.nav.clear();
        self.footer.clear();
        self
    }

    /// With a link back.
    #[must_use]
    pub fn back_to(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        self.back = Some(NavLink::new(href, text));
        self
    }

    /// With a notice on top.
    #[must_use]
    pub fn notice(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.banner = Some(Banner { tone, text: text.into() });
        self
    }

    /// With the notice that a redirect asked for (`?meldung=gespeichert`): only texts `flash-…` that exist are shown.
    #[must_use]
    pub fn flash(self, code: Option<&str>) -> Self {
        let Some(code) = code.filter(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) else {
            return self;
        };
        let key = format!("flash-{code}");
        if self.lang.has(&key) {
            let text = self.lang.t(&key);
            return self.notice(Tone::Success, text);
        }
        self
    }

    /// A text; see [`Lang::t`].
    pub fn t(&self, key: &str) -> &'static str {
        self.lang.t(key)
    }

    /// A text with a count.
    pub fn tn(&self, key: &str, count: &usize) -> String {
        self.lang.tn(key, *count)
    }

    /// A text with one part, called `name`.
    pub fn t1(&self, key: &str, name: &'static str, value: &str) -> String {
        self.lang.t1(key, name, value.to_owned())
    }

    /// A light in words.
    pub fn light(&self, light: &Light) -> &'static str {
        self.lang.choice("light", light.code())
    }

    /// A light in one sentence.
    pub fn light_means(&self, light: &Light) -> &'static str {
        self.lang.choice("light-means", light.code())
    }

    /// Without a request for so many seconds the page warns that the login will end.
    pub fn idle_note_after(&self) -> i64 {
        usecases::account::IDLE.as_secs() - IDLE_NOTE_BEFORE
    }

    /// Without a request for so many seconds the login has ended.
    pub fn idle_end_after(&self) -> i64 {
        usecases::account::IDLE.as_secs()
    }

    /// Where the page asks to stay logged in.
    pub fn stay(&self) -> &'static str {
        crate::account::stay::PATH
    }

    /// The text of a code, such as `choice("format", "on_site")`.
    pub fn choice(&self, prefix: &str, code: &str) -> &'static str {
        self.lang.choice(prefix, code)
    }

    /// Address of the stylesheet.
    pub fn css(&self) -> &'static str {
        assets::css()
    }

    /// Address of the script.
    pub fn js(&self) -> &'static str {
        assets::js()
    }

    /// Address of the icon.
    pub fn icon(&self) -> &'static str {
        assets::icon()
    }

    /// The link to the same page in the other language.
    pub fn switch(&self) -> String {
        let back: String = url::form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        format!("/sprache/{}?zurueck={back}", self.lang.other().code())
    }
}

/// Renders a template as an answer.
pub fn html<T: askama::Template>(template: &T) -> Result<axum::response::Html<String>, WebError> {
    Ok(axum::response::Html(template.render()?))
}

/// Where one is in a list of several pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// This one, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
}

impl Pages {
    /// The pages of a list of `total` things, `size` on each; `address` gives the link to a page.
    pub fn of(total: usize, size: usize, number: usize, address: impl Fn(usize) -> String) -> Self {
        let count = total.div_ceil(size.max(1)).max(1);
        let number = number.clamp(1, count);
        Self {
            number,
            count,
            previous: (number > 1).then(|| address(number - 1)),
            next: (number < count).then(|| address(number + 1)),
        }
    }

    /// Positions in the list that this page shows.
    pub fn range(&self, total: usize, size: usize) -> std::ops::Range<usize> {
        let start = (self.number.saturating_sub(1) * size).min(total);
        start..(start + size).min(total)
    }

    /// "Seite 2 von 5".
    pub fn position(&self, lang: &Lang) -> String {
        lang.tx("pages-position", [("number", self.number.into()), ("count", self.count.into())])
    }
}

/// The paragraphs of a text, each as its lines: blank lines part paragraphs.
pub fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), paragraphs.last_mut()) {
            (false, Some(lines)) => lines.push(line),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::{Pages, paragraphs};

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("a\r\nb\n\n\n c \n"), [vec!["a", "b"], vec!["c"]]);
        assert!(paragraphs(" \n").is_empty());
    }

    #[test]
    fn a_page_that_does_not_exist_is_the_last_one() {
        let pages = Pages::of(95, 50, 9, |number| format!("/?seite={number}"));
        assert_eq!((pages.number, pages.count, pages.range(95, 50)), (2, 2, 50..95));
        assert_eq!((pages.previous.as_deref(), pages.next), (Some("/?seite=1"), None));
        assert_eq!(Pages::of(0, 50, 1, |_| String::new()).range(0, 50), 0..0);
    }
}
