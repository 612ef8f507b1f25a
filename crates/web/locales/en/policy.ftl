# The light policy: which fields there are and how open each may be.
settings-policy = Light policy and fields
settings-policy-does = Decides which items there are, which light they get and how open they may be at most.
settings-policy-built-in = as the product has it
settings-policy-now = version { $version }
right-light-policy = Decide about lights and fields

policy-title = Light policy and fields
policy-lead = Here you decide for each item which light it begins with and how open it may be at most. You can make fields of your own. Every change is noted first; the preview shows what it does.
policy-version-none = The product’s own rules are in force.
policy-version-now = Version { $version } is in force ({ $said }).
policy-replaced = Version { $now } is in force, but version { $last } was saved last. Somebody changed the database from outside. Please tell the technical operator.
policy-add = Make a field of your own
policy-versions-link = Versions and file
policy-draft-title = Noted changes
policy-draft-text = Your changes are not in force yet. First look at what they do.
policy-draft-preview = See the preview
policy-draft-discard = Discard the changes
policy-discard-title = Discard the noted changes?
policy-discard-one = Your change to “{ $name }” is lost.
policy-consent-note = Items about persons always begin red. They become more open only with the person’s consent. That cannot be switched off here.
policy-field = Field
policy-default = Light of new items
policy-default-hint = An item has this light when it is first written.
policy-default-short = New items
policy-ceiling = At most
policy-ceiling-hint = This item may never be more open. If you choose a stricter light, more open items are closed at once. If you choose a more open one, existing items stay as they are.
policy-ceiling-product = The product does not let this item be more open than “{ $light }”.
policy-ceiling-short = At most
policy-demands = Condition
policy-consent = with consent only
policy-consent-label = How long does a consent count?
policy-consent-hint = For consents recorded from then on. The person is reminded 30 days before the end; after that the item becomes red.
policy-consent-unlimited = until it is withdrawn
policy-consent-months = { $count } months
policy-consent-save = Note the change
policy-consents-change = Consents recorded from then on count for another time.
policy-consents-become = Consents recorded from then on count: { $months }. Consents given before are not affected.
error-policy-consent-months = Between 6 and 120 months.
policy-own = own field
policy-new = new
policy-changed = changed
policy-gone = taken away
policy-section-group = The group
policy-section-meetings = Meetings
policy-section-contact = Contact of the group
policy-section-person = Persons
policy-section-internal = For the office only
policy-required = Required
policy-required-yes = Every group must have this item

policy-new-title = Make a field of your own
policy-new-lead = A field of your own stands in your office’s forms. What is green also stands on the group’s public page.
policy-own-lead = A field of your own. It holds: { $kind }. That cannot be changed any more.
policy-field-lead = A field that every office has. You can give it another name and make it stricter.
policy-person-lead = An item about a person. It always begins red and becomes more open only with that person’s consent.
policy-part-lights = Light
policy-part-names = Name
policy-part-place = Place
policy-label-de = Name in German
policy-label-en = Name in English
policy-label-hint-de = If left empty, the field is called in German: { $name }
policy-label-hint-en = If left empty, the field is called in English: { $name }
policy-help-de = Help with filling it in, in German
policy-help-en = Help with filling it in, in English
policy-kind = What the field holds
policy-kind-hint = This cannot be changed later.
policy-kind-line = one line of text
policy-kind-text = several lines of text
policy-kind-choice = a choice of fixed options
policy-kind-number = a number
policy-kind-date = a date
policy-choices = Options
policy-choices-hint = Only for a choice: at least two, each in German and English. You can rename existing ones but not remove them. Save to get more empty rows.
policy-choice-de = Option { $number } in German
policy-choice-en = Option { $number } in English
policy-section-label = Section
policy-section-hint = In public, own fields in “Contact of the group” and “Persons” stand behind the contact notice. Own fields in “For the office only” are not shown to the group.
policy-place = Place in the section
policy-place-hint = 1 is at the top.
policy-note = Add to the planned changes
policy-save-note = The change is not in force yet. The preview shows what it does; there you put it into force.

policy-remove = Remove this field
policy-remove-title = Remove “{ $name }”
policy-remove-count = { $count ->
    [0] No group has anything in this field.
    [one] There is 1 item in this field.
   *[other] There are { $count } items in this field.
}
policy-remove-values = What becomes of the items?
policy-remove-hidden = Hide and keep
policy-remove-hidden-hint = { $count ->
    [0] The field disappears. An earlier version can bring it back.
    [one] 1 item becomes red and is shown nowhere. An earlier version can bring it back.
   *[other] { $count } items become red and are shown nowhere. An earlier version can bring them back.
}
policy-remove-deleted = Delete
policy-remove-deleted-hint = { $count ->
    [0] There is nothing to delete.
    [one] 1 item is deleted. This cannot be undone. It remains in the group’s history.
   *[other] { $count } items are deleted. This cannot be undone. They remain in the groups’ histories.
}

policy-preview-title = What the change does
policy-preview-lead = This is what your noted changes do. Stricter rules take effect at once and everywhere.
policy-nothing-title = Nothing noted
policy-nothing = You have changed nothing that could be saved.
policy-effects = What happens to existing items
policy-effect-none = Nothing happens to existing items.
policy-effect-yellow = { $count ->
    [one] 1 item becomes yellow.
   *[other] { $count } items become yellow.
}
policy-effect-red = { $count ->
    [one] 1 item becomes red.
   *[other] { $count } items become red.
}
policy-effect-vanish = { $count ->
    [one] 1 item disappears from the directory.
   *[other] { $count } items disappear from the directory.
}
policy-effect-hidden = { $count ->
    [one] 1 item is hidden and kept.
   *[other] { $count } items are hidden and kept.
}
policy-effect-deleted = { $count ->
    [one] 1 item is deleted.
   *[other] { $count } items are deleted.
}
policy-effect-back = { $count ->
    [one] 1 kept item is shown again, in red.
   *[other] { $count } kept items are shown again, in red.
}
policy-effect-missing = { $count ->
    [one] 1 required item is still missing.
   *[other] { $count } required items are still missing.
}
policy-effect-gone = { $count ->
    [one] 1 group disappears from the directory altogether.
   *[other] { $count } groups disappear from the directory altogether.
}
policy-effect-group-gone = Disappears from the directory altogether.
policy-opens-nothing = No existing item becomes more open by this. Only items that somebody writes or opens afterwards can be more open.
policy-deletes = Deleted items cannot be brought back.
policy-carry-out = Put into force
policy-undo = Take this change back
policy-proof = This change loosens a rule or deletes items. Please prove once more who you are.
policy-proof-go = Go on
policy-changes = Changed fields
policy-reordered = The order of fields is another.
policy-becomes = becomes
policy-says-section = Section: { $section }
policy-says-required = The item becomes required.
policy-says-optional = The item is not required any more.
policy-says-label = So far the field is called: { $was }
policy-says-help = The help is another.
policy-says-choices = The options are others.
policy-groups = { $count ->
    [one] 1 group concerned
   *[other] { $count } groups concerned
}
policy-conflict = Something has changed meanwhile: the numbers are not the ones you saw. Nothing was saved. Please check the new preview.
policy-older = While you noted your changes, version { $version } was saved. The preview shows what your changes do to that version; they also undo what is different there.

policy-versions-title = Versions of the light policy
policy-versions-lead = Every saved version is kept. You can note an earlier one; then, too, the preview first shows what it does.
policy-versions-replace = You have noted changes. If you note a version here or read in a file, it takes their place: the noted changes are lost.
policy-version = Version { $version }
policy-version-product = The product’s own rules
policy-version-in-force = in force
policy-version-items = { $count ->
    [0] No item was last saved under this version.
    [one] 1 item was last saved under this version.
   *[other] { $count } items were last saved under this version.
}
policy-version-file = Save as a file
policy-version-take = Note it
policy-version-take-instead = Note this instead
policy-file-title = Rules from a file
policy-file-lead = Offices can exchange their rules: save a version as a file, and another office reads it here. The file holds no items of groups.
policy-file = File with a light policy
policy-file-hint = A file made with “Save as a file” (.json).
policy-file-read = Read it and see the preview
policy-file-read-instead = Read in instead and see the preview
policy-file-wrong = This file cannot be taken

flash-ampel-vorgemerkt = Your change is noted. It is not in force yet.
flash-ampel-verworfen = Your changes are discarded.
flash-ampel-zurueck = The change has been taken back.
flash-ampel-gilt = The new rules are in force.

error-policy-kind = Please choose what the field holds.
error-policy-kind-fixed = What the field holds cannot be changed any more.
error-policy-ceiling = The product does not let this item be more open.
error-policy-default = New items must not be more open than allowed at most.
error-policy-person-default = Items about persons always begin red.
error-policy-person-required = Items about persons cannot be required.
error-policy-section = The field cannot stand in this section.
error-policy-name-required = No group can be without a name.
error-policy-label-missing = Please enter a name.
error-policy-label-long = At most 80 characters, on one line.
error-policy-label-taken = Another field has this name already. Please choose a different one.
error-policy-help-long = At most 300 characters, on one line.
error-policy-choices-none = Only a choice has options.
error-policy-choices-few = Please enter at least two options.
error-policy-choices-many = At most 50 options.
error-policy-choices-words = Each option needs words in German and English, at most 80 characters each.
error-policy-choices-codes = Two options have the same code, or one is not valid.
error-policy-choices-fixed = An existing option is missing. You can rename it but not remove it.
error-policy-format = This is no file with a light policy in a version this product knows.
error-policy-twice = The field occurs twice.
error-policy-many = At most 60 fields of your own.
error-policy-incomplete = Fields are missing.
error-policy-file = This is no complete file with a light policy.
error-policy-file-large = The file is too large.
error-policy-grave = For this you must prove once more who you are.

audit-act-policy-drafted = A change of the light policy was noted.
audit-act-policy-discarded = Noted changes of the light policy were discarded.
audit-act-policy-saved = A new light policy was put into force, version:
audit-word-unpublished = not public any more
audit-word-hidden = hidden
audit-word-deleted = deleted
audit-word-back = back again
status-lacks = These required items are still missing. It is best to fill them in first:
today-lacking = { $count ->
    [one] group that lacks a required item
   *[other] groups that lack a required item
}
