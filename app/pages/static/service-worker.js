"use strict";
// Keeps the weigh-in page at hand where the yard has no network. Everything else is always asked for.
const KEPT = "weigh-in-1";
const PAGES = ["/weigh-in", "/unsent"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  // Whoever comes next is not to find the page of somebody who has left; what waits is kept elsewhere.
  if (event.request.method === "POST" && address.pathname === "/sign-out") event.waitUntil(caches.delete(KEPT));
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  const page = event.request.mode === "navigate" && PAGES.includes(address.pathname);
  const part = address.pathname.startsWith("/static/");
  if (page || part) event.respondWith(fetchedOrKept(event.request, address));
});

async function fetchedOrKept(request, address) {
  const kept = await caches.open(KEPT);
  const key = address.pathname.startsWith("/static/") ? address.pathname + address.search : address.pathname;
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await kept.put(key, answer.clone());
    return answer;
  } catch (error) {
    const found = await kept.match(key);
    if (found) return found;
    throw error;
  }
}
