"""Figures and times as staff read them: thousands commas, Japan time, days in the order of the language."""

from datetime import date, datetime

from app.carbon.factors import JAPAN
from app.ledger.grams import GRAMS_PER_KG, kilograms_text

WEEKDAYS_JA = "月火水木金土日"
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def kg(grams: int | None) -> str:
    """Kilograms, exact, with thousands commas: 10,450 or 0.125."""
    if grams is None:
        return "—"
    whole, point, decimals = kilograms_text(grams).partition(".")
    return f"{int(whole):,}{point}{decimals}"


def whole_kg(grams: int | None) -> str:
    """Whole kilograms, rounded down."""
    return "—" if grams is None else f"{grams // GRAMS_PER_KG:,}"


def whole_kg_more(than_g: int, more_g: int) -> str:
    """What ``more_g`` adds to ``than_g`` in whole kilograms, so that whoever takes one figure from the other agrees."""
    return f"{(than_g + more_g) // GRAMS_PER_KG - than_g // GRAMS_PER_KG:,}"


def percent(part: int, whole: int) -> str:
    """A share with one decimal, rounded down."""
    return "—" if not whole else f"{part * 1000 // whole / 10:.1f}"


def footprint(embodied_g: int, mass_g: int) -> str:
    """kg CO2e per kg with two decimals, rounded up, as documents print it."""
    return "—" if not mass_g else f"{-(-embodied_g * 100 // mass_g) / 100:.2f}"


def when(locale: str, moment: datetime | None) -> str:
    """A moment in Japan time: 2026年11月24日 14:30, 24 Nov 2026, 14:30."""
    if moment is None:
        return "—"
    there = moment.astimezone(JAPAN)
    clock = f"{there:%H:%M}"
    return f"{day(locale, there.date())} {clock}" if locale == "ja" else f"{day(locale, there.date())}, {clock}"


def day(locale: str, on: date | None) -> str:
    """A day: 2026年11月24日, 24 Nov 2026."""
    if on is None:
        return "—"
    if locale == "ja":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {MONTHS_EN[on.month - 1]} {on.year}"


def today(locale: str, on: date) -> str:
    """Today with its weekday: 11月24日（火）, Tue 24 Nov."""
    if locale == "ja":
        return f"{on.month}月{on.day}日（{WEEKDAYS_JA[on.weekday()]}）"
    return f"{WEEKDAYS_EN[on.weekday()]} {on.day} {MONTHS_EN[on.month - 1]}"


def field_moment(moment: datetime) -> str:
    """A moment as a datetime-local field takes it, in Japan time."""
    return f"{moment.astimezone(JAPAN):%Y-%m-%dT%H:%M}"
