"""The door for customers' software: data exchange by PACT 3.0. Law: a client sees its own customer's, over HTTPS only.

token       POST /auth/token, and where that is found
footprints  GET /3/footprints, GET /3/footprints/{id}
events      POST /3/events
extension   the schema of what our footprints carry beside the standard
"""

from flask import Flask

from app.exchange import background, door, events, extension, footprints, token

ROOMS = (events, extension, footprints, token)


def install(app: Flask, deliver_in_background: bool) -> None:
    """Register the exchange: importing a room adds its routes to the blueprint."""
    app.register_blueprint(door.exchange)
    if deliver_in_background:
        app.extensions[background.EXTENSION] = background.Deliveries(app)
