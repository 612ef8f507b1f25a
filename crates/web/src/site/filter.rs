//! What a seeker asked for, as it stands in the address: `/?suche=angst&ort=04103&bereich=health&offen=ja`.

use std::fmt::Write;

use directory::Query;
use domain::Field;
use domain::catalogue::Kind;
use url::form_urlencoded;

/// The question of a directory page. The address is its only home, so it survives sharing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// What is asked.
    pub query: Query,
    /// Page of the result, from 1.
    pub number: usize,
}

/// One part of a filter that can be taken away again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    Place(String),
    Sector(String),
    Audience(String),
    Format(String),
    Open,
    Accessible,
    Language(String),
}

impl Filter {
    /// Reads a query string; what makes no sense is left out.
    pub(crate) fn parse(query_string: &str) -> Self {
        let mut filter = Self { number: 1, ..Self::default() };
        let query = &mut filter.query;
        for (name, value) in form_urlencoded::parse(query_string.as_bytes()).take(60) {
            let value: String = value.trim().chars().filter(|c| !c.is_control()).take(200).collect();
            match &*name {
                _ if value.is_empty() => {}
                "suche" => query.text = value,
                "ort" => query.place = value,
                "umkreis" => query.radius_km = value.parse::<u32>().unwrap_or_default().min(1_000),
                "bereich" => add(&mut query.sectors, Field::Sector, value),
                "form" => add(&mut query.formats, Field::Format, value),
                "fuer" => query.audience = Some(value).filter(|value| is_choice(Field::Audience, value)),
                "offen" => query.open_only = value == "ja",
                "barrierefrei" => query.accessible_only = value == "ja",
                "sprache" => query.language = Some(value),
                "seite" => filter.number = value.parse::<usize>().unwrap_or(1).clamp(1, 10_000),
                _ => {}
            }
        }
        if query.place.is_empty() {
            query.radius_km = 0;
        }
        filter
    }

    /// The address of this question, in one order, empty parts left out.
    pub(crate) fn address(&self) -> String {
        let Query { text, sectors, audience, place, radius_km, formats, open_only, accessible_only, language } =
            &self.query;
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        };
        add("suche", text);
        add("ort", place);
        if *radius_km > 0 {
            add("umkreis", &radius_km.to_string());
        }
        for sector in sectors {
            add("bereich", sector);
        }
        add("fuer", audience.as_deref().unwrap_or_default());
        for format in formats {
            add("form", format);
        }
        add("offen", if *open_only { "ja" } else { "" });
        add("barrierefrei", if *accessible_only { "ja" } else { "" });
        add("sprache", language.as_deref().unwrap_or_default());
        let mut address = out.finish();
        if self.number > 1 {
            let and = if address.is_empty() { "" } else { "&" };
            let _ = write!(address, "{and}seite={}", self.number);
        }
        if address.is_empty() { "/".to_owned() } else { format!("/?{address}") }
    }

    /// Whether anything is asked at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.query == Query::default()
    }

    /// How many things but text and place narrow the result.
    pub(crate) fn has_more(&self) -> usize {
        self.parts().iter().filter(|part| !matches!(part, Part::Text(_) | Part::Place(_))).count()
    }

    /// Everything asked, part by part.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let query = &self.query;
        let mut parts = Vec::new();
        if !query.text.is_empty() {
            parts.push(Part::Text(query.text.clone()));
        }
        if !query.place.is_empty() {
            parts.push(Part::Place(query.place.clone()));
        }
        parts.extend(query.sectors.iter().cloned().map(Part::Sector));
        parts.extend(query.audience.iter().cloned().map(Part::Audience));
        parts.extend(query.formats.iter().cloned().map(Part::Format));
        if query.open_only {
            parts.push(Part::Open);
        }
        if query.accessible_only {
            parts.push(Part::Accessible);
        }
        parts.extend(query.language.iter().cloned().map(Part::Language));
        parts
    }

    /// The same question without one part.
    pub(crate) fn without(&self, part: &Part) -> Self {
        let mut filter = Self { query: self.query.clone(), number: 1 };
        let query = &mut filter.query;
        match part {
            Part::Text(_) => query.text.clear(),
            Part::Place(_) => {
                query.place.clear();
                query.radius_km = 0;
            }
            Part::Sector(sector) => query.sectors.retain(|own| own != sector),
            Part::Audience(_) => query.audience = None,
            Part::Format(format) => query.formats.retain(|own| own != format),
            Part::Open => query.open_only = false,
            Part::Accessible => query.accessible_only = false,
            Part::Language(_) => query.language = None,
        }
        filter
    }

    /// The same question, changed, from its first page.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Query)) -> Self {
        let mut query = self.query.clone();
        change(&mut query);
        Self { query, number: 1 }
    }

    /// Another page of the same result.
    pub(crate) fn page(&self, number: usize) -> Self {
        Self { query: self.query.clone(), number }
    }
}

fn is_choice(field: Field, code: &str) -> bool {
    matches!(field.built_in().map(|def| &def.kind), Some(Kind::Choice(codes)) if codes.contains(&code))
}

fn add(codes: &mut Vec<String>, field: Field, code: String) {
    if is_choice(field, &code) && !codes.contains(&code) {
        codes.push(code);
        codes.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Part};

    #[test]
    fn an_address_reads_back_to_the_same_question() {
        let address = "/?suche=Angst+%26+Panik&ort=04103&umkreis=10&bereich=health&bereich=social&fuer=relatives\
                       &form=online&offen=ja&barrierefrei=ja&sprache=T%C3%BCrkisch&seite=2";
        let filter = Filter::parse(address.trim_start_matches("/?"));
        assert_eq!(filter.address(), address);
        assert_eq!(filter.has_more(), 7);
    }

    #[test]
    fn nonsense_is_left_out() {
        let filter = Filter::parse("suche=%20&bereich=evil&umkreis=-3&form=online&form=online&seite=0&x=y&fuer=alle");
        assert_eq!(filter.address(), "/?form=online");
        assert_eq!(Filter::parse("").address(), "/");
        assert_eq!(Filter::parse(&format!("suche={}", "a".repeat(10_000))).query.text.len(), 200);
    }

    #[test]
    fn each_part_can_be_taken_away() {
        let filter = Filter::parse("suche=angst&ort=Leipzig&umkreis=5&bereich=health&offen=ja&seite=3");
        assert_eq!(
            filter.without(&Part::Place("Leipzig".to_owned())).address(),
            "/?suche=angst&bereich=health&offen=ja"
        );
        let mut rest = filter.clone();
        for part in filter.parts() {
            rest = rest.without(&part);
        }
        assert!(rest.is_empty());
    }
}
