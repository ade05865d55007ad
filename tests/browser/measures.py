"""What is measured of a page as it comes over the line: bytes, shifts after it was drawn, when something was seen."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Response

SHIFTED = """() => new Promise((done) => {
  const shifts = [];
  const note = (list) => shifts.push(...list.getEntries());
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  const said = (each) => "shifted by " + each.value + ": "
    + each.sources.map((source) => source.node && (source.node.outerHTML || "").slice(0, 60)).join(" | ");
  requestAnimationFrame(() => setTimeout(() => done(shifts.filter((each) => !each.hadRecentInput).map(said)), 60));
})"""
FIRST_SEEN = """() => new Promise((done) => {
  const note = (list) => list.getEntriesByName("first-contentful-paint").forEach((each) => done(each.startTime));
  new PerformanceObserver(note).observe({ type: "paint", buffered: true });
})"""


def shifted(page: Page) -> list[str]:
    """What moved after it had been drawn, unless somebody pressed something just before."""
    found: list[str] = page.evaluate(SHIFTED)
    return found


def first_seen_ms(page: Page) -> float:
    """When the first of the page's content was drawn, since it was asked for (First Contentful Paint)."""
    seen: float = page.evaluate(FIRST_SEEN)
    return seen


@dataclass
class Bytes:
    """What came over the line for a page, packed as it was."""

    answers: list[Response] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("response", lambda answer: self.answers.append(answer))  # noqa: PLW0108 - it is marked as a handler

    def of(self, address: str) -> int:
        """Bytes of the page at an address with its style sheet and scripts; not of photos that it shows."""
        parts = (".css", ".js")
        wanted = {a.url: a for a in self.answers if a.url == address or a.url.split("?")[0].endswith(parts)}
        return sum(answer.request.sizes()["responseBodySize"] for answer in wanted.values() if answer.ok)
