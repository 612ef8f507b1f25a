# Was auf jeder Seite steht.
brand = Ampelhaus
brand-line = Verzeichnisse der Selbsthilfe
site-brand-line = Verzeichnis der Selbsthilfegruppen
office-brand-line = Arbeitsbereich
skip-to-content = Zum Inhalt springen
quick-exit = Seite schnell verlassen
trial-note = Probebetrieb: Dieses Verzeichnis wird gerade eingerichtet. Angaben können unvollständig sein.
made-with = Ampelhaus – jede Angabe hat ihre Ampel.

nav-main = Hauptmenü
nav-footer = Rechtliches und Anmeldung
nav-groups = Gruppen finden
nav-about = Über uns
nav-imprint = Impressum
nav-privacy = Datenschutz
nav-accessibility = Barrierefreiheit
nav-cookies = Cookies
nav-login = Anmeldung für Mitarbeitende und Gruppenadmins
nav-public-site = Zur öffentlichen Seite
nav-platform-home = Start
nav-signup = Kontaktstelle registrieren

# Ampel
light-green = öffentlich
light-yellow = auf Anfrage
light-red = nur intern
light-means-green = Diese Angabe kann jede Person auf der öffentlichen Seite lesen.
light-means-yellow = Diese Angabe gibt die Kontaktstelle nur auf Anfrage weiter.
light-means-red = Diese Angabe sehen nur die Kontaktstelle und wer die Gruppe selbst pflegt.
light-what = Was bedeutet das?

# Formulare
form-errors-title = Bitte prüfen Sie Ihre Eingaben
form-error-prefix = Fehler:
form-optional = (freiwillig)
form-waits-hours = Das waren zu viele Versuche. Bitte warten Sie { $count } Stunden und versuchen Sie es dann noch einmal.
form-waits = { $count ->
    [one] Das waren zu viele Versuche. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.
   *[other] Das waren zu viele Versuche. Bitte warten Sie { $count } Minuten und versuchen Sie es dann noch einmal.
}

# Listen über mehrere Seiten
pages-label = Seiten
pages-previous = Vorherige Seite
pages-next = Nächste Seite
pages-position = Seite { $number } von { $count }

# Fehlerseiten
error-home = Zur Startseite
error-home-office = Weiter zu „{ $page }“
error-home-groups = Zu den Selbsthilfegruppen
error-home-platform = Zu Ampelhaus
error-host-title = Unter dieser Adresse gibt es kein Verzeichnis
error-host-text = Vielleicht hat sich ein Tippfehler eingeschlichen, oder die Kontaktstelle ist umgezogen. Bitte prüfen Sie die Adresse oder fragen Sie bei der Kontaktstelle nach.
error-page-title = Diese Seite gibt es nicht
error-page-text = Vielleicht ist die Adresse nicht ganz richtig.
error-id = Wenn Sie sich an uns wenden, nennen Sie bitte diese Nummer:
error-400-title = Diese Anfrage konnten wir nicht verstehen
error-400-text = Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-401-title = Bitte melden Sie sich an
error-401-text = Ihre Sitzung ist abgelaufen oder Sie sind nicht angemeldet. Nach der Anmeldung können Sie weitermachen.
error-401-sent = Ihre Sitzung ist abgelaufen. Was Sie gerade gesendet haben, ist noch nicht gespeichert, aber auch nicht verloren: Lassen Sie diese Seite offen, melden Sie sich in einem neuen Fenster an, und laden Sie dann diese Seite neu. Ihr Browser fragt, ob er die Eingaben noch einmal senden soll.
error-proof-title = Bitte bestätigen Sie noch einmal, dass Sie es sind
error-proof-text = Ihre letzte Bestätigung ist länger als fünf Minuten her. Was Sie gerade gesendet haben, ist noch nicht gespeichert, aber auch nicht verloren: Lassen Sie diese Seite offen, bestätigen Sie in einem neuen Fenster, und laden Sie dann diese Seite neu. Ihr Browser fragt, ob er die Eingaben noch einmal senden soll.
error-proof-way = In neuem Fenster bestätigen
error-403-title = Das dürfen Sie hier nicht
error-403-text = Für diese Seite fehlt Ihnen ein Recht. Die Leitung Ihrer Kontaktstelle kann es vergeben.
error-404-title = Diese Seite gibt es nicht
error-404-text = Vielleicht ist die Adresse nicht ganz richtig, oder die Gruppe ist nicht mehr im Verzeichnis.
error-link-title = Dieser Link gilt nicht mehr
error-link-text = Vielleicht haben Sie ihn schon benutzt: Dann melden Sie sich einfach an. Sonst ist er zu alt oder wurde zurückgenommen. Einen Link zur Anmeldung oder zu einem neuen Passwort können Sie bei der Anmeldung noch einmal anfordern, eine Einladung bei der Kontaktstelle.
error-405-title = So kann diese Seite nicht aufgerufen werden
error-405-text = Bitte gehen Sie zurück und benutzen Sie die Schaltflächen der Seite.
error-409-title = Jemand anderes war schneller
error-409-text = Die Angaben wurden inzwischen geändert. Bitte laden Sie die Seite neu und prüfen Sie, was sich geändert hat.
error-413-title = Das ist zu groß
error-413-text = Was Sie gesendet haben, ist größer, als wir annehmen können. Bitte kürzen Sie den Text oder teilen Sie die Datei.
error-429-title = Bitte warten Sie einen Moment
error-429-text = Das waren zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es gleich noch einmal.
error-429-minutes = { $count ->
    [one] Das waren zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in einer Minute noch einmal.
   *[other] Das waren zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in { $count } Minuten noch einmal.
}
error-429-wait = { $count ->
    [one] Das waren zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in einer Sekunde noch einmal.
   *[other] Das waren zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in { $count } Sekunden noch einmal.
}
error-500-title = Bei uns ist etwas schiefgegangen
error-500-text = Das liegt nicht an Ihnen. Wir haben den Fehler festgehalten. Bitte versuchen Sie es später noch einmal.
error-503-title = Gerade ist zu viel los
error-503-text = Bitte versuchen Sie es in wenigen Sekunden noch einmal.
error-closed-ask = Kontaktstelle erreichen
error-closed-title = Dieses Verzeichnis ist gerade nicht erreichbar
error-closed-text = Die Kontaktstelle richtet ihr Verzeichnis ein oder hat es vorübergehend geschlossen. Bitte versuchen Sie es später noch einmal oder wenden Sie sich direkt an die Kontaktstelle.

# Meldungen nach einem Schritt
flash-gespeichert = Gespeichert.

# Tage und Monate
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
error-form = Das Formular wurde nicht vollständig oder nicht von dieser Seite gesendet. Bitte gehen Sie zurück und füllen Sie es dort aus.
idle-soon = Sie haben länger nichts aufgerufen. In fünf Minuten werden Sie zu Ihrer Sicherheit abgemeldet.
idle-over = Sie wurden abgemeldet. Was Sie hier eingegeben haben, steht noch da: Melden Sie sich in einem neuen Fenster an und senden Sie es danach ab.
idle-log-in = Neu anmelden
idle-stay = Angemeldet bleiben
