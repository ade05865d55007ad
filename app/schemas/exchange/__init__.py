"""Words of the data exchange (PACT 3.0) in and out: criteria, events, clients, the schema of the extension."""
