"use strict";
// Lines of a delivery note: Enter in the field for lots adds one, and so does a scanned label.
const lines = document.getElementById("lines");
const add = lines.querySelector('button[value=add]:not([aria-hidden])');
lines.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT") {
    event.preventDefault();
    if (event.target.name === "scan") lines.requestSubmit(add);
  }
});
lines.addEventListener("change", (event) => {
  if (event.target.name === "scan" && !event.isTrusted && event.target.value) lines.requestSubmit(add);
});
if (lines.elements.scan.value === "" && lines.querySelector("tbody input[type=hidden]")) lines.elements.scan.focus();
