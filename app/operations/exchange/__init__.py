"""The data exchange of PACT 3.0: clients, what they ask, and events that reach them.

Law: nothing is sent anywhere but to an address an administrator registered, over TLS that was verified.
"""
