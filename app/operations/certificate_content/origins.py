"""Where the metal came from: the recipient's own scrap by lot, other customers' scrap only as a sum."""

from app.operations.certificate_content.gathered import Gathered
from app.records.lineage import OriginRead
from certificates import content

GROUP_NAMES = {
    "other": ("他のお客様の発生品", "Other customers' scrap"),
    "pre_consumer": ("工程端材", "Pre-consumer scrap"),
    "primary": ("新地金", "Primary ingot"),
    "alloying": ("添加材", "Alloying metal"),
    "internal": ("社内返り材", "In-house scrap"),
    "ingot": ("購入インゴット", "Bought ingot"),
    "billet": ("購入ビレット", "Bought billet"),
}


def group_of(origin: OriginRead, recipient: str) -> str:
    """The group an origin stands in (certificates.content.GROUPS)."""
    if origin.scrap_class == "post_consumer":
        return "own" if origin.customer == recipient else "other"
    return origin.scrap_class or origin.kind


def origin_rows(gathered: Gathered) -> tuple[content.Origin, ...]:
    """The rows of the table, in the order of the groups, lots in the order they were registered."""
    rows: dict[tuple[str, int], content.Origin] = {}
    seen: set[int] = set()  # an origin in two delivered lots was received once
    for origins in gathered.origins.values():
        for origin in origins:
            group = group_of(origin, gathered.recipient)
            summed = group in ("other", "pre_consumer")
            key = (group, 0 if summed else origin.id)
            rows[key] = _row(rows.get(key), group, origin, origin.id not in seen, summed)
            seen.add(origin.id)
    return tuple(rows[key] for key in sorted(rows, key=lambda key: (content.GROUPS.index(key[0]), key[1])))


def _row(before: content.Origin | None, group: str, origin: OriginRead, first: bool, summed: bool) -> content.Origin:
    name_ja, name_en = _names(group, origin)
    return content.Origin(
        group=group,
        name_ja=name_ja,
        name_en=name_en,
        lot=None if summed else origin.number,
        lots=(before.lots if before else 0) + first,
        units=None if summed else origin.units,
        counter_ja=None if summed else origin.counter_ja,
        slip=None if summed else origin.slip_number,
        vehicle=None if summed else origin.vehicle,
        received_g=(before.received_g if before else 0) + (origin.entered_g if first else 0),
        in_product_g=(before.in_product_g if before else 0) + origin.made_g,
        supplier=None if summed else _supplier(origin),
    )


def _names(group: str, origin: OriginRead) -> tuple[str, str]:
    if group == "own":
        return origin.item_ja or "", origin.item_en or ""
    return GROUP_NAMES[group]


def _supplier(origin: OriginRead) -> content.Supplier | None:
    if origin.kg_per_kg is None or origin.valid_until is None:
        return None
    return content.Supplier(origin.kg_per_kg, origin.document or "", origin.issuer or "", origin.valid_until)
