# Who gets in: people, roles, one's own account, one's own groups.
yes = yes
no = no
role-lead = Head of office
role-staff = Staff
role-read-only = Staff, reading only
role-privacy = Data protection
role-group-admin = Group admin
role-gone = This role does not exist any more
role-means-lead = May do everything, including inviting people, publishing and reading the log.
role-means-staff = Looks after groups, consents and lists.
role-means-read-only = Sees all groups, changes nothing.
role-means-privacy = Reads and saves the log. Sees no items of groups.
role-means-group-admin = Sees their own groups only, can pause them and propose changes.
right-overview = See Today and where the office stands
right-groups-see = See all groups with all items and notes
right-groups-edit = Add, change, pause and dissolve groups
right-consents = Record and withdraw consents
right-import = Bring in lists
right-texts = Change the office's texts and details
right-publish = Put the directory online and offline
right-contract = Record the processing contract
right-people = Invite and lock out people, decide on roles
right-log = Read the log
right-log-export = Save the log as a file
right-support = Let technical support look in
right-own-groups = See their own groups with all items, pause them and propose changes, contact persons included
people-page-title = People
people-page-lead = Who can log in at your office, and as what. A change counts from the next page someone opens.
people-invite = Invite someone
people-invite-lead = They get a mail with a link. It works for three days and only once.
people-invite-submit = Send the invitation
people-roles-link = Roles and rights
people-name = Name
people-role = Role
people-state = Access
people-state-active = can log in
people-state-enrolling = is setting up the account
people-state-disabled = locked out
people-last-login = Last logged in
people-never = never
people-myself = you
people-invited = Invited
people-invited-none = Nobody is invited at the moment.
people-invited-until = works until
people-revoke = Take back
people-groups = Groups, for group admins only
people-groups-hint = Which groups belong to this person? A group admin needs at least one; for other roles leave the list empty.
people-factor-on = set up
people-factor-off = not set up
people-insight = What can this person see?
people-reach-none = No items of groups.
people-reach-all = { $count ->
    [0] All groups. There are none yet.
    [one] All groups, at present one.
   *[other] All groups, at present { $count }.
}
people-reach-some = { $count ->
    [0] Certain groups only, at present none.
    [one] Only this one group:
   *[other] Only these { $count } groups:
}
people-may = May
people-may-not = May not
people-may-nothing = nothing
people-change-role = Change role
people-role-of = Role of { $name }
people-role-lead = The new role counts from the next page this person opens.
people-role-save = Save role
people-deactivate = Lock out
people-reactivate = Open access again
people-close-title = Lock out { $name }?
people-close-effect-login = They cannot log in any more.
people-close-effect-logins = { $count ->
    [0] They are not logged in anywhere at the moment.
    [one] One login in progress ends at once.
   *[other] { $count } logins in progress end at once.
}
people-close-effect-kept = Their name stays in the log and in the history of groups. You can open their access again later.
people-open-title = Open access for { $name } again?
people-open-effect = They can log in again, in the role they had.
people-open-effect-no-group = The person has no group at present and sees nothing after logging in. Give them one afterwards under “Change role”.
people-open-effect-mail = They get a mail about it.
roles-title = Roles and rights
roles-lead = Which role may do what. Every office has the first five roles; you can add your own.
roles-new = Make a role of your own
roles-change = Change role
roles-right = Right
roles-people = { $count ->
    [0] nobody
    [one] one person
   *[other] { $count } people
}
roles-only = only
roles-only-sector = area { $name }
roles-only-town = town { $name }
roles-only-or = {" "}or{" "}
roles-name = What is the role called?
roles-rights = What may it do?
roles-sectors = Only groups of these areas
roles-sectors-hint = If neither areas nor towns are chosen the role is for all groups.
roles-towns = Or groups in these towns
roles-towns-hint = If both are chosen either is enough: the role sees the groups of the areas and those in the towns besides.
roles-form-lead = A change counts for everyone who has this role, from the next page they open.
roles-save = Save role
roles-remove = Remove role
roles-remove-title = Remove the role “{ $name }”?
roles-remove-effect = Nobody can be given the role any more. It can be removed only while nobody has it.
account-title = My account
account-save = Save name and language
account-language = Language
account-language-hint = You see the pages in this language after each log-in, and get notices about your account in it by email. With “As the browser” they come in both languages.
account-language-browser = As the browser
account-save-name = Save name
account-change-password = Change password
account-new-password = New password
account-password-lead = After the change all other logins of this account end. You get a mail about it.
account-password-save = Save password
account-second-factor = Second factor
account-second-factor-on = set up
account-codes = Recovery codes
account-codes-left = { $count ->
    [0] None left.
    [one] One left.
   *[other] { $count } left.
}
account-codes-few = Please renew your recovery codes: without them you cannot get in when your phone is missing.
account-codes-renew = Renew recovery codes
account-codes-effect-new = You get ten new codes. They are shown only once.
account-codes-effect-old = The codes you have count no more. You get a mail about it.
account-logins = Where you are logged in
account-logins-lead = Is there a login you do not know? End it, and change your password.
account-login-since = since
account-login-seen = last seen
account-this-login = this one
account-end-login = End
account-end-others = End all others
account-device-unknown = Unknown device
prove-title = Please confirm that it is you
prove-lead = Please confirm with the six-digit code of your app. That then counts for five minutes.
prove-lead-either = Please confirm with the six-digit code of your app or with your passkey. That then counts for five minutes.
prove-lead-password = Please confirm with your password. That then counts for five minutes.
prove-aim = “{ $aim }” is specially protected.
prove-cancel = Cancel
proven-title = Confirmed
proven-lead = You can close this window now. Then reload the page in the other window: your browser asks whether to send your entries again.
prove-submit = Confirm
own-groups-title = My groups
own-groups-lead = You are entered for these groups.
own-groups-none = No group yet
own-groups-none-text = Your contact office has not assigned a group to you yet. Please ask them.
own-groups-group-lead = This is what the contact office knows about your group. The light shows who gets to know it. Is something wrong? Then change it here.
own-groups-all-items = Items
own-groups-seen = Who saw it?
own-groups-seen-lead = This shows who at the contact office has seen items that are not public. Those who look after the group themselves are not listed.
own-groups-seen-none = Nobody so far.
own-groups-someone = someone at the contact office
own-groups-items = { $count ->
    [one] one item
   *[other] { $count } items
}
flash-eingeladen = The invitation is on its way.
flash-einladung-zurueck = The invitation works no more.
flash-rolle = The new role counts.
flash-gesperrt = The access is locked.
flash-geoeffnet = The access is open again.
flash-rolle-entfernt = The role is removed.
flash-passwort = Your password is changed. All other logins have ended.
flash-anmeldung-beendet = The login has ended.
flash-anmeldungen-beendet = All other logins have ended.
error-has-account = This person has an account at your office already.
error-choose-group = Please choose at least one group.
error-choose-right = Please choose at least one right.
error-last-manager = Nobody could manage people any more. Give someone else that right first.
error-not-oneself = You cannot lock yourself out.
error-name-taken = There is a role with this name already.
error-too-many-roles = More than 30 roles of your own are not possible.
error-role-in-use = Someone still has this role, or is invited with it. Change that first.
error-wrong-password = This password is not right.
audit-act-users-seen = The list of people was looked at.
audit-act-users-invited = Someone was invited.
audit-act-users-invitation-revoked = An invitation was taken back.
audit-act-users-role = Someone was given another role.
audit-act-users-deactivated = Someone was locked out.
audit-act-users-reactivated = Someone's access was opened again.
audit-act-roles-saved = A role was saved.
audit-act-roles-removed = A role was removed.
audit-act-account-language = Someone chose their own language.
audit-act-account-renamed = Someone changed their own name.
audit-act-account-password = Someone changed their own password.
audit-act-account-recovery-codes = Recovery codes were renewed.
audit-act-login-ended = Someone ended a login of their own.
audit-act-login-others-ended = Someone ended all their other logins.
audit-act-login-proven = Confirmed once more before something grave.
error-more-than-oneself = You can only give and change what you may do yourself.
error-only-without-limit = Whoever brings in lists or decides about people does so for the whole office: please take out the limit or that right.
people-close-effect-invitations = { $count ->
    [one] One open invitation this person sent works no more.
   *[other] { $count } open invitations this person sent work no more.
}
people-close-effect-orphans = { $count ->
    [one] One group then has nobody who looks after it. You can invite a successor first.
   *[other] { $count } groups then have nobody who looks after them. You can invite a successor first.
}
people-heir = { $count ->
    [one] One task that was begun waits (a list or a review). Who goes on with it?
   *[other] { $count } tasks that were begun wait (lists or reviews). Who goes on with them?
}
people-heir-nobody = nobody in particular
people-end-logins = Log out everywhere
people-logins-title = Log { $name } out everywhere?
people-logins-effect-again = The person can log in again at once. This helps when a phone or a laptop was lost, for example.
flash-abgemeldet-von-uns = All logins of this person have ended.
lost-factor-password = Password
lost-factor-password-hint = Only if the person does not know the password any more, either: then they get a link to a new one after the 24 hours.
lost-factor-password-yes = The password is lost, too
prove-lead-provider = Please confirm with the account you logged in with that it is you.
account-present-password = Present password
flash-notfallcode-benutzt = You logged in with a recovery code. Is your app or passkey lost? Then it is best to set up a new second factor here now and to remove the old one.
succession-heading = Succession
succession-about = You hand the group over, or want to look after it together with someone? Then tell us who it is.
succession-begin = Arrange a successor
succession-title = Succession for { $group }
succession-of = Succession for { $name }
succession-lead = Who is to look after your group's items from now on? The contact office looks at your proposal and then invites the person. Until they have accepted, everything stays as it is for you.
succession-begin-lead = Without an account the person gets an invitation. A group admin with an account has the group at once.
succession-group = Which group?
succession-email = Mail address of the new person
succession-email-hint = Please talk to them first. They will see all items of the group, the yellow and red ones, too.
succession-leaves = And then?
succession-leaves-then = The present access to this group ends as soon as the new person has accepted
succession-leaves-no = Both look after it together
succession-propose = Propose
succession-proposed = You proposed { $email }. The contact office looks at it (until { $until }).
succession-invited = { $email } is invited and can accept until { $until }.
succession-withdraw-effect = If you take it back, everything stays as it is.
succession-open = { $email } is to take this group over.
succession-waiting = Successors for groups
succession-waiting-lead = These persons were proposed by group admins and wait for your consent:
succession-effect-who = { $from } proposes { $email } as successor for "{ $group }".
succession-effect-known = The person is a group admin already and has the group at once.
succession-effect-invited = The person gets an invitation by mail.
succession-effect-leaves = As soon as they have the group, the access of { $from } to this group ends.
succession-effect-stays = { $from } keeps the group, too.
succession-agree = Agree
succession-refuse = Refuse
succession-refuse-title = Refuse the proposal?
succession-refuse-effect = Everything stays as it is. Whoever proposed the successor gets a mail.
flash-nachfolge-vorgeschlagen = Thank you, your proposal is with the contact office.
flash-nachfolge-zurueck = The proposal is taken back.
flash-nachfolge-einverstanden = The succession is on its way.
flash-nachfolge-abgelehnt = The proposal is refused.
error-successor-oneself = This is the address that is entered for the group already.
error-successor-staff = This address belongs to someone of the contact office.
error-successor-has-it = This person looks after the group already.
today-successions = { $count ->
    [one] proposal of a successor
   *[other] proposals of successors
}
audit-act-account-forgotten = Someone asked for a new password.
audit-act-succession-proposed = A successor was proposed.
audit-act-succession-withdrawn = The proposal of a successor was taken back.
audit-act-succession-agreed = The office agreed to a successor.
audit-act-succession-refused = The office refused a successor.
audit-act-users-logins-ended = All logins of someone were ended.
error-successor-from-gone = Whoever proposed this has the group no more. Please refuse the proposal.
error-already-invited = This address is invited already. Please wait until the person has accepted, or take the invitation back.
succession-effect-last = It is the last group of { $from }: their account is locked then, and they cannot log in any more.
succession-effect-waits = A change to this group still waits under “Review”. It stays.
succession-lead-last = It is your last group: if you give it up, your account ends, too.
audit-act-succession-taken-over = Somebody new takes care of a group:
audit-act-users-group-given-up = A group was given up by:
audit-word-last = last
error-needs-groups-see = Whoever changes groups or records consents must see the groups, too: please choose that right as well.
error-needs-log = Whoever saves the log must read it, too: please choose that right as well.
error-needs-overview = Texts, directory, light policy, contract and support are under “Settings”. Only those get there who may “See Today and where the office stands”: please choose that right as well.
people-reach-locked = Nothing: the access is locked.
right-groups-see-some = See these groups with all items and notes
flash-neu-eingeladen = The invitation was sent again. The earlier link does not work any more.
people-invite-again = Send again
error-groups-of-staff = Groups go with the role group admin only. Please clear the ticks, or choose that role.
