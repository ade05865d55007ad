"""The door at the shell: flask --app wsgi <command>. Law: a failure prints a sentence and ends with a code above 0."""

from flask import Flask

from app.cli import audit, backup, batch, books, certificates, exchange, lots, people, serving
from config import Config


def install(app: Flask, config: Config) -> None:
    """Register the commands."""
    app.extensions["shell"] = config
    for group in (books.database, books.reference, books.key, books.ledger, lots.lots, certificates.certificate):
        app.cli.add_command(group)
    certificates.certificate.add_command(batch.issue_batch)
    app.cli.add_command(audit.audit)
    app.cli.add_command(people.person)
    app.cli.add_command(exchange.exchange)
    for command in (serving.serve, serving.demo, backup.backup, backup.restore):
        app.cli.add_command(command)
