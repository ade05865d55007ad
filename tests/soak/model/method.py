"""The figures of domain.md, written down a second time: rules of the steps, bands, factors and thresholds."""

from fractions import Fraction

PRIMARY = Fraction(12)
REMELTING = Fraction(36, 100)
PRODUCTION = Fraction(2)
METERED = {"kWh": Fraction(423, 1000), "m3": Fraction(205, 100), "L": Fraction(275, 100)}
AVOIDED = PRIMARY - REMELTING
UNIT_KG = {"truck-body": Fraction(8000), "shinkansen-car": Fraction(50000, 16)}

LEAST_DELIVERY_G = 1000
LOWEST_FOOTPRINT = Fraction(4)
LEAST_OF_AVERAGE = Fraction(1, 10)
MOST_SHORT = Fraction(5, 1000)

# What each step takes and makes, and its usual yield.
STEPS: dict[str, tuple[set[str], set[str], Fraction]] = {
    "sort": ({"scrap"}, {"scrap"}, Fraction(70, 100)),
    "remelt": (
        {"scrap", "primary", "alloying", "ingot", "return", "heel"},
        {"ingot", "billet", "return", "heel"},
        Fraction(85, 100),
    ),
    "cast": (
        {"ingot", "primary", "alloying", "return", "heel"},
        {"billet", "ingot", "return", "heel"},
        Fraction(9, 10),
    ),
    "extrude": ({"billet"}, {"product", "return"}, Fraction(98, 100)),
    "fabricate": ({"billet", "product"}, {"product", "return"}, Fraction(9, 10)),
}
FURNACE_STEPS = {"remelt", "cast"}
CERTIFIABLE = {"ingot", "billet", "product"}

# Grams of one unit that are likely, and the scrap classes an item takes.
BANDS_G = {"truck-body": (300_000, 2_500_000), "shinkansen-car": (2_000_000, 9_000_000)}
CLASSES = {
    "truck-body": {"post_consumer", "internal"},
    "shinkansen-car": {"post_consumer", "internal"},
    "offcuts": {"pre_consumer", "internal"},
    "profile": set(),
}
