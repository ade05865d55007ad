"use strict";
// Small help on every staff page. Every page works without it.

// The summary of what is wrong is read out first.
const errors = document.getElementById("errors");
if (errors) errors.focus();

// A second press of a button while the first is on its way changes nothing (the form's key sees to that) and says nothing new.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Entries that wait in this device for the network.
const band = document.getElementById("unsent");
function tellUnsent() {
  if (!band) return;
  const waiting = JSON.parse(localStorage.getItem("unsent") || "[]").length;
  band.hidden = waiting === 0;
  document.getElementById("unsent-count").textContent = band.dataset.count.replace("{n}", waiting);
}
tellUnsent();
addEventListener("storage", tellUnsent);
addEventListener("unsent", tellUnsent);

if (location.protocol === "https:" || location.hostname === "localhost" || location.hostname === "127.0.0.1") {
  if ("serviceWorker" in navigator && band) navigator.serviceWorker.register("/service-worker.js");
}
