//! `/office/protokoll/export.csv`: the log as a file for a spreadsheet.

use access::actions::ExportAudit;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use usecases::audit::{self, Line};

use super::entry::{actor, local, object, remark, sentence};
use super::filter::Sent;
use crate::{Granted, Lang, Routes, Visit, WebError, WebState};

pub(crate) fn routes() -> Routes {
    Routes::new().office::<ExportAudit, _, _>(Method::GET, "/office/protokoll/export.csv", export)
}

async fn export(
    granted: Granted<ExportAudit>,
    State(state): State<WebState>,
    visit: Visit,
    Query(sent): Query<Sent>,
) -> Result<Response, WebError> {
    let lines = audit::export(&granted, &state.house, &sent.filter()).await?;
    let name = format!("attachment; filename=\"protokoll-{}.csv\"", visit.today);
    let mut response = file(visit.lang, &lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(WebError::internal)?);
    Ok(response)
}

/// Semicolons and a byte order mark: German spreadsheets read it right on a double click.
fn file(lang: Lang, lines: &[Line]) -> String {
    let heads = ["number", "time", "who", "what", "code", "object", "object-id", "remark", "items"];
    let mut csv = String::from("\u{feff}");
    row(&mut csv, &heads.map(|head| lang.choice("audit-csv", head).to_owned()));
    for line in lines {
        row(
            &mut csv,
            &[
                line.seq.to_string(),
                local(line.at).strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
                actor(lang, &line.actor),
                sentence(lang, &line.action),
                line.action.clone(),
                object(&line.object),
                line.object_id.clone(),
                remark(lang, &line.summary),
                line.items.to_string(),
            ],
        );
    }
    csv
}

fn row(csv: &mut String, cells: &[String]) {
    for (place, text) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(';');
        }
        csv.push_str(&cell(text));
    }
    csv.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use usecases::audit::{ActorName, Line, ObjectName};

    use super::{cell, file};
    use crate::Lang;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(cell(text).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(cell("say \"a;b\""), "\"say \"\"a;b\"\"\"");
    }

    #[test]
    fn a_file_has_a_head_and_a_row_for_every_entry() {
        let line = Line {
            seq: 7,
            at: "2026-11-22T11:00:00Z".parse().unwrap(),
            actor: ActorName::User("=cmd|' /C calc'!A0".to_owned()),
            action: "office.published".to_owned(),
            object: ObjectName::None,
            object_id: String::new(),
            summary: "setup → trial, 3 groups".to_owned(),
            items: 0,
        };
        for lang in Lang::ALL {
            let file = file(lang, std::slice::from_ref(&line));
            assert_eq!(file.lines().count(), 2, "{file}");
            assert!(file.contains("\"2026-11-22 12:00:00 +01:00\";\"'=cmd|"), "{file}");
        }
    }
}
