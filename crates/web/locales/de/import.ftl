# Liste einlesen.
import-title = Liste einlesen
import-lead = Bringen Sie Ihre vorhandene Gruppenliste aus Excel oder als CSV-Datei mit. Vor der Übernahme sehen Sie Zeile für Zeile, was verstanden wurde.
import-back = Alle Listen
import-upload-title = Datei auswählen
import-file = Ihre Gruppenliste
import-file-hint = Excel (.xlsx) oder CSV, höchstens 10 MB
import-upload = Hochladen und prüfen
import-how-title = So geht es
import-how-1 = Sie laden die Datei hoch, so wie sie ist. Titelzeilen, Leerzeilen und mehrere Blätter stören nicht.
import-how-2 = Sie prüfen, welche Spalte was enthält, und sehen jede Gruppe in der Vorschau.
import-how-3 = Sie übernehmen die Gruppen mit einem Klick. Kontaktpersonen bleiben rot, bis Sie deren Einwilligung erfasst haben.
import-limits = Höchstens { $rows } Zeilen. Was in kein Feld passt, geht nicht verloren: Es steht danach in den internen Notizen.
import-example = Beispieldatei herunterladen (CSV)
import-uploads = Bisherige Listen
import-none-yet = Sie haben noch keine Liste hochgeladen. Zum Ausprobieren können Sie die Beispieldatei nehmen; vor der Übernahme wird nichts gespeichert, das andere sehen.
import-open = noch nicht übernommen
import-see-report = Bericht ansehen
import-go-on = Weiter prüfen
import-remove = Entfernen
import-nameless = Datei ohne Namen
import-rows = { $count ->
    [one] eine Zeile
   *[other] { $count } Zeilen
}
import-done-groups = { $count ->
    [0] übernommen, keine neue Gruppe
    [one] eine Gruppe übernommen
   *[other] { $count } Gruppen übernommen
}

import-steps = Schritte
import-step-columns = Spalten
import-step-preview = Vorschau
import-step-report = Bericht

# Spalten
import-columns-title = Spalten von { $file }
import-columns-lead = Bitte prüfen Sie, was in welcher Spalte steht. Ihre Auswahl gilt auch für die nächste Liste mit denselben Spalten.
import-the-list = Die Liste
import-sheet = Blatt „{ $sheet }“
import-header-row = Überschriften stehen in
import-header-hint = Stimmt das nicht? Wählen Sie die Zeile, in der die Namen der Spalten stehen. Die Spalten werden dann neu vorgeschlagen.
import-header-none = Keine Überschriften
import-header-at = Zeile { $row }: { $text }
import-header-again = Spalten neu vorschlagen
import-sheet-status = Die Gruppen in diesem Blatt sind
import-status-draft = im Entwurf
import-status-active = aktiv
import-status-paused = pausierend
import-status-dormant = ruhend
import-status-dissolved = aufgelöst
import-column = Spalte
import-samples = Beispiele aus der Spalte
import-no-samples = leer
import-filled = { $count ->
    [0] keine Zelle gefüllt
    [one] eine Zelle gefüllt
   *[other] { $count } Zellen gefüllt
}
import-because-chosen = von Ihnen gewählt
import-because-remembered = wie bei der letzten Liste
import-because-name = am Namen erkannt
import-because-content = am Inhalt vermutet – bitte prüfen
import-because-unknown = nicht erkannt – kommt in die Notizen
import-to-preview = Weiter zur Vorschau
import-remove-this = Diese Datei entfernen

import-target-name = Name der Gruppe
import-target-topic = Themen
import-target-sector = Bereich
import-target-summary = Kurzbeschreibung
import-target-audience = Zielgruppe
import-target-language = Sprachen
import-target-accepts-new = Vermittlungswunsch
import-target-association = Verband
import-target-costs = Kosten
import-target-founded = Gründungsjahr
import-target-meetings = Treffen (wann)
import-target-place = Treffpunkt (alles in einer Zelle)
import-target-venue-name = Treffpunkt: Haus oder Raum
import-target-street = Treffpunkt: Straße
import-target-postcode-town = Treffpunkt: PLZ und Ort
import-target-postcode = Treffpunkt: PLZ
import-target-town = Treffpunkt: Ort
import-target-district = Treffpunkt: Ortsteil
import-target-accessibility = Barrierefreiheit
import-target-contact = Kontaktperson
import-target-deputy = Vertretung
import-target-phone = Telefon der Kontaktperson
import-target-email = E-Mail der Kontaktperson
import-target-person-address = Private Anschrift
import-target-group-phone = Gruppen-Telefon (öffentlich)
import-target-group-email = Gruppen-E-Mail (öffentlich)
import-target-website = Website
import-target-wish = Wunsch zur Veröffentlichung
import-target-confirmed-on = Zuletzt bestätigt am
import-target-status = Status der Gruppe
import-target-size = Gruppengröße
import-target-free-places = Freie Plätze
import-target-funding = Förderkategorie
import-target-bank-account = Bankverbindung
import-target-note = Interne Notiz

# Vorschau
import-preview-title = Vorschau von { $file }
import-preview-lead = Das wurde verstanden. Noch ist nichts übernommen. Nehmen Sie den Haken weg, wo eine Zeile nicht übernommen werden soll.
import-figure-groups = { $count ->
    [one] Gruppe
   *[other] Gruppen
}
import-figure-dissolved = { $count ->
    [one] davon aufgelöst
   *[other] davon aufgelöst
}
import-figure-persons = { $count ->
    [one] Kontaktperson
   *[other] Kontaktpersonen
}
import-figure-structured = { $count ->
    [one] Treffen mit Terminen
   *[other] Treffen mit Terminen
}
import-figure-text = { $count ->
    [one] Treffen nur als Text
   *[other] Treffen nur als Text
}
import-figure-notes = { $count ->
    [one] interne Notiz
   *[other] interne Notizen
}
import-figure-warned = { $count ->
    [one] Zeile mit Hinweis
   *[other] Zeilen mit Hinweisen
}
import-figure-twins = { $count ->
    [one] mögliche Dopplung
   *[other] mögliche Dopplungen
}
import-figure-skipped = { $count ->
    [one] Zeile ausgelassen
   *[other] Zeilen ausgelassen
}
import-twins-note = { $count ->
    [one] Eine Zeile ist vielleicht doppelt. Entscheiden Sie dort mit dem Haken.
   *[other] { $count } Zeilen sind vielleicht doppelt. Entscheiden Sie dort mit dem Haken.
}
import-same-note = { $count ->
    [one] Eine Zeile wurde schon einmal genau so übernommen und ist deshalb ausgelassen.
   *[other] { $count } Zeilen wurden schon einmal genau so übernommen und sind deshalb ausgelassen.
}
import-nothing-title = Keine Gruppe gefunden
import-nothing = In dieser Datei wurde keine Gruppe erkannt. Bitte prüfen Sie, welche Spalte den Namen der Gruppe enthält.
import-row = Zeile { $row }
import-sheet-row = Blatt „{ $sheet }“, Zeile { $row }
import-take = Übernehmen
import-see-group = Gruppe ansehen
import-warnings = Hinweise
import-notes = Interne Notizen
import-no-person-name = ohne Namen
import-role-contact = Kontaktperson
import-role-deputy = Vertretung
import-next-meeting = Nächster Termin: { $day }, { $time } Uhr
import-stays-text = Bleibt Text: { $why }
import-twin-same = Diese Zeile wurde schon übernommen: „{ $name }“.
import-twin-existing-likely = Sehr wahrscheinlich schon vorhanden: „{ $name }“.
import-twin-existing-possible = Vielleicht schon vorhanden: „{ $name }“.
import-twin-row-likely = Sehr wahrscheinlich dieselbe Gruppe wie in: { $place }.
import-twin-row-possible = Vielleicht dieselbe Gruppe wie in: { $place }.
import-leftovers = Was zu keiner Gruppe gehört
import-leftovers-text = Diese Texte gehören zu keiner Gruppe. Sie kommen in die internen Notizen der ersten neuen Gruppe ihres Blatts und stehen { $days } Tage im Bericht.
import-leftovers-kept = Diese Texte der Datei stehen auch in den internen Notizen der ersten Gruppe ihres Blatts.
import-confirm = Beim Übernehmen werden alle Gruppen auf einmal angelegt. Aktive Gruppen sind danach im Verzeichnis sichtbar, sobald es online ist – ohne Kontaktpersonen.
import-take-over = { $count ->
    [0] Ohne neue Gruppen abschließen
    [one] Eine Gruppe übernehmen
   *[other] { $count } Gruppen übernehmen
}
import-save-choice = Auswahl speichern
import-change-columns = Spalten ändern

import-why-on-request = Termin auf Anfrage
import-why-by-arrangement = Termin nach Absprache
import-why-paused = die Gruppe pausiert
import-why-irregular = unregelmäßig
import-why-see-elsewhere = steht an anderer Stelle
import-why-no-anchor = es fehlt, ab welchem Tag gezählt wird
import-why-which-week = es fehlt, welche Woche im Monat
import-why-no-weekday = es fehlt der Wochentag
import-why-no-time = es fehlt die Uhrzeit
import-why-unclear-time = die Uhrzeit ist nicht eindeutig
import-why-limited-period = gilt nur für eine bestimmte Zeit
import-why-ambiguous = nicht eindeutig
import-why-not-understood = nicht verstanden

import-about-schedule-stays-text = Die Treffzeit bleibt Text.
import-about-date-not-understood = Kein Datum erkannt; der Text steht in den Notizen.
import-about-date-inexact = Nur Monat oder Jahr bekannt; der früheste Tag wurde genommen.
import-about-phone-without-area-code = Telefonnummer ohne Vorwahl.
import-about-phone-not-understood = Nicht alles ist eine Telefonnummer; der Rest steht in den Notizen.
import-about-mail-not-understood = Nicht alles ist eine E-Mail-Adresse; der Rest steht in den Notizen.
import-about-link-refused = Keine Web-Adresse; der Text steht in den Notizen.
import-about-wish-not-understood = Der Wunsch zur Veröffentlichung ist unklar und bleibt im Wortlaut.
import-about-choice-not-understood = Nicht zugeordnet; der Text steht in den Notizen.
import-about-number-not-understood = Keine Zahl; der Text steht in den Notizen.
import-about-too-long = Zu lang für das Feld; der ganze Text steht in den Notizen.
import-about-second-value = Hier stand schon etwas; der zweite Text steht in den Notizen.
import-about-name-from-topic = Ohne Namen; das Thema wurde als Name genommen.
import-about-contact-without-name = Kontakt ohne Namen.
import-about-contacts-of-several = Mehrere Personen: Bitte prüfen, wem Telefon und E-Mail gehören.
import-about-names-not-understood = Namen nicht sicher erkannt; der Text steht in den Notizen.
import-about-address-not-public = Das klingt nach einer Privatwohnung, oder die Adresse soll nicht bekannt werden. Der Treffpunkt bleibt rot (nur intern). Ist er für alle offen, tragen Sie ihn später bei der Gruppe als öffentlichen Treffpunkt ein.
import-about-home-in-text = Der Text nennt eine Privatwohnung. Er bleibt intern und steht in den Notizen.

# Bericht
import-report-title = Bericht zu { $file }
import-report-lead = Die Liste ist übernommen. Hier steht, was daraus geworden ist und was noch zu tun bleibt.
import-report-until = Der Bericht ist bis { $day } hier zu lesen, danach wird er gelöscht. Die Gruppen bleiben.
import-to-groups = Zu den Gruppen
import-another = Weitere Liste einlesen
import-asks = Noch zu fragen
import-asks-text = Alle Kontaktpersonen sind rot. Fragen Sie sie, was genannt werden darf, und erfassen Sie die Einwilligung bei der Gruppe. Das stand in Ihrer Liste:
import-asks-silent = { $count ->
    [one] Eine Gruppe, zu der die Liste nichts sagt
   *[other] { $count } Gruppen, zu denen die Liste nichts sagt
}
import-warnings-count = { $count ->
    [one] Ein Hinweis
   *[other] { $count } Hinweise
}
import-skipped-count = { $count ->
    [one] Eine ausgelassene Zeile
   *[other] { $count } ausgelassene Zeilen
}
import-skipped-known = war schon da
import-skipped-chosen-twin = von Ihnen ausgelassen; diese Gruppe gibt es vielleicht schon. Was in der Zeile anders war, ist nicht übernommen.
import-skipped-chosen = von Ihnen ausgelassen
import-remove-the-report = Diesen Bericht löschen

# Entfernen
import-remove-title = { $file } entfernen?
import-remove-upload = { $count ->
    [one] Die hochgeladene Datei mit einer Zeile wird gelöscht. Übernommen wurde daraus noch nichts.
   *[other] Die hochgeladene Datei mit { $count } Zeilen wird gelöscht. Übernommen wurde daraus noch nichts.
}
import-remove-report = { $count ->
    [one] Der Bericht wird gelöscht, mit allen Texten der Datei, die zu keiner Gruppe gehören. Die eine übernommene Gruppe bleibt.
   *[other] Der Bericht wird gelöscht, mit allen Texten der Datei, die zu keiner Gruppe gehören. Die { $count } übernommenen Gruppen bleiben.
}
import-remove-now = Löschen
import-keep = Nein, behalten

flash-import-fertig = Die Liste ist übernommen.
flash-import-kopf = Die Spalten sind neu vorgeschlagen. Bitte prüfen Sie sie noch einmal.
flash-import-kopf-gleich = Die Überschriften stehen in derselben Zeile wie vorher. Ihre Auswahl ist gespeichert.
flash-import-entfernt = Gelöscht.

# Warum eine Datei nicht gelesen wird
error-import-no-file = Bitte wählen Sie eine Datei aus.
error-import-empty = In der Datei steht nichts. Bitte prüfen Sie, ob Sie die richtige Datei gewählt haben.
error-import-too-large = Die Datei ist größer als 10 MB. Bitte teilen Sie die Liste, oder entfernen Sie Bilder daraus.
error-import-xls = Das ist eine Excel-Datei im alten Format (.xls oder .xlsb). Bitte öffnen Sie sie und speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“.
error-import-ods = Das ist eine LibreOffice-Tabelle (.ods). Bitte öffnen Sie sie und speichern Sie sie als Excel-Datei (.xlsx) oder als CSV.
error-import-pdf = Das ist ein PDF. Bitte nehmen Sie die Tabelle, aus der es entstanden ist, als Excel-Datei (.xlsx) oder CSV.
error-import-html = Das ist eine Webseite, keine Tabelle. Bitte öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie als Excel-Datei (.xlsx).
error-import-document = Das ist ein Textdokument. Bitte kopieren Sie die Tabelle daraus in Excel oder LibreOffice und speichern Sie sie als Excel-Datei (.xlsx).
error-import-picture = Das ist ein Bild. Bitte nehmen Sie eine Tabelle als Excel-Datei (.xlsx) oder CSV.
error-import-archive = Das ist ein Archiv. Bitte entpacken Sie es und laden Sie die Tabelle darin hoch.
error-import-format = Dieses Format kennen wir nicht. Bitte nehmen Sie eine Excel-Datei (.xlsx) oder CSV.
error-import-password = Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie eine Kopie ohne Kennwort und laden Sie diese hoch.
error-import-damaged = Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu und laden Sie sie noch einmal hoch.
error-import-unpacks = Die Datei wird beim Öffnen viel zu groß (über 100 MB). Bitte kopieren Sie die Liste in eine neue Arbeitsmappe.
error-import-not-text = Die Datei enthält Zeichen, die in einer Tabelle nicht vorkommen. Bitte speichern Sie sie neu als Excel-Datei (.xlsx) oder CSV.
error-import-rows = Die Liste hat mehr als 5.000 Zeilen. Bitte teilen Sie sie in mehrere Dateien.
error-import-columns = Ein Blatt hat mehr als 100 Spalten. Bitte entfernen Sie Spalten, die Sie nicht brauchen.
error-import-sheets = Die Datei hat mehr als 20 Blätter. Bitte teilen Sie sie auf.
error-import-text = Die Datei enthält zu viel Text. Bitte teilen Sie die Liste in mehrere Dateien.
error-import-cell = In Zeile { $row } steht eine Zelle mit mehr als 10.000 Zeichen. Bitte kürzen Sie den Text dort.
error-import-quote = In Zeile { $row } beginnt ein Anführungszeichen, das nie endet. Bitte prüfen Sie diese Zeile.
error-import-columns-changed = Die Spalten passen nicht mehr zu dieser Datei. Bitte laden Sie die Seite neu.
error-import-no-name = Bitte geben Sie an, in welcher Spalte der Name der Gruppe (oder ihr Thema) steht.
import-about-not-to-be-published = Die Liste sagt Nein zur Veröffentlichung. Die Gruppe kommt als Entwurf herein und erscheint erst im Verzeichnis, wenn Sie sie aktivieren.
import-about-place-not-said = Der Treffpunkt ist zu erfragen; der Text steht in den Notizen.
