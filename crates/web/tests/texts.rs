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
    use domain::catalogue::{BUILT_IN, Kind};
    use domain::{Field, Light};
    for lang in Lang::ALL {
        let says = |prefix: &str, code: &str| {
            let key = format!("{prefix}-{}", code.replace('_', "-"));
            assert!(lang.has(&key), "{key} in {}", lang.code());
        };
        for def in BUILT_IN {
            says("field", &def.field.code());
            let code = def.field.code();
            let prefix = match def.field {
                Field::AcceptsNew => "accepts",
                Field::AudienceGender => "gender",
                Field::SignLanguage => "sign",
                _ => &code,
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

/// Literals of the sources of other crates that stand after one of these beginnings, whatever stands between.
fn literals(crates: &[&str], calls: &[&str], place: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in crates {
        for (_, text) in files(&format!("../{name}/src"), "rs") {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for call in calls {
                for rest in code.split(call).skip(1) {
                    let arguments = rest.split([';', '{']).next().unwrap_or_default();
                    // Up to the end of the call: its literals have no brackets of their own.
                    let inside = arguments.split(')').next().unwrap_or_default();
                    let code = inside.split(',').nth(place).unwrap_or_default().trim();
                    if let Some(word) = code.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
                        found.insert(word.to_owned());
                    }
                }
            }
        }
    }
    found
}

/// Words of two parts with a dot between them, as acts in the log are called.
fn acts(name: &str) -> BTreeSet<String> {
    let mut acts = BTreeSet::new();
    for (_, text) in files(&format!("../{name}/src"), "rs") {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        for word in code.split('"').skip(1).step_by(2) {
            let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if word == "logout" || word.split_once('.').is_some_and(|(noun, verb)| part(noun) && part(verb)) {
                acts.insert(word.to_owned());
            }
        }
    }
    acts
}

#[test]
fn every_problem_a_use_case_can_find_has_its_words() {
    let mut codes = literals(&["usecases"], &["Problem::new(", "Error::invalid(", "self.problem("], 1);
    codes.extend(literals(&["usecases"], &["wrong(", "Err("], 0));
    // Where the field's name is made by a call of its own.
    for (_, text) in files("../usecases/src", "rs") {
        for call in text.split("Problem::new(").chain(text.split("Error::invalid(")).skip(1) {
            let line = call.lines().next().unwrap_or_default();
            codes.extend(
                line.rsplit(", \"").next().and_then(|rest| rest.split_once("\")")).map(|(code, _)| code.to_owned()),
            );
        }
    }
    codes.retain(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    for known in ["not-a-link", "wrong-code", "consent-missing", "light-missing"] {
        assert!(codes.contains(known), "{known} is found, so the search works: {codes:?}");
    }
    // Chosen among by a function, or by the page itself.
    let weak = ["short", "long", "common", "pattern", "context"].map(|why| format!("password-{why}"));
    codes.extend(weak.into_iter().chain(["wrong-password", "wrong-recovery-code"].map(str::to_owned)));
    // Answered by pages of their own, never at a field.
    let elsewhere = ["no-such-step"];
    for lang in Lang::ALL {
        for code in codes.iter().filter(|code| !elsewhere.contains(&code.as_str())) {
            assert!(lang.has(&format!("error-{code}")), "error-{code} in {}", lang.code());
        }
    }
}

#[test]
fn every_act_in_the_log_and_every_change_of_a_group_has_its_sentence_and_no_sentence_is_left_over() {
    // The platform's own log is not on any page.
    let platform = ["signup.", "signups.", "tenant.", "platform.db", "keys.db", "ab.csv"];
    let mut due: BTreeSet<String> = acts("usecases")
        .into_iter()
        .filter(|act| !platform.iter().any(|begin| act.starts_with(begin)))
        .map(|act| format!("audit-act-{}", act.replace(['.', '_'], "-")))
        .collect();
    due.extend(["demo-filled", "demo-made"].map(|act| format!("audit-act-{act}")));
    let changes = literals(&["usecases"], &["save_group(", "insert_group("], 1);
    let many = literals(&["usecases"], &["insert_groups("], 2);
    assert!(changes.contains("status") && changes.contains("created") && !many.is_empty(), "{changes:?} {many:?}");
    due.extend(changes.into_iter().chain(many).map(|change| format!("change-{change}")));
    due.extend(
        usecases::groups::SECTIONS.map(|section| format!("change-{}", usecases::groups::edit::section_code(section))),
    );
    // Written by storage itself, for all groups whose items a policy changes.
    // What came of a request names it after a colon.
    due.extend(["change-other", "change-policy", "change-request"].map(str::to_owned));
    let said = keys("de").into_keys().filter(|key| key.starts_with("audit-act-") || key.starts_with("change-"));
    let said: BTreeSet<String> = said.collect();
    let missing: Vec<_> = due.difference(&said).collect();
    let left_over: Vec<_> = said.difference(&due).collect();
    assert!(missing.is_empty() && left_over.is_empty(), "missing {missing:?}, left over {left_over:?}");
}

#[test]
fn every_code_of_the_domain_has_its_words() {
    use domain::consent::Channel;
    use domain::office::Regime;
    use domain::schedule::WhyText;
    use domain::{PersonRole, Status};
    let mut due: Vec<(&str, String)> = Vec::new();
    due.extend(WhyText::ALL.map(|why| ("why", why.code().to_owned())));
    due.extend(Channel::ALL.map(|channel| ("channel", channel.code().to_owned())));
    for prefix in ["status", "status-means", "import-status"] {
        due.extend(Status::ALL.map(|status| (prefix, status.code().to_owned())));
    }
    due.extend(Status::ALL.into_iter().flat_map(Status::next).map(|to| ("status-step", to.code().to_owned())));
    for prefix in ["role", "role-hint"] {
        due.extend(PersonRole::ALL.map(|role| (prefix, role.code().to_owned())));
    }
    due.extend(Regime::ALL.map(|regime| ("regime-hint", regime.code().to_lowercase())));
    due.extend(access::Right::ALL.iter().map(|right| ("right", right.code().to_owned())));
    for (prefix, code) in due {
        for lang in Lang::ALL {
            let key = format!("{prefix}-{}", code.replace('_', "-"));
            assert!(lang.has(&key), "{key} in {}", lang.code());
        }
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
