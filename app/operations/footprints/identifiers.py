"""Names of company, product and class as URNs under our own domain (PACT 3.0, "Product Identifier URNs").

A product is what is ordered: an item, or a kind of metal, in an alloy. The delivered lot is no part of its name, or a
buyer who asks for what it bought once would never be told of the next delivery; it stands in the extension.
"""

from urllib.parse import quote, urlsplit

from certificates import content

UNRESERVED = "-._~"


def domain_of(certificate: content.Certificate) -> str:
    """The domain that names things: where the certificate's own code opens."""
    return urlsplit(certificate.verify_url).hostname or "localhost"


def public_url_of(certificate: content.Certificate) -> str:
    """Scheme and host of the service, as the certificate has them."""
    parts = urlsplit(certificate.verify_url)
    return f"{parts.scheme}://{parts.netloc}"


def company_id(domain: str) -> str:
    """The issuer. Its domain stands for it: the books know no number of a register."""
    return _urn(domain, "company-id", "issuer")


def product_id(domain: str, line: content.Line) -> str:
    """An item or a kind, in an alloy, as the supplier calls it."""
    return _urn(domain, "supplier-id", f"{line.item or line.kind}.{line.alloy}")


def classification(domain: str, line: content.Line) -> str:
    """The kind of metal, in classes of our own: no code of a public classification is kept with an item."""
    return _urn(domain, "category-id", line.kind)


def _urn(domain: str, type_: str, name: str) -> str:
    return f"urn:pact:{domain}:{type_}:{quote(name, safe=UNRESERVED)}"
