"use strict";
// Shows what waits on this device and sends it, each entry once: its key makes a second sending harmless.
const list = document.getElementById("list");
const button = document.getElementById("send");
const told = document.getElementById("told");
const waiting = () => JSON.parse(localStorage.getItem("unsent") || "[]");

function keep(entries) {
  localStorage.setItem("unsent", JSON.stringify(entries));
  dispatchEvent(new Event("unsent"));
  show();
}

function show() {
  const entries = waiting();
  button.hidden = entries.length === 0;
  list.replaceChildren();
  if (entries.length === 0) {
    list.textContent = list.dataset.none;
    return;
  }
  const rows = document.createElement("ul");
  rows.className = "list";
  for (const entry of entries) rows.append(row(entry));
  list.append(rows);
}

function row(entry) {
  const item = document.createElement("li");
  const box = document.createElement("div");
  const words = document.createElement("span");
  const head = document.createElement("b");
  const note = document.createElement("span");
  const drop = document.createElement("button");
  head.textContent = entry.slip_number || "—";
  note.className = "note";
  note.textContent = (entry.fault || list.dataset.wait) + "　" + [entry.gross_kg, entry.tare_kg, entry.deduction_kg || "0"].join(" − ") + " kg　" + (entry.weighed_at || "").replace("T", " ");
  words.append(head, note);
  drop.type = "button";
  drop.className = "link";
  drop.textContent = list.dataset.drop;
  drop.addEventListener("click", () => {
    if (drop.dataset.sure) keep(waiting().filter((each) => each.form_key !== entry.form_key));
    drop.dataset.sure = "1";
    drop.textContent = list.dataset.sure;
  });
  box.append(words, drop);
  item.append(box);
  return item;
}

// The token of this session now: the page itself may have come out of the cache.
async function token() {
  const page = await fetch("/unsent", { cache: "no-store" });
  if (page.redirected) throw new Error("signed out");
  return new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrf-token]").content;
}

let sending = false;
async function send() {
  if (sending || waiting().length === 0) return;
  sending = true;
  try {
    const csrf = await token();
    for (const entry of waiting()) await sendOne(entry, csrf);
  } catch (error) {
    if (error.message === "signed out") location.assign("/sign-in?next=/unsent");
  }
  sending = false;
}

async function sendOne(entry, csrf) {
  const body = new URLSearchParams(entry);
  body.delete("fault");
  body.set("csrf_token", csrf);
  const answer = await fetch("/weigh-in", { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await answer.json().catch(() => ({}));
  if (said.saved) {
    keep(waiting().filter((each) => each.form_key !== entry.form_key));
    told.textContent = decodeURIComponent(said.saved.split("=").pop()) + " ✓";
  } else if (said.faults) {
    keep(waiting().map((each) => (each.form_key === entry.form_key ? { ...each, fault: said.faults.map((fault) => fault.sentence).join(" ") } : each)));
  }
}

button.addEventListener("click", send);
addEventListener("online", send);
show();
send();
