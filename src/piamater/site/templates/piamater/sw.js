// Keeps pages for offline: those that a reader saved, those visited last, and the site's own files.
const FILES = "files-{{ revision }}", VISITED = "visited", SAVED = "saved", MOST_VISITED = 60;
const OWN = [{% for one in files %}"{{ one }}", {% endfor %}];
const NEVER = /\/(ask|search|suggest|answers|questions|settings)(\/|$)|^\/api\/|^\/health/;
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(OWN)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((one) => one.startsWith("files-") && one !== FILES).map((one) => caches.delete(one))))
    .then(() => self.clients.claim()));
});
async function trim(cache) {
  const keys = await cache.keys();
  for (const one of keys.slice(0, Math.max(0, keys.length - MOST_VISITED))) await cache.delete(one);
}
async function kept(request) {
  for (const ignoreSearch of [false, true]) {
    for (const name of [SAVED, VISITED, FILES]) {
      const found = await (await caches.open(name)).match(request, { ignoreSearch, ignoreVary: true });
      if (found) return found;
    }
  }
  return undefined;
}
async function page(request) {
  try {
    const response = await fetch(request);
    if (response.ok && !NEVER.test(new URL(request.url).pathname)) {
      const copy = response.clone();
      caches.open(SAVED).then(async (saved) => {
        if (await saved.match(request, { ignoreVary: true })) return saved.put(request, copy);
        const visited = await caches.open(VISITED);
        await visited.delete(request, { ignoreVary: true });
        await visited.put(request, copy);
        return trim(visited);
      }).catch(() => undefined);
    }
    return response;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    const language = new URL(request.url).pathname.split("/")[1] || "en";
    return (await kept(new Request(`/${language}/offline`))) || Response.error();
  }
}
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/") || url.pathname.startsWith("/figures/")) {
    event.respondWith(kept(event.request).then((found) => found || fetch(event.request)));
  } else if (!NEVER.test(url.pathname)) {
    event.respondWith(page(event.request));
  }
});
