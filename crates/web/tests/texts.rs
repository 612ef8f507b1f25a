//! Every text in both languages, none in the templates.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use web::Lang;

fn files(dir: &str, extension: &str) -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, extension: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|own| own == extension) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), extension, &mut found);
    found.sort();
    found
}

/// Each key with the names of its parts.
fn keys(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in files(&format!("locales/{lang}"), "ftl") {
        let mut current = String::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| {
                key.starts_with(|c: char| c.is_ascii_lowercase())
                    && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            }) {
                key.clone_into(&mut current);
                assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{key} twice in {}", path.display());
            }
            let parts = line
                .split('$')
                .skip(1)
                .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
            if let Some(own) = keys.get_mut(&current) {
                own.extend(parts);
            }
        }
    }
    keys
}

/// First arguments of the calls that look texts up.
fn used(text: &str) -> BTreeSet<String> {
    [".t(\"", ".tn(\"", ".t1(\"", ".tx(\""]
        .iter()
        .flat_map(|call| text.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn german_and_english_have_the_same_texts_with_the_same_parts() {
    let (german, english) = (keys("de"), keys("en"));
    assert!(german.len() > 200);
    assert_eq!(german.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    for (key, parts) in &german {
        assert_eq!(parts, &english[key], "{key}");
    }
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known = keys("de");
    let mut missing = BTreeSet::new();
    for (path, text) in files("templates", "html").into_iter().chain(files("src", "rs")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        missing
            .extend(used(&text).into_iter().filter(|key| !known.contains_key(key)).map(|key| format!("{name}: {key}")));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_choice_light_and_field_of_the_catalogue_has_its_word() {
    use domain::catalogue::{CATALOGUE, Kind};
    use domain::{Field, Light};
    for lang in Lang::ALL {
        let says = |prefix: &str, code: &str| {
            let key = format!("{prefix}-{}", code.replace('_', "-"));
            assert!(lang.has(&key), "{key} in {}", lang.code());
        };
        for def in CATALOGUE {
            says("field", def.code);
            let prefix = match def.field {
                Field::AcceptsNew => "accepts",
                Field::AudienceGender => "gender",
                Field::SignLanguage => "sign",
                _ => def.code,
            };
            if let Kind::Choice(codes) = def.kind {
                for code in codes {
                    says(prefix, code);
                }
            }
        }
        for light in Light::ALL {
            says("light", light.code());
            says("light-means", light.code());
        }
        (1..=12).for_each(|month| says("month", &month.to_string()));
        (1..=7).for_each(|day| says("weekday", &day.to_string()));
    }
}

/// The template without what the engine reads and without tags; attributes that people read are kept.
fn visible(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match rest.as_bytes() {
            [b'{', b'{', ..] => "}}",
            [b'{', b'%', ..] => "%}",
            [b'{', b'#', ..] => "#}",
            [b'<', ..] => ">",
            _ => {
                text.push('{');
                rest = &rest[1..];
                continue;
            }
        };
        let inside = rest.find(end).map_or(rest, |stop| &rest[..stop]);
        if end == ">" {
            for name in ["title=\"", "alt=\"", "placeholder=\"", "aria-label=\""] {
                for value in inside.split(name).skip(1).filter_map(|value| value.split('"').next()) {
                    text.push_str(&visible(value));
                }
            }
        }
        rest = rest.get(inside.len() + end.len()..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

#[test]
fn templates_hold_no_text_of_their_own() {
    assert_eq!(visible("<p title=\"x\">{{ a }} y{# z #}</p>").replace(' ', ""), "xy");
    for (path, template) in files("templates", "html") {
        // Tags whose attributes contain expressions with `>` do not occur; checked by the letters left over.
        let plain = without_expressions(&template);
        let letters: String = visible(&plain).chars().filter(|c| c.is_alphabetic()).collect();
        assert!(letters.is_empty(), "{} says {letters:?}", path.display());
    }
}

/// Expressions first, so that a `>` in one does not end a tag; drawings have no words.
fn without_expressions(template: &str) -> String {
    let mut out = template.to_owned();
    // A macro that ends in `_attributes` writes attributes into a tag.
    for (open, close) in [
        ("_attributes(field, described) %} ", "endmacro"),
        ("{#", "#}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<!doctype", ">"),
    ] {
        while let Some(start) = out.find(open) {
            let Some(length) = out[start..].find(close) else { break };
            out.replace_range(start..start + length + close.len(), "");
        }
    }
    out
}
