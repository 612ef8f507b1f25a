# Gruppen und Personen, wie die Mitarbeitenden sie sehen.
save = Speichern
cancel = Abbrechen
edit = Bearbeiten
not-said = keine Angabe
by-link = die Gruppe, mit ihrem Link
by-system = automatisch
light-label = Ampel
lights-what = Was die Ampel bedeutet

# Liste
groups-title = Gruppen
groups-new = Neue Gruppe
groups-new-intro = Nur der Name muss ausgefüllt sein. Die Gruppe entsteht als Entwurf: Öffentlich ist sie erst, wenn Sie sie aktiv schalten.
groups-new-save = Gruppe anlegen
groups-nameless = Gruppe ohne Namen
groups-filter = Gruppen filtern
groups-filter-text = Name, Thema oder Ort
groups-filter-go = Filtern
groups-filter-reset = Filter aufheben
groups-all = Alle ({ $count })
groups-count = { $count ->
    [one] 1 Gruppe
   *[other] { $count } Gruppen
}
groups-none = Keine Gruppe passt zu diesem Filter.
groups-empty-title = Hier ist noch keine Gruppe
groups-empty-text = Bringen Sie Ihre vorhandene Liste mit (Excel oder CSV), oder schreiben Sie die erste Gruppe selbst.
groups-empty-import = Liste importieren
groups-name = Gruppe
groups-status = Status
groups-lights = Angaben der Gruppe
groups-accepts = Vermittlung
groups-confirmed = Zuletzt bestätigt
groups-changed = Geändert
groups-never = noch nie

status-draft = Entwurf
status-active = aktiv
status-paused = pausiert
status-dormant = ruhend
status-dissolved = aufgelöst
status-means-draft = Noch nicht öffentlich.
status-means-active = Grüne Angaben stehen im Verzeichnis, sobald es veröffentlicht ist.
status-means-paused = Trifft sich zurzeit nicht. Nicht öffentlich.
status-means-dormant = Lange nichts gehört. Nicht öffentlich.
status-means-dissolved = Hat sich aufgelöst. Nicht öffentlich.
status-step-draft = Wieder als Entwurf öffnen
status-step-active = Aktiv schalten
status-step-paused = Pausieren
status-step-dormant = Ruhend stellen
status-step-dissolved = Als aufgelöst führen
status-says = Die Gruppe ist jetzt „{ $from }“ und wird „{ $to }“.
effect-appears = Die Gruppe erscheint im öffentlichen Verzeichnis: { $items ->
    [one] 1 Angabe
   *[other] { $items } Angaben
} auf ihrer Seite, { $contacts ->
    [0] kein Kontakt – die Kontaktstelle vermittelt.
    [one] 1 Kontaktangabe nach dem Hinweis.
   *[other] { $contacts } Kontaktangaben nach dem Hinweis.
}
effect-disappears = Die Gruppe verschwindet sofort aus dem öffentlichen Verzeichnis. Ihre Angaben bleiben bei Ihnen erhalten.
effect-none = Für die Öffentlichkeit ändert sich nichts.
effect-not-showable = Die Gruppe wird aktiv, erscheint aber nicht öffentlich, weil ihr Name fehlt oder nicht grün ist.
effect-directory-closed = Ihr Verzeichnis ist zurzeit nicht öffentlich. Sichtbar wird die Gruppe, sobald Sie es veröffentlichen.

accepts-short-yes = ja
accepts-short-no = nein
accepts-short-waiting-list = Warteliste
accepts-short-after-talk = nach Vorgespräch

# Eine Gruppe
section-gruppe = Die Gruppe
section-treffen = Treffen
section-kontakt = Kontakt der Gruppe
section-intern = Intern
section-intro-gruppe = Nur der Name muss ausgefüllt sein. Leere Zeilen werden nicht gespeichert; wer eine Zeile leert, entfernt die Angabe.
section-intro-treffen = Schreiben Sie in Worten, wann die Gruppe sich trifft. Wo wir die Worte verstehen, füllen wir die Regel aus und zeigen Ihnen die nächsten Termine.
section-intro-kontakt = Grüne Kontakte der Gruppe erscheinen erst, nachdem Ratsuchende den Hinweis bestätigt haben. Kontakte einzelner Menschen gehören zu den Personen.
section-intro-intern = Was nur die Kontaktstelle braucht.
section-empty = Hier steht noch nichts.
fields-empty = Ohne Angabe:
group-public-page = Öffentliche Seite
group-lights = Ampeln aller Angaben, mit denen der Personen
group-aside = Status und Notizen
group-steps = Status ändern
group-status = Status
group-changed = Zuletzt geändert
group-history = Verlauf ansehen
wish-unknown = nicht bekannt
add-row = Weitere Angabe
to-ask-title = Einwilligungen zu erfragen
to-ask-text = In der alten Liste stand dazu etwas. Fragen Sie nach und erfassen Sie die Einwilligung bei der Person; vorher bleibt alles rot.
to-ask-done = Erledigtes streichen

hint-topic = Ein Thema pro Zeile.
hint-language = Eine Sprache pro Zeile.
hint-audience-age = Zum Beispiel „18–35“ oder „Jugendliche“.
hint-access-hints = Zum Beispiel Etage oder Klingel.
hint-private-venue = Bleibt immer rot.
hint-online-link = Wird höchstens auf Anfrage weitergegeben.
hint-website = Nur Adressen mit http oder https.
hint-consent-to-record = Was die alte Liste zu Einwilligungen sagte. Leeren Sie die Zeile, wenn es erledigt ist.
hint-person-name = Vor- und Nachname, oder wie die Person genannt werden möchte.
hint-person-address = Bleibt immer rot.
part-remark = Bemerkung
part-place = Haus oder Raum
part-street = Straße und Hausnummer
part-postcode = Postleitzahl
part-town = Ort
part-district = Ortsteil
part-words = Wann, in Worten
part-words-hint = Zum Beispiel „1. und 3. Freitag im Monat, 17:30 Uhr“ oder „nach Absprache“.
part-exceptions = Fällt aus am
rule = Regel
rule-rhythm = Rhythmus
rule-nth = Der wievielte im Monat?
rule-weekday = Wochentag
rule-weeks = Alle wie viele Wochen?
rule-anchor = Gezählt ab diesem Treffen
rule-start = Beginn
rule-end = Ende
rhythm-none = keine Regel, nur die Worte
rhythm-weekly = jede Woche
rhythm-monthly-nth = im Monat gezählt
rhythm-even-weeks = in geraden Kalenderwochen
rhythm-odd-weeks = in ungeraden Kalenderwochen
rhythm-every-n-weeks = alle … Wochen
nth1 = 1.
nth2 = 2.
nth3 = 3.
nth4 = 4.
nth5 = 5.
nth-2 = vorletzter
nth-1 = letzter
meetings-understood = Noch nicht gespeichert: Wir haben aus Ihren Worten eine Regel gelesen. Bitte prüfen Sie die nächsten Termine und schicken Sie das Formular dann noch einmal ab.
meetings-understood-row = So haben wir das verstanden.
meetings-understood-hint = Stimmt das nicht, wählen Sie „keine Regel, nur die Worte“ oder ändern Sie die Regel.
meetings-next = Die nächsten Termine
meetings-next-list = Nächste Termine: { $dates }
meetings-no-dates = Keine Termine berechnet: { $why }
why-on-request = auf Anfrage
why-by-arrangement = nach Absprache
why-paused = die Gruppe pausiert
why-irregular = unregelmäßig
why-see-elsewhere = steht an anderer Stelle
why-no-anchor = es fehlt ein Tag, von dem an gezählt wird
why-which-week = es ist nicht gesagt, der wievielte Tag im Monat
why-no-weekday = es fehlt der Wochentag
why-no-time = es fehlt die Uhrzeit
why-unclear-time = die Uhrzeit ist nicht eindeutig
why-limited-period = gilt nur für einen Teil des Jahres
why-ambiguous = lässt sich auf zwei Arten lesen
why-not-understood = nicht sicher verstanden

conflict-title = Jemand anderes hat inzwischen gespeichert
conflict-text = Ihre Eingaben stehen noch im Formular und sind nicht gespeichert. Vergleichen Sie mit dem, was jetzt gespeichert ist; wenn Sie speichern, gilt Ihr Formular.
conflict-same = Was jetzt gespeichert ist, unterscheidet sich in diesem Abschnitt nicht von Ihren Eingaben.
conflict-empty = leer

# Personen
people-title = Personen
people-none = Noch ist keine Person eingetragen.
people-add = Person hinzufügen
people-add-intro = Eine Person kann für mehrere Gruppen stehen. Suchen Sie zuerst, ob sie schon bekannt ist.
people-find = Bekannte Person suchen
people-find-hint = Mindestens zwei Buchstaben des Namens. Welche Namen Sie dabei sehen, wird protokolliert.
people-find-go = Suchen
people-found = Gefunden
people-found-none = Niemand mit diesem Namen ist bekannt, oder die Person gehört schon zur Gruppe.
people-link-as = Hinzufügen als
person-no-group = steht zurzeit für keine Gruppe
person-new-title = Noch nicht bekannt?
person-new = Neue Person eintragen
person-new-intro = Alles zu einer Person ist zuerst rot. Öffnen können Sie es, sobald ihre Einwilligung erfasst ist. Nur eine Angabe muss ausgefüllt sein.
person-new-save = Person eintragen
person-nameless = Person ohne Namen
person-edit-intro = Schließen können Sie jede Angabe sofort. Öffnen lässt sich eine Angabe nur so weit, wie die Person eingewilligt hat. Eine neue Nummer braucht eine neue Einwilligung.
person-edit-others = { $count ->
    [one] Die Person steht noch für eine weitere Gruppe. Änderungen gelten auch dort.
   *[other] Die Person steht noch für { $count } weitere Gruppen. Änderungen gelten auch dort.
}
person-other-groups = { $count ->
    [one] steht auch für eine weitere Gruppe
   *[other] steht auch für { $count } weitere Gruppen
}
role-label = Rolle in dieser Gruppe
role-contact = Kontaktperson
role-deputy = Vertretung
role-hint-contact = Kann mit Einwilligung öffentlich sein.
role-hint-deputy = Wird höchstens auf Anfrage weitergegeben.
person-remove = Entfernen
person-remove-title = { $name } aus der Gruppe nehmen
person-remove-says = Die Person steht danach nicht mehr für „{ $group }“. Was von ihr öffentlich war, verschwindet dort sofort.
person-remove-last = Die Person bleibt bei Ihnen bekannt und kann wieder hinzugefügt werden.
person-remove-others = { $count ->
    [one] Sie steht weiterhin für eine andere Gruppe.
   *[other] Sie steht weiterhin für { $count } andere Gruppen.
}
person-remove-do = Aus der Gruppe nehmen
person-delete-instead = Person ganz löschen
person-delete-title = { $name } ganz löschen
person-delete-says = Gelöscht werden { $items ->
    [one] 1 Angabe
   *[other] { $items } Angaben
} und { $consents ->
    [0] keine Einwilligung
    [one] 1 Einwilligung
   *[other] { $consents } Einwilligungen
}. Die Person verschwindet aus { $groups ->
    [one] 1 Gruppe.
   *[other] { $groups } Gruppen.
}
person-delete-key = Auch der Schlüssel der Person wird vernichtet. Das lässt sich nicht rückgängig machen, auch nicht aus einer Datensicherung.
person-delete-groups = Betroffen:
person-delete-do = Person endgültig löschen

# Einwilligung
consent-title = Einwilligung
consent-back = Zur Gruppe
consent-none = Keine Einwilligung
consent-line = Eingewilligt: { $light }, { $date }, { $channel }
consent-record = Einwilligung erfassen
consent-change = Ändern oder widerrufen
consent-again = Neue Einwilligung erfassen
consent-intro = Lesen Sie diesen Text vor oder lassen Sie ihn unterschreiben:
consent-wording-version = Fassung
consent-light = Wie offen darf die Angabe sein?
consent-date = Wann hat die Person das gesagt?
consent-channel = Wie?
consent-opens = Mit dem Speichern wird die Ampel der Angabe so gestellt.
consent-save = Einwilligung speichern
consent-receipts = Bisherige Einwilligungen
consent-receipt = { $date }, { $channel }, Fassung { $wording }
consent-withdrawn = widerrufen
consent-replaced = durch eine neuere ersetzt
consent-withdraw-title = Widerruf
consent-withdraw-text = Die Angabe wird sofort rot und verschwindet von der öffentlichen Seite.
consent-withdraw = Einwilligung widerrufen
channel-in-person = persönlich
channel-phone = am Telefon
channel-paper = auf Papier
channel-mail = per E-Mail

# Notizen
notes-title = Interne Notizen
notes-none = Noch keine Notiz.
note-label = Neue Notiz
note-save = Notiz speichern

# Verlauf
history-title = Verlauf: { $name }
history-intro = Jede Fassung mit dem, was sich geändert hat. Angaben von Personen stehen nicht im Verlauf: Wer gelöscht wird, ist überall gelöscht.
history-changes = Änderungen der Fassung
history-field = Angabe
history-old = vorher
history-new = nachher
history-removed = entfernt
history-status = Status: { $from } → { $to }
history-came = { $count ->
    [one] 1 Person kam hinzu.
   *[other] { $count } Personen kamen hinzu.
}
history-went = { $count ->
    [one] 1 Person wurde entfernt.
   *[other] { $count } Personen wurden entfernt.
}
change-created = Angelegt
change-imported = Importiert
change-status = Status geändert
change-gruppe = Gruppe bearbeitet
change-treffen = Treffen bearbeitet
change-kontakt = Kontakt bearbeitet
change-intern = Internes bearbeitet
change-person-added = Person hinzugefügt
change-person-removed = Person entfernt
change-person-role = Rolle geändert
change-other = Geändert

# Meldungen
flash-gruppe-angelegt = Die Gruppe ist als Entwurf angelegt. Ergänzen Sie Treffen, Kontakt und Personen.
flash-status-geaendert = Der Status ist geändert.
flash-notiz-gespeichert = Die Notiz ist gespeichert.
flash-person-hinzugefuegt = Die Person gehört jetzt zur Gruppe. Alles ohne Einwilligung ist rot.
flash-person-entfernt = Die Person steht nicht mehr für diese Gruppe.
flash-person-geloescht = Die Person ist gelöscht, ihr Schlüssel vernichtet.
flash-einwilligung-erfasst = Die Einwilligung ist erfasst und die Ampel gestellt.
flash-einwilligung-widerrufen = Die Einwilligung ist widerrufen. Die Angabe ist rot.

# Fehler an Feldern
error-outside-reach = Ihre Rolle gilt nur für bestimmte Bereiche oder Orte. So läge diese Gruppe außerhalb, und Sie könnten sie nicht mehr sehen. Bitte wählen Sie einen Ihrer Bereiche (oder beim Treffpunkt einen Ihrer Orte), oder lassen Sie das jemanden ohne diese Begrenzung tun.
error-item-missing = Bitte füllen Sie dieses Feld aus.
error-item-not-an-email = Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: gruppe@beispiel.de
error-line-too-long = Das ist zu lang. Höchstens 200 Zeichen.
error-text-too-long = Das ist zu lang. Höchstens 10.000 Zeichen.
error-link-too-long = Diese Adresse ist zu lang.
error-line-control = Hier sind Zeichen, die nicht in eine Zeile passen. Bitte tippen Sie den Text neu.
error-not-a-choice = Bitte wählen Sie einen der Vorschläge.
error-not-a-number = Bitte geben Sie eine ganze Zahl ein.
error-not-a-year = Bitte geben Sie ein Jahr ein, zum Beispiel 2009.
error-not-a-date = Das ist kein Datum. Es sieht zum Beispiel so aus: 22.11.2026
error-date-in-future = Dieser Tag liegt in der Zukunft.
error-not-a-phone = Das ist keine Telefonnummer. Bitte nur Ziffern, Leerzeichen, / ( ) - und +; alles andere in die Bemerkung.
error-not-a-link = Das ist keine Internetadresse. Sie beginnt mit https:// oder http://
error-only-one = Hier ist nur eine Angabe möglich.
error-light-missing = Bitte wählen Sie eine Ampel.
error-light-too-open = So offen darf diese Angabe nicht sein.
error-consent-missing = Dafür liegt keine Einwilligung der Person vor. Speichern Sie die Angabe rot und erfassen Sie dann die Einwilligung.
error-consent-light-missing = Bitte wählen Sie, wie offen die Angabe sein darf.
error-consent-channel-missing = Bitte wählen Sie, wie die Person eingewilligt hat.
error-person-empty = Mindestens eine Angabe muss bleiben. Soll die Person gelöscht werden, tun Sie das über „Entfernen“.
error-two-letters = Bitte geben Sie mindestens zwei Buchstaben ein.
error-meeting-without-words = Bitte schreiben Sie, wann die Gruppe sich trifft, oder wählen Sie eine Regel.
error-rule-no-weekday = Bitte wählen Sie einen Wochentag.
error-rule-one-weekday = Bei diesem Rhythmus ist nur ein Wochentag möglich. Für einen weiteren nehmen Sie eine zweite Regel.
error-rule-no-nth = Bitte wählen Sie, der wievielte im Monat.
error-rule-bad-month = Einen dieser Monate gibt es nicht.
error-rule-bad-interval = Bitte geben Sie 2 bis 52 Wochen an.
error-rule-no-anchor = Bitte geben Sie einen Tag an, an dem ein Treffen war oder ist.
error-rule-no-start = Bitte geben Sie den Beginn an, zum Beispiel 18:30.
error-rule-bad-end = Das ist keine Uhrzeit.
error-rule-end-before-start = Das Ende muss nach dem Beginn liegen.
history-policy = Ampel-Regeln: Fassung { $version }
required-mark = Pflichtangabe
change-policy = Durch neue Ampel-Regeln geändert
nav-office-requests = Prüfen
requests-title = Zu prüfen
requests-lead = Diese Vorschläge warten auf Ihre Entscheidung. Bis dahin bleibt im Verzeichnis alles, wie es ist. Das Älteste steht oben.
requests-none-but-groups = Gerade wartet kein Änderungsvorschlag, nur eine vorgeschlagene Gruppe.
requests-at-work = { $by } kümmert sich gerade darum. Sie können trotzdem entscheiden.
requests-none = Gerade wartet nichts.
requests-someone = jemand, dessen Konto es nicht mehr gibt
requests-group = Gruppe
requests-what = Was
requests-by = Von
requests-since = Seit
requests-changes = { $count ->
    [one] eine Änderung
   *[other] { $count } Änderungen
}
requests-of = Änderungen: { $group }
requests-about = Vorgeschlagen von { $by } am { $at }.
requests-to-group = Zur Gruppe
requests-old = Bisher
requests-new = Neu
requests-now = Steht jetzt da
requests-nothing = noch nichts
requests-only-message = Mitteilung
requests-nothing-to-decide = Die Gruppe möchte nichts ändern, sie hat nur etwas mitgeteilt.
requests-read = Gelesen
requests-goes = Die Angabe soll weg.
requests-gone = nichts mehr
requests-moved-on = Das wurde inzwischen geändert. Wenn Sie übernehmen, gilt das Neue.
requests-done = So steht es schon da.
requests-verdict = Entscheidung
requests-accept = Übernehmen
requests-reject = Nicht übernehmen
requests-light = Ampel
requests-reason = Begründung für die Gruppe
requests-reason-hint = Wenn Sie nicht übernehmen. Die Gruppe liest sie.
requests-decide = Entscheiden
requests-accept-all = Alles übernehmen
requests-conflict = Inzwischen hat jemand die Gruppe oder den Vorschlag geändert. Es ist nichts entschieden worden. Was Sie ausgefüllt haben, steht noch da; bitte sehen Sie noch einmal hin, was sich geändert hat.
flash-entschieden = Entschieden. Wer den Vorschlag gemacht hat, bekommt eine E-Mail, wenn eine Adresse bekannt ist.
flash-schon-entschieden = Darüber hat schon jemand anderes entschieden, oder die Gruppe hat es zurückgenommen.
today-requests = { $count ->
    [one] Vorschlag zu prüfen
   *[other] Vorschläge zu prüfen
}
own-edit = Ändern
own-edit-intro = Was Sie schließen oder wegnehmen, ist sofort nicht mehr öffentlich. Alles andere sieht sich die Kontaktstelle an, bevor es im Verzeichnis steht.
own-edit-save = Absenden
own-waiting-title = Wartet auf die Kontaktstelle
own-waiting = { $count ->
    [one] Eine Änderung wartet. Bis die Kontaktstelle sie angesehen hat, steht im Verzeichnis das Bisherige.
   *[other] { $count } Änderungen warten. Bis die Kontaktstelle sie angesehen hat, steht im Verzeichnis das Bisherige.
}
own-withdraw = Änderungen zurücknehmen
own-decided-title = Zuletzt entschieden
own-decided-asked = Ihr Vorschlag war: „{ $value }“.
own-decided-accepted = übernommen
own-decided-rejected = nicht übernommen
flash-eingereicht = Danke! Ihre Änderungen sind bei der Kontaktstelle. Was Sie geschlossen haben, ist es schon.
flash-geschlossen = Erledigt: Was Sie geschlossen haben, ist nicht mehr öffentlich.
flash-nichts-geaendert = Es war nichts anders als vorher.
flash-zurueckgenommen = Die Änderungen sind zurückgenommen. Was geschlossen wurde, bleibt geschlossen.
change-closed = Die Gruppe hat Angaben geschlossen
change-request = Ein Vorschlag wurde übernommen
audit-act-request-submitted = Eine Gruppe schlug Änderungen vor.
audit-act-request-withdrawn = Eine Gruppe nahm ihren Vorschlag zurück.
audit-act-request-decided = Über einen Vorschlag einer Gruppe wurde entschieden.
error-reason-missing = Bitte schreiben Sie der Gruppe, warum nicht.
error-field-gone = Dieses Feld gibt es nicht mehr, oder es gehört jetzt der Kontaktstelle. Sie können die Änderung nur ablehnen.
change-restored = Frühere Fassung wiederhergestellt
change-consent-settled = Vermerk zur Einwilligung erledigt
restore-link = Diese Fassung wiederherstellen
restore-title = { $name }: Fassung { $version } wiederherstellen
restore-back = Zum Verlauf
restore-lead = So werden die Angaben. Keine wird dabei offener: Was seither geschlossen wurde, bleibt geschlossen, und was entfernt wurde, kommt rot zurück. Kontaktpersonen und Status bleiben, wie sie sind.
restore-nothing = Die Angaben sind jetzt schon so wie in dieser Fassung.
restore-now = Jetzt
restore-then = Danach
restore-button = Wiederherstellen
flash-wiederhergestellt = Die frühere Fassung ist wiederhergestellt. Was wieder öffentlich sein soll, öffnen Sie bitte selbst.
own-person-new = Neue Kontaktperson nennen
own-person-edit = Angaben ändern
own-person-intro = Was Sie schließen oder entfernen, gilt sofort. Alles andere sieht die Kontaktstelle an, bevor es gilt.
own-person-agrees-legend = Einwilligung
own-person-agrees = Ich bin diese Person und mit den gewählten Ampeln einverstanden.
error-agrees-missing = Offener wird diese Angabe nur, wenn die Person selbst einwilligt: Kreuzen Sie oben an, dass Sie es sind, oder wählen Sie Rot. Für andere fragt die Kontaktstelle nach.
own-pause = Gruppe pausieren
own-pause-about = Trifft sich die Gruppe eine Weile nicht? Dann verschwindet sie sofort aus dem Verzeichnis. Nichts geht verloren.
own-pause-title = { $group } pausieren
own-pause-effect = Die Gruppe verschwindet sofort aus dem öffentlichen Verzeichnis. Niemand prüft das vorher.
own-pause-again = Wenn sie sich wieder trifft, sagen Sie der Kontaktstelle Bescheid; sie nimmt die Gruppe wieder auf.
flash-pausiert = Die Gruppe pausiert und steht nicht mehr im Verzeichnis.
change-paused = Von der Gruppe pausiert
history-request = zum Vorschlag
requests-new-person = Neue Kontaktperson
requests-agrees = Wer das vorschlägt, erklärt, selbst diese Person zu sein und einzuwilligen. Mit dem Übernehmen wird die Einwilligung erfasst.
group-admins = Wer pflegt die Gruppe?
group-admins-none = Niemand aus der Gruppe hat einen Zugang.
group-request-waits = Ein Änderungsvorschlag wartet
group-succession-waits = Eine Nachfolge ist auf dem Weg
own-waiting-about = Es geht um: { $fields }.
own-others-waiting = Jemand anderes, der die Gruppe pflegt oder gepflegt hat, hat Änderungen vorgeschlagen.

# Prüfen: Filter, wer daran arbeitet, Nachrichten, zweiter Blick
requests-filter = Änderungsvorschläge filtern
requests-filter-name = Name der Gruppe
requests-count = { $count ->
    [one] Ein Vorschlag
   *[other] { $count } Vorschläge
}
requests-none-found = Kein Vorschlag passt dazu.
requests-whose-alle = alle
requests-whose-mir = mir
requests-whose-niemandem = niemandem
requests-taken-by = In Arbeit bei
requests-taken-nobody = niemandem
requests-take = Ich kümmere mich darum
requests-take-save = Speichern
requests-mark-second = zweite Prüfung
requests-mark-answered = Nachricht der Gruppe
requests-asked = Vorgeschlagen war
requests-template = Begründung aus der Liste
requests-template-none = keine
requests-amend = Anders übernehmen
requests-amend-hint = Zum Beispiel, um einen Tippfehler zu beheben. Die Gruppe sieht, dass Sie etwas geändert haben.
requests-comments = Nachrichten
requests-comment = Nachricht an die Gruppe
requests-comment-hint = Wer den Vorschlag gemacht hat, bekommt eine E-Mail, dass es eine Nachricht gibt. Was darin steht, ist nur nach der Anmeldung zu lesen.
requests-comment-send = Nachricht senden
requests-comment-office = Kontaktstelle
requests-first = { $by } hat am { $at } entschieden, wie es unten steht. Weil dabei etwas Rotes geöffnet wird, gilt das erst, wenn eine zweite Person genauso entscheidet.
requests-first-mine = Sie haben am { $at } entschieden, wie es unten steht. Weil dabei etwas Rotes geöffnet wird, gilt das erst, wenn eine zweite Person genauso entscheidet.
flash-zweiter-blick = Ihre Entscheidung ist notiert. Weil dabei etwas Rotes geöffnet wird, muss eine zweite Person zustimmen.
flash-in-arbeit = Gespeichert, wer daran arbeitet.
flash-gefragt = Ihre Nachricht ist bei der Gruppe.
flash-geantwortet = Ihre Nachricht ist bei der Kontaktstelle.
flash-nicht-geantwortet = Die Nachricht ist leer oder zu lang (höchstens 2.000 Zeichen). Es wurde nichts gesendet.
flash-gespeichert-wartet = Gespeichert. Was rot ist, bleibt rot, bis eine zweite Person unter „Prüfen“ zustimmt.
own-decided-amended = übernommen, von der Kontaktstelle leicht geändert
own-comment = Nachricht an die Kontaktstelle
draft-title = Ihr Entwurf
draft-saved = Das haben Sie am { $at } eingetragen und noch nicht abgeschickt.
draft-discard = Entwurf verwerfen
draft-keep = Später weitermachen
draft-kept = Entwurf gespeichert um
draft-failed = Der Entwurf kann gerade nicht gespeichert werden. Bitte schicken Sie das Formular bald ab.
flash-entwurf = Ihr Entwurf ist gespeichert. Abgeschickt ist noch nichts.
flash-kein-entwurf = Der Entwurf konnte nicht gespeichert werden, weil Ihre Vorschläge inzwischen andere sind.
flash-entwurf-verworfen = Der Entwurf ist verworfen.
settings-review = Prüfen
settings-review-does = Wie Ihre Kontaktstelle Vorschläge der Gruppen prüft.
settings-review-now-yes = Vier Augen für Rotes
settings-review-now-no = eine Person entscheidet
review-eyes = Müssen zwei Personen zustimmen, bevor etwas Rotes geöffnet wird?
review-eyes-no = Nein, eine Person entscheidet
review-eyes-yes = Ja, vier Augen
review-eyes-hint = Gilt für Vorschläge der Gruppen und für Änderungen aus dem Team. Einwilligungen, die Sie für eine Person erfassen, öffnen weiterhin sofort: Dort hat die Person selbst zugestimmt.
review-eyes-alone = In Ihrem Team kann zurzeit nur eine Person entscheiden. Mit „Ja“ könnte niemand mehr etwas Rotes öffnen, bis eine zweite Person eingeladen ist.
review-reasons = Begründungen, die Sie öfter brauchen
review-reasons-hint = Eine je Zeile, höchstens { $count }. Beim Prüfen wählen Sie daraus. Die Gruppen lesen sie.
error-too-many-reasons = Das sind zu viele. Bitte streichen Sie welche.
error-amend-person = Was jemand über sich selbst angibt, können Sie nur so übernehmen oder nicht übernehmen.
error-amend-empty = Der neue Wert ist leer. Wenn die Angabe nicht passt, übernehmen Sie sie nicht.
error-nobody-to-ask = Dieser Vorschlag kam ohne Anmeldung; es gibt niemanden, der hier antworten könnte.
error-too-many-comments = Zu diesem Vorschlag wurden schon viele Nachrichten geschrieben. Bitte rufen Sie an.
error-second-look-account = Das kann nur jemand mit einem Zugang Ihrer Kontaktstelle entscheiden.
audit-act-request-taken = Es wurde festgehalten, wer an einem Vorschlag arbeitet.
audit-act-request-asked = Die Kontaktstelle hat der Gruppe zu ihrem Vorschlag geschrieben.
audit-act-request-answered = Die Gruppe hat der Kontaktstelle zu ihrem Vorschlag geschrieben.
audit-act-request-first-look = Ein Vorschlag wurde entschieden; eine zweite Person muss zustimmen.
audit-act-review-rules = Die Regeln für das Prüfen wurden geändert.
audit-act-draft-begun = Ein Formular wurde begonnen und als Entwurf gespeichert.
audit-act-draft-discarded = Ein Entwurf wurde verworfen.
