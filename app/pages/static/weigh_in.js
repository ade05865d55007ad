"use strict";
// Net while typing, what is known of slip and vehicle, and entries kept where there is no network.
const form = document.getElementById("weigh-in");
const items = JSON.parse(form.dataset.items);
const words = JSON.parse(form.dataset.words);
// By namedItem: a field called "item" is otherwise hidden behind the method of that name.
const field = (name) => form.elements.namedItem(name);
const grouped = (grams) => (grams / 1000).toLocaleString("en", { maximumFractionDigits: 3 });
let typedTare = field("tare_kg").value !== "";

// Whole grams of what was typed, full-width digits and commas allowed; null where it is no such number.
function grams(text) {
  const plain = text.normalize("NFKC").trim().replace(/^(\d{1,3})((?:,\d{3})+)/, (all) => all.replaceAll(",", ""));
  if (!/^\d+(\.\d{1,3})?$/.test(plain)) return null;
  const [whole, decimals = ""] = plain.split(".");
  return Number(whole) * 1000 + Number(decimals.padEnd(3, "0"));
}

function say(id, text) {
  const place = document.getElementById(id);
  place.textContent = text;
  place.hidden = text === "";
}

function showNet() {
  const gross = grams(field("gross_kg").value);
  const tare = grams(field("tare_kg").value);
  const deduction = field("deduction_kg").value.trim() ? grams(field("deduction_kg").value) : 0;
  const net = gross === null || tare === null || deduction === null ? null : gross - tare - deduction;
  document.getElementById("net").textContent = net === null ? "—" : grouped(net);
  const units = Number(field("units").value.normalize("NFKC"));
  const item = items[field("item").value];
  const counted = Number.isInteger(units) && units > 0 && net !== null && net > 0;
  const told = [];
  if (counted) told.push(words.each.replace("{kg}", grouped(Math.floor(net / units / 1000) * 1000)));
  if (counted && item && item.each) told.push(words.hope.replace("{t}", (units * item.each / 1e6).toLocaleString("en", { maximumFractionDigits: 3 })).replace("CO2", "CO\u2082"));
  document.getElementById("net-note").textContent = told.join("　");
  const odd = counted && item && item.least !== null && (net < item.least * units || net > item.most * units);
  say("weight-warning", odd ? words.band.replace("{least}", grouped(item.least)).replace("{most}", grouped(item.most)) : "");
}

let asked = 0;
async function ask() {
  const turn = ++asked;
  const query = new URLSearchParams({ slip: field("slip_number").value, vehicle: field("vehicle").value, site: field("site").value });
  const answer = await fetch("/weigh-in/known?" + query, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || !answer.ok || turn !== asked) return;
  const known = await answer.json();
  say("slip-warning", known.slip_taken ? words.slip : "");
  say("vehicle-warning", known.hours !== null && known.hours <= 48 ? words.again.replace("{hours}", Math.round(known.hours)) : "");
  if (known.tare_g !== null && !typedTare) {
    field("tare_kg").value = grouped(known.tare_g);
    say("tare-note", words.same);
    showNet();
  }
}

form.addEventListener("input", (event) => {
  if (event.target.name === "tare_kg") {
    typedTare = event.target.value !== "";
    say("tare-note", "");
  }
  showNet();
});
form.addEventListener("change", (event) => {
  if (["slip_number", "vehicle", "site"].includes(event.target.name)) ask();
  showNet();
});
showNet();

// Without a network the entry waits here, under a key of its own, and is sent once.
form.addEventListener("submit", async (event) => {
  if (event.defaultPrevented || field("photos").files.length > 0) {
    if (!navigator.onLine && field("photos").files.length > 0) {
      event.preventDefault();
      delete form.dataset.sent;
      say("kept", words.photos);
    }
    return;
  }
  event.preventDefault();
  // Said with the first sending already: an entry that is sent again must say the same, or it would be another one.
  field("entered_at").value ||= new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 19);
  const entry = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== ""));
  const body = new URLSearchParams(entry);
  let answer;
  try {
    answer = await fetch("/weigh-in", { method: "POST", body, redirect: "follow", headers: { Accept: "text/html" } });
  } catch {
    keep(entry);
    return;
  }
  if (answer.redirected && !answer.url.includes("/sign-in")) {
    keepWaiting(others(entry));
    location.assign(answer.url);
  } else form.submit();
});

// What waits beside this entry: one that came back to be corrected waits no more once it is sent.
const others = (entry) => waiting().filter((each) => each.form_key !== entry.form_key);

function keep(entry) {
  delete entry.csrf_token;
  keepWaiting([...others(entry), { ...entry, by: said(document, "person") }]);
  say("kept", words.kept);
  delete form.dataset.sent;
  field("form_key").value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
  for (const name of ["slip_number", "vehicle", "gross_kg", "tare_kg", "deduction_kg", "units", "weighed_at", "entered_at", "number"]) {
    // Whoever types on while the network is given up on keeps what they have typed.
    if (field(name).value === (entry[name] || "")) field(name).value = "";
  }
  typedTare = false;
  showNet();
  document.getElementById("kept").scrollIntoView();
  field("slip_number").focus();
}
// The page may be an old one out of the cache: its key must not be one that was used.
if (!navigator.onLine && crypto.randomUUID) field("form_key").value = crypto.randomUUID();

// A slip that waited and was refused comes back into the form, as it was typed and when it was typed.
function correct(entry) {
  for (const [name, text] of Object.entries(entry)) if (field(name)) field(name).value = text;
  if (!entry.weighed_at && entry.entered_at) field("weighed_at").value = entry.entered_at.slice(0, 16);
  typedTare = true;
  showNet();
}
const refused = waiting().find((each) => "#" + each.form_key === location.hash);
if (refused) correct(refused);
