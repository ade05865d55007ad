"""The carbon method, version 1 (domain.md). Law: one formula a function, its source beside it; exact fractions only.

Inside, masses are grams and emissions grams of CO2e, so a factor in kg per kg is a factor in g per g.
"""

METHOD_VERSION = 1
