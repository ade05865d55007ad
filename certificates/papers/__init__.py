"""Papers beside the certificate: footprint statements and the cover of a quote's pack. Law: none claims avoided CO2."""
