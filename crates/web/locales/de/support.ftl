# Der technische Betrieb in einer Kontaktstelle.
role-support = Technischer Betrieb
support-title = Technische Unterstützung
support-lead = Der technische Betrieb sieht keine Daten Ihrer Kontaktstelle, solange Sie es nicht erlauben. Sie erlauben es einer Person, aus einem Grund und für höchstens acht Stunden. Solange steht es auf jeder Seite, und Sie beenden es mit einem Klick.
support-now = Einblick zurzeit
support-now-none = Zurzeit hat niemand Einblick.
support-before = Früher
support-grant = Einblick erlauben
support-grant-lead = Die Person sieht dann alle Gruppen mit allen Angaben und Notizen, auch den roten. Sie bekommt eine E-Mail und kann sich für die gewählte Zeit anmelden. Alles, was sie dabei sieht und tut, steht in Ihrem Protokoll.
support-nobody = Der technische Betrieb hat noch niemanden benannt, dem Sie Einblick erlauben könnten. Bitte schreiben Sie dorthin und bitten Sie darum, dass jemand benannt wird: Danach steht die Person hier zur Auswahl.
support-operator = Wem?
support-reason = Grund
support-reason-hint = Was soll die Person für Sie ansehen oder richten? Bitte ohne Namen und Kontaktdaten.
support-hours = Wie lange?
support-hours-choice = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
  }
support-rights = Darf außer Ansehen auch
support-rights-hint = Über Personen, Einwilligungen und Verträge entscheidet der technische Betrieb nie.
support-grant-submit = Einblick erlauben
support-until = Bis
support-may = Darf
support-granted-by = Erlaubt von
support-end = Einblick beenden
support-renew = Verlängern
support-renew-of = Einblick von { $name } verlängern
support-renew-lead = Die Zeit zählt ab jetzt.
support-banner = { $name } (technischer Betrieb) hat bis { $until } Einblick.
support-banner-myself = Sie sind als technischer Betrieb hier, bis { $until }. Alles, was Sie sehen und tun, wird protokolliert.
support-door-title = Einblick in { $office }
support-door-who = Sie treten als { $name } ein. Der Zugang endet am { $until }.
support-door-reason = Grund: { $reason }
support-door-rights = Erlaubt ist: { $rights }.
support-door-logged = Alles, was Sie sehen und tun, steht im Protokoll der Kontaktstelle und in dem des Betriebs.
support-door-enter = Eintreten
settings-support = Technische Unterstützung
settings-support-does = Erlaubt dem technischen Betrieb für einige Stunden Einblick, wenn Sie Hilfe brauchen.
settings-support-now = { $count ->
    [0] Niemand vom technischen Betrieb hat Einblick.
    [one] 1 Person vom technischen Betrieb hat Einblick.
   *[other] { $count } Personen vom technischen Betrieb haben Einblick.
  }
flash-einblick-erlaubt = Der Einblick ist erlaubt.
flash-einblick-verlaengert = Der Einblick ist verlängert.
flash-einblick-beendet = Der Einblick ist beendet.
error-support-already = Diese Person hat schon Einblick. Sie können ihn verlängern.
audit-topic-support = Technische Unterstützung
audit-act-operator-added = Der technische Betrieb hat jemanden benannt.
audit-act-operator-removed = Der technische Betrieb hat jemanden von der Liste genommen.
audit-act-support-granted = Dem technischen Betrieb wurde Einblick erlaubt:
audit-act-support-renewed = Der Einblick des technischen Betriebs wurde verlängert:
audit-act-support-opened = Der technische Betrieb hat seinen Zugang geöffnet:
audit-act-support-entered = Der technische Betrieb ist eingetreten.
audit-act-support-ended = Der Einblick des technischen Betriebs wurde beendet:
