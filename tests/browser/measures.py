"""What is measured of a page as a browser shows it: axe, sizes of what is pressed, overflow, bytes, shifts."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

TOUCH, MAIN = 44, 56

# Links in running text are as high as its lines (WCAG 2.5.8, "inline"): those of sentences, of facts beside their
# names, of a list of reasons; and those drawn into the way of the metal, which the table beside it repeats.
RUNNING_TEXT = "p a, dd a, li a, td a, small a, h2 a, svg a"
TOO_SMALL = """([touch, main, running]) => {
  const faults = [];
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const each of document.querySelectorAll(pressed)) {
    if (each.closest(".away, .skip, [hidden]") || !each.checkVisibility()) continue;
    const list = each.closest(".list, .toast, .links, .empty");
    if (each.matches(running) && !list && !each.matches(".button, .link")) continue;
    const around = each.closest("label.check, .segments label") || each;
    const box = around.getBoundingClientRect();
    if (!box.width && !box.height) continue;
    const field = each.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    const inTable = each.closest(".rows");
    const least = (field && !inTable) || each.matches(".button.main") ? main : touch;
    const said = each.outerHTML.slice(0, 90) + " " + Math.round(box.width) + " x " + Math.round(box.height);
    const narrow = each.matches("a:not(.button)") ? 24 : touch;  // a link is as wide as its word
    if (box.height < least - 0.5 || box.width < narrow - 0.5) faults.push("too small: " + said);
  }
  return faults;
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const out = [...document.querySelectorAll("body *")].filter((each) =>
    each.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 && !each.closest(".scroll, .away"));
  return ["too wide by " + wide + ": " + out.slice(0, 3).map((each) => each.outerHTML.slice(0, 80)).join(" | ")];
}"""
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


AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds wrong: rules of WCAG 2.2 A and AA, and best practices."""
    found = AXE.run(page).response["violations"]
    return [f"axe {rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def too_small(page: Page) -> list[str]:
    """What is pressed with a finger and smaller than one."""
    found: list[str] = page.evaluate(TOO_SMALL, [TOUCH, MAIN, RUNNING_TEXT])
    return found


def too_wide(page: Page) -> list[str]:
    """What makes the page itself scroll sideways."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


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
