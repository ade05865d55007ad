"""A page gone through with the Tab key alone."""

from playwright.sync_api import Page

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
