"""What a certificate says, put together from the books: the frozen content that everything else is derived from."""
