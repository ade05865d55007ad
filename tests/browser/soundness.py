"""What is measured on a page as it stands in a browser: accessibility, targets, overflow, keyboard, weight, shift."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
NARROW = 320  # 1280 px at 400 %
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Where somebody presses: the control itself, or the label around a control that is drawn over it.
# A link with other words beside it in its sentence is as high as its line (WCAG 2.5.8, "inline"); those are links in
# paragraphs, list items, facts and the small second lines of tables. A link of one word is as wide as its word.
TARGETS = """() => {
  const small = [];
  for (const each of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!each.checkVisibility({visibilityProperty: true}) || each.type === 'hidden') continue;
    if (each.closest('.away, .skip, [aria-hidden=true], svg, .print-only')) continue;
    const box = (['radio', 'checkbox'].includes(each.type) && each.closest('label') || each).getBoundingClientRect();
    if (box.width === 0) continue;
    const sentence = each.closest('p, li, dd, small, .note');
    const words = (text) => text.replace(/[\\s／、·—　]/g, '').length;
    const inline = each.tagName === 'A' && sentence && words(sentence.textContent) > words(each.textContent)
      && getComputedStyle(each).display === 'inline';
    const text = each.tagName === 'A' && !each.matches('.button');
    const least = each.matches('.main, .field input:not([type=radio]):not([type=checkbox]), .field select, .scan') &&
      !each.closest('.rows') ? 56 : 44;
    if (!inline && (box.height < least - 0.5 || box.width < (text ? 24 : 43.5)))
      small.push(`${each.outerHTML.slice(0, 90)} ${Math.round(box.width)} x ${Math.round(box.height)} < ${least}`);
  }
  return small;
}"""

WIDE = """() => [...document.querySelectorAll('body *')].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.right > innerWidth + 0.5 && box.width > 0 && !each.closest('.scroll, .away, svg, .flow-scroll') &&
    getComputedStyle(each).position !== 'absolute';
}).slice(0, 5).map((each) => each.outerHTML.slice(0, 90))"""

# What the keyboard has to reach: everything that can be pressed or filled in, one radio of each group.
REACHABLE = """() => {
  const groups = new Set();
  return [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((each) => {
    if (each.disabled || each.tabIndex < 0 || each.type === 'hidden' || !each.checkVisibility()) return false;
    if (each.type !== 'radio') return true;
    const first = !groups.has(each.name);
    groups.add(each.name);
    return first;
  }).length;
}"""
# The browser goes on from wherever it was last; the first stop of a page is reached backwards from the second.
FIRST = """() => {
  const all = [...document.querySelectorAll('a[href], button, summary')].filter((each) => each.tabIndex >= 0);
  all[0].focus();
}"""
FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const drawn = each.type === 'radio' && each.nextElementSibling || each;
  const style = getComputedStyle(drawn);
  if (!window.order) window.order = [...document.querySelectorAll('*')];
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const parts = /date|file/.test(each.type);  // the parts of a day are stops of their own
  return {at: window.order.indexOf(each), ring, parts, html: each.outerHTML.slice(0, 90)};
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, rule by rule with the elements."""
    found = AXE.run(page, options={"resultTypes": ["violations"], "runOnly": list(TAGS)})
    response: dict[str, Any] = found.response
    return [f"{each['id']}: {node['target']} {node['html'][:90]}" for each in response["violations"]
            for node in each["nodes"]]  # fmt: skip


def small_targets(page: Page) -> list[str]:
    """Controls that are too small to press with a gloved finger."""
    found: list[str] = page.evaluate(TARGETS)
    return found


def wider_than_the_window(page: Page) -> list[str]:
    """What makes the page scroll sideways at 400 %; nothing where it does not."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found: list[str] = page.evaluate(WIDE) if scrolls else []
    return found or (["the page scrolls"] if scrolls else [])


def keyboard_faults(page: Page) -> list[str]:
    """Go through the page with Tab: everything is reached, in the order of reading, and shows that it is."""
    expected, faults, last, reached = page.evaluate(REACHABLE), [], -1, 0
    page.evaluate(FIRST)
    page.keyboard.press("Shift+Tab")
    while reached <= expected:
        page.keyboard.press("Tab")
        held = page.evaluate(FOCUSED)
        if held is None or held["at"] < last:
            break
        if held["at"] == last and not held["parts"]:
            faults.append(f"focus stays: {held['html']}")
            break
        faults += [] if held["ring"] else [f"no focus to be seen: {held['html']}"]
        last, reached = held["at"], reached + (held["at"] != last)
    return faults if reached == expected else [*faults, f"{reached} of {expected} controls were reached"]
