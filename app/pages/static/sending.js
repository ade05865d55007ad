"use strict";
// Sends what waits on this device, whichever page is open, each entry once: its key makes a second sending harmless.
// Whoever weighed it in stands in the books: an entry of somebody else waits for them, or until it is taken over.
const waiting = () => JSON.parse(localStorage.getItem("unsent") || "[]");

function keepWaiting(entries) {
  localStorage.setItem("unsent", JSON.stringify(entries));
  dispatchEvent(new Event("unsent"));
}

const said = (page, name) => page.querySelector(`[name=${name}]`).content;

// Who is signed in, and the token of this session, now: the page itself may have come out of the cache.
async function sessionNow() {
  const page = await fetch("/unsent", { cache: "no-store" });
  if (page.redirected) throw new Error("signed out");
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  return { csrf: said(fresh, "csrf-token"), person: said(fresh, "person") };
}

async function sendOne(entry, csrf) {
  const body = new URLSearchParams(entry);
  for (const ours of ["fault", "by"]) body.delete(ours);
  body.set("csrf_token", csrf);
  const answer = await fetch("/weigh-in", { method: "POST", body, headers: { Accept: "application/json" } });
  const told = await answer.json().catch(() => ({}));
  if (told.saved) {
    keepWaiting(waiting().filter((each) => each.form_key !== entry.form_key));
    dispatchEvent(new CustomEvent("sent", { detail: decodeURIComponent(told.saved.split("=").pop()) }));
  } else if (told.faults) {
    const fault = told.faults.map((each) => each.sentence).join(" ");
    keepWaiting(waiting().map((each) => (each.form_key === entry.form_key ? { ...each, fault } : each)));
  }
}

let sending = false;
async function sendWaiting() {
  if (sending || waiting().length === 0) return;
  sending = true;
  try {
    const { csrf, person } = await sessionNow();
    for (const entry of waiting()) if (!entry.by || entry.by === person) await sendOne(entry, csrf);
  } catch (error) {
    // No network yet, or nobody is signed in: the page of what waits leads to where one signs in.
    if (error.message === "signed out" && location.pathname === "/unsent") location.assign("/sign-in?next=/unsent");
  } finally {
    sending = false;
  }
}
addEventListener("online", sendWaiting);
sendWaiting();
