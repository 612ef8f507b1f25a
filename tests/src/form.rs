//! Forms as a browser would send them: with everything that is filled in, chosen or hidden.

/// Names and values.
pub type Filled = Vec<(String, String)>;

/// The form of a page that is sent to this path by POST, as filled in. A form that names no path goes to the page's own.
pub fn form_to(html: &str, path: &str) -> Option<Filled> {
    let form = html.split("<form").skip(1).find(|form| {
        let tag = form.split('>').next().unwrap_or_default();
        attribute(tag, "method").as_deref() == Some("post") && attribute(tag, "action").is_none_or(|to| to == path)
    })?;
    let form = form.split("</form>").next().unwrap_or_default();
    let mut filled = Filled::new();
    let mut rest = form;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = rest.split('>').next().unwrap_or_default();
        let kind = tag.split([' ', '\n']).next().unwrap_or_default();
        let Some(name) = attribute(tag, "name") else { continue };
        match kind {
            "input" => {
                let chosen =
                    !matches!(attribute(tag, "type").as_deref(), Some("radio" | "checkbox")) || has(tag, "checked");
                let file = attribute(tag, "type").as_deref() == Some("file");
                if chosen && !file {
                    filled.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            }
            "textarea" => {
                let text = rest.split_once('>').map_or("", |(_, text)| text);
                filled.push((name, unescape(text.split("</textarea>").next().unwrap_or_default())));
            }
            "select" => {
                let options = rest.split("</select>").next().unwrap_or_default();
                let options: Vec<&str> =
                    options.split("<option").skip(1).map(|o| o.split('>').next().unwrap_or_default()).collect();
                let chosen = options.iter().find(|option| has(option, "selected")).or(options.first());
                filled.extend(chosen.map(|option| (name, attribute(option, "value").unwrap_or_default())));
            }
            _ => {}
        }
    }
    Some(filled)
}

fn has(tag: &str, word: &str) -> bool {
    tag.split([' ', '\n', '/']).any(|part| part == word)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split('"').next()?))
}

fn unescape(text: &str) -> String {
    let pairs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::form_to;

    #[test]
    fn a_form_is_sent_as_it_is_filled_in() {
        let page = r#"<form method="get" action="/a"><input name="q"></form>
            <form method="post" action="/a"><input type="hidden" name="v" value="1 &#38; 2"><input type="radio" name="r" value="x">
            <input type="radio" name="r" value="y" checked><textarea id="t" name="t">Text</textarea><select name="s">
            <option value="">-</option><option value="z" selected>Z</option></select><button name="b" value="c">ok</button></form>"#;
        let form = form_to(page, "/a").unwrap();
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(form, [("v", "1 & 2"), ("r", "y"), ("t", "Text"), ("s", "z")]);
        assert!(form_to(page, "/b").is_none());
    }
}
