"""The door for other programs (/api/v1). Law: what a client sends can be refused, never a 500; one error handler."""
