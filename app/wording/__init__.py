"""Every sentence a person reads, in Japanese and English, for pages, API and shell alike. Law: no Flask in here.

Sentences are written in English where they are used, marked by the functions of ``catalogue``; their Japanese stands
in ``ja/*.po``, one file a subject.
"""
