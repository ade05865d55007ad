"use strict";
// Lines of a delivery note: Enter in the field for lots adds one, and so does a scanned label.
const form = document.getElementById("lines");
const add = form.querySelector('button[value=add]:not([aria-hidden])');
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT") {
    event.preventDefault();
    if (event.target.name === "scan") form.requestSubmit(add);
  }
});
form.addEventListener("change", (event) => {
  if (event.target.name === "scan" && !event.isTrusted && event.target.value) form.requestSubmit(add);
});
if (form.elements.scan.value === "" && form.querySelector("tbody input[type=hidden]")) form.elements.scan.focus();
