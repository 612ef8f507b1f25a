# Der Arbeitsbereich: Heute, Einstellungen, Protokoll.
nav-office-today = Heute
nav-office-groups = Gruppen
nav-office-import = Liste einlesen
nav-office-settings = Einstellungen
nav-office-people = Personen
nav-own-groups = Meine Gruppen
nav-account = Mein Konto
nav-office-audit = Protokoll

office-save = Speichern
office-cancel = Abbrechen

# Heute
today-title = Heute
today-set-up-setup = Bis Ihr Verzeichnis online ist
today-set-up-trial = Ihr Verzeichnis ist im Probebetrieb
today-set-up-live = Damit Ihr Verzeichnis vollständig ist
today-set-up-offline = Ihr Verzeichnis ist offline
today-steps = { $done } von { $all } Punkten sind erledigt.
today-to-publish = Zur Veröffentlichung
today-waiting = Was wartet
today-nothing = Im Moment wartet nichts auf Sie.
today-drafts = { $count ->
    [one] Gruppe im Entwurf
   *[other] Gruppen im Entwurf
}
today-consents = { $count ->
    [one] Gruppe, bei der eine Einwilligung zu erfassen ist
   *[other] Gruppen, bei denen Einwilligungen zu erfassen sind
}
today-without-contact = { $count ->
    [one] öffentliche Gruppe ohne öffentlichen Kontakt: Anfragen kommen zu Ihnen
   *[other] öffentliche Gruppen ohne öffentlichen Kontakt: Anfragen kommen zu Ihnen
}
today-state = Stand
today-groups = Gruppen insgesamt
today-to-groups = Zur Liste
today-published = Davon zur Veröffentlichung freigegeben
today-mails = E-Mails
today-mails-waiting = { $count ->
    [0] Keine E-Mail wartet auf den Versand.
    [one] Eine E-Mail wartet auf den Versand.
   *[other] { $count } E-Mails warten auf den Versand.
}
today-mails-failed = { $count ->
    [one] Eine E-Mail konnte nicht zugestellt werden.
   *[other] { $count } E-Mails konnten nicht zugestellt werden.
}

# Checkliste
check-must = Bevor Ihr Verzeichnis online gehen kann
check-should = Danach, möglichst bald
check-done = erledigt
check-open = offen
check-reachable = Erreichbarkeit
check-reachable-done = Telefon oder E-Mail der Kontaktstelle stehen im Verzeichnis.
check-reachable-open = Geben Sie Telefon oder E-Mail Ihrer Kontaktstelle an. Ratsuchende wenden sich an Sie, wenn eine Gruppe keinen öffentlichen Kontakt hat.
check-imprint = Impressum
check-imprint-done = Das Impressum ist geschrieben.
check-imprint-open = Schreiben Sie Ihr Impressum. Ein Vorschlag, den Sie anpassen können, liegt bereit. Lücken in [[Klammern]] müssen gefüllt sein.
check-privacy = Datenschutzhinweise
check-privacy-done = Die Datenschutzhinweise sind geschrieben.
check-privacy-open = Schreiben Sie Ihre Datenschutzhinweise. Ein Vorschlag, der zu Ihrem Datenschutzrecht passt, liegt bereit. Lücken in [[Klammern]] müssen gefüllt sein.
check-group = Mindestens eine aktive Gruppe
check-group-done = { $count ->
    [one] Eine Gruppe ist aktiv und kann veröffentlicht werden.
   *[other] { $count } Gruppen sind aktiv und können veröffentlicht werden.
}
check-group-open = Lesen Sie Ihre Liste ein oder legen Sie eine Gruppe an, und setzen Sie sie auf „aktiv“.
check-contract = Vertrag zur Auftrags­verarbeitung
check-contract-done = Abgeschlossen am { $date }.
check-contract-open = Ohne Vertrag bleibt das Verzeichnis im Probebetrieb: öffentlich mit einem Hinweis, aber nicht in Suchmaschinen.

# Sichtbarkeit
visibility-setup = In Vorbereitung
visibility-trial = Probebetrieb
visibility-live = Öffentlich
visibility-offline = Offline

# Einstellungen
settings-title = Einstellungen
settings-now = Zurzeit:
settings-closed = Einige Einstellungen kann nur die Leitung der Kontaktstelle ändern.
settings-profile = Kontaktstelle
settings-profile-does = Was Ratsuchende auf jeder Seite über Ihre Kontaktstelle erfahren: Name, Adresse, Telefon, Sprechzeiten.
settings-profile-now = { $count } von { $all } Angaben sind ausgefüllt.
settings-texts = Impressum, Datenschutz und Hinweis
settings-texts-does = Die Texte, die das Gesetz verlangt, und was Ratsuchende lesen, bevor sie einen Kontakt sehen.
settings-texts-now = { $count } von { $all } Texten sind geschrieben. Ohne eigenen Kontakt-Hinweis gilt der eingebaute.
settings-contract = Vertrag zur Auftrags­verarbeitung
settings-contract-does = Hier halten Sie den Vertrag fest, den Ihr Träger mit dem Betreiber geschlossen hat. Erst mit ihm endet der Probebetrieb.
settings-contract-now = abgeschlossen am { $date }.
settings-contract-none = Es ist noch kein Vertrag erfasst.
settings-publish = Veröffentlichung
settings-publish-does = Bestimmt, ob Ihr Verzeichnis für alle zu lesen ist, und zeigt, was dafür noch fehlt.
settings-publish-now = { $count ->
    [0] { $state }, keine Gruppe ist öffentlich zu lesen.
    [one] { $state }, eine Gruppe ist öffentlich zu lesen.
   *[other] { $state }, { $count } Gruppen sind öffentlich zu lesen.
}

# Kontaktstelle
profile-name = Name der Kontaktstelle
profile-carrier = Träger
profile-carrier-hint = Wer die Kontaktstelle betreibt, zum Beispiel ein Verein oder eine Stadt.
profile-street = Straße und Hausnummer
profile-postcode = Postleitzahl
profile-town = Ort
profile-phone = Telefon
profile-phone-hint = Telefon oder E-Mail: Mindestens eines davon brauchen Ratsuchende.
profile-email = E-Mail
profile-hours = Sprechzeiten
profile-hours-hint = Zum Beispiel: Montag bis Donnerstag 9 bis 12 Uhr.
profile-about = Über uns
profile-about-hint = Ein kurzer Text: wobei Sie helfen und wie man Sie erreicht. Eine leere Zeile beginnt einen neuen Absatz.
profile-look = Öffentliche Seite „Über uns“ ansehen

# Texte
texts-imprint = Impressum
texts-imprint-hint = Wer für die Seite verantwortlich ist (§ 5 DDG). Eine leere Zeile beginnt einen neuen Absatz.
texts-privacy = Datenschutzhinweise
texts-privacy-hint = Was mit den Daten der Menschen geschieht, die Ihr Verzeichnis benutzen oder darin stehen.
texts-notice = Hinweis vor dem Kontakt
texts-notice-hint = Wird gelesen, bevor ein Kontakt erscheint: wie man sich meldet, was vertraulich bleibt. Leer gilt der eingebaute Hinweis.
texts-suggest = Vorschlag einsetzen
texts-suggest-hint = Nach { $regime }. Ein Anfang, keine Rechtsberatung: Bitte prüfen und ergänzen Sie ihn mit Ihrem Träger. Gespeichert wird erst mit „Speichern“.
texts-gaps = In den Texten sind noch Lücken in [[doppelten Klammern]], die nur Sie füllen können. Sie können zwischendurch speichern; veröffentlichen lässt sich der Text erst ohne Lücken.
texts-look = Öffentliche Seite ansehen

# Vertrag
contract-regime = Ihr Datenschutzrecht
contract-regime-dsgvo = Der Vertrag richtet sich nach Art. 28 der Datenschutz-Grundverordnung.
contract-regime-kdg = Der Vertrag richtet sich nach § 29 des Gesetzes über den Kirchlichen Datenschutz.
contract-regime-dsg-ekd = Der Vertrag richtet sich nach § 30 des Datenschutzgesetzes der EKD.
contract-recorded = Erfasst
contract-concluded-on = Datum des Vertrags
contract-signer = Unterschrieben von
contract-signer-hint = Wer für Ihren Träger unterschrieben hat.
contract-document = Dokument
contract-document-hint = Der unterschriebene Vertrag als PDF-Datei, höchstens 10 MB. Er wird verschlüsselt gespeichert.
contract-download = PDF herunterladen
contract-size = { $count } KB
contract-record = Vertrag erfassen
contract-replace = Durch einen neuen Vertrag ersetzen
contract-save = Vertrag erfassen
contract-ends-trial = Sobald der Vertrag erfasst ist, endet der Probebetrieb von selbst: Der Hinweis verschwindet, und Suchmaschinen dürfen das Verzeichnis zeigen.
flash-vertrag-erfasst = Der Vertrag ist erfasst.

# Veröffentlichung
publish-state = Stand des Verzeichnisses
publish-checklist = Was dafür nötig ist
publish-effect-setup = { $count ->
    [0] Noch ist nichts zu lesen, und noch keine Gruppe ist bereit.
    [one] Noch ist nichts zu lesen. Eine Gruppe ist bereit.
   *[other] Noch ist nichts zu lesen. { $count } Gruppen sind bereit.
}
publish-effect-trial = { $count ->
    [one] Alle können eine Gruppe lesen. Ein Hinweis auf den Probebetrieb steht auf jeder Seite, Suchmaschinen bleiben draußen.
   *[other] Alle können { $count } Gruppen lesen. Ein Hinweis auf den Probebetrieb steht auf jeder Seite, Suchmaschinen bleiben draußen.
}
publish-effect-live = { $count ->
    [one] Alle können eine Gruppe lesen, auch Suchmaschinen.
   *[other] Alle können { $count } Gruppen lesen, auch Suchmaschinen.
}
publish-effect-offline = { $count ->
    [one] Nichts ist zu lesen. Eine Gruppe wäre bereit.
   *[other] Nichts ist zu lesen. { $count } Gruppen wären bereit.
}
publish-go-trial = Im Probebetrieb veröffentlichen …
publish-go-live = Veröffentlichen …
publish-go-offline = Offline nehmen …
publish-not-yet = Sobald Impressum, Datenschutzhinweise, Erreichbarkeit und eine aktive Gruppe da sind, können Sie hier veröffentlichen.
publish-only-lead = Veröffentlichen und offline nehmen kann nur die Leitung der Kontaktstelle.
publish-missing = Inzwischen fehlt etwas. Bitte sehen Sie in der Liste nach.
office-confirm-lead = Das geschieht, wenn Sie bestätigen:
publish-online-title = Verzeichnis veröffentlichen
publish-online-groups = { $count ->
    [one] Eine Gruppe ist sofort für alle zu lesen unter { $address }.
   *[other] { $count } Gruppen sind sofort für alle zu lesen unter { $address }.
}
publish-online-contacts = { $count ->
    [0] Keine Gruppe zeigt einen eigenen Kontakt.
    [one] Eine Gruppe zeigt ihren Kontakt, nachdem der Hinweis gelesen wurde.
   *[other] { $count } Gruppen zeigen ihren Kontakt, nachdem der Hinweis gelesen wurde.
}
publish-online-office = { $count ->
    [0] Jede Gruppe ist direkt zu erreichen.
    [one] Bei einer Gruppe steht statt eines Kontakts, dass Ihre Kontaktstelle vermittelt.
   *[other] Bei { $count } Gruppen steht statt eines Kontakts, dass Ihre Kontaktstelle vermittelt.
}
publish-online-lights = Gelbe und rote Angaben bleiben bei Ihnen.
publish-online-as-trial = Weil noch kein Vertrag erfasst ist, steht auf jeder Seite „Probebetrieb“, und Suchmaschinen werden gebeten, das Verzeichnis nicht aufzunehmen.
publish-online-as-live = Suchmaschinen dürfen das Verzeichnis aufnehmen.
publish-online-button = Jetzt veröffentlichen
publish-offline-title = Verzeichnis offline nehmen
publish-offline-groups = { $count ->
    [one] Eine Gruppe ist sofort nicht mehr öffentlich zu lesen.
   *[other] { $count } Gruppen sind sofort nicht mehr öffentlich zu lesen.
}
publish-offline-page = Wer die Adresse aufruft, liest, dass das Verzeichnis gerade nicht erreichbar ist. Impressum und Datenschutzhinweise bleiben stehen.
publish-offline-kept = Nichts wird gelöscht. Sie können jederzeit wieder veröffentlichen.
publish-offline-search = Suchmaschinen zeigen alte Treffer vielleicht noch einige Tage, sie führen aber zu keiner Gruppe mehr.
publish-offline-button = Jetzt offline nehmen
flash-online-trial = Ihr Verzeichnis ist im Probebetrieb veröffentlicht.
flash-online-live = Ihr Verzeichnis ist veröffentlicht.
flash-offline = Ihr Verzeichnis ist offline.

# Fehler in diesen Formularen
error-phone-or-email = Bitte geben Sie Telefon oder E-Mail an, damit Ratsuchende Sie erreichen.
error-needed-while-public = Solange das Verzeichnis öffentlich ist, darf dieser Text nicht fehlen. Nehmen Sie es vorher offline.
error-gap-left = In diesem Text ist noch eine Lücke in [[doppelten Klammern]]. Solange das Verzeichnis öffentlich ist, muss er vollständig sein.
error-contract-too-old = Ein Vertrag nach heutigem Datenschutzrecht kann nicht vor Mai 2018 geschlossen sein.
error-document-missing = Bitte wählen Sie den Vertrag als PDF-Datei aus.
error-document-too-large = Die Datei ist größer als 10 MB. Bitte speichern Sie das PDF kleiner, zum Beispiel als Schwarz-Weiß-Scan.
error-not-a-pdf = Diese Datei ist kein PDF. Bitte speichern Sie den Vertrag als PDF und wählen Sie ihn erneut aus.

# Protokoll
audit-title = Protokoll
audit-lead = Jede Handlung und jeder Blick auf geschützte Angaben steht hier. Niemand kann Einträge ändern oder löschen, ohne dass es auffällt.
audit-filter = Protokoll eingrenzen
audit-topic = Was
audit-topic-all = alles
audit-topic-logins = Anmeldungen
audit-topic-accounts = Konten
audit-topic-groups = Gruppen und Notizen
audit-topic-people = Personen und Einwilligungen
audit-topic-imports = Eingelesene Listen
audit-topic-office = Kontaktstelle und Veröffentlichung
audit-topic-contract = Vertrag
audit-topic-audit = Protokoll
audit-who = Wer
audit-who-all = alle
audit-who-link = die Gruppe, mit ihrem persönlichen Link
audit-who-anonymous = nicht angemeldet
audit-who-system = das Programm
audit-who-operator = der technische Betrieb
audit-who-gone = gelöschtes Konto { $id }
audit-from = Von
audit-until = Bis
audit-go = Eingrenzen
audit-clear = Alles zeigen
audit-export = Als CSV-Datei herunterladen
audit-only-object = Nur Einträge zu
audit-only-this = alle Einträge dazu
audit-empty-title = Keine Einträge
audit-empty = Zu dieser Auswahl gibt es keine Einträge. Wählen Sie einen längeren Zeitraum oder zeigen Sie alles.
audit-older = Ältere Einträge
audit-newest = Neueste Einträge
audit-items = { $count ->
    [one] eine Angabe
   *[other] { $count } Angaben
}
audit-csv-number = Nummer
audit-csv-time = Zeit
audit-csv-who = Wer
audit-csv-what = Was
audit-csv-code = Kürzel
audit-csv-object = Worauf
audit-csv-object-id = Kennung
audit-csv-remark = Bemerkung
audit-csv-items = Angaben

audit-act-login-proof-failed = Vor einem geschützten Schritt wurde falsch bestätigt.
audit-act-login-failed = Eine Anmeldung ist fehlgeschlagen.
audit-act-login-password = Das Passwort war richtig; der zweite Faktor stand noch aus.
audit-act-login-complete = Angemeldet.
audit-act-login-recovery-code = Mit einem Notfallcode angemeldet.
audit-act-logout = Abgemeldet.
audit-act-second-factor-begun = Die Einrichtung des zweiten Faktors wurde begonnen.
audit-act-second-factor-enrolled = Der zweite Faktor wurde eingerichtet.
audit-act-account-created = Ein Konto wurde angelegt.
audit-act-demo-filled = Die Kontaktstelle wurde mit erfundenen Gruppen gefüllt.
audit-act-demo-made = Die Vorführ-Kontaktstelle wurde angelegt.
audit-act-group-created = Eine Gruppe wurde angelegt:
audit-act-group-saved = Eine Gruppe wurde geändert:
audit-act-group-status = Der Stand einer Gruppe wurde geändert:
audit-act-items-read = Geschützte Angaben wurden angesehen:
audit-act-note-added = Eine Notiz wurde geschrieben zu:
audit-act-person-created = Eine Person wurde angelegt.
audit-act-person-saved = Angaben einer Person wurden geändert.
audit-act-person-deleted = Eine Person wurde gelöscht.
audit-act-person-linked = Eine Person wurde einer Gruppe zugeordnet:
audit-act-person-unlinked = Die Zuordnung einer Person zu einer Gruppe wurde aufgehoben:
audit-act-person-role = Die Aufgabe einer Person in einer Gruppe wurde geändert:
audit-act-consent-recorded = Eine Einwilligung wurde erfasst.
audit-act-consent-withdrawn = Eine Einwilligung wurde widerrufen.
audit-act-import-uploaded = Eine Liste wurde hochgeladen.
audit-act-import-read = Eine hochgeladene Liste wurde angesehen.
audit-act-import-columns = Die Spalten einer Liste wurden zugeordnet.
audit-act-import-rows = Zeilen einer Liste wurden ausgewählt.
audit-act-import-done = Eine Liste wurde eingelesen.
audit-act-import-removed = Eine hochgeladene Liste wurde entfernt.
audit-act-office-profile-saved = Angaben zur Kontaktstelle wurden geändert.
audit-act-office-published = Das Verzeichnis wurde veröffentlicht.
audit-act-office-offline = Das Verzeichnis wurde offline genommen.
audit-act-contract-recorded = Der Vertrag zur Auftragsverarbeitung wurde erfasst.
audit-act-contract-seen = Der Vertrag zur Auftragsverarbeitung wurde angesehen.
audit-act-contract-read = Der Vertrag zur Auftragsverarbeitung wurde heruntergeladen.
audit-act-audit-read = Das Protokoll wurde gelesen.
audit-act-audit-exported = Das Protokoll wurde als Datei heruntergeladen.

# Liste der Gruppen: was offen ist
groups-open = Was offen ist
groups-open-any = alles
groups-open-einwilligung = Einwilligung zu erfassen
groups-open-kontakt = ohne öffentlichen Kontakt
groups-open-pflicht = Pflichtangaben fehlen

# Wörter in den Bemerkungen des Protokolls
audit-word-added = neu
audit-word-removed = entfernt
audit-word-changed = geändert
audit-word-by = über
audit-word-wording = Wortlaut
audit-word-as = als
audit-word-of = von
audit-word-items = Angaben
audit-word-groups = Gruppen
audit-word-list = Liste
audit-word-group = Gruppe
audit-word-contact = Kontaktperson
audit-word-deputy = Vertretung
audit-word-in-person = im Gespräch
audit-word-paper = auf Papier
audit-word-mail = per E-Mail
audit-word-phone = Telefon
audit-word-email = E-Mail
audit-word-carrier = Träger
audit-word-street = Straße
audit-word-postcode = Postleitzahl
audit-word-town = Ort
audit-word-hours = Sprechzeiten
audit-word-about = Über uns
audit-word-imprint = Impressum
audit-word-privacy = Datenschutzhinweise
audit-word-notice = Kontakt-Hinweis
audit-word-concluded = geschlossen
audit-word-on = am
audit-word-password = Passwort
audit-word-second = zweiter
audit-word-factor = Faktor
audit-word-own = eigene
audit-word-persons = Personen
audit-word-notes = Notizen
audit-word-rows = Zeilen
audit-word-preview = Vorschau
audit-word-decided = entschieden
audit-word-columns = Spalten
audit-word-with = mit
audit-word-samples = Beispielen
audit-word-report = Bericht
audit-word-history = Verlauf
audit-word-form = Formular
audit-word-to = bis
audit-word-until = bis
audit-word-proof = Bestätigung
audit-word-logins = Anmeldungen
audit-word-ended = beendet
audit-word-skipped = ausgelassene
audit-word-person = Person
# Wortgruppen in Bemerkungen
audit-phrase-link-by-mail = mit einem Link aus einer E-Mail
audit-phrase-by-the-link-in-the-mail = über den Link in der E-Mail
audit-phrase-by-link = über einen Link
audit-phrase-link-in-another-browser = Link in einem anderen Browser geöffnet
audit-phrase-new-browser = neuer Browser
audit-phrase-new-country = neues Land
audit-phrase-the-factor-was-not-lost = der zweite Faktor war doch nicht verloren
audit-phrase-password = falsches Passwort
audit-phrase-proof = Bestätigung
audit-phrase-passkey = Passkey
audit-phrase-app = App
audit-phrase-second-factor = zweiter Faktor
audit-phrase-single-sign-on = Anmeldedienst
audit-phrase-passkey-the-signature-counter-did-not-rise = Passkey abgewiesen: Es könnte eine Kopie davon geben
audit-phrase-too-old-or-the-access-has-ended = zu alt, oder der Zugang ist beendet
audit-phrase-wrong-share = falscher Code
audit-phrase-taken-meanwhile = die Adresse war inzwischen vergeben
audit-phrase-header-row = Zeile mit den Überschriften
audit-phrase-columns-with-samples = Spalten mit Beispielen
audit-phrase-gruppe = Gruppe
audit-phrase-treffen = Treffen
audit-phrase-kontakt = Kontakt
audit-phrase-intern = Intern
audit-phrase-request = Änderungsvorschlag
audit-phrase-requests = Änderungsvorschläge
audit-phrase-own-group = eigene Gruppe
audit-phrase-own-groups = eigene Gruppen
audit-phrase-own-form = Formular der Gruppe
audit-phrase-succession = Nachfolge
audit-phrase-roles = Auswahl von Gruppen
audit-phrase-status = Stand
audit-phrase-light-policy = Ampel-Regeln
audit-phrase-people = Personen
audit-phrase-people-by-name = Personen nach Namen
audit-phrase-last-group = letzte Gruppe
audit-phrase-yes = ja
audit-phrase-no = nein
audit-phrase-logins-ended-count = { $count ->
    [one] { $count } Anmeldung beendet
   *[other] { $count } Anmeldungen beendet
}
audit-phrase-closed-at-once-count = { $count ->
    [one] { $count } Angabe sofort geschlossen
   *[other] { $count } Angaben sofort geschlossen
}
audit-phrase-invitations-taken-back-count = { $count ->
    [one] { $count } Einladung zurückgenommen
   *[other] { $count } Einladungen zurückgenommen
}
audit-phrase-rows-decided-count = { $count ->
    [one] { $count } Zeile entschieden
   *[other] { $count } Zeilen entschieden
}
audit-word-lists = Listen
audit-word-only = nur für
audit-number = Nr.
audit-word-for = an
audit-object-gone = etwas, wozu es hier keine Einträge gibt
audit-object-one = diesem einen Vorgang oder Eintrag
audit-object-office = der Kontaktstelle selbst
audit-phrase-by-oneself = selbst zurückgenommen
