"""Pages for the administrator: people, keys, customers, sites, items, factors. Law: each change has its audit row."""
