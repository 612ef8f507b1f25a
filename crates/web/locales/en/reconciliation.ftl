# The reconciliation: what groups see.
reconcile-entry-title = Check the details of your group
reconcile-entry-lead = You got a mail or a letter from your contact office. There is a code in it. Please type or paste it here.
reconcile-code = Your code
reconcile-code-hint = It looks like this: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX. Capitals and dashes do not matter.
reconcile-bring = Go on
reconcile-dead-title = This link or code does not work
reconcile-dead-text = It may be older than 30 days, it may have been taken back, or it may have been mistyped. You can type it again or have a new link sent.
reconcile-renew-title = Ask for a new link
reconcile-renew-text = We send a new link to the address your contact office knows of your group – and only there.
reconcile-renew-email-hint = The address at which your contact office writes to the group.
reconcile-renew = Send a new link
flash-neuer-link = If we know an address of your group, a new link is on its way there. Please look into your mailbox.
reconcile-inside = You have opened your link already.
reconcile-go-on = On to your group
reconcile-entry-help = Are you stuck? Call us: we gladly go through the details with you on the phone.
reconcile-leave = Done: close the link on this device
flash-abgleich-abgelaufen = Your link is no longer valid or was open for too long. What you typed last is not saved; all steps before it are. Please open the link again or ask for a new one.
reconcile-left-title = You are done
reconcile-left-text = Nothing is open on this device any more. You can close this window.
reconcile-again = Open the link or code again
cookie-reconcile = remembers that you opened your group's personal link
cookie-reconcile-lifetime = 4 hours
wizard-title = Check the details of your group
wizard-phone-title = Data check on the phone
wizard-lead = Is everything still right? Then two clicks are enough. Or go through the details step by step. Each step is saved; you can stop at any time and go on later.
wizard-phone-lead = Go through the details with the group. What you save is in the log in your name, with the channel “phone”.
wizard-confirmed = Last confirmed on { $date }.
wizard-never-confirmed = These details have never been confirmed.
wizard-begun = You have begun already. What you saved is still there.
wizard-go-on = Go on
wizard-waiting = Changes of yours are still waiting for the contact office. They are filled in here already.
wizard-begin = Look through and change details
wizard-still-right = Everything is still right
wizard-known = What we know of your group
wizard-masked-note = What is yellow or red is shown in part only with the link, for example “K… M…” for a name. So nobody reads it who finds the link by chance. You can leave it or enter it anew.
wizard-position = Step { $number } of { $count }
wizard-back = Back
wizard-next = Go on
wizard-save = Save and go on
wizard-lights-title = What the lights mean
wizard-lights-lead = Each detail has a light. You decide who may see what.
wizard-light-green = Everybody can see it: on the internet, on your group's page. Phone numbers and mail addresses still appear only after somebody has acknowledged a notice.
wizard-light-example-green = For example: when and where you meet.
wizard-light-yellow = It is not on the internet. The contact office may pass it on if somebody asks and it fits. It writes down to whom and why.
wizard-light-example-yellow = For example: the link to an online meeting.
wizard-light-red = Only the contact office sees it. It passes it on to nobody.
wizard-light-example-red = For example: how many you are at the moment.
wizard-try-title = Try it
wizard-try-text = An invented group has the phone number 030 5550199. What changes with the light?
wizard-try-legend = Light of the phone number
wizard-try-public = Somebody looks for your group on the internet:
wizard-try-seen-green = “Phone: 030 5550199” – after the notice was acknowledged.
wizard-try-seen-yellow = No number. It says: “The contact office puts you in touch.”
wizard-try-seen-red = No number. It says: “The contact office puts you in touch.”
wizard-try-office = Somebody calls the contact office:
wizard-try-told-green = The contact office tells the number.
wizard-try-told-yellow = The contact office tells the number if it fits, and writes down to whom.
wizard-try-told-red = The contact office does not tell the number. At most it calls you itself.
wizard-know-title = Good to know
wizard-know-close = If you close a detail (from green to yellow or red), that counts at once.
wizard-know-open = Everything else the contact office looks at first. Until then the directory stays as it is.
wizard-know-person = Details about a person are opened with that person's consent only.
wizard-know-save = Each step is saved. Nothing is sent before the end.
wizard-intro-gruppe = Please check what your group is and for whom. Change only what is not right any more. The light stands beside each detail.
wizard-intro-treffen = Please check when and where you meet.
wizard-intro-kontakt = Please check how the group can be reached. Details of single people come in the next step.
wizard-masked = So far: “{ $value }”. Leave the field empty if it is still right.
wizard-remove = Delete this detail
wizard-remove-label = Not right any more?
wizard-conflict = The contact office or somebody of your group has changed something meanwhile. Please look at the details again.
wizard-people-title = Contact persons
wizard-people-lead = These people stand for your group. You can change details, name somebody new, or say who is no longer part of it. Closing or deleting something is always possible.
wizard-person-edit = Change the details of { $person }
wizard-person-unname = Do not name them after all
wizard-person-leaves = Is no longer part of it
wizard-person-stays = Is still part of it after all
wizard-person-gone = This person is no longer part of it. When you send, their details are closed at once; the contact office then deletes them.
wizard-not-sent = Not sent yet.
wizard-still-waits = Still waits for the contact office.
wizard-decided-title = The contact office has looked at your changes
wizard-decided = On { $date } the contact office decided. Accepted as you asked: { $count }.
wizard-check-masked = What is yellow or red and was not entered by you with this link is shown in part only, here too.
wizard-person-intro = Closing and deleting counts as soon as you send. A new number or address starts red: the office asks the person whether it may be more open.
error-person-not-asked = This detail becomes more open only if the person agrees. Please leave it as it was; the office will ask.
error-takes-no-part = This group does not take part in the data check at the moment. A link would open nothing.
reconcile-by-link = with the link
reconcile-by-login = after logging in
reconcile-by-phone = on the phone
wizard-message = Message to the contact office
wizard-message-hint = For example: from autumn we need a larger room. Only the contact office reads this.
wizard-check-title = Please check your changes
wizard-check-lead = This is what you changed. With it you confirm that everything else is right.
wizard-check-nothing = You changed nothing. With this you confirm that all details are right.
wizard-send = Send now
wizard-confirm-title = Is everything still right?
wizard-confirm-lead = You confirm that the details of your group are still right. Your group's page will say that they were confirmed today.
wizard-confirm = Yes, everything is still right
wizard-discards = { $count ->
    [one] You have filled in one change and not sent it. It will be discarded.
   *[other] You have filled in { $count } changes and not sent them. They will be discarded.
}
wizard-goes = The detail goes away.
wizard-at-once = Counts at once.
wizard-waits = Counts when the contact office has agreed.
wizard-change-more = Change something after all:
wizard-done-confirmed = Thank you, everything is confirmed
wizard-done-waits = Thank you, your changes have arrived
wizard-done-confirmed-text = There is nothing more to do. We will write when the next check is due.
wizard-done-waits-text = What you closed is closed already. We will look at everything else. Then you will hear from us.
wizard-done-receipt = If we know a mail address of your group, you get a receipt there.
wizard-done-phone = Saved. Changes wait under “Review” to be decided; what was closed is closed already.
wizard-done-phone-confirmed = Saved. All details are confirmed, nothing waits.
wizard-to-own-group = To your group
# The reconciliation: what the contact office sees.
nav-office-reconciliation = Data check
right-reconcile = Contact groups for the data check
requests-by-link = the group, with its personal link
reconcile-title = Data check
reconcile-counts = { $count ->
    [0] No group is due.
    [one] One group is due.
   *[other] { $count } groups are due.
}
reconcile-interval-now = { $count ->
    [one] Groups are asked every month.
   *[other] Groups are asked every { $count } months.
}
reconcile-interval-change = Change the rules
reconcile-new = Contact groups
reconcile-filter-label = Which groups
reconcile-filter-faellig = Due
reconcile-filter-angeschrieben = Contacted
reconcile-filter-alle = All
reconcile-none = There is no group here at the moment.
reconcile-never = never
reconcile-due-head = Due
reconcile-due-fine = not yet
reconcile-due-due = due
reconcile-due-overdue = overdue
reconcile-state-head = State
reconcile-state-since = { $state }, since { $date }
reconcile-state-none = not contacted
reconcile-state-waiting = waits to be sent
reconcile-state-sent = sent
reconcile-state-opened = opened
reconcile-state-begun = begun
reconcile-state-submitted = submitted, to be reviewed
reconcile-state-confirmed = confirmed
reconcile-state-bounced = mail came back
reconcile-state-overdue = deadline passed, no answer
reconcile-way-head = By
reconcile-way-mail = mail
reconcile-way-letter = letter
reconcile-way-hand = in person
reconcile-campaigns = Latest mailings
reconcile-campaign-of = { $date }: { $count ->
    [one] one group
   *[other] { $count } groups
}, deadline { $deadline }
reconcile-campaign-title = Mailing of { $date }
reconcile-campaign-about = Sent by { $by }. Deadline { $deadline }.
reconcile-mails-sent = { $count ->
    [one] { $sent } of { $count } mail has been sent.
   *[other] { $sent } of { $count } mails have been sent.
}
reconcile-look-again = Refresh
reconcile-reminders-head = Reminders
reconcile-letters = { $count ->
    [one] One letter to print
   *[other] { $count } letters to print
}
reconcile-letters-text = For groups without a mail address and for those whose mail came back. One PDF file, A4, for window envelopes. Each time new links are made; older ones still work.
reconcile-letters-make = Download the letters as PDF
campaign-title = Contact groups
campaign-lead = Each group gets a link of its own. Groups that are due are ticked already. Groups without a mail address get a letter, which you print afterwards. Nothing is sent before you have seen a preview.
campaign-groups = Groups
campaign-chosen = { $chosen } of { $count } groups ticked
campaign-subject = Subject
campaign-subject-hint = Without the group's name: a subject is on the screen before somebody opens the mail.
campaign-german = Text in German
campaign-english = Text in English
campaign-placeholders = Placeholders in braces: gruppe (group), kontaktstelle (office), kontakt (your phone and mail address), frist (deadline), link, code, adresse (address). The link must be there. In a letter a picture for the phone’s camera (QR code) stands in its place.
campaign-deadline = Answer by
campaign-first = First reminder after so many days
campaign-second = Second reminder after so many days
campaign-preview = Continue to the preview
campaign-preview-title = Preview: this will be sent
campaign-preview-for = Example: { $group },
campaign-preview-to = to { $email }.
campaign-preview-letter = What a letter looks like
campaign-send = Send now
campaign-send-hint = The mails leave one after the other. You can close the page meanwhile.
error-no-groups = Please choose at least one group.
error-placeholder-in-subject = In the subject only the placeholder kontaktstelle is possible.
error-link-missing = The placeholder link in braces is missing.
error-not-a-deadline = Please give a day that is 7 to 30 days away.
error-not-days = Please give at least 1 day, and fewer than until the last day for answers.
error-not-after-first = Please give more days than for the first reminder, and fewer than until the last day for answers.
error-not-an-interval = Please give 1 to 60 months.
error-no-address = No mail address of this group is known.
interval-title = Rules of the data check
interval-lead = After so many months without a confirmation a group is due; three months later it is overdue. Nobody is contacted automatically.
interval-months = Interval in months
interval-hint = 1 to 60. 12 is usual.
interval-own-title = Interval for this group
interval-months-own = Interval in months, for this group only
group-link-title = Personal link
group-link-lead = With the link the group checks and changes its details without logging in. It works for 30 days and for this group only. It shows yellow and red details only in part.
group-link-new = The new link
group-link-once = You see it only this once. It works until { $until }.
group-link-link = Link
group-link-address = Address to type
group-link-fetch-title = Fetch a link
group-link-fetch = Show a new link
group-link-fetch-hint = To copy or to print. This makes a further link; older ones still work. The log records who fetched it.
group-link-send = Send a new link to { $email }
group-link-valid = Links that work now
group-link-none = No link of this group works at the moment.
group-link-line = { $at }, { $by }: { $why }. Works until { $until }.
group-link-by-itself = the program or the group itself
group-link-why-campaign = with a mailing
group-link-why-reminder = with a reminder
group-link-why-letter = in a letter
group-link-why-shown = shown
group-link-why-sent = sent on its own
group-link-why-renewed = asked for by the group
group-link-revoke = { $count ->
    [one] Take back this link …
   *[other] Take back all { $count } links …
}
group-link-revoke-hint = Whoever has one of these links can no longer get in with it, not even on devices where it is open now.
flash-gruppen-link-gesendet = The link is on its way.
flash-gruppen-links-zurueck = The links no longer work.
group-to-link = Personal link
group-to-phone = Data check on the phone
today-reconcile = { $count ->
    [one] group is due for the data check
   *[other] groups are due for the data check
}
change-confirmed = Confirmed by the group
audit-act-group-link-opened = A group opened its personal link.
audit-act-group-link-renewed = Somebody asked for a new personal link.
audit-act-group-link-fetched = A personal link was fetched.
audit-act-group-link-sent = A personal link was sent to the group.
audit-act-group-link-revoked = Personal links were taken back.
audit-act-reconcile-saved = A step of the data check was saved.
audit-act-reconcile-submitted = A data check was submitted with changes.
audit-act-reconcile-confirmed = A data check was confirmed.
audit-act-reconcile-campaign = Groups were contacted for the data check.
audit-act-reconcile-letters = Letters for the data check were made.
audit-act-reconcile-reminded = Groups were reminded of the data check.
audit-act-reconcile-interval = The interval of the data check was changed.
silence-head = After long silence
silence-lead = Those who do not answer for long may have a new number, or the group may no longer exist. You can choose that something happens then. Before that the group gets two announcements by mail.
silence-act = What is to happen?
silence-act-nothing = Nothing
silence-act-hint-nothing = This is how it starts.
silence-act-close = Turn contact details red
silence-act-hint-close = The group stays in the directory. Phone, mail and the details of its contact persons leave the internet; the office does not pass them on any more either.
silence-act-pause = Pause the group
silence-act-hint-pause = The group leaves the directory. Its details and their lights stay as they are.
silence-months = After so many months without a sign of life
silence-months-hint = 6 to 60, not fewer than the interval above.
silence-days = Days between the announcements, and before what happens then
silence-days-hint = 14 to 180.
silence-preview = Preview
silence-preview-title = This is what happens
silence-will = Groups that were asked and gave no sign of life for { $months } months get an announcement by mail with a link; { $days } days later, if nothing stirs, the second one; and after another { $days } days it happens.
silence-will-close = Then the group’s contact details turn red, and those of its contact persons who do not stand for another group as well.
silence-will-pause = Then the group pauses and no longer stands in the directory.
silence-now = { $count ->
    [0] Today this would concern no group.
    [one] Today this would concern one group.
   *[other] Today this would concern { $count } groups.
}
silence-items = { $count ->
    [one] One detail would turn red.
   *[other] { $count } details would turn red.
}
silence-without-mail = { $count ->
    [one] One of them has no mail address: nothing happens to it by itself.
   *[other] { $count } of them have no mail address: nothing happens to them by itself.
}
silence-never = Nothing is ever deleted. Any answer, even just opening the link, ends the silence. Everything can be taken back.
silence-nothing = After long silence nothing happens. What was announced no longer counts.
silence-rule-nothing = Those who do not answer lose nothing.
silence-rule-close = After long silence and two announcements contact details turn red.
silence-rule-pause = After long silence and two announcements a group pauses.
silence-queued-first = 1st announcement waits to be sent
silence-queued-second = 2nd announcement waits to be sent
silence-state-first = 1st announcement sent, the 2nd follows on { $date }
silence-state-second = 2nd announcement sent, it happens on { $date }
silence-state-done = Done after long silence on { $date }
silence-state-no-mail = Silent for long, no mail address: nothing happens by itself
silence-state-unreachable = The announcement came back: nothing happens by itself
silence-short-close = contact details to red
silence-short-pause = pause
reconcile-filter-schweigen = Announced
interval-head = Interval
error-not-silent-months = Please give 6 to 60 months, not fewer than the interval.
error-not-apart-days = Please give 14 to 180 days.
change-silent-closed = Contact details turned red after long silence
change-silent-paused = Paused after long silence
audit-act-reconcile-silence-announced = Something was announced to a group that is silent for long.
audit-act-reconcile-silence-closed = Contact details were turned red after long silence.
audit-act-reconcile-silence-paused = A group was paused after long silence.
reconcile-counts-of = Overdue: { $overdue }. Contacted already: { $asked }.
reconcile-due-never = Details never confirmed
reconcile-due-fine-on = due from { $date }
reconcile-due-due-on = due since { $date }
reconcile-due-overdue-on = overdue, due since { $date }
reconcile-own-interval = { $count ->
    [one] Interval: one month
   *[other] Interval: { $count } months
}
reconcile-letter-waiting = letter not printed yet
reconcile-letter-sent = letter printed
reconcile-hand-sent = link fetched
reconcile-state-overdue-opened = deadline passed, opened but not answered
reconcile-state-overdue-begun = deadline passed, begun but not sent
reconcile-way-none = neither mail nor postal address
reconcile-filter-nachfassen = Follow up
reconcile-stuck-text = These groups have not answered, or could not be reached. Nothing more happens automatically: the best thing is to call them.
reconcile-campaign-ended = { $date }: { $count ->
    [one] one group
   *[other] { $count } groups
}, ended early
reconcile-campaign-about-ended = Sent by { $by }. Ended early on { $date }.
reconcile-mails-back = { $count ->
    [one] One came back.
   *[other] { $count } came back.
}
reconcile-letters-printed = All of them have been downloaded already.
reconcile-letters-some-printed = { $count ->
    [one] One of them has been downloaded already; it is in the file once more.
   *[other] { $count } of them have been downloaded already; they are in the file once more.
}
reconcile-unreachable = { $count ->
    [one] One group without a postal address
   *[other] { $count } groups without a postal address
}
reconcile-unreachable-text = Neither a mail address nor a postal address of these is known: they get nothing. Enter a postal address for one of their contact persons, or call them.
reconcile-unreachable-left-out = There is no letter for these, and they do not count as contacted. Enter a postal address for one of their contact persons, or call them.
reconcile-advice-bounced = Check the address and enter a postal address, or call.
reconcile-advice-bounced-letter = Check the address, print the letter or call.
reconcile-advice-no-address = No postal address known: no letter.
reconcile-advice-overdue = There are no more reminders.
reconcile-by-phone-now = Go through it on the phone
reconcile-deadline-is = Answer wanted by { $date }
reconcile-to-campaign = To the mailing
reconcile-interval-own-change = Change the interval
campaign-group-hint = { $due } · last confirmed: { $confirmed } · { $way }
campaign-chosen-live = 0 of 0 groups ticked
campaign-pick-due = Tick only those due
campaign-pick-all = Tick all
campaign-pick-none = Tick none
campaign-pick-search = Search for a group
campaign-deadline-hint = 7 to 30 days away: the links work no longer than that.
campaign-first-hint = Reminders go by mail only. Who gets a letter and does not answer appears under “Follow up” afterwards.
campaign-preview-hint = Nothing is sent before the next page.
campaign-mails = { $count ->
    [one] one mail
   *[other] { $count } mails
}
campaign-letters = { $count ->
    [one] one letter
   *[other] { $count } letters
}
campaign-preview-total = This will be sent: { $total }.
campaign-preview-nothing = None of these can be reached by mail or letter.
campaign-preview-deadline = Answer by { $deadline }.
campaign-preview-reminders = Who does not answer is reminded by mail: after { $first } and after { $second } days.
campaign-preview-mail = What a mail looks like
campaign-preview-printed = to be printed after sending.
campaign-change = Back, to change it
campaign-end = End this mailing
interval-own-lead = Some groups want to be asked more often, or less often.
interval-own-hint = 1 to 60. Empty: as for all, now { $count ->
    [one] one month
   *[other] { $count } months
}.
campaign-end-title = End this mailing early?
campaign-end-back = To the mailing
campaign-end-silent = { $count ->
    [0] All groups have answered already.
    [one] One group has not answered yet. It gets no more reminders.
   *[other] { $count } groups have not answered yet. They get no more reminders.
}
campaign-end-mails = { $count ->
    [one] One mail is still waiting. It will not be sent any more.
   *[other] { $count } mails are still waiting. They will not be sent any more.
}
campaign-end-letters = Letters can no longer be printed afterwards.
campaign-end-links = Links that have been sent still work. Answers still arrive.
flash-aussendung-beendet = The mailing has ended. Nobody is reminded any more.
group-link-code = Code to type
group-link-qr = Or point your phone’s camera at this picture (QR code).
group-link-qr-alt = QR code with the personal link
group-link-paper = With this link you check and change the details of your group. It works until { $until } and for your group only. Please do not pass it on.
group-link-revoke-title = Take back the links?
group-link-revoke-count = { $count ->
    [0] No link of this group works at the moment.
    [one] One link of this group will no longer work.
   *[other] { $count } links of this group will no longer work.
}
group-link-revoke-do = Take back the links
today-reconcile-stuck = { $count ->
    [one] group has not answered the data check: follow up
   *[other] groups have not answered the data check: follow up
}
audit-act-reconcile-ended = A data check mailing was ended early.
audit-phrase-reminded-count = { $count ->
    [one] one reminder
   *[other] { $count } reminders
}
audit-phrase-overdue-count = { $count ->
    [one] the deadline has passed for one group
   *[other] the deadline has passed for { $count } groups
}
audit-phrase-by-mail-count = { $count ->
    [one] one of them by mail
   *[other] { $count } of them by mail
}
audit-phrase-letters-count = { $count ->
    [one] one letter
   *[other] { $count } letters
}
audit-phrase-links-count = { $count ->
    [one] one link
   *[other] { $count } links
}
audit-phrase-sent-count = { $count ->
    [one] sent once
   *[other] sent { $count } times
}
audit-phrase-mails-not-sent-count = { $count ->
    [one] one mail not sent any more
   *[other] { $count } mails not sent any more
}
audit-phrase-asked-for-by-whoever-has-the-mailbox-or-an-old-link = asked for by somebody with the mailbox or an old link
audit-phrase-group-link = personal link
audit-phrase-link = with a link
audit-phrase-wizard = data check of the group
audit-phrase-campaign = mailing
audit-phrase-campaign-preview = preview of a mailing
audit-phrase-reconciliation = list for the data check
audit-phrase-interval = interval of the data check
audit-word-silence = long silence
audit-word-nothing = nothing
audit-word-close = contact details to red
audit-word-pause = pause
audit-word-after = after
audit-word-months = months
audit-word-days = days
audit-word-announcement = announcement
