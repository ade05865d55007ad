"""The questions, read only. Law: a question changes nothing and answers with a value that explains itself."""
