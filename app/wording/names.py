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
# What the check of the books recomputes, by the name of each law.
LAWS = {
    "content that remains": marked("Content that remains"),
    "content as made": marked("Content as made"),
    "mass that remains": marked("Mass that remains"),
    "mass as made": marked("Mass as made"),
    "embodied CO2e that remains": marked("Embodied CO2e that remains"),
    "embodied CO2e as made": marked("Embodied CO2e as made"),
    "units that remain": marked("Units that remain"),
    "origin's grams at entry": marked("Grams of each origin at entry"),
    "loss of a deed": marked("Loss of a deed"),
    "input of a step": marked("Input of a step"),
    "CO2e added by a deed": marked("CO2e added by a deed"),
    "mirrored movements": marked("Mirrored movements"),
    "written off": marked("Written off"),
    "held for quotes, kilograms": marked("Kilograms held for quotes"),
    "held for quotes, units": marked("Units held for quotes"),
    "movements": marked("Movements"),
    "certificates": marked("Certificates, line by line"),
    "certified mass": marked("Certified mass"),
    "post-consumer": marked("Post-consumer scrap"),
    "closed loop": marked("Closed loop"),
    "pre-consumer": marked("Pre-consumer scrap"),
    "claim": marked("Claimed CO2"),
    "payload digest": marked("Digest of a certificate"),
    "deliveries held": marked("Deliveries that a certificate holds"),
    "one live certificate": marked("One live certificate a delivery"),
}
