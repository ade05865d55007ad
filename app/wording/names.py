"""What things are called: kinds, steps, roles, states and places of work, marked for the catalogue."""

from app.wording.catalogue import marked

KINDS = {
    "scrap": marked("Scrap"),
    "primary": marked("Primary ingot"),
    "alloying": marked("Alloying metal"),
    "ingot": marked("Ingot"),
    "billet": marked("Billet"),
    "product": marked("Product"),
    "return": marked("In-house returns"),
    "heel": marked("Heel"),
}
STEPS = {
    "sort": marked("Sorting"),
    "remelt": marked("Remelting"),
    "cast": marked("Casting"),
    "extrude": marked("Extrusion"),
    "fabricate": marked("Fabrication"),
}
ROLES = {
    "logistics": marked("Logistics"),
    "plant": marked("Plant"),
    "sales": marked("Sales"),
    "auditor": marked("Auditor"),
    "admin": marked("Administrator"),
}
STATUSES = {
    "issued": marked("Valid"),
    "expired": marked("Expired"),
    "revoked": marked("Revoked"),
    "superseded": marked("Superseded"),
    "reserved": marked("Being made"),
    "void": marked("Void"),
}
DEEDS = {
    "entry": marked("Entry"),
    "transformation": marked("Step"),
    "transfer": marked("Transfer"),
    "dispatch": marked("Dispatch"),
    "return": marked("Return"),
    "write_off": marked("Write-off"),
    "reversal": marked("Reversal"),
    "certificate": marked("Certificate"),
    "quote": marked("Quote"),
}
QUOTES = {
    "open": marked("Not ordered yet"),
    "ordered": marked("Ordered"),
    "withdrawn": marked("Withdrawn"),
}
# The figures a flag was raised for.
DETAILS = {
    "net_kg": marked("Net, kg"),
    "min_kg": marked("Usually at least, kg"),
    "max_kg": marked("Usually at most, kg"),
    "units": marked("Units"),
    "vehicle": marked("Vehicle"),
    "other_at": marked("Seen before at"),
    "yield_min": marked("Usual yield from"),
    "yield_max": marked("Usual yield to"),
    "in_kg": marked("In, kg"),
    "out_kg": marked("Out, kg"),
    "kg_per_kg": marked("Stated, kg-CO2e/kg"),
    "threshold": marked("Usually at least"),
    "sent_kg": marked("Sent, kg"),
    "received_kg": marked("Arrived, kg"),
    "number": marked("Number"),
    "kg": marked("Mass, kg"),
    "reason": marked("Reason"),
}
