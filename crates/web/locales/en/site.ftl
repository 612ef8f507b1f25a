# Public site of a contact office.

# Start page and search
start-title = Find self-help groups
start-lead = Here you can find people in a situation like yours. You need no login, and nobody learns what you are looking for.
start-description = Self-help groups in the directory of { $office }. Search by topic, keyword or place, without login.
start-count = { $count ->
    [one] One group in the directory
   *[other] { $count } groups in the directory
}
start-hits = { $count ->
    [0] No matching group
    [one] One matching group
   *[other] { $count } matching groups
}
start-wider = Search within { $km } km
start-nearest = The nearest matching group is about { $km } away.
start-everywhere = Search without a place
start-around = Searched within { $km } km of { $place }.
start-unknown-place = We do not know the place “{ $place }”. Please check the spelling or enter a postal code of five digits. The groups are therefore not narrowed down by place.
start-places = Did you mean:
search-label = Search groups
search-what = Topic or keyword
search-hint = For example (in German): Depression, Angehörige, Alkohol, Trauer
search-where = Town or postal code
search-radius = Within
search-go = Search
filter-more = More filters
filter-sector = Area
filter-format = How the group meets
filter-only = Only groups
filter-open = open for new members
filter-accessible = accessible without barriers
filter-audience = For whom
filter-language = Language
filter-any = all
filter-apply = Apply filters
filter-reset = Show all groups
chips-label = Filters in use
chip-remove = remove
chip-text = “{ $text }”
chip-place = Place: { $place }
chip-around = { $place }, up to { $km } km
topics-label = Groups by area
letters-label = Jump to a letter
card-online = also online
empty-title = We found no group for this
empty-meant = Did you mean:
empty-advice-words = Try a more general word, such as “Krebs” (cancer) instead of an exact diagnosis.
empty-advice-filters = Remove filters.
empty-advice-ask = Ask the contact office: it also knows groups that are just being founded.
empty-advice-contact = How to reach the contact office
empty-directory-title = There are no groups here yet
empty-directory-text = The contact office has not published any group yet. Please ask there.
help-title = Not what you were looking for?
help-text = The contact office advises you free of charge and in confidence, also if you would like to found a group yourself.
office-phone = Phone
office-email = E-mail
office-hours = Office hours

# Group page
group-back = All groups
group-topics = Topics
group-easy = In easy language (German)
group-meetings = Meetings
group-next = Next dates
group-place = Meeting place
group-calendar = Add the dates to your own calendar
group-facts = At a glance
group-confirmed = The group last confirmed these details on { $date }.
moment-from = { $day }, { $from }
moment-from-to = { $day }, { $from } to { $to }
share-heading = Pass this page on
share-button = Share address
share-done = Address copied.
print-button = Print

fact-audience = For
fact-audience-text = Audience
fact-age = Age
fact-sector = Area
fact-format = Form
fact-accessibility = Accessibility
fact-access-hints = Access
fact-languages = Languages
fact-sign-language = Sign language
fact-costs = Costs
fact-guidance = Guidance
fact-association = Association
fact-size = Group size
fact-free-places = Free places
fact-founded = Founded

accepts-yes = open for new members
accepts-no = no new members at present
accepts-waiting-list = waiting list
accepts-after-talk = new members after a talk

# Contact behind the notice
contact-heading = Contact
contact-before = Before we show the contact, please read a short notice.
contact-on-paper = You will find the contact on the page named below; the contact office will also be glad to put you in touch:
contact-show = Show contact
contact-office = The contact office puts you in touch
contact-office-text = This group would like to be approached through the contact office. Please call or write; we are happy to put you in touch.
contact-title = Contact: { $group }
contact-back = Back to the group
contact-group = Group
contact-phone = Phone
contact-email = E-mail
contact-website = Website
contact-released = These contact details have been released for publication.
contact-nobody = Nobody answers?
contact-nobody-text = Then the contact office will be glad to help you.
notice-title = Before you get in touch
notice-lead = Please take a moment to read what matters to the group.
notice-volunteers = The contact persons are volunteers and affected themselves. An answer may take a few days.
notice-times = Please call only at the times given, and tell your name or a first name.
notice-confidential = What you learn from each other stays confidential. Do not pass contact details on.
notice-no-ads = The contact details are only for people who are interested in the group – not for advertising, surveys or collections.
notice-emergency = A group does not replace help in an emergency. If there is danger, call 112; the German telephone counselling service is free of charge at 0800 111 0 111.
notice-accept = I have read this – show contact
notice-decline = Back, without showing the contact
notice-cookie = So that you need to read the notice only once, your browser remembers until it is closed that you have read it.

# About the office and legal matters
about-default = We support people who are looking for, attending or founding a self-help group. Our advice is free of charge and confidential.
about-contact = How to reach us
about-carrier = Sponsoring organisation:
about-lights = What the traffic light means
about-lights-text = Every detail of a group has a traffic light. On these pages you see only what is green.
legal-missing = This text is being written. Please ask the contact office if you have questions.
sources-title = Sources of the place search
sources-postcodes = Postal codes:
sources-towns = Towns:
privacy-site-title = When you visit these pages
privacy-site-profiles = We do not measure who visits these pages and include nothing from other providers.
privacy-site-search = What you search for is not recorded.
privacy-site-address = Your internet address is used only to deliver the page and to limit abuse; it is not kept.
privacy-site-cookies = There are necessary cookies only:

a11y-lead = Everyone should be able to use this directory well.
a11y-state-title = State of accessibility
a11y-state = The pages are built to WCAG 2.2 (level AA) and EN 301 549 and are checked automatically. They have not yet been tested by experts or with screen readers.
a11y-keyboard = Everything can be used with the keyboard. Headings, fields and buttons carry names for screen readers.
a11y-zoom = The pages can be enlarged to 400 % and work on small phones.
a11y-colour = Nothing is said by colour alone: every light also has a shape and a word.
a11y-script = Everything works without JavaScript and without login.
a11y-limits-title = What does not quite work yet
a11y-limits = Not all texts about groups are available in easy language or other languages.
a11y-report-title = Found a barrier?
a11y-report = Please tell us. We will answer as soon as possible and are happy to give you the information by phone.
a11y-enforce-title = Enforcement
a11y-enforce = If you do not get a satisfactory answer from us, you can turn to the conciliation or monitoring body of your federal state.

cookies-lead = We only use cookies without which something you expressly want would not work. That is why there is no cookie window here.
cookies-caption = All cookies of these pages
cookies-lifetime = How long:
cookies-law = Legal basis: § 25 (2) no. 2 TDDDG.
cookie-lang = remembers the language you chose
cookie-lang-lifetime = 1 year
cookie-notice = remembers that you have read the notice before contact details
cookie-notice-lifetime = until you close the browser, 12 hours at most
cookie-session = keeps staff of the contact office logged in
cookie-session-lifetime = until log-out or until the session expires
cookie-device = remembers that someone with access has logged in on this device before, so that an attack from other devices does not slow you down
cookie-device-lifetime = one year
start-crisis = Do you need help right now? In danger dial 112. The telephone counselling service is there for you day and night, free of charge: 0800 111 0 111 or 116 123.
