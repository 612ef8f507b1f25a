# Groups and people, as the staff see them.
save = Save
cancel = Cancel
edit = Edit
not-said = not said
by-link = the group, with its link
by-system = automatically
light-label = Light
lights-what = What the lights mean

# List
groups-title = Groups
groups-new = New group
groups-new-intro = Only the name is required. The group starts as a draft: it becomes public when you activate it.
groups-new-save = Create group
groups-nameless = Group without a name
groups-filter = Filter groups
groups-filter-text = Name, topic or town
groups-filter-go = Filter
groups-filter-reset = Clear filter
groups-all = All ({ $count })
groups-count = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
groups-none = No group matches this filter.
groups-empty-title = No groups here yet
groups-empty-text = Bring the list you have (Excel or CSV), or write the first group yourself.
groups-empty-import = Import a list
groups-name = Group
groups-status = Status
groups-lights = Details of the group
groups-accepts = New members
groups-confirmed = Last confirmed
groups-changed = Changed
groups-never = never

status-draft = draft
status-active = active
status-paused = paused
status-dormant = dormant
status-dissolved = dissolved
status-means-draft = Not public yet.
status-means-active = Green entries are in the directory once it is published.
status-means-paused = Does not meet at present. Not public.
status-means-dormant = Not heard of for long. Not public.
status-means-dissolved = Has dissolved. Not public.
status-step-draft = Reopen as draft
status-step-active = Activate
status-step-paused = Pause
status-step-dormant = Set dormant
status-step-dissolved = Mark as dissolved
status-says = The group is “{ $from }” now and becomes “{ $to }”.
effect-appears = The group appears in the public directory: { $items ->
    [one] 1 detail
   *[other] { $items } details
} on its page, { $contacts ->
    [0] no contact – the office passes enquiries on.
    [one] 1 contact detail after the notice.
   *[other] { $contacts } contact details after the notice.
}
effect-disappears = The group disappears from the public directory at once. You keep its details.
effect-none = Nothing changes for the public.
effect-not-showable = The group becomes active but does not appear in public, because its name is missing or not green.
effect-directory-closed = Your directory is not public at present. The group can be seen as soon as you publish it.

accepts-short-yes = yes
accepts-short-no = no
accepts-short-waiting-list = waiting list
accepts-short-after-talk = after a talk

# A group
section-gruppe = The group
section-treffen = Meetings
section-kontakt = Contact of the group
section-intern = Internal
section-intro-gruppe = Only the name is required. Empty rows are not saved; emptying a row removes the detail.
section-intro-treffen = Write in words when the group meets. Where we understand the (German) words, we fill in the rule and show you the next dates.
section-intro-kontakt = Green contacts of the group are shown only after seekers have acknowledged the notice. Contacts of individual people belong to the people.
section-intro-intern = What only the office needs.
section-empty = Nothing here yet.
fields-empty = Not filled in:
group-public-page = Public page
group-lights = Lights of all details, with those of the people
group-aside = Status and notes
group-steps = Change status
group-status = Status
group-changed = Last changed
group-history = See history
wish-unknown = not known
add-row = Add another
to-ask-title = Consents to ask for
to-ask-text = The old list said something about this. Ask, and record the consent with the person; until then everything stays red.
to-ask-done = Cross out what is done

hint-topic = One topic per row.
hint-language = One language per row.
hint-audience-age = For example “18–35” or “young people”.
hint-access-hints = For example floor or bell.
hint-private-venue = Always stays red.
hint-online-link = Passed on at most when asked.
hint-website = Only addresses with http or https.
hint-consent-to-record = What the old list said about consents. Empty the row when it is done.
hint-person-name = First and last name, or how the person wants to be called.
hint-person-address = Always stays red.
part-remark = Remark
part-place = House or room
part-street = Street and number
part-postcode = Postal code
part-town = Town
part-district = Part of town
part-words = When, in words
part-words-hint = For example “1. und 3. Freitag im Monat, 17:30 Uhr” or “nach Absprache”.
part-exceptions = Cancelled on
rule = Rule
rule-rhythm = Rhythm
rule-nth = Which one in the month?
rule-weekday = Weekday
rule-weeks = Every how many weeks?
rule-anchor = Counted from this meeting
rule-start = Begins
rule-end = Ends
rhythm-none = no rule, only the words
rhythm-weekly = every week
rhythm-monthly-nth = counted in the month
rhythm-even-weeks = in even calendar weeks
rhythm-odd-weeks = in odd calendar weeks
rhythm-every-n-weeks = every … weeks
nth1 = 1st
nth2 = 2nd
nth3 = 3rd
nth4 = 4th
nth5 = 5th
nth-2 = last but one
nth-1 = last
meetings-understood = Not saved yet: we have read a rule from your words. Please check the next dates, then save.
meetings-understood-row = This is how we understood it.
meetings-understood-hint = If it is wrong, choose “no rule, only the words” or change the rule.
meetings-next = The next dates
meetings-next-list = Next dates: { $dates }
meetings-no-dates = No dates computed: { $why }
why-on-request = on request
why-by-arrangement = by arrangement
why-paused = the group is pausing
why-irregular = irregular
why-see-elsewhere = stated elsewhere
why-no-anchor = a day to count from is missing
why-which-week = it does not say which one in the month
why-no-weekday = the weekday is missing
why-no-time = the time is missing
why-unclear-time = the time is not clear
why-limited-period = only for part of the year
why-ambiguous = can be read in two ways
why-not-understood = not understood for sure

conflict-title = Somebody else has saved meanwhile
conflict-text = What you typed is still in the form and is not saved. Compare it with what is saved now; if you save, your form counts.
conflict-same = What is saved now does not differ from what you typed in this section.
conflict-empty = empty

# People
people-title = People
people-none = No person is entered yet.
people-add = Add a person
people-add-intro = One person can stand for several groups. First see whether they are known already.
people-find = Find a known person
people-find-hint = At least two letters of the name. Which names you see is recorded.
people-find-go = Search
people-found = Found
people-found-none = Nobody of this name is known, or the person belongs to the group already.
people-link-as = Add as
person-no-group = stands for no group at present
person-new-title = Not known yet?
person-new = Enter a new person
person-new-intro = Everything about a person is red at first. You can open it once their consent is recorded. One detail is enough.
person-new-save = Enter person
person-nameless = Person without a name
person-edit-intro = You can close any detail at once. A detail can be opened only as far as the person agreed. A new number needs a new consent.
person-edit-others = { $count ->
    [one] The person stands for one more group. Changes count there, too.
   *[other] The person stands for { $count } more groups. Changes count there, too.
}
person-other-groups = { $count ->
    [one] also stands for one more group
   *[other] also stands for { $count } more groups
}
role-label = Role in this group
role-contact = Contact person
role-deputy = Deputy
role-hint-contact = Can be public with consent.
role-hint-deputy = Passed on at most when asked.
person-remove = Remove
person-remove-title = Take { $name } out of the group
person-remove-says = The person no longer stands for “{ $group }”. What was public of them disappears there at once.
person-remove-last = The person stays known to you and can be added again.
person-remove-others = { $count ->
    [one] They still stand for one other group.
   *[other] They still stand for { $count } other groups.
}
person-remove-do = Take out of the group
person-delete-instead = Delete the person altogether
person-delete-title = Delete { $name } altogether
person-delete-says = This deletes { $items ->
    [one] 1 detail
   *[other] { $items } details
} and { $consents ->
    [0] no consent
    [one] 1 consent
   *[other] { $consents } consents
}. The person disappears from { $groups ->
    [one] 1 group.
   *[other] { $groups } groups.
}
person-delete-key = The person's key is destroyed, too. This cannot be undone, not even from a backup.
person-delete-groups = It concerns:
person-delete-do = Delete the person for good

# Consent
consent-title = Consent
consent-back = To the group
consent-none = No consent
consent-line = Agreed: { $light }, { $date }, { $channel }
consent-record = Record consent
consent-change = Change or withdraw
consent-again = Record a new consent
consent-intro = Read this text out or have it signed (in German, as it is kept):
consent-wording-version = Version
consent-light = How open may the detail be?
consent-date = When did the person say so?
consent-channel = How?
consent-opens = Saving sets the light of the detail accordingly.
consent-save = Save consent
consent-receipts = Consents so far
consent-receipt = { $date }, { $channel }, version { $wording }
consent-withdrawn = withdrawn
consent-replaced = replaced by a newer one
consent-withdraw-title = Withdrawal
consent-withdraw-text = The detail becomes red at once and disappears from the public site.
consent-withdraw = Withdraw consent
channel-in-person = in person
channel-phone = on the phone
channel-paper = on paper
channel-mail = by mail

# Notes
notes-title = Internal notes
notes-none = No note yet.
note-label = New note
note-save = Save note

# History
history-title = History: { $name }
history-intro = Every version with what changed. Details of people are not kept in the history: whoever is deleted is deleted everywhere.
history-changes = Changes of version
history-field = Detail
history-old = before
history-new = after
history-removed = removed
history-status = Status: { $from } → { $to }
history-came = { $count ->
    [one] 1 person was added.
   *[other] { $count } people were added.
}
history-went = { $count ->
    [one] 1 person was removed.
   *[other] { $count } people were removed.
}
change-created = Created
change-imported = Imported
change-status = Status changed
change-gruppe = Group edited
change-treffen = Meetings edited
change-kontakt = Contact edited
change-intern = Internal details edited
change-person-added = Person added
change-person-removed = Person removed
change-person-role = Role changed
change-other = Changed

# Messages
flash-gruppe-angelegt = The group is created as a draft. Add meetings, contact and people.
flash-status-geaendert = The status is changed.
flash-notiz-gespeichert = The note is saved.
flash-person-hinzugefuegt = The person belongs to the group now. Everything without consent is red.
flash-person-entfernt = The person no longer stands for this group.
flash-person-geloescht = The person is deleted, their key destroyed.
flash-einwilligung-erfasst = The consent is recorded and the light set.
flash-einwilligung-widerrufen = The consent is withdrawn. The detail is red.

# Errors at fields
error-outside-reach = Your role is for certain areas or towns only. This way the group would be outside, and you could not see it any more. Please choose one of your areas (or one of your towns at the meeting place), or let somebody do this who has no such limit.
error-item-missing = Please fill in this field.
error-item-not-an-email = This is no mail address. One looks like this: group@example.org
error-line-too-long = This is too long. At most 200 characters.
error-text-too-long = This is too long. At most 10,000 characters.
error-link-too-long = This address is too long.
error-line-control = There are characters here that do not fit into a line. Please type the text again.
error-not-a-choice = Please choose one of the options.
error-not-a-number = Please enter a whole number.
error-not-a-year = Please enter a year, for example 2009.
error-not-a-date = This is no date. One looks like this: 22.11.2026
error-date-in-future = This day is in the future.
error-not-a-phone = This is no phone number. Only digits, spaces, / ( ) - and + please; everything else goes into the remark.
error-not-a-link = This is no web address. One begins with https:// or http://
error-only-one = Only one detail is possible here.
error-light-missing = Please choose a light.
error-light-too-open = This detail may not be that open.
error-consent-missing = There is no consent of the person for this. Save the detail as red, then record the consent.
error-consent-light-missing = Please choose how open the detail may be.
error-consent-channel-missing = Please choose how the person agreed.
error-person-empty = At least one detail must stay. To delete the person, use “Remove”.
error-two-letters = Please enter at least two letters.
error-meeting-without-words = Please write when the group meets, or choose a rule.
error-rule-no-weekday = Please choose a weekday.
error-rule-one-weekday = Only one weekday is possible with this rhythm. For another one, use a second rule.
error-rule-no-nth = Please choose which one in the month.
error-rule-bad-month = One of these months does not exist.
error-rule-bad-interval = Please enter 2 to 52 weeks.
error-rule-no-anchor = Please enter a day on which there was or is a meeting.
error-rule-no-start = Please enter when it begins, for example 18:30.
error-rule-bad-end = This is no time of day.
error-rule-end-before-start = The end must be after the beginning.
history-policy = Light policy: version { $version }
required-mark = required
change-policy = Changed by a new light policy
nav-office-requests = Review
requests-title = To review
requests-lead = These proposals wait for your decision. Until then everything in the directory stays as it is. The oldest comes first.
requests-none-but-groups = No proposed change waits, only a suggested group.
requests-at-work = { $by } is seeing to it. You can decide all the same.
requests-none = Nothing waits at the moment.
requests-someone = someone whose account is gone
requests-group = Group
requests-what = What
requests-by = By
requests-since = Since
requests-changes = { $count ->
    [one] one change
   *[other] { $count } changes
}
requests-of = Changes: { $group }
requests-about = Proposed by { $by } on { $at }.
requests-to-group = To the group
requests-old = So far
requests-new = New
requests-now = There now
requests-nothing = nothing yet
requests-only-message = Message
requests-nothing-to-decide = The group does not want to change anything, it only told you something.
requests-read = Read
requests-goes = It is to go.
requests-gone = nothing any more
requests-moved-on = This was changed meanwhile. If you accept, the new one counts.
requests-done = It is there like this already.
requests-verdict = Decision
requests-accept = Accept
requests-reject = Do not accept
requests-light = Light
requests-reason = Reason, for the group
requests-reason-hint = If you do not accept. The group reads it.
requests-decide = Decide
requests-accept-all = Accept everything
requests-conflict = Meanwhile somebody changed the group or the proposal. Nothing was decided. What you filled in is still there; please look again at what has changed.
flash-entschieden = Decided. Whoever made the proposal gets an e-mail if an address is known.
flash-schon-entschieden = Somebody else has decided about it already, or the group took it back.
today-requests = { $count ->
    [one] proposal to review
   *[other] proposals to review
}
own-edit = Change
own-edit-intro = What you close or remove stops being public at once. The contact office looks at everything else before it appears in the directory.
own-edit-save = Send
own-waiting-title = Waits for the contact office
own-waiting = { $count ->
    [one] One change waits. Until the contact office has looked at it, the directory shows what was there before.
   *[other] { $count } changes wait. Until the contact office has looked at them, the directory shows what was there before.
}
own-withdraw = Take the changes back
own-decided-title = Decided last
own-decided-asked = You had proposed: “{ $value }”.
own-decided-accepted = accepted
own-decided-rejected = not accepted
flash-eingereicht = Thank you! Your changes are with the contact office. What you closed is closed already.
flash-geschlossen = Done: what you closed is not public any more.
flash-nichts-geaendert = Nothing was different from before.
flash-zurueckgenommen = The changes are taken back. What was closed stays closed.
change-closed = The group closed items
change-request = A proposal was accepted
audit-act-request-submitted = A group proposed changes.
audit-act-request-withdrawn = A group took its proposal back.
audit-act-request-decided = A group's proposal was decided.
error-reason-missing = Please write to the group why not.
error-field-gone = This field is there no more, or is the office's own by now. You can only refuse the change.
change-restored = An earlier version was restored
change-consent-settled = Remark about consent dealt with
restore-link = Restore this version
restore-title = { $name }: restore version { $version }
restore-back = To the history
restore-lead = This is how the details will be. None becomes more open: what was closed since then stays closed, and what was removed comes back red. Contact persons and status stay as they are.
restore-nothing = The details are as in this version already.
restore-now = Now
restore-then = After that
restore-button = Restore
flash-wiederhergestellt = The earlier version is restored. Please open yourself what is to be public again.
own-person-new = Name a new contact person
own-person-edit = Change details
own-person-intro = What you close or remove counts at once. Everything else the contact office looks at before it counts.
own-person-agrees-legend = Consent
own-person-agrees = I am this person and agree to the lights chosen.
error-agrees-missing = This detail becomes more open only if the person agrees: tick above that it is you, or choose red. For others the contact office asks.
own-pause = Pause the group
own-pause-about = Does the group not meet for a while? Then it disappears from the directory at once. Nothing is lost.
own-pause-title = Pause { $group }
own-pause-effect = The group disappears from the public directory at once. Nobody reviews that before.
own-pause-again = When it meets again, tell the contact office; it will take the group in again.
flash-pausiert = The group is paused and no longer in the directory.
change-paused = Paused by the group
history-request = to the proposal
requests-new-person = New contact person
requests-agrees = Whoever proposes this says to be this person and to agree. Accepting it records the consent.
group-admins = Who looks after the group?
group-admins-none = Nobody of the group has access.
group-request-waits = A proposed change waits
group-succession-waits = A handover is under way
own-waiting-about = It is about: { $fields }.
own-others-waiting = Somebody else who looks after the group, or did, has proposed changes.

# Review: filter, who is at work on it, messages, second look
requests-filter = Filter proposed changes
requests-filter-name = Name of the group
requests-count = { $count ->
    [one] One proposal
   *[other] { $count } proposals
}
requests-none-found = No proposal matches.
requests-whose-alle = anybody
requests-whose-mir = me
requests-whose-niemandem = nobody
requests-taken-by = Being worked on by
requests-taken-nobody = nobody
requests-take = I will see to it
requests-take-save = Save
requests-mark-second = second look
requests-mark-answered = message from the group
requests-asked = Proposed was
requests-template = Reason from the list
requests-template-none = none
requests-amend = Accept with another value
requests-amend-hint = To mend a typing mistake, for example. The group sees that you changed something.
requests-comments = Messages
requests-comment = Message to the group
requests-comment-hint = Whoever made the proposal gets a mail that there is a message. What it says can only be read after logging in.
requests-comment-send = Send message
requests-comment-office = contact office
requests-first = { $by } decided as shown below on { $at }. Because something red is opened, it counts only when a second person decides the same.
requests-first-mine = You decided as shown below on { $at }. Because something red is opened, it counts only when a second person decides the same.
flash-zweiter-blick = Your decision is noted. Because something red is opened, a second person must agree.
flash-in-arbeit = Saved who is working on it.
flash-gefragt = Your message has reached the group.
flash-geantwortet = Your message has reached the contact office.
flash-nicht-geantwortet = The message is empty or too long (2,000 characters at most). Nothing was sent.
flash-gespeichert-wartet = Saved. What is red stays red until a second person agrees under “Review”.
own-decided-amended = accepted, slightly changed by the contact office
own-comment = Message to the contact office
draft-title = Your draft
draft-saved = You filled this in on { $at } and have not sent it yet.
draft-discard = Discard draft
draft-keep = Continue later
draft-kept = Draft saved at
draft-failed = The draft cannot be saved just now. Please send the form soon.
flash-entwurf = Your draft is saved. Nothing has been sent yet.
flash-kein-entwurf = The draft could not be saved because your proposals have changed meanwhile.
flash-entwurf-verworfen = The draft is discarded.
settings-review = Review
settings-review-does = How your contact office reviews what groups propose.
settings-review-now-yes = four eyes for red items
settings-review-now-no = one person decides
review-eyes = Must two people agree before something red is opened?
review-eyes-no = No, one person decides
review-eyes-yes = Yes, four eyes
review-eyes-hint = This applies to proposals of groups and to changes by the team. A consent that you record for a person still opens at once: there the person agreed.
review-eyes-alone = At present only one person in your team can decide. With “Yes” nobody could open anything red until a second person has been invited.
review-reasons = Reasons you need often
review-reasons-hint = One per line, { $count } at most. You choose from them when reviewing. The groups read them.
error-too-many-reasons = These are too many. Please remove some.
error-amend-person = What someone states about themselves you can only accept as it is or not accept.
error-amend-empty = The new value is empty. If the item does not fit, do not accept it.
error-nobody-to-ask = This proposal came without a login; there is nobody who could answer here.
error-too-many-comments = Many messages have been written about this proposal. Please call.
error-second-look-account = Only somebody with an account of your contact office can decide this.
audit-act-request-taken = It was noted who works on a proposal.
audit-act-request-asked = The office wrote to the group about its proposal.
audit-act-request-answered = The group wrote to the office about its proposal.
audit-act-request-first-look = A proposal was decided; a second person must agree.
audit-act-review-rules = The rules of the review were changed.
audit-act-draft-begun = A form was begun and kept as a draft.
audit-act-draft-discarded = A draft was discarded.
