"""アルミ循環台帳 (Aluminium Loop Ledger): the map of the rooms. Importing this loads nothing.

ledger      what metal is and how it may move: grams, content, pour, steps, refusals (pure)
carbon      factors, footprint and avoided CO2 (pure)
records     the tables, and the books opened for one unit of work
operations  the deeds that change the books
lookups     the questions that read them
wording     every sentence a person reads, in Japanese and English
schemas     words in and out, for forms, files and the API alike
access, current   who may do what; what this request holds
api, exchange, pages, cli   the doors
factory     puts the house together
"""
