//! `/office/import/beispiel.csv`: a small list to try with, as a German spreadsheet program writes it.

use access::actions::ImportGroups;
use axum::http::{Method, header};
use axum::response::IntoResponse;

use crate::{Granted, Routes};

/// UTF-8 with a byte order mark, so that spreadsheet programs show the umlauts. Everybody in it is invented; the
/// numbers are kept free for such uses by the Bundesnetzagentur, the domain by RFC 2606.
const EXAMPLE: &str = "\u{feff}Gruppe;Themen;Zielgruppe;Kurzbeschreibung;Treffen;Ort / Raum;Straße;PLZ Ort;Ansprechpartner/in;Tel.;E-Mail;öffentlich?;nimmt neue Mitgl.;letzte Rückmeldung;Bemerkung (intern)\r\n\
Neuer Mut;Depression;Betroffene;Wir reden offen und hören zu.;1. und 3. Freitag im Monat um 17:30;Bürgerhaus (barrierefrei);Ahornweg 16;99990 Musterstadt;Mila Muster;030 23125 001;mila.muster@example.org;Name nein, Mail ja;ja;01.06.2026;Raum ist bis 19:30 frei\r\n\
Angehörigenkreis Sucht;Sucht | Angehörige;Angehörige;;gerade KW Mittwoch 19 Uhr;Kontaktstelle, Raum 2;Lindenring 4;99990 Musterstadt;Otto Beispiel / Pia Probe;030 23125 002 oder 030 23125 003 (ab 18 Uhr);;auf Anfrage;nach Vorgespräch;März 2026;\r\n\
Gesprächskreis Trauer;Trauer;;;nach Absprache;;;;;;trauer@example.org;;Warteliste;;meldet sich im Herbst\r\n";

pub(super) fn routes() -> Routes {
    Routes::new().office::<ImportGroups, _, _>(Method::GET, "/office/import/beispiel.csv", download)
}

async fn download(_granted: Granted<ImportGroups>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"beispiel.csv\""),
    ];
    (headers, EXAMPLE)
}
