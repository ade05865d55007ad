"use strict";
// Shows what waits on this device; sending.js, which every page has, sends it.
const list = document.getElementById("list");
const button = document.getElementById("send");
const told = document.getElementById("told");
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
  note.textContent = [entry.gross_kg, entry.tare_kg, entry.deduction_kg || "0"].join(" − ") + " kg　" + (entry.weighed_at || entry.entered_at || "").replace("T", " ");
  const another = entry.by && entry.by !== said(document, "person");
  words.append(head, note, state(entry, another));
  drop.type = "button";
  drop.className = "link";
  drop.textContent = list.dataset.drop;
  drop.addEventListener("click", () => {
    if (drop.dataset.sure) keepWaiting(waiting().filter((each) => each.form_key !== entry.form_key));
    drop.dataset.sure = "1";
    drop.textContent = list.dataset.sure;
  });
  const deeds = document.createElement("span");
  deeds.className = "deeds";
  if (another) deeds.append(taking(entry));
  else if (entry.fault) deeds.append(correcting(entry));
  deeds.append(drop);
  box.append(words, deeds);
  item.append(box);
  return item;
}

// Why an entry is still here.
function state(entry, another) {
  const words = document.createElement("span");
  words.className = entry.fault ? "error" : "note";
  words.textContent = entry.fault || (another ? list.dataset.by.replace("{person}", entry.by) : list.dataset.wait);
  return words;
}

function correcting(entry) {
  const link = document.createElement("a");
  link.className = "link";
  link.href = "/weigh-in#" + entry.form_key;
  link.textContent = list.dataset.correct;
  return link;
}

// Somebody else's entry, which the one who is signed in now stands for.
function taking(entry) {
  const take = document.createElement("button");
  take.type = "button";
  take.className = "link";
  take.textContent = list.dataset.take;
  take.addEventListener("click", () => {
    const by = said(document, "person");
    keepWaiting(waiting().map((each) => (each.form_key === entry.form_key ? { ...each, by } : each)));
    sendWaiting();
  });
  return take;
}

button.addEventListener("click", sendWaiting);
addEventListener("unsent", show);
addEventListener("sent", (event) => { told.textContent = event.detail + " ✓"; });
show();
