"""Product footprints in the form of PACT 3.0. Law: what is said of a lot here is what its certificate says, no more.

The carbon footprint is the certificate's CFP, to the digit; the avoided CO2 is told beside it, in an extension, and
is in no figure of the footprint.
"""
