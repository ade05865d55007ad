"""The fixed words of the documents, Japanese and English, as domain.md gives them ("Its sentences").

"₂" is in no font at hand; whoever draws these draws it as a lowered 2. Nothing here mentions a signature, because
documents are not signed yet.
"""

from collections.abc import Sequence
from typing import NamedTuple

from certificates.content import Certificate, Factor


class Text(NamedTuple):
    """The same thing said in both languages."""

    ja: str
    en: str


NAME = Text("グリーン材証明書", "Green-material certificate")

_TITLE = Text(
    "グリーン材証明書 ― 再生アルミニウム使用率・CO₂算定書（{assurance}）。"
    "「グリーン材」は当社の制度名で、製品全体の環境優位性を示すものではありません。",
    "Green-material certificate: recycled aluminium content and CO₂ statement ({assurance}). "
    '"Green material" is our scheme\'s name, not a claim of overall environmental superiority.',
)
_SELF_DECLARED = Text("自己宣言・第三者検証なし", "self-declared, not third-party verified")
_VERIFIED = Text("第三者検証：{verifier}", "third-party verified by {verifier}")

CERTIFIES_CLOSED_LOOP = Text(
    "下記の製品に、お客様から回収したアルミニウムを溶かし直して使用したことを証明します。",
    "We certify that the product below was made with aluminium returned to us by you and remelted.",
)
CERTIFIES_POST_CONSUMER = Text(
    "下記の製品に、使用済みアルミニウムを溶かし直して使用したことを証明します。",
    "We certify that the product below was made with used aluminium, remelted.",
)

CLAIM = Text(
    "CO₂排出削減量（新地金だけの場合との差・算定値）",
    "Avoided CO₂ (calculated difference from an all-primary product)",
)
CAPS = Text(
    "上限① 1台（両）当たり公表値 · 上限② 使用済み由来再生材 × 11.64 · 明細ごとに低い方の合計",
    "Cap 1: published unit figure; cap 2: post-consumer metal x 11.64; the sum over lines of the lower.",
)
BASELINE = Text(
    "基準：再生材と同量の新地金（12 kg-CO₂e/kg）。再生時はその3 %（0.36）。いずれも発行者公表値（係数の版・出典）。"
    "再生材1 kgが新地金1 kgに代わると仮定し、使用・廃棄段階を含みません。",
    "Baseline: the same mass of primary metal at 12; recycling at 3 % of it (0.36). Issuer's published factors. "
    "Assumes 1:1 substitution; excludes use and end of life.",
)
FOOTPRINT = Text(
    "部分CFP（原料採取から当社出荷まで）。スクラップは排出0で受入（カットオフ）。加工は全社平均。"
    "回収・選別・輸送を含みません。ISO 14067適合を主張せず、条件の異なる値と比較できません。",
    "Partial CFP, cradle to our gate. Scrap enters at zero (cut-off); processing is a company average; "
    "collection, sorting and transport excluded. No ISO 14067 conformity claimed; not comparable with values on "
    "other terms.",
)
_AVERAGE = Text("加工は全社平均。", "processing is a company average; ")
_METERED = Text(
    "加工は全社平均、計測した工程は実測エネルギー（燃料は燃焼のみ）。",
    "processing is a company average, or measured energy where a step was metered (fuels: combustion only); ",
)
FOOTPRINT_APART = Text(
    "削減量とは別の指標で、足し引きできません。",
    "A separate measure; not to be netted with the avoided CO₂.",
)
DISCLAIMER = Text(
    "この差はクレジットでもオフセットでもなく、排出量から控除できません。CFPとは合算・相殺しません。"
    "同じ金属を対象とする他の有効な当社証明書はありません。材料提供者を含め、重ねて主張しないでください。"
    "最新の状態はQR先が優先します。",
    "Not a credit or an offset; not deductible from any inventory, nor netted with the CFP. "
    "No other valid certificate of ours covers this metal. Do not claim it again, scrap providers included. "
    "The page behind the QR prevails.",
)
CHAIN_OF_CUSTODY = Text(
    "管理ブレンド方式（controlled blending、ISO 22095の用語）：溶解は装入量による平均、固体工程は製造ロットの平均。"
    "損失は全原料に比例配分。個々の部品の由来を示しません。",
    "Controlled blending (ISO 22095 term): melt shares are charge averages, solid steps batch averages; "
    "loss is spread pro rata. Not the origin of an individual part.",
)

AUTHORITY = Text(
    "正本は紙面ではなく、QRコード先の表示です。",
    "The page behind the QR code is authoritative, not this paper.",
)
NOT_AN_OFFSET = Text("クレジットでもオフセットでもありません。", "Not a credit or an offset.")
_OWN_CALCULATION = Text("自社算定・第三者検証なし", "Own calculation, not verified by a third party")
NO_FACTOR = Text("—（係数なし）", "— (no factor)")

# The four columns of recycled content, in order; the short names fit a legend and a flow picture.
COLUMNS = (
    Text("お客様の発生品", "Closed loop: your own scrap"),
    Text("他のお客様の発生品", "Other customers' scrap"),
    Text("工程端材", "Pre-consumer"),
    Text("新地金・添加材ほか", "Primary, alloying, other"),
)
CUSTOMERS = Text("お客様の発生品", "Customers' scrap")
STEPS = {
    "sort": Text("選別", "Sort"),
    "remelt": Text("溶解", "Remelt"),
    "cast": Text("鋳造", "Cast"),
    "extrude": Text("押出", "Extrude"),
    "fabricate": Text("製作", "Fabricate"),
}
KINDS = {
    "scrap": Text("スクラップ", "Scrap"),
    "primary": Text("新地金", "Primary"),
    "alloying": Text("添加材", "Alloying metal"),
    "ingot": Text("地金", "Ingot"),
    "billet": Text("ビレット", "Billet"),
    "product": Text("製品", "Product"),
    "return": Text("返り材", "Returns"),
    "heel": Text("残湯", "Heel"),
}
# The groups of content.GROUPS, as the table of origins tags them.
GROUPS = {
    "own": Text("お客様の発生品", "Your scrap"),
    "other": Text("他のお客様の発生品", "Others, as a sum"),
    "pre_consumer": Text("工程端材", "Pre-consumer"),
    "primary": Text("新地金", "Primary"),
    "alloying": Text("添加材", "Alloying metal"),
    "internal": Text("社内発生スクラップ", "Internal scrap"),
    "ingot": Text("購入地金", "Bought ingot"),
    "billet": Text("購入ビレット", "Bought billet"),
}
FACTORS = {
    "avoided.truck-body": Text("トラックボデー1台", "per truck body"),
    "avoided.shinkansen-trainset": Text("新幹線1編成", "per train set"),
    "cars-per-trainset": Text("1編成の両数", "cars per set"),
    "footprint.primary": Text("新地金", "primary metal"),
    "footprint.production": Text("製造", "production"),
    "recycling-share": Text("再生時の割合", "remelting share"),
    "energy.electricity": Text("購入電力", "electricity"),
    "energy.gas": Text("都市ガス", "city gas"),
    "energy.oil": Text("A重油", "fuel oil"),
}
# What comes with the factors of our own is kept in one language; whoever changes a factor writes its own.
_OF_FACTORS = (
    Text("1台当たり 8 t-CO2", "8 t-CO2 a body"),
    Text("1編成当たり 50 t-CO2", "50 t-CO2 a train set"),
    Text("50 tは16両編成（N700S）についての値", "the 50 t is for a set of 16 cars (N700S)"),
    Text(
        "どの編成の車両も、1両を16分の1編成と数える",
        "a car counts as 1/16 of a set, whatever set it came from",
    ),
    Text("鉱石からつくる金属のScope 3", "Scope 3 of metal made from ore"),
    Text("製造拠点のScope 1・2、製品1 kg当たり", "Scope 1 and 2 of the works, per kg of product"),
    Text("新地金の係数に対する割合、装入したスクラップ1 kg当たり", "of footprint.primary, per kg of scrap charged"),
    Text(
        "契約ごとの係数は新しい版として登録、再生可能電力は0",
        "the contract's own factor is kept as a new version; renewable electricity counts 0",
    ),
    Text("燃焼のみ", "combustion only"),
)
_OF_FACTOR = {written: said for said in _OF_FACTORS for written in said}
_COUNTERS = {"台": "units", "両": "cars", "本": "pieces", "個": "pieces"}


def title(certificate: Certificate) -> Text:
    """The title sentence, with the self-declaration or with the verifier in its place."""
    assurance = _assurance(certificate.verifier, _SELF_DECLARED)
    return Text(_TITLE.ja.format(assurance=assurance.ja), _TITLE.en.format(assurance=assurance.en))


def footprint(factors: Sequence[Factor]) -> Text:
    """The sentence beside a CFP; where energy was measured, it says so in the place of the average alone."""
    if not any(factor.key.startswith("energy.") for factor in factors):
        return FOOTPRINT
    return Text(
        FOOTPRINT.ja.replace(_AVERAGE.ja, _METERED.ja, 1),
        FOOTPRINT.en.replace(_AVERAGE.en, _METERED.en, 1),
    )


def assurance(verifier: str | None) -> Text:
    """Who stands behind the figures, in a line."""
    return _assurance(verifier, _OWN_CALCULATION)


def _assurance(verifier: str | None, without: Text) -> Text:
    if verifier is None:
        return without
    return Text(_VERIFIED.ja.format(verifier=verifier), _VERIFIED.en.format(verifier=verifier))


def of_factor(written: str) -> Text:
    """A factor's source or note in both languages, where it is one of our own; else as it was written."""
    return _OF_FACTOR.get(written, Text(written, written))


def certifying(certificate: Certificate) -> Text | None:
    """The certifying sentence, which follows the metal; None where nothing post-consumer is in it."""
    if certificate.recycled.closed_loop_g > 0:
        return CERTIFIES_CLOSED_LOOP
    if certificate.recycled.post_consumer_g > 0:
        return CERTIFIES_POST_CONSUMER
    return None


def counter_en(counter_ja: str | None, units: int) -> str:
    """The English counter beside a Japanese one: 両 -> "cars"."""
    plural = _COUNTERS.get(counter_ja or "", "units")
    return plural[:-1] if units == 1 else plural
