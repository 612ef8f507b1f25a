# Anmeldung über einen Anmeldedienst (Single Sign-on).
sign-on-button = Anmelden mit { $name }
sign-on-elsewhere = Andere Wege
sign-on-leave-title = Weiter zu { $name }
sign-on-leave-lead = Die Anmeldung geht auf { $host } weiter. Danach kommen Sie von selbst hierher zurück.
sign-on-leave-go = Weiter zu { $name }
sign-on-to-login = Mit E-Mail-Adresse und Passwort anmelden
sign-on-to-account = Zu Ihrem Konto
sign-on-refused-title = Die Anmeldung mit { $name } hat nicht geklappt
sign-on-refused-down = Der Anmeldedienst antwortet gerade nicht oder ist nicht richtig eingerichtet. Bitte versuchen Sie es später noch einmal. Wer ein Passwort hat, kann sich weiter damit anmelden.
sign-on-refused-denied = Die Anmeldung wurde dort abgebrochen oder abgelehnt. Bitte versuchen Sie es noch einmal.
sign-on-refused-stale = Diese Anmeldung wurde schon benutzt, dauerte zu lange oder wurde in einem anderen Browser begonnen. Bitte beginnen Sie hier neu.
sign-on-refused-untrusted = Die Antwort des Anmeldedienstes ließ sich nicht prüfen. Deshalb haben wir sie nicht angenommen. Bleibt es dabei, sagen Sie bitte der Leitung Ihrer Kontaktstelle Bescheid.
sign-on-refused-unknown = Zu dieser Anmeldung gehört hier kein Zugang. Haben Sie schon einen? Dann melden Sie sich mit E-Mail-Adresse und Passwort an und verbinden die beiden unter „Mein Konto“. Sonst bitten Sie die Leitung um eine Einladung.
sign-on-refused-no-role = Der Anmeldedienst nennt für Sie keine Aufgabe, die hier einer Rolle entspricht. Bitte wenden Sie sich an die Leitung Ihrer Kontaktstelle.
sign-on-refused-no-second-factor = Der Anmeldedienst hat diesmal keinen zweiten Faktor bestätigt. Bitte melden Sie sich dort mit zweitem Faktor an und versuchen Sie es noch einmal.
sign-on-refused-address-taken = Zu Ihrer E-Mail-Adresse gibt es hier schon einen Zugang. Melden Sie sich mit E-Mail-Adresse und Passwort an und verbinden Sie die beiden unter „Mein Konto“.
sign-on-refused-no-address = Der Anmeldedienst nennt keine geprüfte E-Mail-Adresse für Sie. Bitte wenden Sie sich an die Leitung Ihrer Kontaktstelle.
sign-on-refused-connected = Dieses Konto beim Anmeldedienst ist hier schon mit einem anderen Zugang verbunden.
sign-on-off-title = Sie sind abgemeldet
sign-on-off-lead = Bei { $name } sind Sie vielleicht noch angemeldet. Benutzen auch andere diesen Rechner? Dann melden Sie sich bitte auch dort ab.
sign-on-off-there = Auch bei { $name } abmelden

# Mein Konto
sign-on-connect = Verbinden
sign-on-connect-title = Mit { $name } verbinden
sign-on-connect-effect-instead = Bisher sind Sie mit { $label } verbunden. Die neue Verbindung tritt an ihre Stelle.
sign-on-connect-effect-login = Sie melden sich gleich bei { $name } an. Danach kommen Sie damit auch hier herein.
sign-on-connect-effect-local = Ihr Passwort und Ihr zweiter Faktor gelten weiter.
sign-on-connect-effect-mail = Sie bekommen darüber eine E-Mail.
sign-on-disconnect = Trennen
sign-on-disconnect-title = Verbindung mit { $name } trennen?
sign-on-disconnect-effect-login = Mit dem Konto { $label } bei { $name } kommen Sie hier nicht mehr herein.
account-not-connected = nicht verbunden
account-connected-used = { $label }, zuletzt { $at }

# Einstellungen
settings-sign-on = Anmeldung über andere Dienste
settings-sign-on-does = Wenn Ihr Träger einen eigenen Anmeldedienst hat, kann Ihre Kontaktstelle ihn hier nutzen.
settings-sign-on-now = { $count ->
    [0] Es ist keiner eingetragen.
    [one] Ein Anmeldedienst ist eingetragen.
   *[other] { $count } Anmeldedienste sind eingetragen.
}
sign-on-title = Anmeldung über andere Dienste
sign-on-lead = Hat Ihr Träger einen Anmeldedienst mit OpenID Connect, zum Beispiel Microsoft Entra, Keycloak oder Nextcloud? Dann brauchen Ihre Kolleginnen und Kollegen hier kein eigenes Passwort. Die Anmeldung mit E-Mail-Adresse und Passwort bleibt daneben bestehen.
sign-on-none-title = Noch kein Anmeldedienst
sign-on-none = Sie brauchen dafür die IT Ihres Trägers: Sie nennt Ihnen die Adresse des Dienstes, eine Kennung und ein Geheimnis.
sign-on-new = Anmeldedienst eintragen
sign-on-new-lead = Diese Angaben bekommen Sie von der IT Ihres Trägers. Nach dem Speichern zeigen wir Ihnen die Adresse, die dort einzutragen ist.
sign-on-people = { $count ->
    [0] Noch niemand ist verbunden.
    [one] Eine Person ist verbunden.
   *[other] { $count } Personen sind verbunden.
}
sign-on-name = Name auf dem Knopf
sign-on-name-hint = So, wie Ihre Kolleginnen und Kollegen den Dienst kennen, zum Beispiel „Caritas-Konto“.
sign-on-issuer = Adresse des Dienstes (Issuer)
sign-on-issuer-hint = Beginnt mit https:// und lässt sich später nicht ändern.
sign-on-issuer-fixed = Eine andere Adresse ist ein anderer Dienst: Tragen Sie ihn bitte neu ein.
sign-on-client-id = Kennung (Client-ID)
sign-on-client-id-hint = Unter diesem Namen kennt der Dienst Ihre Kontaktstelle.
sign-on-secret = Geheimnis (Client-Secret)
sign-on-secret-hint = Wir speichern es verschlüsselt und zeigen es nie wieder an.
sign-on-secret-again = Bitte geben Sie es noch einmal ein: Geheimnisse zeigen wir auch nach einem Fehler nicht wieder an.
sign-on-secret-kept = Es ist verschlüsselt gespeichert und wird nicht angezeigt. Leer lassen heißt: Es bleibt.
sign-on-roles = Rollen
sign-on-roles-lead = Nennt der Dienst zu jeder Person ihre Gruppen oder Aufgaben, können daraus hier Rollen werden, bei jeder Anmeldung neu. Der erste Wert, der passt, zählt. Ohne diese Angaben entscheiden Sie selbst über die Rollen, unter „Personen“.
sign-on-claim = Name der Angabe (Claim)
sign-on-claim-hint = Zum Beispiel groups oder realm_access.roles
sign-on-value = Wert { $number }
sign-on-role = Rolle für Wert { $number }
sign-on-role-choose = keine
sign-on-admits = Wer darf herein?
sign-on-admits-hint = Sonst kommt nur herein, wer eingeladen ist oder das eigene Konto verbunden hat.
sign-on-admits-yes = Auch wer noch keinen Zugang hat, wenn der Dienst einen der Werte oben nennt
sign-on-factor = Was als zweiter Faktor zählt
sign-on-factor-hint = Werte von acr oder amr, je Zeile einer, zum Beispiel mfa. Nennt der Dienst keinen davon, fragen wir selbst nach dem zweiten Faktor.
sign-on-register = Beim Anmeldedienst einzutragen
sign-on-register-lead = Bitte geben Sie diese Adressen der IT Ihres Trägers. Sie müssen dort Zeichen für Zeichen so stehen.
sign-on-redirect-uri = Nach der Anmeldung (Redirect-URI)
sign-on-after-logout = Nach der Abmeldung (Post-Logout-Redirect-URI)
sign-on-test = Verbindung prüfen
sign-on-test-title = { $name }: Verbindung prüfen
sign-on-test-good = Der Anmeldedienst antwortet und kann genutzt werden.
sign-on-test-where = Dort melden Ihre Leute sich an
sign-on-test-keys = Schlüssel zum Unterschreiben
sign-on-test-names-itself = Nennt sich in jeder Antwort (RFC 9207)
sign-on-test-logs-out = Abmelden dort möglich
sign-on-test-then = Ob Kennung und Geheimnis stimmen, zeigt die erste Anmeldung. Am einfachsten verbinden Sie dazu unter „Mein Konto“ Ihr eigenes.
sign-on-test-next = Niemand kann sich zurzeit über diesen Dienst anmelden. Die Anmeldung mit E-Mail-Adresse und Passwort geht weiter.
sign-on-test-again = Noch einmal prüfen
sign-on-test-back = Zu den Angaben
sign-on-test-address = Diese Adresse ist nicht erlaubt: Sie beginnt nicht mit https:// oder führt in ein internes Netz. Den Zugang dorthin kann nur der Betreiber öffnen.
sign-on-test-unreachable = Unter dieser Adresse antwortet gerade niemand. Bitte fragen Sie die IT Ihres Trägers, ob der Dienst läuft und von außen erreichbar ist.
sign-on-test-discovery = Unter dieser Adresse ist kein Anmeldedienst zu finden. Oft fehlt ein Stück der Adresse, oder es ist eines zu viel.
sign-on-test-redirect = Die Adresse leitet woanders hin. Bitte tragen Sie die Adresse ein, unter der der Dienst selbst antwortet.
sign-on-test-other-issuer = Der Dienst nennt sich selbst anders. Die Adresse muss Zeichen für Zeichen stimmen, auch der Schrägstrich am Ende.
sign-on-test-addresses = Der Dienst nennt Adressen, die nicht erlaubt sind. Alle müssen mit https:// beginnen.
sign-on-test-token-endpoint = Dem Dienst fehlt ein nötiger Teil (Token-Endpunkt).
sign-on-test-pkce = Der Dienst kann die nötige Absicherung nicht (PKCE mit S256).
sign-on-test-algorithms = Der Dienst unterschreibt nur mit Verfahren, die nicht sicher genug sind.
sign-on-remove = Anmeldedienst entfernen
sign-on-remove-title = { $name } entfernen?
sign-on-remove-people = { $count ->
    [0] Niemand ist mit diesem Dienst verbunden.
    [one] Eine Person ist verbunden und kann sich danach nicht mehr damit anmelden.
   *[other] { $count } Personen sind verbunden und können sich danach nicht mehr damit anmelden.
}
sign-on-remove-stranded = { $count ->
    [0] Alle haben noch einen anderen Weg herein.
    [one] Eine davon hat keinen anderen Weg herein.
   *[other] { $count } davon haben keinen anderen Weg herein.
}
sign-on-remove-logins = { $count ->
    [0] Zurzeit ist niemand darüber angemeldet.
    [one] Eine laufende Anmeldung endet sofort.
   *[other] { $count } laufende Anmeldungen enden sofort.
}
sign-on-remove-kept = Die Zugänge selbst, ihre Rollen und das Protokoll bleiben. Tragen Sie den Dienst später wieder ein, muss sich jede Person neu verbinden.

error-sign-on-address = Diese Adresse ist nicht erlaubt. Sie muss mit https:// beginnen und darf nicht in ein internes Netz führen.
error-sign-on-issuer-taken = Dieser Anmeldedienst ist schon eingetragen.
error-sign-on-admits = Das geht nur, wenn oben mindestens ein Wert für eine Rolle steht.
error-sign-on-too-many = Mehr als fünf Anmeldedienste sind nicht möglich. Bitte entfernen Sie vorher einen.
error-sign-on-last-way = Das ist Ihr einziger Weg herein. Richten Sie vorher ein Passwort und einen zweiten Faktor ein.
error-sign-on-last-manager = Danach könnte niemand mehr über Personen entscheiden. Mindestens eine Person mit diesem Recht braucht ein Passwort und einen zweiten Faktor.

flash-anbieter-neu = Gespeichert. Lassen Sie jetzt die Adressen unten beim Anmeldedienst eintragen, und prüfen Sie die Verbindung.
flash-anbieter-entfernt = Der Anmeldedienst ist entfernt.
flash-verbunden = Ihr Konto ist verbunden.
flash-getrennt = Die Verbindung ist getrennt.

cookie-sign-on = erkennt Sie wieder, wenn Sie von einem Anmeldedienst Ihres Trägers hierher zurückkommen; nur für Mitarbeitende
cookie-sign-on-lifetime = zehn Minuten

audit-topic-sign-on = Anmeldedienste
audit-act-login-sign-on = Über einen Anmeldedienst angemeldet; der zweite Faktor stand noch aus.
audit-act-users-role-mapped = Eine Rolle wurde nach den Angaben eines Anmeldedienstes geändert:
audit-act-users-role-kept = Eine Rolle blieb, obwohl ein Anmeldedienst eine andere nannte: Sonst könnte niemand mehr über Personen entscheiden.
audit-act-account-connected = Ein Konto wurde mit einem Anmeldedienst verbunden.
audit-act-account-disconnected = Ein Konto wurde von einem Anmeldedienst getrennt.
audit-act-sign-on-added = Ein Anmeldedienst wurde eingetragen.
audit-act-sign-on-changed = Die Angaben zu einem Anmeldedienst wurden geändert.
audit-act-sign-on-removed = Ein Anmeldedienst wurde entfernt.
