"""Pages for the works. Law: what will be refused is said while typing, by the same code that refuses it."""
