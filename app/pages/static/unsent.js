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
  note.textContent = (entry.fault || list.dataset.wait) + "　" + [entry.gross_kg, entry.tare_kg, entry.deduction_kg || "0"].join(" − ") + " kg　" + (entry.weighed_at || entry.entered_at || "").replace("T", " ");
  words.append(head, note);
  drop.type = "button";
  drop.className = "link";
  drop.textContent = list.dataset.drop;
  drop.addEventListener("click", () => {
    if (drop.dataset.sure) keepWaiting(waiting().filter((each) => each.form_key !== entry.form_key));
    drop.dataset.sure = "1";
    drop.textContent = list.dataset.sure;
  });
  box.append(words, drop);
  item.append(box);
  return item;
}

button.addEventListener("click", sendWaiting);
addEventListener("unsent", show);
addEventListener("sent", (event) => { told.textContent = event.detail + " ✓"; });
show();
