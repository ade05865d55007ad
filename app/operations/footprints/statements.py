"""What a footprint says in words, in English and Japanese, as its certificate says it."""

from certificates import wording
from certificates.content import Certificate

# The required list names the methodology whose data model this follows; it cannot be left empty.
STANDARD = "PACT-3.0"
# The issuer's published factors do not say which IPCC report they rest on. The field is required, and the method asks
# for the latest: the comment tells whoever reads the footprint.
CHARACTERIZATION = "AR6"


def _both(text: wording.Text) -> str:
    return f"{text.en} {text.ja}"


ALLOCATION = _both(wording.CHAIN_OF_CUSTODY)
EXEMPTED = (
    "Nothing within the boundary was exempted. Outside of it, and not estimated: collection, sorting and transport. "
    "範囲内で除外した排出はありません。回収・選別・輸送は範囲外で、推計していません。"
)
_SELF_DECLARED = "Self-declared, not verified by a third party; 自己宣言・第三者検証なし。"
_VERIFIED = "Verified by {verifier}; {verifier}による第三者検証。"
_COMMENT = (
    "No conformity with ISO 14067 is claimed, and with the PACT Methodology only as far as this footprint shows. "
    "Factors are the issuer's published ones, those of measured energy the national reporting scheme's; they do not "
    "name the IPCC assessment report they rest on. "
    "Primary data share: the part of measured energy data in the figure. "
    "The avoided CO2 stands in an extension and is in no figure of this footprint. "
    "ISO 14067適合を主張せず、PACT方法論への準拠も本データに示す範囲に限ります。"
    "係数は発行者公表値（実測エネルギーは国の算定・報告制度の値）で、基礎とするIPCC報告書は示されていません。"
    "一次データ比率は実測エネルギーデータの割合です。"
    "削減量は拡張データに示し、本フットプリントのどの値にも含みません。"
)


def boundary(certificate: Certificate) -> str:
    """What is within, and how processing was reckoned: by averages, or by meters where these were read."""
    return _both(wording.footprint(certificate.factors))


def comment(verifier: str | None) -> str:
    """What is to be known to read the figures, with whoever verified them.

    Named here and not as the footprint's ``verification``, which would say that it was done as PACT requires.
    """
    declared = _VERIFIED.format(verifier=verifier) if verifier else _SELF_DECLARED
    return f"{declared} {_COMMENT}"
