# Das Menü der Mitarbeitenden.
nav-office-today = Heute
nav-office-groups = Gruppen
nav-office-import = Liste einlesen
nav-office-settings = Einstellungen
nav-office-audit = Protokoll
