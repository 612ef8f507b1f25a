//! schema.org data for search engines: what stands on the page anyway, contacts never.

use domain::projection::PublishedGroup;
use domain::schedule::Occurrence;
use serde_json::{Value, json};
use usecases::site::Site;

use super::group_path;

/// The office, for the start page.
pub(super) fn office(site: &Site, origin: &str) -> String {
    let profile = &site.profile;
    script(json!({
        "@context": "https://schema.org",
        "@type": "NGO",
        "name": profile.name,
        "url": format!("{origin}/"),
        "parentOrganization": { "@type": "Organization", "name": profile.carrier },
        "address": address(&profile.street, &profile.postcode, &profile.town),
        "telephone": profile.phone,
        "email": profile.email,
    }))
}

/// A group with its next meetings, for its page.
pub(super) fn group(site: &Site, group: &PublishedGroup, origin: &str, meetings: &[Occurrence]) -> String {
    let url = format!("{origin}{}", group_path(&group.slug));
    let place = group.venues.first().map_or(Value::Null, |venue| {
        let name = if venue.name.is_empty() { &venue.town } else { &venue.name };
        json!({ "@type": "Place", "name": name, "address": address(&venue.street, &venue.postcode, &venue.town) })
    });
    let online = group.format.as_ref().is_some_and(|format| format.as_str() == "online");
    let events: Vec<Value> = if place.is_null() && !online {
        Vec::new()
    } else {
        let location = if place.is_null() { json!({ "@type": "VirtualLocation", "url": url }) } else { place.clone() };
        let event = |meeting: &Occurrence| {
            json!({
                "@type": "Event",
                "name": group.name.as_str(),
                "startDate": meeting.start.strftime("%Y-%m-%dT%H:%M%:z").to_string(),
                "endDate": meeting.end.as_ref().map(|end| end.strftime("%Y-%m-%dT%H:%M%:z").to_string()),
                "location": location,
                "url": url,
            })
        };
        meetings.iter().map(event).collect()
    };
    script(json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": group.name.as_str(),
        "description": group.summary.as_ref().map(|text| text.as_str()),
        "keywords": group.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>(),
        "url": url,
        "location": place,
        "parentOrganization": { "@type": "NGO", "name": site.profile.name, "url": format!("{origin}/") },
        "event": events,
    }))
}

fn address(street: &str, postcode: &str, town: &str) -> Value {
    json!({
        "@type": "PostalAddress",
        "streetAddress": street,
        "postalCode": postcode,
        "addressLocality": town,
        "addressCountry": "DE",
    })
}

/// Fit to stand inside a script element: empty values left out, nothing in it can end the element.
fn script(mut value: Value) -> String {
    prune(&mut value);
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn prune(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.values_mut().for_each(prune);
        fields.retain(|_, value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => true,
        });
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(prune);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::script;

    #[test]
    fn nothing_ends_the_script_element() {
        let text = script(json!({ "name": "</script><script>alert(1)</script>", "email": "", "x": null }));
        assert!(!text.contains('<'), "{text}");
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, json!({ "name": "</script><script>alert(1)</script>" }));
    }
}
