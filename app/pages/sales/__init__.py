"""Pages for sales. Law: what is promised is shown before it is promised, and by the words of the certificate itself."""
