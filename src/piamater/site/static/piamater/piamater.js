// What pages do beyond reading: everything here is an extra, no page needs it.
const root = document.documentElement;
root.classList.add("scripted");
const words = document.body.dataset;
const language = root.lang;
const status = document.getElementById("status");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function say(text) {
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = text; });
}

function flash(button, text) {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = text;
  say(text);
  setTimeout(() => { button.textContent = before; }, 2500);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.matches(".here") ? say(words.copied) : flash(button, words.copied);
  } catch {
    say(text);
  }
}

// ---- a citation opens its passage beside the text where there is room ----
const panel = document.getElementById("panel");
let opener = null;

function closePanel() {
  if (panel.hidden) return;
  panel.hidden = true;
  opener?.focus();
}

async function openPanel(link) {
  const address = new URL(link.href);
  address.searchParams.set("panel", "1");
  const response = await fetch(address);
  if (!response.ok) { location.href = link.href; return; }
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const body = panel.querySelector(".panel-body");
  body.replaceChildren(...parsed.body.childNodes);
  panel.hidden = false;
  opener = link;
  body.focus();
  body.querySelector("mark")?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (link && plain && matchMedia("(min-width: 48rem)").matches) {
    event.preventDefault();
    openPanel(link).catch(() => { location.href = link.href; });
  }
});
panel?.querySelector(".close").addEventListener("click", closePanel);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });

// ---- suggestions under the search box (WAI-ARIA combobox) ----
for (const input of all("input[data-suggest]")) {
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}-list`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestions);
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  let rows = [], chosen = -1, timer = 0, asked = 0;
  const close = () => {
    list.hidden = true; chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (to) => {
    chosen = (to + rows.length) % rows.length;
    all("li", list).forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
  };
  const load = async () => {
    const mine = ++asked, typed = input.value.trim();
    if (typed.length < 2) return close();
    const response = await fetch(input.dataset.suggest, { method: "POST", body: new URLSearchParams({ q: typed }) });
    if (!response.ok || mine !== asked) return undefined;
    rows = (await response.json()).suggestions;
    list.replaceChildren(...rows.map((row, at) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}-${at}`, textContent: row.text, lang: row.language });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = row.url; });
      return item;
    }));
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    return undefined;
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => load().catch(close), 150); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    if (event.key === "Escape") close();
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.href = rows[chosen].url; }
  });
  input.addEventListener("blur", close);
}

// ---- copying and sharing ----
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text], [data-copy-address], [data-share], [data-print]");
  if (!button) return;
  if ("copy" in button.dataset) copy(button.href, button);
  if (button.dataset.copyText) copy(document.querySelector(button.dataset.copyText).textContent.trim(), button);
  if (button.dataset.copyAddress) copy(location.href.split("#")[0] + button.dataset.copyAddress, button);
  if ("print" in button.dataset) print();
  if (button.dataset.share) {
    const address = button.dataset.share;
    if (navigator.share) navigator.share({ title: document.title, url: address }).catch(() => undefined);
    else copy(address, button);
  }
});

// ---- reading without internet ----
const SAVED = "saved";

async function save(addresses, onEach = () => undefined) {
  const cache = await caches.open(SAVED);
  let done = 0;
  for (const address of addresses) {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(address);
    await cache.put(address, response);
    onEach(++done, addresses.length);
  }
}

for (const button of all("[data-save]")) {
  button.addEventListener("click", async () => {
    const here = location.pathname;
    const pictures = all("main figure img").map((one) => one.getAttribute("src"));
    try {
      await save([here, `${here}?view=patient`, `${here}?view=clinical`, ...pictures]);
      flash(button, words.saved);
    } catch { flash(button, words.failed); }
  });
}

for (const button of all("[data-pack]")) {
  button.addEventListener("click", async () => {
    const bar = document.getElementById("pack-progress");
    bar.hidden = false;
    button.disabled = true;
    try {
      const pack = await (await fetch(button.dataset.pack)).json();
      await save(pack.pages, (done, total) => { bar.value = (100 * done) / total; });
      await navigator.storage?.persist?.();
      flash(button, words.saved);
    } catch { flash(button, words.failed); }
    button.disabled = false;
    bar.hidden = true;
    listKept();
  });
}

async function listKept() {
  const list = document.getElementById("kept");
  if (!list || !("caches" in window)) return;
  const cache = await caches.open(SAVED);
  const rows = new Map();
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!/\/guides\/[a-z0-9-]+$/.test(url.pathname) || rows.has(url.pathname)) continue;
    const text = await (await cache.match(request)).text();
    const parsed = new DOMParser().parseFromString(text, "text/html");
    rows.set(url.pathname, [parsed.querySelector("h1")?.textContent ?? url.pathname, parsed.documentElement.lang]);
  }
  list.replaceChildren(...[...rows].map(([address, [title, lang]]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: address, textContent: title, lang }));
    return item;
  }));
  document.getElementById("kept-none").hidden = rows.size > 0;
}
listKept();

for (const button of all("[data-forget]")) {
  button.addEventListener("click", async () => {
    await Promise.all(["saved", "visited"].map((one) => caches.delete(one)));
    flash(button, words.forgotten);
    listKept();
  });
}

if ("serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register("/sw.js").then(async () => {
    // The page that was open while the worker was installed is kept too.
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller || !/\/guides\/|\/(urgent|diary|offline)?$/.test(location.pathname)) return;
    const cache = await caches.open("visited");
    for (const address of [location.pathname, `/${language}/offline`, `/${language}/urgent`]) {
      const response = await fetch(address);
      if (response.ok) await cache.put(address, response);
    }
  }).catch(() => undefined);
}
