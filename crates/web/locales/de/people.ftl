# Wer hineinkommt: Personen, Rollen, das eigene Konto, die eigenen Gruppen.
yes = ja
no = nein
role-lead = Leitung
role-staff = Mitarbeit
role-read-only = Mitarbeit, nur lesend
role-privacy = Datenschutz
role-group-admin = Gruppenadmin
role-gone = Rolle gibt es nicht mehr
role-means-lead = Darf alles, auch Personen einladen, veröffentlichen und das Protokoll lesen.
role-means-staff = Pflegt Gruppen, Einwilligungen und Listen.
role-means-read-only = Sieht alle Gruppen, ändert nichts.
role-means-privacy = Liest und sichert das Protokoll. Sieht keine Angaben von Gruppen.
role-means-group-admin = Sieht nur die eigenen Gruppen, kann sie pausieren und Änderungen vorschlagen.
right-overview = Heute und den Stand der Kontaktstelle sehen
right-groups-see = Alle Gruppen mit allen Angaben und Notizen sehen
right-groups-edit = Gruppen anlegen, ändern, pausieren und auflösen
right-consents = Einwilligungen erfassen und widerrufen
right-import = Listen einlesen
right-texts = Texte und Angaben der Kontaktstelle ändern
right-publish = Das Verzeichnis online und offline stellen
right-contract = Den Vertrag zur Auftragsverarbeitung erfassen
right-people = Personen einladen und sperren, über Rollen entscheiden
right-log = Das Protokoll lesen
right-log-export = Das Protokoll als Datei sichern
right-support = Dem technischen Betrieb Einblick erlauben
right-own-groups = Die eigenen Gruppen mit allen Angaben sehen, pausieren und Änderungen vorschlagen, auch an den Kontaktpersonen
people-page-title = Personen
people-page-lead = Wer sich bei Ihrer Kontaktstelle anmelden kann, und als was. Eine Änderung gilt ab der nächsten Seite, die jemand aufruft.
people-invite = Person einladen
people-invite-lead = Die Person bekommt eine E-Mail mit einem Link. Er gilt drei Tage und nur einmal.
people-invite-submit = Einladung senden
people-roles-link = Rollen und Rechte
people-name = Name
people-role = Rolle
people-state = Zugang
people-state-active = kann sich anmelden
people-state-enrolling = richtet das Konto ein
people-state-disabled = gesperrt
people-last-login = Zuletzt angemeldet
people-never = noch nie
people-myself = Sie
people-invited = Eingeladen
people-invited-none = Gerade ist niemand eingeladen.
people-invited-until = gilt bis
people-revoke = Zurücknehmen
people-groups = Gruppen, nur für Gruppenadmins
people-groups-hint = Welche Gruppen gehören dieser Person? Wer Gruppenadmin wird, braucht mindestens eine; für andere Rollen bleibt die Liste leer.
people-factor-on = eingerichtet
people-factor-off = nicht eingerichtet
people-insight = Was kann diese Person sehen?
people-reach-none = Keine Angaben von Gruppen.
people-reach-all = { $count ->
    [0] Alle Gruppen. Noch gibt es keine.
    [one] Alle Gruppen, zurzeit eine.
   *[other] Alle Gruppen, zurzeit { $count }.
}
people-reach-some = { $count ->
    [0] Nur bestimmte Gruppen, zurzeit keine.
    [one] Nur diese eine Gruppe:
   *[other] Nur diese { $count } Gruppen:
}
people-may = Darf
people-may-not = Darf nicht
people-may-nothing = nichts
people-change-role = Rolle ändern
people-role-of = Rolle von { $name }
people-role-lead = Die neue Rolle gilt ab der nächsten Seite, die diese Person aufruft.
people-role-save = Rolle speichern
people-deactivate = Zugang sperren
people-reactivate = Zugang wieder öffnen
people-close-title = Zugang von { $name } sperren?
people-close-effect-login = Die Person kann sich nicht mehr anmelden.
people-close-effect-logins = { $count ->
    [0] Sie ist zurzeit nirgends angemeldet.
    [one] Eine laufende Anmeldung endet sofort.
   *[other] { $count } laufende Anmeldungen enden sofort.
}
people-close-effect-kept = Im Protokoll und im Verlauf der Gruppen bleibt ihr Name stehen. Sie können den Zugang später wieder öffnen.
people-open-title = Zugang von { $name } wieder öffnen?
people-open-effect = Die Person kann sich wieder anmelden, mit ihrer bisherigen Rolle.
people-open-effect-no-group = Die Person hat zurzeit keine Gruppe und sieht nach der Anmeldung nichts. Geben Sie ihr danach unter „Rolle ändern“ eine.
people-open-effect-mail = Sie bekommt darüber eine E-Mail.
roles-title = Rollen und Rechte
roles-lead = Welche Rolle was darf. Die ersten fünf Rollen gibt es in jeder Kontaktstelle; eigene können Sie hinzufügen.
roles-new = Eigene Rolle anlegen
roles-change = Rolle ändern
roles-right = Recht
roles-people = { $count ->
    [0] niemand
    [one] eine Person
   *[other] { $count } Personen
}
roles-only = nur
roles-only-sector = Bereich { $name }
roles-only-town = Ort { $name }
roles-only-or = {" "}oder{" "}
roles-name = Wie heißt die Rolle?
roles-rights = Was darf sie?
roles-sectors = Nur Gruppen aus diesen Bereichen
roles-sectors-hint = Ohne Auswahl bei Bereichen und Orten gilt die Rolle für alle Gruppen.
roles-towns = Oder Gruppen an diesen Orten
roles-towns-hint = Ist beides ausgewählt, genügt eines: Die Rolle sieht die Gruppen aus den Bereichen und dazu die an den Orten.
roles-form-lead = Eine Änderung gilt für alle, die diese Rolle haben, ab der nächsten Seite, die sie aufrufen.
roles-save = Rolle speichern
roles-remove = Rolle entfernen
roles-remove-title = Rolle „{ $name }“ entfernen?
roles-remove-effect = Die Rolle kann danach niemandem mehr gegeben werden. Sie lässt sich nur entfernen, solange niemand sie hat.
account-title = Mein Konto
account-save = Name und Sprache speichern
account-language = Sprache
account-language-hint = In dieser Sprache sehen Sie die Seiten nach jeder Anmeldung und bekommen Sie Hinweise zu Ihrem Konto per E-Mail. Bei „Wie der Browser“ kommen sie in beiden Sprachen.
account-language-browser = Wie der Browser
account-save-name = Namen speichern
account-change-password = Passwort ändern
account-new-password = Neues Passwort
account-password-lead = Nach der Änderung enden alle anderen Anmeldungen mit diesem Konto. Sie bekommen darüber eine E-Mail.
account-password-save = Passwort speichern
account-second-factor = Zweiter Faktor
account-second-factor-on = eingerichtet
account-codes = Notfallcodes
account-codes-left = { $count ->
    [0] Zurzeit haben Sie keine.
    [one] Noch einer übrig.
   *[other] Noch { $count } übrig.
}
account-codes-few = Bitte erneuern Sie Ihre Notfallcodes: Ohne sie kommen Sie nicht hinein, wenn Ihr Telefon fehlt.
account-codes-renew = Notfallcodes erneuern
account-codes-effect-new = Sie bekommen zehn neue Codes. Sie werden nur einmal gezeigt.
account-codes-effect-old = Die bisherigen Codes gelten nicht mehr. Sie bekommen darüber eine E-Mail.
account-logins = Wo Sie angemeldet sind
account-logins-lead = Kennen Sie eine dieser Anmeldungen nicht? Dann beenden Sie sie, und ändern Sie Ihr Passwort.
account-login-since = seit
account-login-seen = zuletzt
account-this-login = diese hier
account-end-login = Beenden
account-end-others = Alle anderen beenden
account-device-unknown = Unbekanntes Gerät
prove-title = Bitte bestätigen Sie, dass Sie es sind
prove-lead = Bitte bestätigen Sie mit dem sechsstelligen Code Ihrer App. Das gilt dann fünf Minuten.
prove-lead-either = Bitte bestätigen Sie mit dem sechsstelligen Code Ihrer App oder mit Ihrem Passkey. Das gilt dann fünf Minuten.
prove-lead-password = Bitte bestätigen Sie mit Ihrem Passwort. Das gilt dann fünf Minuten.
prove-aim = „{ $aim }“ ist besonders geschützt.
prove-cancel = Abbrechen
proven-title = Bestätigt
proven-lead = Sie können dieses Fenster jetzt schließen. Laden Sie dann im anderen Fenster die Seite neu: Ihr Browser fragt, ob er die Eingaben noch einmal senden soll.
prove-submit = Bestätigen
own-groups-title = Meine Gruppen
own-groups-lead = Für diese Gruppen sind Sie eingetragen.
own-groups-none = Noch keine Gruppe
own-groups-none-text = Ihre Kontaktstelle hat Ihnen noch keine Gruppe zugeordnet. Bitte wenden Sie sich an sie.
own-groups-group-lead = Das weiß die Kontaktstelle über Ihre Gruppe. Die Ampel zeigt, wer es erfährt. Stimmt etwas nicht mehr? Dann ändern Sie es hier.
own-groups-all-items = Angaben
own-groups-seen = Wer hat es gesehen?
own-groups-seen-lead = Hier steht, wer in der Kontaktstelle Angaben angesehen hat, die nicht öffentlich sind. Wer die Gruppe selbst pflegt, steht hier nicht.
own-groups-seen-none = Bisher niemand.
own-groups-someone = jemand aus der Kontaktstelle
own-groups-items = { $count ->
    [one] eine Angabe
   *[other] { $count } Angaben
}
flash-eingeladen = Die Einladung ist unterwegs.
flash-einladung-zurueck = Die Einladung gilt nicht mehr.
flash-rolle = Die neue Rolle gilt.
flash-gesperrt = Der Zugang ist gesperrt.
flash-geoeffnet = Der Zugang ist wieder offen.
flash-rolle-entfernt = Die Rolle ist entfernt.
flash-passwort = Ihr Passwort ist geändert. Alle anderen Anmeldungen sind beendet.
flash-anmeldung-beendet = Die Anmeldung ist beendet.
flash-anmeldungen-beendet = Alle anderen Anmeldungen sind beendet.
error-has-account = Diese Person hat schon ein Konto bei Ihrer Kontaktstelle.
error-choose-group = Bitte wählen Sie mindestens eine Gruppe aus.
error-choose-right = Bitte wählen Sie mindestens ein Recht aus.
error-last-manager = So könnte niemand mehr Personen verwalten. Geben Sie das Recht zuerst jemand anderem.
error-not-oneself = Ihren eigenen Zugang können Sie nicht sperren.
error-name-taken = Eine Rolle mit diesem Namen gibt es schon.
error-too-many-roles = Mehr als 30 eigene Rollen sind nicht möglich.
error-role-in-use = Diese Rolle hat noch jemand, oder jemand ist mit ihr eingeladen. Ändern Sie das zuerst.
error-wrong-password = Dieses Passwort stimmt nicht.
audit-act-users-seen = Die Liste der Personen wurde angesehen.
audit-act-users-invited = Jemand wurde eingeladen.
audit-act-users-invitation-revoked = Eine Einladung wurde zurückgenommen.
audit-act-users-role = Jemand bekam eine andere Rolle.
audit-act-users-deactivated = Ein Zugang wurde gesperrt.
audit-act-users-reactivated = Ein Zugang wurde wieder geöffnet.
audit-act-roles-saved = Eine Rolle wurde gespeichert.
audit-act-roles-removed = Eine Rolle wurde entfernt.
audit-act-account-language = Die eigene Sprache wurde gewählt.
audit-act-account-renamed = Der eigene Name wurde geändert.
audit-act-account-password = Das eigene Passwort wurde geändert.
audit-act-account-recovery-codes = Notfallcodes wurden erneuert.
audit-act-login-ended = Eine eigene Anmeldung wurde beendet.
audit-act-login-others-ended = Alle anderen eigenen Anmeldungen wurden beendet.
audit-act-login-proven = Vor etwas Gewichtigem noch einmal bestätigt.
error-more-than-oneself = Sie können nur vergeben und ändern, was Sie selbst dürfen.
error-only-without-limit = Wer Listen einliest oder über Personen entscheidet, tut das für die ganze Kontaktstelle: Bitte nehmen Sie die Begrenzung oder dieses Recht heraus.
people-close-effect-invitations = { $count ->
    [one] Eine Einladung, die diese Person verschickt hat und die noch offen ist, gilt nicht mehr.
   *[other] { $count } Einladungen, die diese Person verschickt hat und die noch offen sind, gelten nicht mehr.
}
people-close-effect-orphans = { $count ->
    [one] Eine Gruppe hat danach niemanden mehr, der sie pflegt. Sie können vorher eine Nachfolge einladen.
   *[other] { $count } Gruppen haben danach niemanden mehr, der sie pflegt. Sie können vorher eine Nachfolge einladen.
}
people-heir = { $count ->
    [one] Eine angefangene Aufgabe wartet (Liste oder Prüfung). Wer macht damit weiter?
   *[other] { $count } angefangene Aufgaben warten (Listen oder Prüfungen). Wer macht damit weiter?
}
people-heir-nobody = niemand Bestimmtes
people-end-logins = Überall abmelden
people-logins-title = { $name } überall abmelden?
people-logins-effect-again = Die Person kann sich danach gleich wieder anmelden. Das hilft zum Beispiel, wenn ein Telefon oder ein Laptop verloren ist.
flash-abgemeldet-von-uns = Alle Anmeldungen dieser Person sind beendet.
lost-factor-password = Passwort
lost-factor-password-hint = Nur wenn die Person auch ihr Passwort nicht mehr weiß: Dann bekommt sie nach den 24 Stunden einen Link zu einem neuen.
lost-factor-password-yes = Das Passwort ist auch weg
prove-lead-provider = Bitte bestätigen Sie über das Konto, mit dem Sie sich angemeldet haben, dass Sie es sind.
account-present-password = Jetziges Passwort
flash-notfallcode-benutzt = Sie haben sich mit einem Notfallcode angemeldet. Ist Ihre App oder Ihr Passkey verloren? Dann richten Sie am besten gleich hier einen neuen zweiten Faktor ein und entfernen den alten.
succession-heading = Nachfolge
succession-about = Sie geben die Gruppe ab, oder möchten sie zu zweit pflegen? Dann nennen Sie uns die Person.
succession-begin = Nachfolge regeln
succession-title = Nachfolge für { $group }
succession-of = Nachfolge für { $name }
succession-lead = Wer soll sich künftig um die Angaben Ihrer Gruppe kümmern? Die Kontaktstelle sieht Ihren Vorschlag an und lädt die Person dann ein. Bis sie angenommen hat, bleibt für Sie alles, wie es ist.
succession-begin-lead = Ohne Konto bekommt die Person eine Einladung. Als Gruppenadmin mit Konto hat sie die Gruppe sofort.
succession-group = Welche Gruppe?
succession-email = E-Mail-Adresse der neuen Person
succession-email-hint = Bitte sprechen Sie vorher mit ihr. Sie sieht dann alle Angaben der Gruppe, auch die gelben und roten.
succession-leaves = Und danach?
succession-leaves-then = Der bisherige Zugang zu dieser Gruppe endet, sobald die neue Person angenommen hat
succession-leaves-no = Beide kümmern sich gemeinsam
succession-propose = Vorschlagen
succession-proposed = Sie haben { $email } vorgeschlagen. Die Kontaktstelle sieht sich das an (bis { $until }).
succession-invited = { $email } ist eingeladen und hat bis { $until } Zeit, anzunehmen.
succession-withdraw-effect = Wenn Sie es zurücknehmen, bleibt alles, wie es ist.
succession-open = { $email } soll diese Gruppe übernehmen.
succession-waiting = Nachfolge für Gruppen
succession-waiting-lead = Diese Personen sind von Gruppenadmins vorgeschlagen und warten auf Ihr Einverständnis:
succession-effect-who = { $from } schlägt { $email } als Nachfolge für „{ $group }“ vor.
succession-effect-known = Die Person ist schon Gruppenadmin und hat die Gruppe sofort.
succession-effect-invited = Die Person bekommt eine Einladung per E-Mail.
succession-effect-leaves = Sobald sie die Gruppe hat, endet der Zugang von { $from } zu dieser Gruppe.
succession-effect-stays = { $from } behält die Gruppe auch.
succession-agree = Einverstanden
succession-refuse = Ablehnen
succession-refuse-title = Vorschlag ablehnen?
succession-refuse-effect = Es bleibt alles, wie es ist. Wer die Nachfolge vorgeschlagen hat, bekommt eine E-Mail.
flash-nachfolge-vorgeschlagen = Danke, Ihr Vorschlag ist bei der Kontaktstelle.
flash-nachfolge-zurueck = Der Vorschlag ist zurückgenommen.
flash-nachfolge-einverstanden = Die Nachfolge ist auf dem Weg.
flash-nachfolge-abgelehnt = Der Vorschlag ist abgelehnt.
error-successor-oneself = Das ist die Adresse, die schon für die Gruppe eingetragen ist.
error-successor-staff = Diese Adresse gehört jemandem aus der Kontaktstelle.
error-successor-has-it = Diese Person pflegt die Gruppe schon.
today-successions = { $count ->
    [one] Vorschlag zur Nachfolge
   *[other] Vorschläge zur Nachfolge
}
audit-act-account-forgotten = Jemand bat um ein neues Passwort.
audit-act-succession-proposed = Eine Nachfolge wurde vorgeschlagen.
audit-act-succession-withdrawn = Ein Vorschlag zur Nachfolge wurde zurückgenommen.
audit-act-succession-agreed = Die Kontaktstelle war mit einer Nachfolge einverstanden.
audit-act-succession-refused = Die Kontaktstelle lehnte eine Nachfolge ab.
audit-act-users-logins-ended = Alle Anmeldungen von jemandem wurden beendet.
error-successor-from-gone = Wer das vorgeschlagen hat, hat diese Gruppe nicht mehr. Bitte lehnen Sie den Vorschlag ab.
error-already-invited = Diese Adresse ist schon eingeladen. Bitte warten Sie, bis die Person angenommen hat, oder nehmen Sie die Einladung zurück.
succession-effect-last = Es ist die letzte Gruppe von { $from }: Damit wird auch das Konto gesperrt, und { $from } kann sich nicht mehr anmelden.
succession-effect-waits = Zu dieser Gruppe wartet unter „Prüfen“ noch ein Änderungsvorschlag. Er bleibt bestehen.
succession-lead-last = Es ist Ihre letzte Gruppe: Wenn Sie sie ganz abgeben, endet damit auch Ihr Konto.
audit-act-succession-taken-over = Wer eine Gruppe pflegt, hat gewechselt oder ist dazugekommen:
audit-act-users-group-given-up = Eine Gruppe wurde abgegeben von:
audit-word-last = letzte
error-needs-groups-see = Wer Gruppen ändert oder Einwilligungen erfasst, muss die Gruppen auch sehen: Bitte wählen Sie dieses Recht dazu.
error-needs-log = Wer das Protokoll sichert, muss es auch lesen: Bitte wählen Sie dieses Recht dazu.
error-needs-overview = Texte, Verzeichnis, Ampel-Regeln, Vertrag und Unterstützung stehen unter „Einstellungen“. Dorthin kommt nur, wer „Heute und den Stand der Kontaktstelle sehen“ darf: Bitte wählen Sie dieses Recht dazu.
people-reach-locked = Nichts: Der Zugang ist gesperrt.
right-groups-see-some = Diese Gruppen mit allen Angaben und Notizen sehen
flash-neu-eingeladen = Die Einladung ist noch einmal verschickt. Der frühere Link gilt nicht mehr.
people-invite-again = Noch einmal schicken
error-groups-of-staff = Gruppen gehören nur zur Rolle Gruppenadmin. Bitte nehmen Sie die Häkchen heraus, oder wählen Sie diese Rolle.
