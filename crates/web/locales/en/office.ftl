# The office's own pages: today, settings, log.
nav-office-today = Today
nav-office-groups = Groups
nav-office-import = Import a list
nav-office-settings = Settings
nav-office-people = People
nav-own-groups = My groups
nav-account = My account
nav-office-audit = Log

office-save = Save
office-cancel = Cancel

# Today
today-title = Today
today-set-up-setup = Until your directory is online
today-set-up-trial = Your directory is on trial
today-set-up-live = To make your directory complete
today-set-up-offline = Your directory is offline
today-steps = { $done } of { $all } points are done.
today-to-publish = Go to publishing
today-waiting = To do
today-nothing = Nothing is waiting for you at the moment.
today-drafts = { $count ->
    [one] group in draft
   *[other] groups in draft
}
today-consents = { $count ->
    [one] group with a consent to record
   *[other] groups with consents to record
}
today-without-contact = { $count ->
    [one] public group without a public contact: enquiries come to you
   *[other] public groups without a public contact: enquiries come to you
}
today-state = Where things stand
today-groups = Groups altogether
today-to-groups = Go to the list
today-published = Of these, cleared for publishing
today-mails = E-mails
today-mails-waiting = { $count ->
    [0] No e-mail is waiting to be sent.
    [one] One e-mail is waiting to be sent.
   *[other] { $count } e-mails are waiting to be sent.
}
today-mails-failed = { $count ->
    [one] One e-mail could not be delivered.
   *[other] { $count } e-mails could not be delivered.
}

# Checklist
check-must = Before your directory can go online
check-should = After that, as soon as possible
check-done = done
check-open = open
check-reachable = How to reach you
check-reachable-done = The directory shows a phone number or mail address of the office.
check-reachable-open = Give phone or e-mail of your office. People turn to you when a group has no public contact.
check-imprint = Imprint
check-imprint-done = The imprint is written.
check-imprint-open = Write your imprint. A suggestion that you can adapt is ready. Gaps in [[brackets]] must be filled in.
check-privacy = Privacy notice
check-privacy-done = The privacy notice is written.
check-privacy-open = Write your privacy notice. A suggestion that fits your data protection law is ready. Gaps in [[brackets]] must be filled in.
check-group = At least one active group
check-group-done = { $count ->
    [one] One group is active and can be published.
   *[other] { $count } groups are active and can be published.
}
check-group-open = Bring in your list or add a group, and set it to “active”.
check-contract = Processing contract
check-contract-done = Concluded on { $date }.
check-contract-open = Without a contract the directory stays on trial: public with a note, but not in search engines.

# Visibility
visibility-setup = Being prepared
visibility-trial = Trial
visibility-live = Public
visibility-offline = Offline

# Settings
settings-title = Settings
settings-now = At present:
settings-closed = Some settings can only be changed by the lead of the office.
settings-profile = Contact office
settings-profile-does = What people looking for help learn about your office on every page: name, address, phone, opening hours.
settings-profile-now = { $count } of { $all } entries are filled in.
settings-texts = Imprint, privacy and notice
settings-texts-does = The texts the law asks for, and what people read before they see a contact.
settings-texts-now = { $count } of { $all } texts are written. Without a contact notice of your own the built-in one is shown.
settings-contract = Processing contract
settings-contract-does = Here you record the contract between your sponsoring organisation and the operator. Only with it does the trial end.
settings-contract-now = concluded on { $date }.
settings-contract-none = No contract is recorded yet.
settings-publish = Publishing
settings-publish-does = Decides whether everyone can read your directory, and shows what is still missing for it.
settings-publish-now = { $count ->
    [0] { $state }, no group can be read by the public.
    [one] { $state }, one group can be read by the public.
   *[other] { $state }, { $count } groups can be read by the public.
}

# Contact office
profile-name = Name of the office
profile-carrier = Sponsoring organisation
profile-carrier-hint = Who runs the office, for example an association or a town.
profile-street = Street and number
profile-postcode = Postal code
profile-town = Town
profile-phone = Phone
profile-phone-hint = Phone or e-mail: people need at least one of them.
profile-email = E-mail
profile-hours = Opening hours
profile-hours-hint = For example: Monday to Thursday 9 to 12.
profile-about = About us
profile-about-hint = A short text: what you help with and how to reach you. An empty line begins a new paragraph.
profile-look = Look at the public page “About us”

# Texts
texts-imprint = Imprint
texts-imprint-hint = Who is responsible for the site (§ 5 DDG). An empty line begins a new paragraph.
texts-privacy = Privacy notice
texts-privacy-hint = What happens with the data of people who use your directory or are named in it.
texts-notice = Notice before a contact
texts-notice-hint = Is read before a contact appears: how to get in touch, what stays confidential. If empty, the built-in notice is shown.
texts-suggest = Insert the suggestion
texts-suggest-hint = Under { $regime }, in German. A beginning, no legal advice: please check and complete it with your sponsoring organisation. It is kept only when you save.
texts-gaps = There are still gaps in [[double brackets]] that only you can fill in. You can save in between; the text can be published only without gaps.
texts-look = Look at the public page

# Contract
contract-regime = Your data protection law
contract-regime-dsgvo = The contract follows Art. 28 of the General Data Protection Regulation.
contract-regime-kdg = The contract follows § 29 of the law on church data protection (KDG).
contract-regime-dsg-ekd = The contract follows § 30 of the data protection law of the EKD.
contract-recorded = Recorded
contract-concluded-on = Date of the contract
contract-signer = Signed by
contract-signer-hint = Who signed for your sponsoring organisation.
contract-document = Document
contract-document-hint = The signed contract as a PDF file, at most 10 MB. It is stored encrypted.
contract-download = Download the PDF
contract-size = { $count } KB
contract-record = Record a contract
contract-replace = Replace it by a new contract
contract-save = Record the contract
contract-ends-trial = As soon as the contract is recorded the trial ends by itself: the note disappears, and search engines may show the directory.
flash-vertrag-erfasst = The contract is recorded.

# Publishing
publish-state = State of the directory
publish-checklist = What is needed for it
publish-effect-setup = { $count ->
    [0] Nothing can be read yet, and no group is ready yet.
    [one] Nothing can be read yet. One group is ready.
   *[other] Nothing can be read yet. { $count } groups are ready.
}
publish-effect-trial = { $count ->
    [one] Everyone can read one group. A note about the trial stands on every page, search engines stay out.
   *[other] Everyone can read { $count } groups. A note about the trial stands on every page, search engines stay out.
}
publish-effect-live = { $count ->
    [one] Everyone can read one group, search engines too.
   *[other] Everyone can read { $count } groups, search engines too.
}
publish-effect-offline = { $count ->
    [one] Nothing can be read. One group would be ready.
   *[other] Nothing can be read. { $count } groups would be ready.
}
publish-go-trial = Publish in trial …
publish-go-live = Publish …
publish-go-offline = Take offline …
publish-not-yet = As soon as imprint, privacy notice, a way to reach you and an active group are there, you can publish here.
publish-only-lead = Only the lead of the office can publish and take offline.
publish-missing = Something has gone missing meanwhile. Please look at the list.
office-confirm-lead = This happens when you confirm:
publish-online-title = Publish the directory
publish-online-groups = { $count ->
    [one] One group can be read by everyone at once at { $address }.
   *[other] { $count } groups can be read by everyone at once at { $address }.
}
publish-online-contacts = { $count ->
    [0] No group shows a contact of its own.
    [one] One group shows its contact after the notice was read.
   *[other] { $count } groups show their contact after the notice was read.
}
publish-online-office = { $count ->
    [0] Every group can be reached directly.
    [one] One group says, instead of a contact, that your office puts people in touch.
   *[other] { $count } groups say, instead of a contact, that your office puts people in touch.
}
publish-online-lights = Yellow and red entries stay with you.
publish-online-as-trial = As no contract is recorded yet, every page says “trial”, and search engines are asked not to list the directory.
publish-online-as-live = Search engines may list the directory.
publish-online-button = Publish now
publish-offline-title = Take the directory offline
publish-offline-groups = { $count ->
    [one] One group can no longer be read by the public at once.
   *[other] { $count } groups can no longer be read by the public at once.
}
publish-offline-page = Whoever opens the address reads that the directory cannot be reached at the moment. Imprint and privacy notice stay.
publish-offline-kept = Nothing is deleted. You can publish again at any time.
publish-offline-search = Search engines may show old results for some days, but they no longer lead to a group.
publish-offline-button = Take offline now
flash-online-trial = Your directory is published in trial.
flash-online-live = Your directory is published.
flash-offline = Your directory is offline.

# Errors in these forms
error-phone-or-email = Please give a phone number or an e-mail address, so that people can reach you.
error-needed-while-public = While the directory is public this text must be there. Take the directory offline first.
error-gap-left = There is still a gap in [[double brackets]] in this text. While the directory is public it must be complete.
error-contract-too-old = A contract under today's data protection law cannot be older than May 2018.
error-document-missing = Please choose the contract as a PDF file.
error-document-too-large = The file is larger than 10 MB. Please save a smaller PDF, for example as a black and white scan.
error-not-a-pdf = This file is no PDF. Please save the contract as a PDF and choose it again.

# Log
audit-title = Log
audit-lead = Every act and every look at protected entries stands here. Nobody can change or delete entries without it being noticed.
audit-filter = Narrow down the log
audit-topic = What
audit-topic-all = everything
audit-topic-logins = Logins
audit-topic-accounts = Accounts
audit-topic-groups = Groups and notes
audit-topic-people = People and consents
audit-topic-imports = Lists brought in
audit-topic-office = Office and publishing
audit-topic-contract = Contract
audit-topic-audit = Log
audit-who = Who
audit-who-all = everyone
audit-who-link = the group, with its personal link
audit-who-anonymous = not logged in
audit-who-system = the program
audit-who-operator = technical support
audit-who-gone = deleted account { $id }
audit-from = From
audit-until = Until
audit-go = Narrow down
audit-clear = Show everything
audit-export = Download as CSV
audit-only-object = Only entries about
audit-only-this = all entries about this
audit-empty-title = No entries
audit-empty = There are no entries for this choice. Choose a longer period or show everything.
audit-older = Older entries
audit-newest = Newest entries
audit-items = { $count ->
    [one] one entry
   *[other] { $count } entries
}
audit-csv-number = Number
audit-csv-time = Time
audit-csv-who = Who
audit-csv-what = What
audit-csv-code = Code
audit-csv-object = On what
audit-csv-object-id = Id
audit-csv-remark = Remark
audit-csv-items = Items

audit-act-login-proof-failed = A confirmation before a protected step was wrong.
audit-act-login-failed = A login failed.
audit-act-login-password = The password was right; the second factor was still to come.
audit-act-login-complete = Logged in.
audit-act-login-recovery-code = Logged in with a recovery code.
audit-act-logout = Logged out.
audit-act-second-factor-begun = Setting up the second factor was begun.
audit-act-second-factor-enrolled = The second factor was set up.
audit-act-account-created = An account was made.
audit-act-demo-filled = The office was filled with invented groups.
audit-act-demo-made = The demo office was made.
audit-act-group-created = A group was added:
audit-act-group-saved = A group was changed:
audit-act-group-status = The status of a group was changed:
audit-act-items-read = Protected entries were looked at:
audit-act-note-added = A note was written about:
audit-act-person-created = A person was added.
audit-act-person-saved = Entries of a person were changed.
audit-act-person-deleted = A person was deleted.
audit-act-person-linked = A person was linked to a group:
audit-act-person-unlinked = A person was unlinked from a group:
audit-act-person-role = The role of a person in a group was changed:
audit-act-consent-recorded = A consent was recorded.
audit-act-consent-withdrawn = A consent was withdrawn.
audit-act-import-uploaded = A list was uploaded.
audit-act-import-read = An uploaded list was looked at.
audit-act-import-columns = The columns of a list were matched.
audit-act-import-rows = Rows of a list were chosen.
audit-act-import-done = A list was brought in.
audit-act-import-removed = An uploaded list was removed.
audit-act-office-profile-saved = Entries about the office were changed.
audit-act-office-published = The directory was published.
audit-act-office-offline = The directory was taken offline.
audit-act-contract-recorded = The processing contract was recorded.
audit-act-contract-seen = The processing contract was looked at.
audit-act-contract-read = The processing contract was downloaded.
audit-act-audit-read = The log was read.
audit-act-audit-exported = The log was downloaded as a file.

# List of groups: what is open
groups-open = What is open
groups-open-any = everything
groups-open-einwilligung = consent to record
groups-open-kontakt = without a public contact
groups-open-pflicht = required items missing

# Words in the remarks of the log
audit-word-added = added
audit-word-removed = removed
audit-word-changed = changed
audit-word-by = by
audit-word-wording = wording
audit-word-as = as
audit-word-of = of
audit-word-items = entries
audit-word-groups = groups
audit-word-list = list
audit-word-group = group
audit-word-contact = contact person
audit-word-deputy = deputy
audit-word-in-person = in person
audit-word-paper = on paper
audit-word-mail = by mail
audit-word-phone = phone
audit-word-email = e-mail
audit-word-carrier = sponsoring organisation
audit-word-street = street
audit-word-postcode = postal code
audit-word-town = town
audit-word-hours = opening hours
audit-word-about = about us
audit-word-imprint = imprint
audit-word-privacy = privacy notice
audit-word-notice = contact notice
audit-word-concluded = concluded
audit-word-on = on
audit-word-password = password
audit-word-second = second
audit-word-factor = factor
audit-word-own = own
audit-word-persons = persons
audit-word-notes = notes
audit-word-rows = rows
audit-word-preview = preview
audit-word-decided = decided
audit-word-columns = columns
audit-word-with = with
audit-word-samples = samples
audit-word-report = report
audit-word-history = history
audit-word-form = form
audit-word-to = to
audit-word-until = until
audit-word-proof = proof
audit-word-logins = logins
audit-word-ended = ended
audit-word-skipped = skipped
audit-word-person = person
# Groups of words in remarks
audit-phrase-link-by-mail = by a link in a mail
audit-phrase-by-the-link-in-the-mail = by the link in the mail
audit-phrase-by-link = by a link
audit-phrase-link-in-another-browser = link opened in another browser
audit-phrase-new-browser = new browser
audit-phrase-new-country = new country
audit-phrase-the-factor-was-not-lost = the second factor was not lost
audit-phrase-password = wrong password
audit-phrase-proof = proof
audit-phrase-passkey = passkey
audit-phrase-app = app
audit-phrase-second-factor = second factor
audit-phrase-single-sign-on = single sign-on
audit-phrase-passkey-the-signature-counter-did-not-rise = passkey refused: there may be a copy of it
audit-phrase-too-old-or-the-access-has-ended = too old, or the access has ended
audit-phrase-wrong-share = wrong code
audit-phrase-taken-meanwhile = the address was taken meanwhile
audit-phrase-header-row = row of headings
audit-phrase-columns-with-samples = columns with samples
audit-phrase-gruppe = Group
audit-phrase-treffen = Meetings
audit-phrase-kontakt = Contact
audit-phrase-intern = Internal
audit-phrase-request = proposed change
audit-phrase-requests = proposed changes
audit-phrase-own-group = own group
audit-phrase-own-groups = own groups
audit-phrase-own-form = form of the group
audit-phrase-succession = handover
audit-phrase-roles = choice of groups
audit-phrase-status = status
audit-phrase-light-policy = light policy
audit-phrase-people = people
audit-phrase-people-by-name = people by name
audit-phrase-last-group = last group
audit-phrase-yes = yes
audit-phrase-no = no
audit-phrase-logins-ended-count = { $count ->
    [one] { $count } login ended
   *[other] { $count } logins ended
}
audit-phrase-closed-at-once-count = { $count ->
    [one] { $count } item closed at once
   *[other] { $count } items closed at once
}
audit-phrase-invitations-taken-back-count = { $count ->
    [one] { $count } invitation taken back
   *[other] { $count } invitations taken back
}
audit-phrase-rows-decided-count = { $count ->
    [one] { $count } row decided
   *[other] { $count } rows decided
}
audit-word-lists = lists
audit-word-only = only for
audit-number = No.
audit-word-for = for
audit-object-gone = something that has no entries here
audit-object-one = this one thing
audit-object-office = the office itself
audit-phrase-by-oneself = withdrawn by oneself
