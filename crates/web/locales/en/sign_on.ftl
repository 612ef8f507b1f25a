# Logging in through another service (single sign-on).
sign-on-button = Log in with { $name }
sign-on-elsewhere = Other ways
sign-on-leave-title = On to { $name }
sign-on-leave-lead = The login goes on at { $host }. Afterwards you come back here by yourself.
sign-on-leave-go = On to { $name }
sign-on-to-login = Log in with email address and password
sign-on-to-account = To your account
sign-on-refused-title = Logging in with { $name } did not work
sign-on-refused-down = The login service does not answer or is not set up correctly. Please try again later. Whoever has a password can still log in with it.
sign-on-refused-denied = The login was cancelled or refused there. Please try again.
sign-on-refused-stale = This login was used already, took too long, or was begun in another browser. Please begin again here.
sign-on-refused-untrusted = The answer of the login service could not be verified, so we did not accept it. If this goes on, please tell the head of your office.
sign-on-refused-unknown = No account here belongs to this login. Do you have one already? Then log in with email address and password and connect the two under “My account”. Otherwise please ask the head of your office for an invitation.
sign-on-refused-no-role = The login service names no task of yours that is a role here. Please ask the head of your office.
sign-on-refused-no-second-factor = This time the login service did not confirm a second factor. Please log in there with your second factor and try again.
sign-on-refused-address-taken = There is an account here already for your email address. Log in with email address and password and connect the two under “My account”.
sign-on-refused-no-address = The login service names no verified email address of yours. Please ask the head of your office.
sign-on-refused-connected = This account at the login service is already connected with another account here.
sign-on-off-title = You are logged out
sign-on-off-lead = You may still be logged in at { $name }. Do others use this computer, too? Then please log out there as well.
sign-on-off-there = Log out at { $name }, too

# My account
sign-on-connect = Connect
sign-on-connect-title = Connect with { $name }
sign-on-connect-effect-instead = So far you are connected with { $label }. The new connection takes its place.
sign-on-connect-effect-login = You will now log in at { $name }. From then on you can come in here with it, too.
sign-on-connect-effect-local = Your password and your second factor still count.
sign-on-connect-effect-mail = You will be told by email.
sign-on-disconnect = Disconnect
sign-on-disconnect-title = Remove the connection with { $name }?
sign-on-disconnect-effect-login = You can no longer come in here with the account { $label } at { $name }.
account-not-connected = not connected
account-connected-used = { $label }, last used { $at }

# Settings
settings-sign-on = Login through other services
settings-sign-on-does = If your organisation has a login service of its own, your office can use it here.
settings-sign-on-now = { $count ->
    [0] None is entered.
    [one] One login service is entered.
   *[other] { $count } login services are entered.
}
sign-on-title = Login through other services
sign-on-lead = Does your organisation have a login service with OpenID Connect, such as Microsoft Entra, Keycloak or Nextcloud? Then your colleagues need no password of their own here. The login with email address and password stays beside it.
sign-on-none-title = No login service yet
sign-on-none = You need the IT people of your organisation for this: they tell you the address of the service, an identifier and a secret.
sign-on-new = Enter a login service
sign-on-new-lead = You get these from the IT people of your organisation. Once saved, we show you the address that must be entered there.
sign-on-people = { $count ->
    [0] Nobody is connected yet.
    [one] One person is connected.
   *[other] { $count } people are connected.
}
sign-on-name = Name on the button
sign-on-name-hint = As your colleagues know the service, for example “Caritas account”.
sign-on-issuer = Address of the service (issuer)
sign-on-issuer-hint = Begins with https:// and cannot be changed later.
sign-on-issuer-fixed = Another address is another service: please enter it anew.
sign-on-client-id = Identifier (client ID)
sign-on-client-id-hint = By this name the service knows your office.
sign-on-secret = Secret (client secret)
sign-on-secret-hint = We keep it encrypted and never show it again.
sign-on-secret-again = Please type it again: secrets are not shown again, not even after an error.
sign-on-secret-kept = It is kept encrypted and not shown. Leave this empty to keep it.
sign-on-roles = Roles
sign-on-roles-lead = If the service names each person's groups or tasks, they can become roles here, anew at every login. The first value that fits counts. Without this you decide on roles yourself, under “People”.
sign-on-claim = Name of the claim
sign-on-claim-hint = For example groups or realm_access.roles
sign-on-value = Value { $number }
sign-on-role = Role for value { $number }
sign-on-role-choose = none
sign-on-admits = Who may come in?
sign-on-admits-hint = Otherwise only those come in who are invited or have connected their own account.
sign-on-admits-yes = Those without an account, too, if the service names one of the values above
sign-on-factor = What counts as a second factor
sign-on-factor-hint = Values of acr or amr, one a line, for example mfa. If the service names none of them, we ask for the second factor ourselves.
sign-on-register = To be entered at the login service
sign-on-register-lead = Please give these addresses to the IT people of your organisation. They must be entered there letter by letter.
sign-on-redirect-uri = After login (redirect URI)
sign-on-after-logout = After logout (post logout redirect URI)
sign-on-test = Test the connection
sign-on-test-title = { $name }: test the connection
sign-on-test-good = The login service answers and can be used.
sign-on-test-where = Where your people log in
sign-on-test-keys = Keys it signs with
sign-on-test-names-itself = Names itself in every answer (RFC 9207)
sign-on-test-logs-out = Logging out there is possible
sign-on-test-then = Whether identifier and secret are right shows at the first login. The easiest way is to connect your own account under “My account”.
sign-on-test-next = Nobody can log in through this service at the moment. The login with email address and password still works.
sign-on-test-again = Test again
sign-on-test-back = To the details
sign-on-test-address = This address is not allowed: it does not begin with https:// or leads into an internal network. Only the operator can open the way there.
sign-on-test-unreachable = Nobody answers at this address. Please ask the IT people of your organisation whether the service is running and can be reached from outside.
sign-on-test-discovery = There is no login service at this address. Often a piece of the address is missing, or one is too many.
sign-on-test-redirect = The address leads somewhere else. Please enter the address at which the service itself answers.
sign-on-test-other-issuer = The service calls itself something else. The address must be right letter by letter, the slash at the end included.
sign-on-test-addresses = The service names addresses that are not allowed. All must begin with https://.
sign-on-test-token-endpoint = The service lacks a necessary part (token endpoint).
sign-on-test-pkce = The service lacks a necessary protection (PKCE with S256).
sign-on-test-algorithms = The service signs only in ways that are not safe enough.
sign-on-remove = Remove the login service
sign-on-remove-title = Remove { $name }?
sign-on-remove-people = { $count ->
    [0] Nobody is connected with this service.
    [one] One person is connected and can then no longer log in with it.
   *[other] { $count } people are connected and can then no longer log in with it.
}
sign-on-remove-stranded = { $count ->
    [0] All of them have another way in.
    [one] One of them has no other way in.
   *[other] { $count } of them have no other way in.
}
sign-on-remove-logins = { $count ->
    [0] Nobody is logged in through it now.
    [one] One login in force ends at once.
   *[other] { $count } logins in force end at once.
}
sign-on-remove-kept = The accounts themselves, their roles and the log stay. If you enter the service again later, everyone must connect anew.

error-sign-on-address = This address is not allowed. It must begin with https:// and must not lead into an internal network.
error-sign-on-issuer-taken = This login service is entered already.
error-sign-on-admits = This is possible only if there is at least one value for a role above.
error-sign-on-too-many = More than five login services are not possible. Please remove one first.
error-sign-on-last-way = This is your only way in. Set up a password and a second factor first.
error-sign-on-last-manager = Nobody could then decide on people any more. At least one person with that right needs a password and a second factor.

flash-anbieter-neu = Saved. Now have the addresses below entered at the login service, and test the connection.
flash-anbieter-entfernt = The login service is removed.
flash-verbunden = Your account is connected.
flash-getrennt = The connection is removed.

cookie-sign-on = recognises you when you come back here from a login service of your organisation; for staff only
cookie-sign-on-lifetime = ten minutes

audit-topic-sign-on = Login services
audit-act-login-sign-on = Logged in through a login service; the second factor was still missing.
audit-act-users-role-mapped = A role was changed by what a login service says:
audit-act-users-role-kept = A role stayed although a login service named another: otherwise nobody could decide on people any more.
audit-act-account-connected = An account was connected with a login service.
audit-act-account-disconnected = An account was disconnected from a login service.
audit-act-sign-on-added = A login service was entered.
audit-act-sign-on-changed = The details of a login service were changed.
audit-act-sign-on-removed = A login service was removed.
