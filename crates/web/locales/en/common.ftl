# What stands on every page.
brand = Ampelhaus
brand-line = Self-help directories
site-brand-line = Directory of self-help groups
office-brand-line = Staff area
skip-to-content = Skip to content
quick-exit = Leave this page quickly
trial-note = Trial: this directory is still being set up. Entries may be incomplete.
made-with = Ampelhaus – every detail has its traffic light.

nav-main = Main menu
nav-footer = Legal and login
nav-groups = Find groups
nav-about = About us
nav-imprint = Imprint
nav-privacy = Privacy
nav-accessibility = Accessibility
nav-cookies = Cookies
nav-login = Login for staff and group admins
nav-public-site = To the public site
nav-platform-home = Home
nav-signup = Sign up an office

# Lights
light-green = public
light-yellow = on request
light-red = internal only
light-means-green = Anyone can read this on the public site.
light-means-yellow = The contact office passes this on only when asked.
light-means-red = Only the contact office and those who look after the group themselves can see this.
light-what = What does this mean?

# Forms
form-errors-title = Please check what you entered
form-error-prefix = Error:
form-optional = (optional)
form-waits-hours = That was tried too often. Please wait { $count } hours and try again.
form-waits = { $count ->
    [one] That was tried too often. Please wait one minute and try again.
   *[other] That was tried too often. Please wait { $count } minutes and try again.
}

# Lists of several pages
pages-label = Pages
pages-previous = Previous page
pages-next = Next page
pages-position = Page { $number } of { $count }

# Error pages
error-home = Go to the start page
error-home-office = Go on to “{ $page }”
error-home-groups = Go to the self-help groups
error-home-platform = Go to Ampelhaus
error-host-title = There is no directory at this address
error-host-text = Perhaps there is a typing error in it, or the contact office has moved. Please check the address or ask the contact office.
error-page-title = This page does not exist
error-page-text = Perhaps the address is not quite right.
error-id = If you contact us, please mention this number:
error-400-title = We could not understand this request
error-400-text = Please go back, reload the page and try again.
error-401-title = Please log in
error-401-text = Your session has expired or you are not logged in. You can continue after logging in.
error-401-sent = Your session has expired. What you have just sent is not saved yet, but it is not lost either: leave this page open, log in in a new window, and then reload this page. Your browser asks whether to send your entries again.
error-proof-title = Please confirm once more that it is you
error-proof-text = Your last confirmation was more than five minutes ago. What you have just sent is not saved yet, but it is not lost either: leave this page open, confirm in a new window, and then reload this page. Your browser asks whether to send your entries again.
error-proof-way = Confirm in a new window
error-403-title = You may not do this here
error-403-text = You lack a right for this page. The head of your office can give it.
error-404-title = This page does not exist
error-404-text = The address may not be quite right, or the group is no longer in the directory.
error-link-title = This link does not work any more
error-link-text = Perhaps you have used it already: then just log in. Otherwise it is too old or was taken back. You can ask for a new link to log in or to a new password at the login, and for a new invitation at the contact office.
error-405-title = This page cannot be called like that
error-405-text = Please go back and use the buttons on the page.
error-409-title = Somebody else was faster
error-409-text = The details have been changed meanwhile. Please reload the page and check what has changed.
error-413-title = This is too large
error-413-text = What you sent is larger than we can accept. Please shorten the text or split the file.
error-429-title = Please wait a moment
error-429-text = There were too many requests in a short time. Please try again in a moment.
error-429-minutes = { $count ->
    [one] There were too many requests in a short time. Please try again in one minute.
   *[other] There were too many requests in a short time. Please try again in { $count } minutes.
}
error-429-wait = { $count ->
    [one] There were too many requests in a short time. Please try again in one second.
   *[other] There were too many requests in a short time. Please try again in { $count } seconds.
}
error-500-title = Something went wrong on our side
error-500-text = It is not your fault. We have recorded the error. Please try again later.
error-503-title = It is very busy right now
error-503-text = Please try again in a few seconds.
error-closed-ask = Reach the contact office
error-closed-title = This directory is not available at the moment
error-closed-text = The contact office is setting up its directory or has closed it for a while. Please try again later or contact the office directly.

# Messages after a step
flash-gespeichert = Saved.

# Days and months
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
error-form = The form was incomplete or not sent from this site. Please go back and fill it in there.
idle-soon = You have not opened a page for a while. In five minutes you will be logged out for your safety.
idle-over = You were logged out. What you typed here is still there: log in in a new window and then send it.
idle-log-in = Log in again
idle-stay = Stay logged in
