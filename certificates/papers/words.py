"""The fixed words of footprint statements and of a quote's cover, Japanese and English."""

from certificates.wording import Text

STATEMENT = Text("CFP算定書", "Carbon footprint statement")
PROVISIONAL = Text("見積用（暫定）", "Provisional, for a quote")
NO_CLAIM = Text(
    "この算定書は製品のカーボンフットプリント（CFP）だけを示します。CO₂排出削減量は主張せず、グリーン材証明書ではありません。",
    "This statement gives the product's carbon footprint (CFP) alone. It claims no avoided CO₂ and is not a "
    "green-material certificate.",
)
FOR_A_QUOTE = Text(
    "見積用の暫定値です。金属は{until}まで見積{quote}のために取り置いています。出荷した製品のグリーン材証明書だけが証明になります。",
    "Provisional, for a quote. Metal is held for quote {quote} until {until}. Only the certificate of what is "
    "delivered certifies anything.",
)
PER_KG = Text("ロットの全量についての値で、1 kg当たりで示します。", "For the whole lot as made, per kilogram.")
SOURCES = Text("CFPの内訳", "What the footprint comes from")
ROUND = Text(
    "社内返り材・残湯は、それが生じた工程のCO₂を負ったまま戻ったものです。",
    "In-house returns and heels carry the CO₂ of the steps they came from.",
)
MEASURED = Text("実測", "measured")
PRIMARY_DATA = Text("一次データの割合", "Share of primary data")
PRIMARY_DATA_SAYS = Text(
    "計測した工程のCO₂がCFPに占める割合。供給者の値は、うち何割が実測か不明なため含めません。",
    "CO₂ of metered steps as a part of the CFP. Suppliers' own figures are left out: how much of them was measured "
    "is not known.",
)
COMPARED = Text("新地金だけの同じ製品", "The same of primary metal only")
THIS = Text("このロット", "This lot")
COMPARISON = Text("比較", "Comparison")
FACTORS = Text("係数", "Factors in force when it was made")
NOT_A_DIFFERENCE = Text(
    "比較は目安です。差を削減量として使わないでください。",
    "The comparison is for orientation; its difference is not to be used as avoided CO₂.",
)

COVER = Text("見積添付資料", "Documents with the quote")
COVER_SAYS = Text(
    "この資料には、見積に関係する証明書と算定書をまとめています。",
    "This pack holds the certificates and statements that go with the quote.",
)
OWN_QUOTE = Text("見積書は次のページからです。", "The quote itself begins on the next page.")
LINES = Text("見積の明細", "What is quoted")
SENT = Text("出荷済", "Sent")
CERTIFICATES = Text("添付の証明書", "Certificates attached")
AS_ISSUED = Text(
    "証明書のファイルは、発行したときのまま添付しています。最新の状態は、証明書のQRコードの先でお確かめください。",
    "The certificate files are attached exactly as issued. Check their present state behind the QR code.",
)
STATEMENTS = Text("CFP算定書（見積用）", "Provisional footprint statements")
NO_CLAIM_YET = Text(
    "取り置いた金属についての暫定値で、CO₂排出削減量の主張を含みません。",
    "Provisional, for metal held for this quote; they claim no avoided CO₂.",
)
