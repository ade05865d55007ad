"""Pages for the yard. Law: quicker than the paper they replace, on a phone, in gloves, without a network if need be."""
