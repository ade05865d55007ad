"""Somebody at a browser: opens pages as one of the service's people, and presses what is written on its buttons."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from app.wording.catalogue import say
from tests.browser.living import context, signed_in
from tests.browser.stage import Stage
from tests.house import NOW, House


@dataclass
class Visit:
    """A language, a window, and the pages opened in it."""

    stage: Stage
    browser: Browser
    locale: str
    size: ViewportSize
    opened: list[BrowserContext] = field(default_factory=list)

    @property
    def house(self) -> House:
        return self.stage.living.house

    def page(self, role: str, site: str | None = "MC", **more: Any) -> Page:
        """A page of somebody new of a role, who has signed in; the device's clock is the service's."""
        login = self.house.person(role, f"{role}-{len(self.opened)}", site)
        return signed_in(self.device(**more), login)

    def device(self, **more: Any) -> BrowserContext:
        """A browser that nobody has used before."""
        made = context(self.browser, self.stage.living.address, self.locale, self.size, **more)
        made.clock.set_fixed_time(NOW)
        self.opened.append(made)
        return made

    def word(self, sentence: str, **values: object) -> str:
        """A sentence of ours in the visitor's language."""
        return say(self.locale, sentence).format(**values)

    def button(self, page: Page, sentence: str, **values: object) -> Locator:
        return page.get_by_role("button", name=self.word(sentence, **values), exact=True)

    def press(self, page: Page, sentence: str, **values: object) -> None:
        """Press a button and wait for the page that follows."""
        with page.expect_navigation():
            self.button(page, sentence, **values).click()

    def follow(self, page: Page, sentence: str, within: str = "main") -> None:
        """Follow a link that begins so; many go on to say what is behind them."""
        begins = re.compile("^" + re.escape(self.word(sentence)))
        with page.expect_navigation():
            page.locator(within).get_by_role("link", name=begins).first.click()

    def told(self, page: Page, *words: str) -> None:
        """The message under the header says this."""
        for word in words:
            expect(page.locator(".toast")).to_contain_text(word)

    def leave(self) -> None:
        for each in self.opened:
            each.close()


def slip(page: Page, number: str, gross_kg: str = "10450", tare_kg: str | None = "8000") -> None:
    """Fill in a weighing slip of three truck bodies."""
    page.fill("[name=slip_number]", number)
    page.select_option("[name=customer]", "TRUCK-M")
    page.locator("[name=item][value=truck-body]").check(force=True)
    page.fill("[name=units]", "3")
    page.fill("[name=gross_kg]", gross_kg)
    if tare_kg is not None:
        page.fill("[name=tare_kg]", tare_kg)
    page.fill("[name=deduction_kg]", "50")
    page.select_option("[name=alloy]", "A5083")


def lots(house: House) -> list[dict[str, Any]]:
    """The lots in the books."""
    found: list[dict[str, Any]] = house.get("/lots?limit=100")["items"]
    return found
