"""Hand-written certificates, each there for what it strains; ``SAMPLES`` has them by name."""

from dataclasses import replace
from datetime import date

from certificates.content import Certificate, Party, Supplier
from tests.certificates.journeys import (
    CAR,
    CASTING,
    EXTRUSION,
    HAULIER,
    MELTING,
    TRUCK,
    Deliver,
    Enter,
    Work,
    certificate,
    renamed,
)

TRUCK_BODY = ("トラックボデー", "Truck body")
CAR_BODY = ("新幹線車両 構体用押出形材", "Extrusions for Shinkansen car-body structures")
PROFILE = ("押出形材", "Extruded profile")
SUPPLIER = Supplier("4.2", "EPD-2026-0417 Low-carbon primary aluminium", "Nordic Metal AS", date(2027, 3, 31))


def truck_body() -> Certificate:
    """One body of three made from three bodies returned: 687.286 kg of metal would do, the unit factor binds."""
    return certificate(
        [Enter("own", 2400, "S26-0917", units=3, counter="台", slip="W10-0311", vehicle="新潟100か1234")],
        [
            Work("remelt", ("H26-1019",), MELTING, date(2026, 10, 12), loss=96, made="billet"),
            Work("fabricate", ("F26-1106",), EXTRUSION, date(2026, 11, 6), 24, 180, 700, 3),
        ],
        [Deliver(700, 1, TRUCK, TRUCK_BODY, "A5083", "台")],
        recipient=HAULIER,
        number="GMC-2026-000008",
    )


def train_set() -> Certificate:
    """A set of sixteen cars over three sites, with all four columns and two lots of the recipient's own."""
    return certificate(
        [
            Enter("own", 5350, "S26-1002", units=1, counter="両", slip="W10-0002", vehicle="X3編成"),
            Enter("own", 6210, "S26-1006", units=1, counter="両", slip="W10-0006", vehicle="X27編成"),
            Enter("other", 2070, lots=2, units=3, counter="台"),
            Enter("pre_consumer", 570, lots=2),
            Enter("primary", 2800, "P26-0091", supplier=SUPPLIER),
            Enter("alloying", 60, "A26-0034"),
        ],
        [
            Work("remelt", ("H26-1023",), MELTING, date(2026, 10, 23), 460),
            Work("cast", ("C26-1028",), CASTING, date(2026, 10, 28), 350),
            Work("extrude", ("X26-1104",), EXTRUSION, date(2026, 11, 2), 150, 2300),
            Work("fabricate", ("K26-1104",), EXTRUSION, date(2026, 11, 4), 0, 1000, None, 16),
        ],
        [Deliver(12800, 16, CAR, CAR_BODY, "A6N01", "両")],
    )


def mass_binds() -> Certificate:
    """A light, half-recycled body: the metal supports less than the published figure."""
    return certificate(
        [
            Enter("own", 1210.5, "S26-0801", units=2, counter="台", slip="W08-0101"),
            Enter("primary", 1404.25, "P26-0077"),
        ],
        [
            Work("remelt", ("H26-0811",), MELTING, date(2026, 8, 11), 84.611, made="billet"),
            Work("fabricate", ("F26-0821",), MELTING, date(2026, 8, 21), 30.139, 300, 550, 4),
        ],
        [Deliver(550, 1, TRUCK, TRUCK_BODY, "A5083", "台")],
        recipient=HAULIER,
    )


def two_customers() -> Certificate:
    """The worked example's heat, from two customers, extruded at no loss and sold by the kilogram."""
    return certificate(
        [
            Enter("own", 5003, "A", units=6, counter="台", slip="W10-0009", vehicle="品川100あ0001"),
            Enter("other", 2999, lots=1, units=1, counter="両"),
            Enter("primary", 2000, "P"),
            Enter("alloying", 41, "X"),
        ],
        [
            Work("remelt", ("L26-0001",), MELTING, date(2026, 10, 4), 301, made="billet"),
            Work("extrude", ("X26-0001",), EXTRUSION, date(2026, 10, 9)),
        ],
        [Deliver(9742, None, None, PROFILE, "A6061", "本")],
        recipient=HAULIER,
    )


def profile_by_mass() -> Certificate:
    """Kilograms only, no unit factor, nothing of the recipient's own, and bought ingot entering late."""
    return certificate(
        [
            Enter("other", 4200, lots=5, units=6, counter="台"),
            Enter("primary", 15, "P26-0100"),
            Enter("ingot", 900, "G26-0003", stage=1, supplier=SUPPLIER),
            Enter("internal", 120, "N26-0002", stage=1),
        ],
        [
            Work("remelt", ("H26-0905",), MELTING, date(2026, 9, 5), 200),
            Work("cast", ("C26-0910",), CASTING, date(2026, 9, 10), 60),
            Work("extrude", ("X26-0912",), EXTRUSION, date(2026, 9, 12), 25, 800, 2345.678),
        ],
        [Deliver(2345.678, None, None, PROFILE, "A6063")],
    )


def five_lines() -> Certificate:
    """Five lines of several products, forty own lots and twenty-five steps: the tables go on for pages."""
    own = [
        Enter("own", 800 + 3.125 * i, f"S26-{1001 + i}", units=1, counter="台", slip=f"W10-{i + 1:04d}",
              vehicle=f"品川100あ{1000 + i}") for i in range(40)
    ]  # fmt: skip
    others = [
        Enter("other", 2070, lots=12, units=14, counter="台"), Enter("pre_consumer", 570, lots=7),
        Enter("primary", 5000, "P26-0091"), Enter("primary", 3000, "P26-0092"), Enter("alloying", 60, "A26-0034"),
        Enter("billet", 1500, "B26-0007", stage=2, supplier=SUPPLIER),
    ]  # fmt: skip
    works = [
        Work("remelt", tuple(f"H26-{1000 + i}" for i in range(8)), MELTING, date(2026, 10, 1), 1460.5),
        Work("cast", tuple(f"C26-{1000 + i}" for i in range(7)), CASTING, date(2026, 10, 11), 350),
        Work("extrude", tuple(f"X26-{1000 + i}" for i in range(6)), EXTRUSION, date(2026, 10, 21), 400, 6000),
        Work(
            "fabricate",
            tuple(f"F26-{1000 + i}" for i in range(4)),
            EXTRUSION,
            date(2026, 11, 1),
            90,
            900,
            13612.847,
            60,
        ),
    ]
    lines = [
        Deliver(6250.125, 8, CAR, CAR_BODY, "A6N01", "両"), Deliver(3100, 4, CAR, CAR_BODY, "A6N01", "両"),
        Deliver(1400, 2, TRUCK, TRUCK_BODY, "A5083", "台"), Deliver(640.5, 1, TRUCK, TRUCK_BODY, "A5083", "台"),
        Deliver(2222.222, None, None, PROFILE, "A6063"),
    ]  # fmt: skip
    many = certificate([*own, *others], works, lines, recipient=HAULIER, number="GMC-2026-000123")
    notes = ("D-26-1187", "D-26-1190", "D-26-1201")
    return replace(
        many, delivery_notes=notes, quote="Q-26-0311", sites=(MELTING, EXTRUSION), replaces="GMC-2026-000101"
    )


def three_lines() -> Certificate:
    """Three lines stand on page one."""
    lines = [
        Deliver(1400, 2, TRUCK, TRUCK_BODY, "A5083", "台"), Deliver(640.5, 1, TRUCK, TRUCK_BODY, "A5083", "台"),
        Deliver(222.222, None, None, PROFILE, "A6063"),
    ]  # fmt: skip
    return certificate(
        [Enter("own", 2000, "S26-0001", units=2, counter="台"), Enter("primary", 500, "P26-0001")],
        [Work("remelt", ("H26-0001",), MELTING, date(2026, 10, 1), 100, made="billet"),
         Work("fabricate", ("F26-0001",), MELTING, date(2026, 10, 2), 10, 100, 2262.722, 3)],
        lines,
        recipient=HAULIER,
    )  # fmt: skip


def all_primary() -> Certificate:
    """Nothing recycled: the claim is 0 and nothing is certified of it."""
    return certificate(
        [Enter("primary", 3000, "P26-0200"), Enter("alloying", 12.5, "A26-0200")],
        [
            Work("remelt", ("H26-0301",), MELTING, date(2026, 3, 1), 12.5, made="billet"),
            Work("extrude", ("X26-0303",), EXTRUSION, date(2026, 3, 3), 0, 0, 1000),
        ],
        [Deliver(1000, None, None, PROFILE, "A6063")],
    )


def direct_billet() -> Certificate:
    """Bought billet delivered as it came: no stage, no step."""
    return certificate(
        [Enter("billet", 5000, "B26-0007", supplier=SUPPLIER)], [],
        [Deliver(2500, None, None, ("ビレット", "Billet"), "A6063", None, "billet")],
    )  # fmt: skip


def tiny_flows() -> Certificate:
    """Columns under half a percent beside a very large one."""
    return certificate(
        [
            Enter("own", 9900, "S26-0001", units=12, counter="台"),
            Enter("other", 20, lots=1),
            Enter("pre_consumer", 3, lots=1),
            Enter("alloying", 8.5, "A26-0001"),
        ],
        [
            Work("sort", ("T26-0001",), MELTING, date(2026, 10, 1), 431.5),
            Work("remelt", ("H26-0001",), MELTING, date(2026, 10, 3), 190, 0, None, None, "billet"),
            Work("fabricate", ("F26-0001",), MELTING, date(2026, 10, 5), 10, 20, 700, 12),
        ],
        [Deliver(700, 1, TRUCK, TRUCK_BODY, "A5083", "台")],
        recipient=HAULIER,
    )


def long_names() -> Certificate:
    """A recipient of sixty Japanese and ninety English characters, a verifier, and a claim of nine digits."""
    name_ja = (
        "東日本広域連合高速鉄道車両製造保守整備再生資源循環事業"
        "協同組合連合会中央本部車両資材調達管理センター第一調達室御前崎分室"
    )
    name_en = "Federation of Eastern Regional High-Speed Rolling-Stock Manufacture, Recycling and Supply"
    hollow = (
        "新幹線車両 構体用大型中空押出形材（先頭車・中間車・グリーン車共通 補強材付き）",
        "Large hollow extrusions for Shinkansen car bodies, leading and intermediate cars, with stiffeners",
    )
    big = certificate(
        [Enter("own", 10_500_000.123, "S26-1002", units=2880, counter="両", slip="W10-0002", vehicle="X3編成"),
         Enter("primary", 3_000_000, "P26-0091")],
        [Work("remelt", ("H26-1023",), MELTING, date(2026, 10, 23), 460_000.5),
         Work("extrude", ("X26-1104",), EXTRUSION, date(2026, 11, 2), 15_000, 300_000.111, 12_500_000)],
        [Deliver(12_500_000, None, None, hollow)],
    )  # fmt: skip
    named = renamed(big, name_ja[:60], name_en[:90])
    site = Party("EXTR", "押出工場（新潟東港・第二製造部）", "Extrusion works, Niigata East Port, second department")
    issuer = Party(
        None, "見本軽金属ホールディングス株式会社アルミニウム循環事業部", "Example Light Metal Holdings, Aluminium Loop"
    )
    return replace(named, verifier="一般財団法人 見本検証機構", sites=(site, CASTING), issuer=issuer,
                   lines=tuple(replace(line, alloy="A6N01") for line in named.lines))  # fmt: skip


SAMPLES = {
    make.__name__: make
    for make in (
        truck_body, train_set, mass_binds, two_customers, profile_by_mass, three_lines, five_lines, all_primary,
        direct_billet, tiny_flows, long_names,
    )
}  # fmt: skip
