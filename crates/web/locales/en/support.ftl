# Technical support in a contact office.
role-support = Technical support
support-title = Technical support
support-lead = Technical support sees no data of your office unless you allow it. You allow it to one person, for a reason and for eight hours at most. While it lasts every page says so, and you end it with one click.
support-now = Looking in at present
support-now-none = Nobody is looking in at present.
support-before = Earlier
support-grant = Allow a look
support-grant-lead = The person then sees all groups with all items and notes, red ones included. They get an email and can log in for the time chosen. Everything they see and do is in your log.
support-nobody = Technical support has not named anybody yet whom you could allow a look. Please write to them and ask that somebody is named: after that you can choose the person here.
support-operator = Who?
support-reason = Reason
support-reason-hint = What should the person look at or mend for you? Please no names or contact details.
support-hours = For how long?
support-hours-choice = { $count ->
    [one] 1 hour
   *[other] { $count } hours
  }
support-rights = Beside looking, they may
support-rights-hint = Technical support never decides about people, consents and contracts.
support-grant-submit = Allow a look
support-until = Until
support-may = May
support-granted-by = Allowed by
support-end = End it
support-renew = Make it longer
support-renew-of = Make the look of { $name } longer
support-renew-lead = The time counts from now.
support-banner = { $name } (technical support) may look in until { $until }.
support-banner-myself = You are here as technical support, until { $until }. Everything you see and do is logged.
support-door-title = A look into { $office }
support-door-who = You come in as { $name }. Your access ends on { $until }.
support-door-reason = Reason: { $reason }
support-door-rights = You may: { $rights }.
support-door-logged = Everything you see and do stands in the office’s log and in the operator’s.
support-door-enter = Come in
settings-support = Technical support
settings-support-does = Lets technical support look in for some hours when you need help.
settings-support-now = { $count ->
    [0] Nobody of technical support may look in.
    [one] 1 person of technical support may look in.
   *[other] { $count } people of technical support may look in.
  }
flash-einblick-erlaubt = The look is allowed.
flash-einblick-verlaengert = The look lasts longer now.
flash-einblick-beendet = The look has ended.
error-support-already = This person may look in already. You can make it longer.
audit-topic-support = Technical support
audit-act-operator-added = Technical support named somebody.
audit-act-operator-removed = Technical support took somebody off its list.
audit-act-support-granted = Technical support was allowed to look in:
audit-act-support-renewed = The look of technical support was made longer:
audit-act-support-opened = Technical support opened its access:
audit-act-support-entered = Technical support came in.
audit-act-support-ended = The look of technical support was ended:
