# Arbeitsbereich: Navigation.
office-nav-today = Heute
office-nav-groups = Gruppen
office-nav-import = Liste einlesen
office-nav-settings = Einstellungen
office-nav-audit = Protokoll
