"use strict";
// The form of a step is redrawn by the service: lots are added one after another, and shares shown while typing.
const stepForm = document.getElementById("step");
let turn = 0;

async function redrawn(what) {
  const mine = ++turn;
  const body = new URLSearchParams(new FormData(stepForm));
  body.set("do", what);
  const answer = await fetch(stepForm.action, { method: "POST", body }).catch(() => null);
  if (!answer || !answer.ok || mine !== turn) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Only figures change while somebody types; the field under their fingers stays.
async function calculate() {
  const page = await redrawn("calculate");
  if (!page) return;
  for (const place of stepForm.querySelectorAll("#expected, #total-in, [id^=share-]")) {
    const there = page.getElementById(place.id);
    if (there) place.replaceChildren(...there.childNodes);
  }
}

async function change(what) {
  const page = await redrawn(what);
  if (!page) {
    stepForm.requestSubmit(stepForm.querySelector(`[value="${what}"]`));
    return;
  }
  stepForm.replaceChildren(...page.getElementById("step").childNodes);
  for (const button of stepForm.querySelectorAll("[data-scan]")) button.dispatchEvent(new Event("made", { bubbles: true }));
  stepForm.elements.scan.focus();
}

let pause;
stepForm.addEventListener("input", (event) => {
  if (event.target.name === "scan") return;
  clearTimeout(pause);
  pause = setTimeout(calculate, 400);
});
stepForm.addEventListener("change", (event) => {
  if (event.target.name === "scan" && event.isTrusted === false && event.target.value) change("add");
});
stepForm.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (event.target.name === "scan") change("add");
  else calculate();
});
stepForm.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (!button || button.value === "record") return;
  event.preventDefault();
  if (button.value === "calculate") calculate();
  else change(button.value);
});
