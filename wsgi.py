"""What gunicorn and ``flask --app wsgi`` load."""

from app.factory import create_app
from config import from_environment

app = create_app(from_environment())
