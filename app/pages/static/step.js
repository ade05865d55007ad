"use strict";
// The form of a step is redrawn by the service: lots are added one after another, and shares shown while typing.
const form = document.getElementById("step");
let turn = 0;

async function redrawn(what) {
  const mine = ++turn;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", what);
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer || !answer.ok || mine !== turn) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Only figures change while somebody types; the field under their fingers stays.
async function calculate() {
  const page = await redrawn("calculate");
  if (!page) return;
  for (const place of form.querySelectorAll("#expected, #total-in, [id^=share-]")) {
    const there = page.getElementById(place.id);
    if (there) place.replaceChildren(...there.childNodes);
  }
}

async function change(what) {
  const page = await redrawn(what);
  if (!page) {
    form.requestSubmit(form.querySelector(`[value="${what}"]`));
    return;
  }
  form.replaceChildren(...page.getElementById("step").childNodes);
  for (const button of form.querySelectorAll("[data-scan]")) button.dispatchEvent(new Event("made", { bubbles: true }));
  form.elements.scan.focus();
}

let waiting;
form.addEventListener("input", (event) => {
  if (event.target.name === "scan") return;
  clearTimeout(waiting);
  waiting = setTimeout(calculate, 400);
});
form.addEventListener("change", (event) => {
  if (event.target.name === "scan" && event.isTrusted === false && event.target.value) change("add");
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (event.target.name === "scan") change("add");
  else calculate();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (!button || button.value === "record") return;
  event.preventDefault();
  if (button.value === "calculate") calculate();
  else change(button.value);
});
