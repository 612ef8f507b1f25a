# Der Datenabgleich: was Gruppen sehen.
reconcile-entry-title = Angaben zu Ihrer Gruppe prüfen
reconcile-entry-lead = Sie haben von Ihrer Kontaktstelle eine E-Mail oder einen Brief bekommen. Darin steht ein Code. Bitte tippen oder kopieren Sie ihn hier hinein.
reconcile-code = Ihr Code
reconcile-code-hint = Er sieht so aus: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX. Groß oder klein und die Striche sind egal.
reconcile-bring = Weiter
reconcile-dead-title = Dieser Link oder Code gilt nicht
reconcile-dead-text = Vielleicht ist er älter als 30 Tage, wurde zurückgenommen oder hat einen Tippfehler. Sie können ihn noch einmal eingeben oder sich einen neuen Link schicken lassen.
reconcile-renew-title = Neuen Link anfordern
reconcile-renew-text = Wir schicken einen neuen Link an die Adresse, die Ihre Kontaktstelle von Ihrer Gruppe kennt – und nur dorthin.
reconcile-renew-email-hint = Die Adresse, an die Ihre Kontaktstelle der Gruppe schreibt.
reconcile-renew = Neuen Link schicken
flash-neuer-link = Wenn wir eine Adresse Ihrer Gruppe kennen, ist ein neuer Link dorthin unterwegs. Bitte sehen Sie in Ihrem Postfach nach.
reconcile-inside = Sie haben Ihren Link schon geöffnet.
reconcile-go-on = Weiter zu Ihrer Gruppe
reconcile-entry-help = Kommen Sie nicht weiter? Rufen Sie uns an, wir gehen die Angaben gern mit Ihnen am Telefon durch.
reconcile-leave = Fertig: Link auf diesem Gerät schließen
flash-abgleich-abgelaufen = Ihr Link gilt nicht mehr oder war zu lange offen. Was Sie zuletzt getippt haben, ist nicht gespeichert; alle Schritte davor schon. Bitte öffnen Sie den Link noch einmal oder fordern Sie einen neuen an.
reconcile-left-title = Sie sind fertig
reconcile-left-text = Auf diesem Gerät ist nichts mehr offen. Sie können dieses Fenster schließen.
reconcile-again = Link oder Code noch einmal öffnen
cookie-reconcile = merkt sich, dass Sie den persönlichen Link Ihrer Gruppe geöffnet haben
cookie-reconcile-lifetime = 4 Stunden
wizard-title = Angaben zu Ihrer Gruppe prüfen
wizard-phone-title = Datenabgleich am Telefon
wizard-lead = Stimmt noch alles? Dann sind Sie mit zwei Klicks fertig. Oder gehen Sie die Angaben Schritt für Schritt durch. Jeder Schritt wird gespeichert; Sie können jederzeit aufhören und später weitermachen.
wizard-phone-lead = Gehen Sie die Angaben mit der Gruppe durch. Was Sie speichern, steht im Protokoll in Ihrem Namen, mit dem Weg „Telefon“.
wizard-confirmed = Zuletzt bestätigt am { $date }.
wizard-never-confirmed = Diese Angaben wurden noch nie bestätigt.
wizard-begun = Sie haben schon angefangen. Was Sie gespeichert haben, ist noch da.
wizard-go-on = Weitermachen
wizard-waiting = Änderungen von Ihnen warten noch auf die Kontaktstelle. Sie sind hier schon eingetragen.
wizard-begin = Angaben durchsehen und ändern
wizard-still-right = Es stimmt noch alles
wizard-known = Was wir von Ihrer Gruppe wissen
wizard-masked-note = Was gelb oder rot ist, zeigen wir mit dem Link nur zum Teil, zum Beispiel „K… M…“ für einen Namen. So liest es niemand, der den Link zufällig findet. Sie können es stehen lassen oder neu eintragen.
wizard-position = Schritt { $number } von { $count }
wizard-back = Zurück
wizard-next = Weiter
wizard-save = Speichern und weiter
wizard-lights-title = Was die Ampel bedeutet
wizard-lights-lead = Jede Angabe hat eine Ampel. Sie entscheiden, wer was sehen darf.
wizard-light-green = Alle können es sehen: im Internet, auf der Seite Ihrer Gruppe. Telefonnummern und E-Mail-Adressen erscheinen auch dann erst, wenn jemand einen Hinweis bestätigt hat.
wizard-light-example-green = Zum Beispiel: wann und wo Sie sich treffen.
wizard-light-yellow = Im Internet steht es nicht. Die Kontaktstelle darf es weitergeben, wenn jemand fragt und es passt. Sie schreibt auf, wem und warum.
wizard-light-example-yellow = Zum Beispiel: der Link zu einem Online-Treffen.
wizard-light-red = Nur die Kontaktstelle sieht es. Sie gibt es niemandem weiter.
wizard-light-example-red = Zum Beispiel: wie viele Sie gerade sind.
wizard-try-title = Probieren Sie es aus
wizard-try-text = Eine erfundene Gruppe hat die Telefonnummer 030 5550199. Was ändert sich, wenn die Ampel anders steht?
wizard-try-legend = Ampel der Telefonnummer
wizard-try-public = Jemand sucht im Internet nach Ihrer Gruppe:
wizard-try-seen-green = „Telefon: 030 5550199“ – nachdem der Hinweis bestätigt ist.
wizard-try-seen-yellow = Keine Nummer. Dort steht: „Die Kontaktstelle vermittelt.“
wizard-try-seen-red = Keine Nummer. Dort steht: „Die Kontaktstelle vermittelt.“
wizard-try-office = Jemand ruft bei der Kontaktstelle an:
wizard-try-told-green = Die Kontaktstelle nennt die Nummer.
wizard-try-told-yellow = Die Kontaktstelle nennt die Nummer, wenn es passt, und schreibt auf, wem.
wizard-try-told-red = Die Kontaktstelle nennt die Nummer nicht. Sie ruft höchstens selbst bei Ihnen an.
wizard-know-title = Gut zu wissen
wizard-know-close = Wenn Sie eine Angabe schließen (von Grün auf Gelb oder Rot), gilt das sofort.
wizard-know-open = Alles andere sieht sich die Kontaktstelle erst an. Bis dahin bleibt im Verzeichnis alles, wie es ist.
wizard-know-person = Angaben zu einem Menschen werden nur mit dessen Einwilligung geöffnet.
wizard-know-save = Jeder Schritt wird gespeichert. Abgeschickt wird erst am Ende.
wizard-intro-gruppe = Bitte prüfen Sie, was Ihre Gruppe ist und für wen. Ändern Sie nur, was nicht mehr stimmt. Die Ampel steht neben jeder Angabe.
wizard-intro-treffen = Bitte prüfen Sie, wann und wo Sie sich treffen.
wizard-intro-kontakt = Bitte prüfen Sie, wie man die Gruppe erreicht. Angaben einzelner Menschen kommen im nächsten Schritt.
wizard-masked = Bisher: „{ $value }“. Lassen Sie das Feld leer, wenn es noch stimmt.
wizard-remove = Diese Angabe löschen
wizard-remove-label = Stimmt nicht mehr?
wizard-conflict = Die Kontaktstelle oder jemand aus Ihrer Gruppe hat inzwischen etwas geändert. Bitte sehen Sie sich die Angaben noch einmal an.
wizard-people-title = Ansprechpersonen
wizard-people-lead = Diese Menschen stehen für Ihre Gruppe. Sie können Angaben ändern, jemanden neu nennen oder sagen, wer nicht mehr dabei ist. Etwas schließen oder löschen geht immer.
wizard-person-edit = Angaben von { $person } ändern
wizard-person-unname = Doch nicht nennen
wizard-person-leaves = Ist nicht mehr dabei
wizard-person-stays = Doch noch dabei
wizard-person-gone = Diese Person ist nicht mehr dabei. Wenn Sie abschicken, werden ihre Angaben sofort geschlossen; die Kontaktstelle löscht sie dann.
wizard-not-sent = Noch nicht abgeschickt.
wizard-still-waits = Wartet noch auf die Kontaktstelle.
wizard-decided-title = Die Kontaktstelle hat Ihre Änderungen angesehen
wizard-decided = Am { $date } hat die Kontaktstelle entschieden. Wie von Ihnen gewünscht übernommen: { $count }.
wizard-check-masked = Was gelb oder rot ist und nicht von Ihnen mit diesem Link eingetragen wurde, zeigen wir auch hier nur zum Teil.
wizard-person-intro = Schließen und Löschen gilt beim Abschicken sofort. Eine neue Nummer oder Adresse ist zuerst rot: Die Kontaktstelle fragt die Person, ob sie offener stehen darf.
error-person-not-asked = Offener wird diese Angabe nur, wenn die Person selbst einwilligt. Bitte lassen Sie sie hier, wie sie war; die Kontaktstelle fragt nach.
error-takes-no-part = Diese Gruppe nimmt gerade nicht am Datenabgleich teil. Ein Link würde nichts öffnen.
reconcile-by-link = mit dem Link
reconcile-by-login = nach Anmeldung
reconcile-by-phone = am Telefon
wizard-message = Mitteilung an die Kontaktstelle
wizard-message-hint = Zum Beispiel: Wir suchen ab Herbst einen größeren Raum. Nur die Kontaktstelle liest das.
wizard-check-title = Bitte prüfen Sie Ihre Änderungen
wizard-check-lead = Das haben Sie geändert. Alles andere bestätigen Sie damit als richtig.
wizard-check-nothing = Sie haben nichts geändert. Damit bestätigen Sie, dass alle Angaben stimmen.
wizard-send = Jetzt abschicken
wizard-confirm-title = Stimmt noch alles?
wizard-confirm-lead = Sie bestätigen, dass die Angaben zu Ihrer Gruppe noch stimmen. Auf der Seite Ihrer Gruppe steht dann, dass sie heute bestätigt wurden.
wizard-confirm = Ja, es stimmt noch alles
wizard-discards = { $count ->
    [one] Sie haben schon eine Änderung eingetragen und nicht abgeschickt. Diese Änderung geht dann verloren.
   *[other] Sie haben schon { $count } Änderungen eingetragen und nicht abgeschickt. Diese Änderungen gehen dann verloren.
}
wizard-goes = Die Angabe kommt weg.
wizard-at-once = Gilt sofort.
wizard-waits = Gilt, wenn die Kontaktstelle zugestimmt hat.
wizard-change-more = Doch noch etwas ändern:
wizard-done-confirmed = Vielen Dank, alles ist bestätigt
wizard-done-waits = Vielen Dank, Ihre Änderungen sind angekommen
wizard-done-confirmed-text = Sie brauchen nichts weiter zu tun. Wir melden uns, wenn die nächste Prüfung ansteht.
wizard-done-waits-text = Was Sie geschlossen haben, gilt schon. Alles andere sehen wir uns an. Dann bekommen Sie Bescheid.
wizard-done-receipt = Wenn wir eine E-Mail-Adresse Ihrer Gruppe kennen, bekommen Sie dorthin eine Bestätigung.
wizard-done-phone = Gespeichert. Änderungen warten unter „Prüfen“ auf eine Entscheidung; was geschlossen wurde, gilt schon.
wizard-done-phone-confirmed = Gespeichert. Alle Angaben sind bestätigt, es wartet nichts.
wizard-to-own-group = Zu Ihrer Gruppe
# Der Datenabgleich: was die Kontaktstelle sieht.
nav-office-reconciliation = Datenabgleich
right-reconcile = Gruppen zum Datenabgleich anschreiben
requests-by-link = der Gruppe, mit ihrem persönlichen Link
reconcile-title = Datenabgleich
reconcile-counts = { $count ->
    [0] Keine Gruppe ist fällig.
    [one] Eine Gruppe ist fällig.
   *[other] { $count } Gruppen sind fällig.
}
reconcile-interval-now = { $count ->
    [one] Gruppen werden jeden Monat gefragt.
   *[other] Gruppen werden alle { $count } Monate gefragt.
}
reconcile-interval-change = Regeln ändern
reconcile-new = Gruppen anschreiben
reconcile-filter-label = Welche Gruppen
reconcile-filter-faellig = Fällig
reconcile-filter-angeschrieben = Angeschrieben
reconcile-filter-alle = Alle
reconcile-none = Hier steht gerade keine Gruppe.
reconcile-never = noch nie
reconcile-due-head = Fällig
reconcile-due-fine = noch nicht
reconcile-due-due = fällig
reconcile-due-overdue = überfällig
reconcile-state-head = Stand
reconcile-state-since = { $state }, seit { $date }
reconcile-state-none = nicht angeschrieben
reconcile-state-waiting = wartet auf Versand
reconcile-state-sent = verschickt
reconcile-state-opened = geöffnet
reconcile-state-begun = angefangen
reconcile-state-submitted = eingereicht, zu prüfen
reconcile-state-confirmed = bestätigt
reconcile-state-bounced = E-Mail kam zurück
reconcile-state-overdue = Frist vorbei, keine Antwort
reconcile-way-head = Weg
reconcile-way-mail = E-Mail
reconcile-way-letter = Brief
reconcile-way-hand = persönlich
reconcile-campaigns = Letzte Aussendungen
reconcile-campaign-of = { $date }: { $count ->
    [one] eine Gruppe
   *[other] { $count } Gruppen
}, Frist bis { $deadline }
reconcile-campaign-title = Aussendung vom { $date }
reconcile-campaign-about = Verschickt von { $by }. Frist bis { $deadline }.
reconcile-mails-sent = { $count ->
    [one] { $sent } von { $count } E-Mail ist verschickt.
   *[other] { $sent } von { $count } E-Mails sind verschickt.
}
reconcile-look-again = Stand aktualisieren
reconcile-reminders-head = Erinnerungen
reconcile-letters = { $count ->
    [one] Ein Brief zum Ausdrucken
   *[other] { $count } Briefe zum Ausdrucken
}
reconcile-letters-text = Für Gruppen ohne E-Mail-Adresse und für die, deren E-Mail zurückkam. Eine PDF-Datei, A4, für Fensterumschläge. Jedes Mal entstehen neue Links; ältere gelten weiter.
reconcile-letters-make = Briefe als PDF herunterladen
campaign-title = Gruppen anschreiben
campaign-lead = Jede Gruppe bekommt ihren eigenen Link. Fällige Gruppen sind schon angekreuzt. Gruppen ohne E-Mail-Adresse bekommen einen Brief, den Sie danach ausdrucken. Verschickt wird erst nach einer Vorschau.
campaign-groups = Gruppen
campaign-chosen = { $chosen } von { $count } Gruppen angekreuzt
campaign-subject = Betreff
campaign-subject-hint = Ohne den Namen der Gruppe: Ein Betreff steht auf dem Bildschirm, bevor jemand die E-Mail öffnet.
campaign-german = Text auf Deutsch
campaign-english = Text auf Englisch
campaign-placeholders = Platzhalter in geschweiften Klammern: gruppe, kontaktstelle, kontakt (Ihr Telefon und Ihre E-Mail-Adresse), frist, link, code, adresse. Der Link muss vorkommen. Im Brief steht statt des Links ein Bild für die Telefonkamera (QR-Code).
campaign-deadline = Antwort bis
campaign-first = Erste Erinnerung nach so vielen Tagen
campaign-second = Zweite Erinnerung nach so vielen Tagen
campaign-preview = Weiter zur Vorschau
campaign-preview-title = Vorschau: Das wird verschickt
campaign-preview-for = Beispiel: { $group },
campaign-preview-to = an { $email }.
campaign-preview-letter = So sieht ein Brief aus
campaign-send = Jetzt verschicken
campaign-send-hint = Die E-Mails gehen nach und nach hinaus. Sie können die Seite schließen.
error-no-groups = Bitte wählen Sie mindestens eine Gruppe.
error-placeholder-in-subject = Im Betreff ist nur der Platzhalter kontaktstelle möglich.
error-link-missing = Der Platzhalter link in geschweiften Klammern fehlt.
error-not-a-deadline = Bitte geben Sie einen Tag an, der 7 bis 30 Tage entfernt ist.
error-not-days = Bitte geben Sie mindestens 1 Tag an, und weniger als bis zum letzten Antworttag.
error-not-after-first = Bitte geben Sie mehr Tage an als bei der ersten Erinnerung, und weniger als bis zum letzten Antworttag.
error-not-an-interval = Bitte geben Sie 1 bis 60 Monate an.
error-no-address = Von dieser Gruppe ist keine E-Mail-Adresse bekannt.
interval-title = Regeln des Datenabgleichs
interval-lead = Nach so vielen Monaten ohne Bestätigung gilt eine Gruppe als fällig; drei Monate später als überfällig. Zum Datenabgleich angeschrieben wird niemand von allein.
interval-months = Abstand in Monaten
interval-hint = 1 bis 60. Üblich sind 12.
interval-own-title = Abstand für diese Gruppe
interval-months-own = Abstand in Monaten, nur für diese Gruppe
group-link-title = Persönlicher Link
group-link-lead = Mit dem Link prüft und ändert die Gruppe ihre Angaben, ohne sich anzumelden. Er gilt 30 Tage und nur für diese Gruppe. Gelbe und rote Angaben zeigt er nur zum Teil.
group-link-new = Der neue Link
group-link-once = Sie sehen ihn nur dieses eine Mal. Er gilt bis { $until }.
group-link-link = Link
group-link-address = Adresse zum Tippen
group-link-fetch-title = Link holen
group-link-fetch = Neuen Link anzeigen
group-link-fetch-hint = Zum Kopieren oder Drucken. Es entsteht ein weiterer Link, ältere gelten weiter. Das Protokoll hält fest, wer ihn geholt hat.
group-link-send = Neuen Link an { $email } schicken
group-link-valid = Links, die jetzt gelten
group-link-none = Gerade gilt kein Link dieser Gruppe.
group-link-line = { $at }, { $by }: { $why }. Gilt bis { $until }.
group-link-by-itself = das Programm oder die Gruppe selbst
group-link-why-campaign = mit einer Aussendung
group-link-why-reminder = mit einer Erinnerung
group-link-why-letter = in einem Brief
group-link-why-shown = angezeigt
group-link-why-sent = einzeln verschickt
group-link-why-renewed = von der Gruppe neu angefordert
group-link-revoke = { $count ->
    [one] Diesen Link zurücknehmen …
   *[other] Alle { $count } Links zurücknehmen …
}
group-link-revoke-hint = Wer einen dieser Links hat, kommt damit nicht mehr hinein, auch nicht auf Geräten, auf denen er gerade offen ist.
flash-gruppen-link-gesendet = Der Link ist unterwegs.
flash-gruppen-links-zurueck = Die Links gelten nicht mehr.
group-to-link = Persönlicher Link
group-to-phone = Datenabgleich am Telefon
today-reconcile = { $count ->
    [one] Gruppe ist zum Datenabgleich fällig
   *[other] Gruppen sind zum Datenabgleich fällig
}
change-confirmed = Von der Gruppe bestätigt
audit-act-group-link-opened = Eine Gruppe öffnete ihren persönlichen Link.
audit-act-group-link-renewed = Jemand forderte einen neuen persönlichen Link an.
audit-act-group-link-fetched = Ein persönlicher Link wurde geholt.
audit-act-group-link-sent = Ein persönlicher Link wurde an die Gruppe geschickt.
audit-act-group-link-revoked = Persönliche Links wurden zurückgenommen.
audit-act-reconcile-saved = Ein Schritt des Datenabgleichs wurde gespeichert.
audit-act-reconcile-submitted = Ein Datenabgleich wurde mit Änderungen eingereicht.
audit-act-reconcile-confirmed = Ein Datenabgleich wurde bestätigt.
audit-act-reconcile-campaign = Gruppen wurden zum Datenabgleich angeschrieben.
audit-act-reconcile-letters = Briefe zum Datenabgleich wurden erstellt.
audit-act-reconcile-reminded = Gruppen wurden an den Datenabgleich erinnert.
audit-act-reconcile-interval = Der Abstand des Datenabgleichs wurde geändert.
silence-head = Nach langem Schweigen
silence-lead = Wer lange nicht antwortet, hat vielleicht eine neue Nummer, oder die Gruppe gibt es nicht mehr. Sie können einstellen, dass dann etwas geschieht. Vorher bekommt die Gruppe zwei Ankündigungen per E-Mail.
silence-act = Was soll geschehen?
silence-act-nothing = Nichts
silence-act-hint-nothing = So ist es am Anfang.
silence-act-close = Kontaktangaben auf Rot stellen
silence-act-hint-close = Die Gruppe bleibt im Verzeichnis. Telefon, E-Mail und die Angaben der Ansprechpersonen stehen nicht mehr im Internet; die Kontaktstelle gibt sie auch nicht mehr weiter.
silence-act-pause = Gruppe pausieren
silence-act-hint-pause = Die Gruppe verschwindet aus dem Verzeichnis. Ihre Angaben und deren Ampeln bleiben, wie sie sind.
silence-months = Nach so vielen Monaten ohne Lebenszeichen
silence-months-hint = 6 bis 60, nicht weniger als der Abstand oben.
silence-days = Tage zwischen den Ankündigungen, und vor dem, was dann geschieht
silence-days-hint = 14 bis 180.
silence-preview = Vorschau ansehen
silence-preview-title = Das geschieht
silence-will = Wer { $months } Monate kein Lebenszeichen gegeben hat, obwohl gefragt wurde, bekommt eine Ankündigung per E-Mail mit einem Link; { $days } Tage später, wenn sich nichts rührt, die zweite; und wieder { $days } Tage später geschieht es.
silence-will-close = Dann werden die Kontaktangaben der Gruppe rot, und die ihrer Ansprechpersonen, die nicht auch für eine andere Gruppe stehen.
silence-will-pause = Dann pausiert die Gruppe und steht nicht mehr im Verzeichnis.
silence-now = { $count ->
    [0] Heute beträfe das keine Gruppe.
    [one] Heute beträfe das eine Gruppe.
   *[other] Heute beträfe das { $count } Gruppen.
}
silence-items = { $count ->
    [one] Eine Angabe würde rot.
   *[other] { $count } Angaben würden rot.
}
silence-without-mail = { $count ->
    [one] Eine davon hat keine E-Mail-Adresse: Mit ihr geschieht nichts von allein.
   *[other] { $count } davon haben keine E-Mail-Adresse: Mit ihnen geschieht nichts von allein.
}
silence-never = Gelöscht wird nie etwas. Jede Antwort, auch das bloße Öffnen des Links, beendet das Schweigen. Alles lässt sich zurücknehmen.
silence-nothing = Nach langem Schweigen geschieht nichts. Was angekündigt war, gilt nicht mehr.
silence-rule-nothing = Wer nicht antwortet, verliert nichts.
silence-rule-close = Nach langem Schweigen und zwei Ankündigungen werden Kontaktangaben rot.
silence-rule-pause = Nach langem Schweigen und zwei Ankündigungen pausiert eine Gruppe.
silence-queued-first = 1. Ankündigung wartet auf Versand
silence-queued-second = 2. Ankündigung wartet auf Versand
silence-state-first = 1. Ankündigung verschickt, die 2. folgt am { $date }
silence-state-second = 2. Ankündigung verschickt, es geschieht am { $date }
silence-state-done = Nach langem Schweigen geschehen am { $date }
silence-state-no-mail = Lange still, keine E-Mail-Adresse: Es geschieht nichts von allein
silence-state-unreachable = Ankündigung kam zurück: Es geschieht nichts von allein
silence-short-close = Kontaktangaben auf Rot
silence-short-pause = Pause
reconcile-filter-schweigen = Angekündigt
interval-head = Abstand
error-not-silent-months = Bitte geben Sie 6 bis 60 Monate an, nicht weniger als der Abstand.
error-not-apart-days = Bitte geben Sie 14 bis 180 Tage an.
change-silent-closed = Kontaktangaben nach langem Schweigen auf Rot gestellt
change-silent-paused = Nach langem Schweigen pausiert
audit-act-reconcile-silence-announced = Einer Gruppe, die lange schweigt, wurde etwas angekündigt.
audit-act-reconcile-silence-closed = Kontaktangaben wurden nach langem Schweigen auf Rot gestellt.
audit-act-reconcile-silence-paused = Eine Gruppe wurde nach langem Schweigen pausiert.
reconcile-counts-of = Davon überfällig: { $overdue }. Schon angeschrieben: { $asked }.
reconcile-due-never = Angaben noch nie bestätigt
reconcile-due-fine-on = fällig ab { $date }
reconcile-due-due-on = fällig seit { $date }
reconcile-due-overdue-on = überfällig, fällig seit { $date }
reconcile-own-interval = { $count ->
    [one] Abstand: ein Monat
   *[other] Abstand: { $count } Monate
}
reconcile-letter-waiting = Brief noch nicht ausgedruckt
reconcile-letter-sent = Brief ausgedruckt
reconcile-hand-sent = Link geholt
reconcile-state-overdue-opened = Frist vorbei, geöffnet und nicht beantwortet
reconcile-state-overdue-begun = Frist vorbei, angefangen und nicht abgeschickt
reconcile-way-none = weder E-Mail-Adresse noch Anschrift
reconcile-filter-nachfassen = Nachfassen
reconcile-stuck-text = Diese Gruppen haben nicht geantwortet, oder die Aufforderung kam nicht an. Von allein geschieht hier nichts mehr: Am besten rufen Sie an.
reconcile-campaign-ended = { $date }: { $count ->
    [one] eine Gruppe
   *[other] { $count } Gruppen
}, vorzeitig beendet
reconcile-campaign-about-ended = Verschickt von { $by }. Vorzeitig beendet am { $date }.
reconcile-mails-back = { $count ->
    [one] Eine kam zurück.
   *[other] { $count } kamen zurück.
}
reconcile-letters-printed = Alle wurden schon heruntergeladen.
reconcile-letters-some-printed = { $count ->
    [one] Einer davon wurde schon heruntergeladen; er steht noch einmal in der Datei.
   *[other] { $count } davon wurden schon heruntergeladen; sie stehen noch einmal in der Datei.
}
reconcile-unreachable = { $count ->
    [one] Eine Gruppe ohne Anschrift
   *[other] { $count } Gruppen ohne Anschrift
}
reconcile-unreachable-text = Von ihnen ist weder eine E-Mail-Adresse noch eine Anschrift bekannt: Sie bekommen nichts. Tragen Sie eine Anschrift bei einer Ansprechperson ein, oder rufen Sie an.
reconcile-unreachable-left-out = Für sie gibt es keinen Brief, sie gelten nicht als angeschrieben. Tragen Sie eine Anschrift bei einer Ansprechperson ein, oder rufen Sie an.
reconcile-advice-bounced = Adresse prüfen und eine Anschrift eintragen, oder anrufen.
reconcile-advice-bounced-letter = Adresse prüfen, den Brief ausdrucken oder anrufen.
reconcile-advice-no-address = Keine Anschrift bekannt: kein Brief.
reconcile-advice-overdue = Es gibt keine Erinnerung mehr.
reconcile-by-phone-now = Am Telefon durchgehen
reconcile-deadline-is = Antwort erbeten bis { $date }
reconcile-to-campaign = Zur Aussendung
reconcile-interval-own-change = Abstand ändern
campaign-group-hint = { $due } · zuletzt bestätigt: { $confirmed } · { $way }
campaign-chosen-live = 0 von 0 Gruppen angekreuzt
campaign-pick-due = Nur fällige ankreuzen
campaign-pick-all = Alle ankreuzen
campaign-pick-none = Keine ankreuzen
campaign-pick-search = Gruppe suchen
campaign-deadline-hint = 7 bis 30 Tage entfernt: So lange gelten die Links.
campaign-first-hint = Erinnert wird nur per E-Mail. Wer einen Brief bekommt und nicht antwortet, steht danach unter „Nachfassen“.
campaign-preview-hint = Verschickt wird erst auf der nächsten Seite.
campaign-mails = { $count ->
    [one] eine E-Mail
   *[other] { $count } E-Mails
}
campaign-letters = { $count ->
    [one] ein Brief
   *[other] { $count } Briefe
}
campaign-preview-total = Verschickt wird: { $total }.
campaign-preview-nothing = Niemand davon ist per E-Mail oder Brief zu erreichen.
campaign-preview-deadline = Antwort bis { $deadline }.
campaign-preview-reminders = Wer nicht antwortet, wird per E-Mail erinnert: nach { $first } und nach { $second } Tagen.
campaign-preview-mail = So sieht eine E-Mail aus
campaign-preview-printed = zum Ausdrucken nach dem Verschicken.
campaign-change = Zurück und ändern
campaign-end = Aussendung beenden
interval-own-lead = Manche Gruppen möchten öfter oder seltener gefragt werden.
interval-own-hint = 1 bis 60. Leer: wie bei allen, jetzt { $count ->
    [one] ein Monat
   *[other] { $count } Monate
}.
campaign-end-title = Aussendung vorzeitig beenden?
campaign-end-back = Zur Aussendung
campaign-end-silent = { $count ->
    [0] Alle Gruppen haben schon geantwortet.
    [one] Eine Gruppe hat noch nicht geantwortet. Sie bekommt keine Erinnerung mehr.
   *[other] { $count } Gruppen haben noch nicht geantwortet. Sie bekommen keine Erinnerung mehr.
}
campaign-end-mails = { $count ->
    [one] Eine E-Mail wartet noch. Sie wird nicht mehr verschickt.
   *[other] { $count } E-Mails warten noch. Sie werden nicht mehr verschickt.
}
campaign-end-letters = Briefe lassen sich danach nicht mehr ausdrucken.
campaign-end-links = Links, die schon draußen sind, gelten weiter. Antworten kommen weiter an.
flash-aussendung-beendet = Die Aussendung ist beendet. Es wird niemand mehr erinnert.
group-link-code = Code zum Tippen
group-link-qr = Oder halten Sie die Kamera Ihres Telefons auf dieses Bild (QR-Code).
group-link-qr-alt = QR-Code mit dem persönlichen Link
group-link-paper = Mit diesem Link prüfen und ändern Sie die Angaben zu Ihrer Gruppe. Er gilt bis { $until } und nur für Ihre Gruppe. Geben Sie ihn bitte nicht weiter.
group-link-revoke-title = Links zurücknehmen?
group-link-revoke-count = { $count ->
    [0] Gerade gilt kein Link dieser Gruppe.
    [one] Ein Link dieser Gruppe gilt danach nicht mehr.
   *[other] { $count } Links dieser Gruppe gelten danach nicht mehr.
}
group-link-revoke-do = Links zurücknehmen
today-reconcile-stuck = { $count ->
    [one] Gruppe hat auf den Datenabgleich nicht geantwortet: nachfassen
   *[other] Gruppen haben auf den Datenabgleich nicht geantwortet: nachfassen
}
audit-act-reconcile-ended = Eine Aussendung zum Datenabgleich wurde vorzeitig beendet.
audit-phrase-reminded-count = { $count ->
    [one] eine Erinnerung
   *[other] { $count } Erinnerungen
}
audit-phrase-overdue-count = { $count ->
    [one] bei einer Gruppe ist die Frist vorbei
   *[other] bei { $count } Gruppen ist die Frist vorbei
}
audit-phrase-by-mail-count = { $count ->
    [one] eine davon per E-Mail
   *[other] { $count } davon per E-Mail
}
audit-phrase-letters-count = { $count ->
    [one] ein Brief
   *[other] { $count } Briefe
}
audit-phrase-links-count = { $count ->
    [one] ein Link
   *[other] { $count } Links
}
audit-phrase-sent-count = { $count ->
    [one] einmal verschickt
   *[other] { $count }-mal verschickt
}
audit-phrase-mails-not-sent-count = { $count ->
    [one] eine E-Mail nicht mehr verschickt
   *[other] { $count } E-Mails nicht mehr verschickt
}
audit-phrase-asked-for-by-whoever-has-the-mailbox-or-an-old-link = angefordert von jemandem mit dem Postfach oder einem alten Link
audit-phrase-group-link = persönlicher Link
audit-phrase-link = mit einem Link
audit-phrase-wizard = Datenabgleich der Gruppe
audit-phrase-campaign = Aussendung
audit-phrase-campaign-preview = Vorschau einer Aussendung
audit-phrase-reconciliation = Liste zum Datenabgleich
audit-phrase-interval = Abstand des Datenabgleichs
audit-word-silence = langes Schweigen
audit-word-nothing = nichts
audit-word-close = Kontaktangaben auf Rot
audit-word-pause = Pause
audit-word-after = nach
audit-word-months = Monaten
audit-word-days = Tage
audit-word-announcement = Ankündigung
