# The menu of the staff.
nav-office-today = Today
nav-office-groups = Groups
nav-office-import = Import a list
nav-office-settings = Settings
nav-office-audit = Audit log
