"""Words in and out: what a form, a file or another program says becomes a command, and records become words again."""
