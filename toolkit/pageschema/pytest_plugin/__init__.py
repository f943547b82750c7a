"""The pytest plugin's warm half: a project's schemas, clauses and checks as test items.

It is imported when ``--pageschema`` is given, or a fixture is used; `_pageschema_pytest` is what pytest always loads.
"""
