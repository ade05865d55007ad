"use strict";
// Sends what waits on this device, whichever page is open, each entry once: its key makes a second sending harmless.
const waiting = () => JSON.parse(localStorage.getItem("unsent") || "[]");

function keepWaiting(entries) {
  localStorage.setItem("unsent", JSON.stringify(entries));
  dispatchEvent(new Event("unsent"));
}

// The token of this session now: the page itself may have come out of the cache.
async function tokenNow() {
  const page = await fetch("/unsent", { cache: "no-store" });
  if (page.redirected) throw new Error("signed out");
  return new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrf-token]").content;
}

async function sendOne(entry, csrf) {
  const body = new URLSearchParams(entry);
  body.delete("fault");
  body.set("csrf_token", csrf);
  const answer = await fetch("/weigh-in", { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await answer.json().catch(() => ({}));
  if (said.saved) {
    keepWaiting(waiting().filter((each) => each.form_key !== entry.form_key));
    dispatchEvent(new CustomEvent("sent", { detail: decodeURIComponent(said.saved.split("=").pop()) }));
  } else if (said.faults) {
    const fault = said.faults.map((each) => each.sentence).join(" ");
    keepWaiting(waiting().map((each) => (each.form_key === entry.form_key ? { ...each, fault } : each)));
  }
}

let sending = false;
async function sendWaiting() {
  if (sending || waiting().length === 0) return;
  sending = true;
  try {
    const csrf = await tokenNow();
    for (const entry of waiting()) await sendOne(entry, csrf);
  } catch (error) {
    // No network yet, or nobody is signed in: the page of what waits leads to where one signs in.
    if (error.message === "signed out" && location.pathname === "/unsent") location.assign("/sign-in?next=/unsent");
  } finally {
    sending = false;
  }
}
addEventListener("online", sendWaiting);
sendWaiting();
