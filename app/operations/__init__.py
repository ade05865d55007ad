"""The deeds. Law: one deed, one unit of work; it is done whole or the books stand as they stood."""
