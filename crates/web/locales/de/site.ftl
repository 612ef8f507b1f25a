# Öffentliche Seite einer Kontaktstelle.

# Startseite und Suche
start-title = Selbsthilfegruppen finden
start-lead = Hier finden Sie Menschen, denen es ähnlich geht. Sie müssen sich nicht anmelden, und niemand erfährt, wonach Sie suchen.
start-description = Selbsthilfegruppen im Verzeichnis: { $office }. Suche nach Thema, Stichwort oder Ort, ohne Anmeldung.
start-count = { $count ->
    [one] Eine Gruppe im Verzeichnis
   *[other] { $count } Gruppen im Verzeichnis
}
start-hits = { $count ->
    [0] Keine passende Gruppe
    [one] Eine passende Gruppe
   *[other] { $count } passende Gruppen
}
start-wider = Im Umkreis von { $km } km suchen
start-nearest = Die nächste passende Gruppe ist etwa { $km } entfernt.
start-everywhere = Ohne Ort suchen
start-around = Gesucht im Umkreis von { $km } km um { $place }.
start-unknown-place = Den Ort „{ $place }“ kennen wir nicht. Bitte prüfen Sie die Schreibweise, oder geben Sie eine Postleitzahl mit fünf Ziffern ein. Die Gruppen sind deshalb nicht nach Ort eingegrenzt.
start-places = Meinten Sie:
search-label = Gruppen suchen
search-what = Thema oder Stichwort
search-hint = Zum Beispiel: Depression, Angehörige, Alkohol, Trauer
search-where = Ort oder Postleitzahl
search-radius = Umkreis
search-go = Suchen
filter-more = Weitere Filter
filter-sector = Bereich
filter-format = So trifft sich die Gruppe
filter-only = Nur Gruppen
filter-open = offen für neue Mitglieder
filter-accessible = barrierefrei erreichbar
filter-audience = Für wen
filter-language = Sprache
filter-any = alle
filter-apply = Filter anwenden
filter-reset = Alle Gruppen zeigen
chips-label = Gesetzte Filter
chip-remove = entfernen
chip-text = „{ $text }“
chip-place = Ort: { $place }
chip-around = { $place }, bis { $km } km
topics-label = Gruppen nach Bereich
letters-label = Zu einem Buchstaben springen
card-online = auch online
empty-title = Dazu haben wir keine Gruppe gefunden
empty-meant = Meinten Sie:
empty-advice-words = Versuchen Sie ein allgemeineres Wort, etwa „Krebs“ statt einer genauen Diagnose.
empty-advice-filters = Nehmen Sie Filter weg.
empty-advice-ask = Fragen Sie die Kontaktstelle: Sie kennt auch Gruppen, die gerade entstehen.
empty-advice-contact = So erreichen Sie die Kontaktstelle
empty-directory-title = Hier stehen noch keine Gruppen
empty-directory-text = Die Kontaktstelle hat noch keine Gruppe veröffentlicht. Bitte fragen Sie dort nach.
help-title = Nicht das Passende dabei?
help-text = Die Kontaktstelle berät Sie kostenfrei und vertraulich, auch wenn Sie selbst eine Gruppe gründen möchten.
office-phone = Telefon
office-email = E-Mail
office-hours = Sprechzeiten

# Gruppenseite
group-back = Alle Gruppen
group-topics = Themen
group-easy = In Leichter Sprache
group-meetings = Treffen
group-next = Nächste Termine
group-place = Treffpunkt
group-calendar = Termine in den eigenen Kalender übernehmen
group-facts = Auf einen Blick
group-confirmed = Die Gruppe hat diese Angaben zuletzt am { $date } bestätigt.
moment-from = { $day }, { $from } Uhr
moment-from-to = { $day }, { $from } bis { $to } Uhr
share-heading = Diese Seite weitergeben
share-button = Adresse teilen
share-done = Adresse kopiert.
print-button = Drucken

fact-audience = Für
fact-audience-text = Zielgruppe
fact-age = Alter
fact-sector = Bereich
fact-format = Form
fact-accessibility = Barrierefreiheit
fact-access-hints = Zugang
fact-languages = Sprachen
fact-sign-language = Gebärdensprache
fact-costs = Kosten
fact-guidance = Anleitung
fact-association = Verband
fact-size = Gruppengröße
fact-free-places = Freie Plätze
fact-founded = Gegründet

accepts-yes = offen für neue Mitglieder
accepts-no = zurzeit keine neuen Mitglieder
accepts-waiting-list = Warteliste
accepts-after-talk = neue Mitglieder nach Vorgespräch

# Kontakt hinter dem Hinweis
contact-heading = Kontakt
contact-before = Bevor wir den Kontakt zeigen, bitten wir Sie, einen kurzen Hinweis zu lesen.
contact-on-paper = Den Kontakt finden Sie auf der unten genannten Seite; auch die Kontaktstelle stellt ihn gern her:
contact-show = Kontakt anzeigen
contact-office = Die Kontaktstelle vermittelt
contact-office-text = Diese Gruppe möchte über die Kontaktstelle angesprochen werden. Bitte rufen Sie an oder schreiben Sie; wir stellen den Kontakt gern her.
contact-title = Kontakt: { $group }
contact-back = Zurück zur Gruppe
contact-group = Gruppe
contact-phone = Telefon
contact-email = E-Mail
contact-website = Website
contact-released = Diese Kontaktdaten sind zur Veröffentlichung freigegeben.
contact-nobody = Niemand erreichbar?
contact-nobody-text = Dann hilft Ihnen die Kontaktstelle gern weiter.
notice-title = Bevor Sie Kontakt aufnehmen
notice-lead = Bitte lesen Sie kurz, was der Gruppe wichtig ist.
notice-volunteers = Die Ansprechpersonen engagieren sich ehrenamtlich und sind selbst betroffen. Eine Antwort kann einige Tage dauern.
notice-times = Rufen Sie bitte nur zu den genannten Zeiten an, und nennen Sie Ihren Namen oder einen Vornamen.
notice-confidential = Was Sie voneinander erfahren, bleibt vertraulich. Geben Sie Kontaktdaten nicht weiter.
notice-no-ads = Die Kontaktdaten sind nur für Menschen da, die sich für die Gruppe interessieren – nicht für Werbung, Umfragen oder Sammlungen.
notice-emergency = Eine Gruppe ersetzt keine Hilfe im Notfall. Bei Gefahr wählen Sie 112, die Telefonseelsorge erreichen Sie kostenfrei unter 0800 111 0 111.
notice-accept = Gelesen – Kontakt anzeigen
notice-decline = Zurück, ohne Kontakt anzuzeigen
notice-cookie = Damit Sie den Hinweis nur einmal lesen müssen, merkt sich Ihr Browser bis zum Schließen, dass Sie ihn gelesen haben.

# Über die Kontaktstelle und Rechtliches
about-default = Wir unterstützen Menschen, die eine Selbsthilfegruppe suchen, besuchen oder gründen möchten. Unsere Beratung ist kostenfrei und vertraulich.
about-contact = So erreichen Sie uns
about-carrier = Träger:
about-lights = Was die Ampel bedeutet
about-lights-text = Jede Angabe einer Gruppe hat bei uns eine Ampel. Auf diesen Seiten sehen Sie nur, was auf Grün steht.
legal-missing = Dieser Text wird gerade geschrieben. Bitte wenden Sie sich bei Fragen an die Kontaktstelle.
sources-title = Quellen der Ortssuche
sources-postcodes = Postleitzahlen:
sources-towns = Orte:
privacy-site-title = Beim Besuch dieser Seiten
privacy-site-profiles = Wir messen nicht, wer diese Seiten besucht, und binden nichts von anderen Anbietern ein.
privacy-site-search = Wonach Sie suchen, wird nicht aufgezeichnet.
privacy-site-address = Ihre Internetadresse wird nur verwendet, um die Seite auszuliefern und Missbrauch zu begrenzen; sie wird nicht aufgehoben.
privacy-site-cookies = Es gibt nur notwendige Cookies:

a11y-lead = Dieses Verzeichnis soll für alle gut zu benutzen sein.
a11y-state-title = Stand der Barrierefreiheit
a11y-state = Die Seiten sind nach den Regeln WCAG 2.2 (Stufe AA) und EN 301 549 gebaut und werden automatisch geprüft. Eine Prüfung durch Fachleute und mit Vorleseprogrammen steht noch aus.
a11y-keyboard = Alles lässt sich mit der Tastatur bedienen. Überschriften, Felder und Schaltflächen tragen Namen für Vorleseprogramme.
a11y-zoom = Die Seiten lassen sich auf 400 % vergrößern und funktionieren auf kleinen Telefonen.
a11y-colour = Nichts wird nur durch Farbe gesagt: Jede Ampel hat auch eine Form und ein Wort.
a11y-script = Alles funktioniert ohne JavaScript und ohne Anmeldung.
a11y-limits-title = Was noch nicht ganz gelingt
a11y-limits = Die Texte zu den Gruppen liegen nicht alle in Leichter Sprache oder in anderen Sprachen vor.
a11y-report-title = Hindernis gefunden?
a11y-report = Bitte sagen Sie es uns. Wir antworten so bald wie möglich und geben Ihnen die Auskunft gern auch am Telefon.
a11y-enforce-title = Durchsetzung
a11y-enforce = Wenn Sie von uns keine zufriedenstellende Antwort bekommen, können Sie sich an die Schlichtungsstelle oder Überwachungsstelle Ihres Bundeslandes wenden.

cookies-lead = Wir verwenden nur Cookies, ohne die etwas nicht ginge, das Sie ausdrücklich wünschen. Deshalb gibt es hier kein Cookie-Fenster.
cookies-caption = Alle Cookies dieser Seiten
cookies-lifetime = Wie lange:
cookies-law = Rechtsgrundlage: § 25 Abs. 2 Nr. 2 TDDDG.
cookie-lang = merkt sich die Sprache, die Sie gewählt haben
cookie-lang-lifetime = 1 Jahr
cookie-notice = merkt sich, dass Sie den Hinweis vor den Kontaktdaten gelesen haben
cookie-notice-lifetime = bis Sie den Browser schließen, höchstens 12 Stunden
cookie-session = hält Mitarbeitende der Kontaktstelle und Gruppenadmins angemeldet
cookie-session-lifetime = bis zur Abmeldung oder bis die Sitzung abläuft
cookie-device = merkt sich, dass auf diesem Gerät schon einmal jemand mit Zugang angemeldet war: So bremst ein Angriff von fremden Geräten Sie nicht aus
cookie-device-lifetime = ein Jahr
start-crisis = Brauchen Sie sofort Hilfe? Bei Gefahr wählen Sie 112. Die Telefonseelsorge ist Tag und Nacht kostenfrei für Sie da: 0800 111 0 111 oder 116 123.
