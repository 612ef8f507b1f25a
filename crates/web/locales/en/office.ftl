# The office: navigation.
office-nav-today = Today
office-nav-groups = Groups
office-nav-import = Import a list
office-nav-settings = Settings
office-nav-audit = Audit log
