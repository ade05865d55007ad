"""What is measured of a page as a browser shows it: sizes of what is pressed, overflow, shifts, bytes."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

TOUCH, MAIN = 44, 56

# Links in running text are as high as its lines (WCAG 2.5.8, "inline"): those of sentences, of facts beside their
# names, of a list of reasons; and those drawn into the way of the metal, which the table beside it repeats.
RUNNING_TEXT = "p:not(.links) a, dd a, li a, td a, small a, h2 a, svg a"
TOO_SMALL = """([touch, main, running]) => {
  const faults = [];
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const each of document.querySelectorAll(pressed)) {
    if (each.closest(".away, .skip, [hidden]") || !each.checkVisibility()) continue;
    const list = each.closest(".list, .toast, .links, .empty, .crumbs");
    if (each.matches(running) && !list && !each.matches(".button, .link")) continue;
    const around = each.closest("label.check, .segments label") || each;
    const box = around.getBoundingClientRect();
    if (!box.width && !box.height) continue;
    const field = each.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    const inTable = each.closest(".rows");
    const least = (field && !inTable) || each.matches(".button.main") ? main : touch;
    const said = each.outerHTML.slice(0, 90) + " " + Math.round(box.width) + " x " + Math.round(box.height);
    if (box.height < least - 0.5 || box.width < touch - 0.5) faults.push("too small: " + said);
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
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(shifts.filter((each) => !each.hadRecentInput)
    .map((each) => "shifted by " + each.value + ": " + each.sources.map((s) => s.node && (s.node.outerHTML || "").slice(0, 60)).join(" | "))), 60));
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
    """What moved after it had been drawn."""
    found: list[str] = page.evaluate(SHIFTED)
    return found


@dataclass
class Bytes:
    """What came over the line for a page, packed as it was."""

    answers: list[Response] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("response", lambda answer: self.answers.append(answer))  # noqa: PLW0108 - marked by who calls it

    def of(self, address: str) -> int:
        """Bytes of the page at an address with its style sheet and scripts; not of photos that it shows."""
        wanted = [a for a in self.answers if a.url.split("?")[0].endswith((".css", ".js")) or a.url == address]
        distinct = {answer.url: answer for answer in wanted if answer.ok}
        return sum(answer.request.sizes()["responseBodySize"] for answer in distinct.values())
