# Importing a list.
import-title = Import a list
import-lead = Import the list of groups you have, from Excel or as a CSV file. Before anything is imported you see row by row what was understood.
import-back = All lists
import-upload-title = Choose a file
import-file = Your list of groups
import-file-hint = Excel (.xlsx) or CSV, at most 10 MB
import-upload = Upload and check
import-how-title = How it works
import-how-1 = You upload the file as it is. Title rows, blank rows and several sheets do no harm.
import-how-2 = You check which column holds what, and see every group in the preview.
import-how-3 = You take the groups over with one click. Contact persons stay red until you have recorded their consent.
import-limits = At most { $rows } rows. What fits into no field is not lost: it is kept in the internal notes.
import-example = Download an example file (CSV)
import-uploads = Lists so far
import-none-yet = You have not uploaded a list yet. To try it out, take the example file; before you take it over nothing is stored that others can see.
import-open = not imported yet
import-see-report = See the report
import-go-on = Go on checking
import-remove = Remove
import-nameless = File without a name
import-rows = { $count ->
    [one] one row
   *[other] { $count } rows
}
import-done-groups = { $count ->
    [0] imported, no new group
    [one] one group imported
   *[other] { $count } groups imported
}

import-steps = Steps
import-step-columns = Columns
import-step-preview = Preview
import-step-report = Report

# Columns
import-columns-title = Columns of { $file }
import-columns-lead = Please check what each column holds. Your choice also counts for the next list with the same columns.
import-the-list = The list
import-sheet = Sheet “{ $sheet }”
import-header-row = The headings are in
import-header-hint = Is that wrong? Choose the row that holds the names of the columns. The columns are then proposed anew.
import-header-none = No headings
import-header-at = Row { $row }: { $text }
import-header-again = Propose the columns anew
import-sheet-status = The groups in this sheet are
import-status-draft = drafts
import-status-active = active
import-status-paused = pausing
import-status-dormant = dormant
import-status-dissolved = dissolved
import-column = Column
import-samples = Examples from the column
import-no-samples = empty
import-filled = { $count ->
    [0] no cell filled
    [one] one cell filled
   *[other] { $count } cells filled
}
import-because-chosen = chosen by you
import-because-remembered = as for the last list
import-because-name = known by its name
import-because-content = guessed from its content – please check
import-because-unknown = not recognised – goes to the notes
import-to-preview = On to the preview
import-remove-this = Remove this file

import-target-name = Name of the group
import-target-topic = Topics
import-target-sector = Area
import-target-summary = Short description
import-target-audience = For whom
import-target-language = Languages
import-target-accepts-new = Takes new members
import-target-association = Association
import-target-costs = Costs
import-target-founded = Year of foundation
import-target-meetings = Meetings (when)
import-target-place = Meeting place (all in one cell)
import-target-venue-name = Meeting place: house or room
import-target-street = Meeting place: street
import-target-postcode-town = Meeting place: postal code and town
import-target-postcode = Meeting place: postal code
import-target-town = Meeting place: town
import-target-district = Meeting place: part of town
import-target-accessibility = Accessibility
import-target-contact = Contact person
import-target-deputy = Deputy
import-target-phone = Contact person’s phone
import-target-email = Contact person’s e-mail
import-target-person-address = Private address
import-target-group-phone = Group phone (public)
import-target-group-email = Group e-mail (public)
import-target-website = Website
import-target-wish = Wish about publishing
import-target-confirmed-on = Last confirmed on
import-target-status = Status of the group
import-target-size = Size of the group
import-target-free-places = Free places
import-target-funding = Funding category
import-target-bank-account = Bank account
import-target-note = Internal note

# Preview
import-preview-title = Preview of { $file }
import-preview-lead = This is what was understood. Nothing has been imported yet. Clear the tick where a row should not be imported.
import-figure-groups = { $count ->
    [one] group
   *[other] groups
}
import-figure-dissolved = { $count ->
    [one] of them dissolved
   *[other] of them dissolved
}
import-figure-persons = { $count ->
    [one] contact person
   *[other] contact persons
}
import-figure-structured = { $count ->
    [one] meeting with dates
   *[other] meetings with dates
}
import-figure-text = { $count ->
    [one] meeting as text only
   *[other] meetings as text only
}
import-figure-notes = { $count ->
    [one] internal note
   *[other] internal notes
}
import-figure-warned = { $count ->
    [one] row with a remark
   *[other] rows with remarks
}
import-figure-twins = { $count ->
    [one] possible duplicate
   *[other] possible duplicates
}
import-figure-skipped = { $count ->
    [one] row left out
   *[other] rows left out
}
import-twins-note = { $count ->
    [one] One row may be a duplicate. Decide there with the tick.
   *[other] { $count } rows may be duplicates. Decide there with the tick.
}
import-same-note = { $count ->
    [one] One row was imported exactly like this before and is therefore left out.
   *[other] { $count } rows were imported exactly like this before and are therefore left out.
}
import-nothing-title = No group found
import-nothing = No group was recognised in this file. Please check which column holds the name of the group.
import-row = Row { $row }
import-sheet-row = Sheet “{ $sheet }”, row { $row }
import-take = Take over
import-see-group = See the group
import-warnings = Remarks
import-notes = Internal notes
import-no-person-name = without a name
import-role-contact = Contact person
import-role-deputy = Deputy
import-next-meeting = Next date: { $day }, { $time }
import-stays-text = Stays text: { $why }
import-twin-same = This row was imported before: “{ $name }”.
import-twin-existing-likely = Very likely there already: “{ $name }”.
import-twin-existing-possible = Perhaps there already: “{ $name }”.
import-twin-row-likely = Very likely the same group as in: { $place }.
import-twin-row-possible = Perhaps the same group as in: { $place }.
import-leftovers = What belongs to no group
import-leftovers-text = These texts belong to no group. They go into the internal notes of the first new group of their sheet and stay in the report for { $days } days.
import-leftovers-kept = These texts of the file are also in the internal notes of the first group of their sheet.
import-confirm = All groups are made at once. Active groups can then be seen in the directory as soon as it is online – without contact persons.
import-take-over = { $count ->
    [0] Finish without new groups
    [one] Take over one group
   *[other] Take over { $count } groups
}
import-save-choice = Save the choice
import-change-columns = Change columns

import-why-on-request = date on request
import-why-by-arrangement = date by arrangement
import-why-paused = the group pauses
import-why-irregular = irregular
import-why-see-elsewhere = stands elsewhere
import-why-no-anchor = the day to count from is missing
import-why-which-week = which week of the month is missing
import-why-no-weekday = the weekday is missing
import-why-no-time = the time of day is missing
import-why-unclear-time = the time of day is not clear
import-why-limited-period = only for a certain period
import-why-ambiguous = can be read in two ways
import-why-not-understood = not understood

import-about-schedule-stays-text = The meeting time stays text.
import-about-date-not-understood = No date recognised; the text is in the notes.
import-about-date-inexact = Only month or year are known; the earliest day was taken.
import-about-phone-without-area-code = Phone number without area code.
import-about-phone-not-understood = Not all of it is a phone number; the rest is in the notes.
import-about-mail-not-understood = Not all of it is an e-mail address; the rest is in the notes.
import-about-link-refused = Not a web address; the text is in the notes.
import-about-wish-not-understood = The wish about publishing is unclear and kept in its words.
import-about-choice-not-understood = Not matched; the text is in the notes.
import-about-number-not-understood = Not a number; the text is in the notes.
import-about-too-long = Too long for the field; the whole text is in the notes.
import-about-second-value = There was a value already; the second text is in the notes.
import-about-name-from-topic = Without a name; the topic was taken as name.
import-about-contact-without-name = Contact without a name.
import-about-contacts-of-several = Several persons: please check whose phone and e-mail these are.
import-about-names-not-understood = Names not surely recognised; the text is in the notes.
import-about-address-not-public = This sounds like somebody’s home, or the address must not be known. The place stays red (internal only). If it is open to everyone, enter it as the public meeting place of the group later.
import-about-home-in-text = The text tells where somebody lives. It stays internal, in the notes.

# Report
import-report-title = Report on { $file }
import-report-lead = The list has been imported. This is what became of it and what is left to do.
import-report-until = The report can be read here until { $day }; then it is deleted. The groups stay.
import-to-groups = To the groups
import-another = Import another list
import-asks = Still to ask
import-asks-text = All contact persons are red. Ask them what may be told, and record their consent at the group. This is what your list said:
import-asks-silent = { $count ->
    [one] One group about which the list says nothing
   *[other] { $count } groups about which the list says nothing
}
import-warnings-count = { $count ->
    [one] One remark
   *[other] { $count } remarks
}
import-skipped-count = { $count ->
    [one] One row left out
   *[other] { $count } rows left out
}
import-skipped-known = was there already
import-skipped-chosen-twin = left out by you; this group may be there already. What differed in the row was not imported.
import-skipped-chosen = left out by you
import-remove-the-report = Delete this report

# Remove
import-remove-title = Remove { $file }?
import-remove-upload = { $count ->
    [one] The uploaded file with one row will be deleted. Nothing of it has been imported yet.
   *[other] The uploaded file with { $count } rows will be deleted. Nothing of it has been imported yet.
}
import-remove-report = { $count ->
    [one] The report will be deleted, with all texts of the file that belong to no group. The one group imported stays.
   *[other] The report will be deleted, with all texts of the file that belong to no group. The { $count } groups imported stay.
}
import-remove-now = Delete
import-keep = No, keep it

flash-import-fertig = The list has been imported.
flash-import-kopf = The columns are proposed anew. Please check them once more.
flash-import-kopf-gleich = The headings are in the same row as before. Your choice is saved.
flash-import-entfernt = Deleted.

# Why a file is not read
error-import-no-file = Please choose a file.
error-import-empty = There is nothing in the file. Please check that you chose the right one.
error-import-too-large = The file is larger than 10 MB. Please split the list, or remove pictures from it.
error-import-xls = This is an Excel file in an old format (.xls or .xlsb). Please open it and save it as “Excel workbook (.xlsx)”.
error-import-ods = This is a LibreOffice table (.ods). Please open it and save it as an Excel file (.xlsx) or as CSV.
error-import-pdf = This is a PDF. Please take the table it was made from, as an Excel file (.xlsx) or CSV.
error-import-html = This is a web page, not a table. Please open it in Excel or LibreOffice and save it as an Excel file (.xlsx).
error-import-document = This is a text document. Please copy the table from it into Excel or LibreOffice and save it as an Excel file (.xlsx).
error-import-picture = This is a picture. Please take a table as an Excel file (.xlsx) or CSV.
error-import-archive = This is an archive. Please unpack it and upload the table inside.
error-import-format = We do not know this format. Please take an Excel file (.xlsx) or CSV.
error-import-password = The file is protected by a password. Please save a copy without a password and upload that.
error-import-damaged = The file is damaged or incomplete. Please save it anew and upload it once more.
error-import-unpacks = The file becomes far too large when opened (more than 100 MB). Please copy the list into a new workbook.
error-import-not-text = The file holds characters that no table has. Please save it anew as an Excel file (.xlsx) or CSV.
error-import-rows = The list has more than 5,000 rows. Please split it into several files.
error-import-columns = A sheet has more than 100 columns. Please remove columns you do not need.
error-import-sheets = The file has more than 20 sheets. Please split it.
error-import-text = The file holds too much text. Please split the list into several files.
error-import-cell = A cell in row { $row } has more than 10,000 characters. Please shorten the text there.
error-import-quote = A quotation mark in row { $row } never ends. Please check that row.
error-import-columns-changed = The columns do not fit this file any more. Please reload the page.
error-import-no-name = Please say which column holds the name of the group (or its topic).
import-about-not-to-be-published = The list says no to publishing. The group comes in as a draft and is in the directory only once you activate it.
import-about-place-not-said = The place is to be asked for; the text is in the notes.
