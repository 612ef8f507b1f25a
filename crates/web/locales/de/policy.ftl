# Ampel-Regeln: welche Angaben es gibt und wie offen jede sein darf.
settings-policy = Ampel-Regeln und Felder
settings-policy-does = Legt fest, welche Angaben es gibt, welche Ampel sie bekommen und wie offen sie höchstens sein dürfen.
settings-policy-built-in = wie vom Programm vorgegeben
settings-policy-now = Fassung { $version }
right-light-policy = Ampel-Regeln und Felder festlegen

policy-title = Ampel-Regeln und Felder
policy-lead = Hier legen Sie für jede Angabe fest, welche Ampel sie zu Beginn hat und wie offen sie höchstens sein darf. Sie können eigene Felder anlegen. Jede Änderung wird zuerst vorgemerkt; die Vorschau zeigt, was sie bewirkt.
policy-version-none = Es gelten die Vorgaben des Programms.
policy-version-now = Es gilt Fassung { $version } ({ $said }).
policy-replaced = In Kraft ist Fassung { $now }, zuletzt gespeichert wurde aber Fassung { $last }. Jemand hat die Datenbank von außen verändert. Bitte sagen Sie dem technischen Betrieb Bescheid.
policy-add = Eigenes Feld anlegen
policy-versions-link = Fassungen und Datei
policy-draft-title = Vorgemerkte Änderungen
policy-draft-text = Ihre Änderungen gelten noch nicht. Sehen Sie sich zuerst an, was sie bewirken.
policy-draft-preview = Vorschau ansehen
policy-draft-discard = Änderungen verwerfen
policy-discard-title = Vorgemerkte Änderungen verwerfen?
policy-discard-one = Ihre Änderung an „{ $name }“ geht verloren.
policy-consent-note = Angaben zu Personen sind immer zuerst rot. Offener werden sie nur, wenn die Person eingewilligt hat. Das lässt sich hier nicht abschalten.
policy-field = Feld
policy-default = Ampel neuer Angaben
policy-default-hint = Diese Ampel hat eine Angabe, wenn sie neu eingetragen wird.
policy-default-short = Neue Angaben
policy-ceiling = Höchstens
policy-ceiling-hint = Offener darf diese Angabe nie sein. Wählen Sie eine strengere Ampel, werden offenere Angaben sofort geschlossen. Wählen Sie eine offenere, bleiben vorhandene Angaben, wie sie sind.
policy-ceiling-product = Offener als „{ $light }“ lässt das Programm diese Angabe nicht zu.
policy-ceiling-short = Höchstens
policy-demands = Bedingung
policy-consent = nur mit Einwilligung
policy-consent-label = Wie lange gilt eine Einwilligung?
policy-consent-hint = Für Einwilligungen, die von da an erfasst werden. 30 Tage vor dem Ende wird die Person erinnert; danach wird die Angabe rot.
policy-consent-unlimited = bis sie widerrufen wird
policy-consent-months = { $count } Monate
policy-consent-save = Vormerken
policy-consents-change = Einwilligungen, die von da an erfasst werden, gelten anders lange.
policy-consents-become = Einwilligungen, die von da an erfasst werden, gelten: { $months }. Wer vorher eingewilligt hat, ist davon nicht berührt.
error-policy-consent-months = Zwischen 6 und 120 Monaten.
policy-own = eigenes Feld
policy-new = neu
policy-changed = geändert
policy-gone = entfällt
policy-section-group = Die Gruppe
policy-section-meetings = Treffen
policy-section-contact = Kontakt der Gruppe
policy-section-person = Personen
policy-section-internal = Nur für die Kontaktstelle
policy-required = Pflicht
policy-required-yes = Jede Gruppe muss diese Angabe haben

policy-new-title = Eigenes Feld anlegen
policy-new-lead = Ein eigenes Feld steht in den Formularen Ihrer Kontaktstelle. Was grün ist, steht auch auf der öffentlichen Seite der Gruppe.
policy-own-lead = Ein eigenes Feld Ihrer Kontaktstelle. Es enthält: { $kind }. Das lässt sich nicht mehr ändern.
policy-field-lead = Ein Feld, das jede Kontaktstelle hat. Sie können es anders nennen und strenger machen.
policy-person-lead = Eine Angabe zu einer Person. Sie ist immer zuerst rot und wird nur mit deren Einwilligung offener.
policy-part-lights = Ampel
policy-part-names = Bezeichnung
policy-part-place = Platz
policy-label-de = Bezeichnung auf Deutsch
policy-label-en = Bezeichnung auf Englisch
policy-label-hint-de = Bleibt es leer, heißt das Feld auf Deutsch: { $name }
policy-label-hint-en = Bleibt es leer, heißt das Feld auf Englisch: { $name }
policy-help-de = Hilfe zum Ausfüllen auf Deutsch
policy-help-en = Hilfe zum Ausfüllen auf Englisch
policy-kind = Was das Feld enthält
policy-kind-hint = Das lässt sich später nicht mehr ändern.
policy-kind-line = eine Zeile Text
policy-kind-text = mehrere Zeilen Text
policy-kind-choice = Auswahl aus festen Möglichkeiten
policy-kind-number = eine Zahl
policy-kind-date = ein Datum
policy-choices = Möglichkeiten
policy-choices-hint = Nur für eine Auswahl: mindestens zwei, jede auf Deutsch und Englisch. Vorhandene können Sie umbenennen, aber nicht entfernen. Speichern Sie, um weitere leere Zeilen zu bekommen.
policy-choice-de = Möglichkeit { $number } auf Deutsch
policy-choice-en = Möglichkeit { $number } auf Englisch
policy-section-label = Rubrik
policy-section-hint = Eigene Felder unter „Kontakt der Gruppe“ und „Personen“ stehen öffentlich erst hinter dem Hinweis-Fenster. Eigene Felder unter „Nur für die Kontaktstelle“ sieht die Gruppe nicht.
policy-place = Stelle in der Rubrik
policy-place-hint = 1 steht ganz oben.
policy-note = Änderung vormerken
policy-save-note = Die Änderung gilt noch nicht. Erst die Vorschau zeigt, was sie bewirkt; dort legen Sie sie fest.

policy-remove = Dieses Feld entfernen
policy-remove-title = „{ $name }“ entfernen
policy-remove-count = { $count ->
    [0] In diesem Feld steht bei keiner Gruppe etwas.
    [one] In diesem Feld steht 1 Angabe.
   *[other] In diesem Feld stehen { $count } Angaben.
}
policy-remove-values = Was geschieht mit den Angaben?
policy-remove-hidden = Ausblenden und aufheben
policy-remove-hidden-hint = { $count ->
    [0] Das Feld verschwindet. Es kann mit einer früheren Fassung zurückgeholt werden.
    [one] 1 Angabe wird rot und nirgends mehr gezeigt. Sie kann mit einer früheren Fassung zurückgeholt werden.
   *[other] { $count } Angaben werden rot und nirgends mehr gezeigt. Sie können mit einer früheren Fassung zurückgeholt werden.
}
policy-remove-deleted = Löschen
policy-remove-deleted-hint = { $count ->
    [0] Es gibt nichts zu löschen.
    [one] 1 Angabe wird gelöscht. Das lässt sich nicht rückgängig machen. Im Verlauf der Gruppe bleibt sie stehen.
   *[other] { $count } Angaben werden gelöscht. Das lässt sich nicht rückgängig machen. Im Verlauf der Gruppen bleiben sie stehen.
}

policy-preview-title = Was die Änderung bewirkt
policy-preview-lead = So wirkt sich aus, was Sie vorgemerkt haben. Strengere Regeln gelten sofort und überall.
policy-nothing-title = Nichts vorgemerkt
policy-nothing = Sie haben nichts geändert, was zu speichern wäre.
policy-effects = Wirkung auf vorhandene Angaben
policy-effect-none = An vorhandenen Angaben ändert sich nichts.
policy-effect-yellow = { $count ->
    [one] 1 Angabe wird gelb.
   *[other] { $count } Angaben werden gelb.
}
policy-effect-red = { $count ->
    [one] 1 Angabe wird rot.
   *[other] { $count } Angaben werden rot.
}
policy-effect-vanish = { $count ->
    [one] 1 Angabe verschwindet aus dem Verzeichnis.
   *[other] { $count } Angaben verschwinden aus dem Verzeichnis.
}
policy-effect-hidden = { $count ->
    [one] 1 Angabe wird ausgeblendet und aufgehoben.
   *[other] { $count } Angaben werden ausgeblendet und aufgehoben.
}
policy-effect-deleted = { $count ->
    [one] 1 Angabe wird gelöscht.
   *[other] { $count } Angaben werden gelöscht.
}
policy-effect-back = { $count ->
    [one] 1 aufgehobene Angabe erscheint wieder, in Rot.
   *[other] { $count } aufgehobene Angaben erscheinen wieder, in Rot.
}
policy-effect-missing = { $count ->
    [one] 1 Pflichtangabe fehlt noch.
   *[other] { $count } Pflichtangaben fehlen noch.
}
policy-effect-gone = { $count ->
    [one] 1 Gruppe verschwindet ganz aus dem Verzeichnis.
   *[other] { $count } Gruppen verschwinden ganz aus dem Verzeichnis.
}
policy-effect-group-gone = Verschwindet ganz aus dem Verzeichnis.
policy-opens-nothing = Keine vorhandene Angabe wird dadurch offener. Offener können nur Angaben werden, die jemand danach einträgt oder öffnet.
policy-deletes = Gelöschte Angaben lassen sich nicht zurückholen.
policy-carry-out = So festlegen
policy-undo = Diese Änderung zurücknehmen
policy-proof = Diese Änderung lockert eine Regel oder löscht Angaben. Weisen Sie sich dafür bitte noch einmal aus.
policy-proof-go = Weiter
policy-changes = Geänderte Felder
policy-reordered = Die Reihenfolge der Felder ist eine andere.
policy-becomes = wird zu
policy-says-section = Rubrik: { $section }
policy-says-required = Die Angabe wird Pflicht.
policy-says-optional = Die Angabe ist nicht mehr Pflicht.
policy-says-label = Bisher heißt das Feld: { $was }
policy-says-help = Die Hilfe ist eine andere.
policy-says-choices = Die Möglichkeiten sind andere.
policy-groups = { $count ->
    [one] 1 betroffene Gruppe
   *[other] { $count } betroffene Gruppen
}
policy-conflict = Inzwischen hat sich etwas geändert: Die Zahlen sind andere als die, die Sie gesehen haben. Es wurde nichts gespeichert. Bitte prüfen Sie die neue Vorschau.
policy-older = Während Sie Ihre Änderungen vorgemerkt haben, wurde Fassung { $version } gespeichert. Die Vorschau zeigt, was Ihre Änderungen gegenüber dieser Fassung bewirken; sie nehmen auch zurück, was dort anders ist.

policy-versions-title = Fassungen der Ampel-Regeln
policy-versions-lead = Jede gespeicherte Fassung bleibt erhalten. Eine frühere können Sie vormerken; auch dann zeigt zuerst die Vorschau, was das bewirkt.
policy-versions-replace = Sie haben Änderungen vorgemerkt. Wenn Sie hier eine Fassung vormerken oder eine Datei einlesen, tritt sie an deren Stelle: Die vorgemerkten Änderungen gehen verloren.
policy-version = Fassung { $version }
policy-version-product = Vorgaben des Programms
policy-version-in-force = in Kraft
policy-version-items = { $count ->
    [0] Keine Angabe wurde zuletzt unter dieser Fassung gespeichert.
    [one] 1 Angabe wurde zuletzt unter dieser Fassung gespeichert.
   *[other] { $count } Angaben wurden zuletzt unter dieser Fassung gespeichert.
}
policy-version-file = Als Datei speichern
policy-version-take = Vormerken
policy-version-take-instead = Stattdessen vormerken
policy-file-title = Regeln aus einer Datei
policy-file-lead = Kontaktstellen können ihre Regeln austauschen: Speichern Sie eine Fassung als Datei, die andere liest sie hier ein. Die Datei enthält keine Angaben von Gruppen.
policy-file = Datei mit Ampel-Regeln
policy-file-hint = Eine Datei, die mit „Als Datei speichern“ entstanden ist (.json).
policy-file-read = Einlesen und Vorschau ansehen
policy-file-read-instead = Stattdessen einlesen und Vorschau ansehen
policy-file-wrong = Diese Datei kann nicht übernommen werden

flash-ampel-vorgemerkt = Ihre Änderung ist vorgemerkt. Sie gilt noch nicht.
flash-ampel-verworfen = Ihre Änderungen sind verworfen.
flash-ampel-zurueck = Die Änderung ist zurückgenommen.
flash-ampel-gilt = Die neuen Regeln gelten.

error-policy-kind = Bitte wählen Sie, was das Feld enthält.
error-policy-kind-fixed = Was das Feld enthält, lässt sich nicht mehr ändern.
error-policy-ceiling = Offener lässt das Programm diese Angabe nicht zu.
error-policy-default = Neue Angaben dürfen nicht offener sein als höchstens erlaubt.
error-policy-person-default = Angaben zu Personen sind zuerst immer rot.
error-policy-person-required = Angaben zu Personen können nicht Pflicht sein.
error-policy-section = In dieser Rubrik kann das Feld nicht stehen.
error-policy-name-required = Ohne Namen kann keine Gruppe sein.
error-policy-label-missing = Bitte geben Sie eine Bezeichnung ein.
error-policy-label-long = Höchstens 80 Zeichen, in einer Zeile.
error-policy-label-taken = So heißt schon ein anderes Feld. Bitte wählen Sie eine andere Bezeichnung.
error-policy-help-long = Höchstens 300 Zeichen, in einer Zeile.
error-policy-choices-none = Möglichkeiten gibt es nur bei einer Auswahl.
error-policy-choices-few = Bitte geben Sie mindestens zwei Möglichkeiten ein.
error-policy-choices-many = Höchstens 50 Möglichkeiten.
error-policy-choices-words = Jede Möglichkeit braucht Wörter auf Deutsch und Englisch, je höchstens 80 Zeichen.
error-policy-choices-codes = Zwei Möglichkeiten haben dasselbe Kennzeichen, oder eines ist ungültig.
error-policy-choices-fixed = Eine vorhandene Möglichkeit fehlt. Sie können sie umbenennen, aber nicht entfernen.
error-policy-format = Das ist keine Datei mit Ampel-Regeln in einer Fassung, die dieses Programm kennt.
error-policy-twice = Das Feld kommt zweimal vor.
error-policy-many = Höchstens 60 eigene Felder.
error-policy-incomplete = Es fehlen Felder.
error-policy-file = Das ist keine vollständige Datei mit Ampel-Regeln.
error-policy-file-large = Die Datei ist zu groß.
error-policy-grave = Dafür müssen Sie sich noch einmal ausweisen.

audit-act-policy-drafted = Eine Änderung der Ampel-Regeln wurde vorgemerkt.
audit-act-policy-discarded = Vorgemerkte Änderungen der Ampel-Regeln wurden verworfen.
audit-act-policy-saved = Neue Ampel-Regeln wurden festgelegt, Fassung:
audit-word-unpublished = nicht mehr öffentlich
audit-word-hidden = ausgeblendet
audit-word-deleted = gelöscht
audit-word-back = wieder da
status-lacks = Diese Pflichtangaben fehlen noch. Am besten tragen Sie sie vorher ein:
today-lacking = { $count ->
    [one] Gruppe, der eine Pflichtangabe fehlt
   *[other] Gruppen, denen eine Pflichtangabe fehlt
}
