"""Pages of lots, for everybody who is signed in. Law: figures beside every picture, to the gram."""
