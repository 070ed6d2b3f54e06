// The notes' page. What a person writes is only ever set as text, never as HTML, and never judged.
import { Notes, WrongFile, WrongPin, exists, plainFile, readFile, sealedFile, wipe } from "./store.js";

document.documentElement.classList.add("scripted");
const t = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;
const $ = (id) => document.getElementById(id);
const IDLE = 5 * 60_000, HIDDEN = 60_000, LEAST = 6;
const FIELDS = ["conditions", "medicines", "allergies", "contacts", "other"];
let notes = null, records = new Map(), editing = null, removed = null, idle = 0, away = 0, wrong = 0;

const locale = language === "bn" ? "bn-BD" : language;
const asDay = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
const asTime = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const asNumber = new Intl.NumberFormat(locale);
const say = (text) => { $("status").textContent = text; };
const warn = (id, text) => { $(id).textContent = text; $(id).hidden = !text; };
const show = (id, focus = true) => {
  for (const one of ["setup", "unlock", "book"]) $(one).hidden = one !== id;
  if (focus) $(id).querySelector("input, h2")?.focus();
};
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

// ---- opening and locking ----
async function start() {
  show((await exists()) ? "unlock" : "setup", false);
  const kept = await navigator.storage?.persisted?.();
  $("persisted").textContent = kept ? t.d_persisted : t.d_not_persisted;
}

$("setup").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = $("new-pin").value;
  if ([...pin].length < LEAST) return warn("setup-problem", t.d_pin_short);
  if (pin !== $("new-pin-again").value) return warn("setup-problem", t.d_pin_differs);
  warn("setup-problem", "");
  notes = await Notes.create(pin);
  await navigator.storage?.persist?.();
  $("setup").reset();
  return opened();
});

$("unlock").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = $("unlock").querySelector("button");
  button.disabled = true;
  await new Promise((resolve) => { setTimeout(resolve, Math.min(30_000, wrong > 2 ? 1000 * 2 ** (wrong - 2) : 0)); });
  try {
    notes = await Notes.open($("pin").value);
    wrong = 0;
    warn("unlock-problem", "");
    $("unlock").reset();
    await opened();
  } catch (error) {
    if (!(error instanceof WrongPin)) throw error;
    wrong += 1;
    warn("unlock-problem", t.d_pin_wrong);
    $("pin").select();
  } finally { button.disabled = false; }
});

async function opened() {
  records = new Map((await notes.all()).map((one) => [one.id, one]));
  fillRecord();
  clearEntry();
  draw();
  show("book");
  restIdle();
  const kept = await navigator.storage?.persisted?.();
  $("persisted").textContent = kept ? t.d_persisted : t.d_not_persisted;
}

function lock() {
  notes?.lock();
  notes = null; records = new Map(); removed = null;
  for (const form of document.forms) form.reset();
  $("days").replaceChildren();
  $("printed").replaceChildren();
  if (!$("book").hidden) show("unlock");
}

function leave() {
  document.body.replaceChildren();
  document.title = "";
  notes?.lock();
  notes = null; records = new Map();
  location.replace("about:blank");
}

function restIdle() {
  clearTimeout(idle);
  if (notes) idle = setTimeout(lock, IDLE);
}
for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, restIdle);
document.addEventListener("visibilitychange", () => {
  clearTimeout(away);
  if (document.hidden && notes) away = setTimeout(lock, HIDDEN);
});
addEventListener("pagehide", lock);
let escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { escapes = []; return; }
  escapes = [...escapes.filter((one) => event.timeStamp - one < 2000), event.timeStamp];
  if (escapes.length === 3) leave();
});
$("quick-exit").addEventListener("click", leave);
$("lock").addEventListener("click", lock);

// ---- entries ----
function now() {
  const here = new Date();
  return new Date(here - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function clearEntry() {
  editing = null;
  $("entry").reset();
  $("when").value = now();
  $("save-entry").textContent = t.d_save;
  $("cancel").hidden = true;
  kindChanged();
}

function kindChanged() {
  $("measure").hidden = $("kind").value !== "measurement";
  $("strong").hidden = $("kind").value !== "symptom";
}
$("kind").addEventListener("change", kindChanged);

$("entry").addEventListener("submit", async (event) => {
  event.preventDefault();
  const one = { id: editing ?? crypto.randomUUID(), changed: Date.now(), when: $("when").value, kind: $("kind").value, text: $("what").value };
  if (one.kind === "symptom" && $("strength").value !== "") one.strength = Number($("strength").value);
  if (one.kind === "measurement") Object.assign(one, { value: $("value").value, unit: $("unit").value });
  if (!one.text.trim() && !one.value?.trim()) return $("what").focus();
  await notes.put(one);
  records.set(one.id, one);
  clearEntry();
  draw();
  say(t.d_saved);
  return $("what").focus();
});
$("cancel").addEventListener("click", clearEntry);

function edit(one) {
  editing = one.id;
  $("when").value = one.when;
  $("kind").value = one.kind;
  kindChanged();
  $("what").value = one.text;
  $("strength").value = one.strength ?? "";
  $("value").value = one.value ?? "";
  $("unit").value = one.unit ?? "";
  $("save-entry").textContent = t.d_save_change;
  $("cancel").hidden = false;
  $("what").focus();
}

async function remove(one) {
  await notes.remove(one.id);
  records.delete(one.id);
  removed = one;
  draw();
  $("undo").hidden = false;
  $("undo-button").focus();
  say(t.d_deleted);
}
$("undo-button").addEventListener("click", async () => {
  if (removed) {
    await notes.put(removed);
    records.set(removed.id, removed);
  }
  removed = null;
  $("undo").hidden = true;
  draw();
  say(t.d_restored);
});

function entries() {
  const wanted = $("seek").value.trim().toLocaleLowerCase(locale), kind = $("only").value;
  return [...records.values()]
    .filter((one) => one.id !== "record" && (!kind || one.kind === kind))
    .filter((one) => !wanted || [one.text, one.value, one.unit].join(" ").toLocaleLowerCase(locale).includes(wanted))
    .sort((a, b) => b.when.localeCompare(a.when) || b.changed - a.changed);
}

function line(one) {
  const parts = [t[`d_kind_${one.kind}`] ?? one.kind];
  if (one.strength !== undefined) parts.push(`${t.d_strength} ${asNumber.format(one.strength)}/${asNumber.format(10)}`);
  if (one.value) parts.push(`${one.value} ${one.unit ?? ""}`.trim());
  return parts.join(" · ");
}

function draw() {
  const found = entries(), days = new Map();
  for (const one of found) {
    const day = one.when.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  $("days").replaceChildren(...[...days].map(([day, list]) => {
    const section = document.createElement("section");
    const items = document.createElement("ul");
    items.className = "plain";
    items.append(...list.map((one) => {
      const item = document.createElement("li");
      const moment = new Date(one.when);
      item.append(make("p", `${Number.isNaN(+moment) ? "" : asTime.format(moment)} ${line(one)}`, { className: "small" }), make("p", one.text, { className: "passage-text" }));
      const name = `${line(one)} ${one.text}`.slice(0, 60);
      for (const [label, act] of [[t.d_edit, edit], [t.d_delete, remove]]) {
        const button = make("button", label, { type: "button" });
        button.setAttribute("aria-label", `${label}: ${name}`);
        button.addEventListener("click", () => act(one));
        item.append(button, " ");
      }
      return item;
    }));
    const date = new Date(`${day}T12:00`);
    section.append(make("h3", Number.isNaN(+date) ? day : asDay.format(date)), items);
    return section;
  }));
  $("none").hidden = found.length > 0;
}
$("seek").addEventListener("input", draw);
$("only").addEventListener("change", draw);

// ---- health record ----
function fillRecord() {
  const record = records.get("record") ?? {};
  for (const field of FIELDS) $(`r-${field}`).value = record[field] ?? "";
}
$("record").addEventListener("submit", async (event) => {
  event.preventDefault();
  const record = { id: "record", changed: Date.now() };
  for (const field of FIELDS) record[field] = $(`r-${field}`).value;
  await notes.put(record);
  records.set("record", record);
  say(t.d_saved);
});

// ---- files, printing, wiping ----
function keep(name, text, type) {
  const link = make("a", "", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function readable() {
  const record = records.get("record") ?? {};
  const head = FIELDS.filter((one) => record[one]).map((one) => `${t[`d_r_${one}`]}: ${record[one]}`);
  return [...head, "", ...entries().map((one) => `${one.when.replace("T", " ")}  ${line(one)}  ${one.text}`)].join("\n");
}

$("files").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.submitter.value, values = [...records.values()];
  if (form === "sealed") {
    const pin = $("file-pin").value;
    if ([...pin].length < LEAST) { warn("file-problem", t.d_pin_short); return $("file-pin").focus(); }
    keep("notes.json", await sealedFile(values, pin), "application/json");
    $("file-pin").value = "";
  } else if (form === "plain") keep("notes-open.json", plainFile(values), "application/json");
  else keep("notes.txt", readable(), "text/plain;charset=utf-8");
  warn("file-problem", "");
  return say(t.d_exported);
});

$("import").addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = $("file").files[0];
  if (!file) return $("file").focus();
  try {
    if (file.size > 50_000_000) throw new WrongFile();
    const newer = (await readFile(await file.text(), $("import-pin").value))
      .filter((one) => (records.get(one.id)?.changed ?? -1) < one.changed);
    await notes.put(...newer);
    for (const one of newer) records.set(one.id, one);
    fillRecord();
    draw();
    $("import").reset();
    warn("import-problem", "");
    return say(`${t.d_imported} ${asNumber.format(newer.length)}`);
  } catch (error) {
    if (!(error instanceof WrongFile || error instanceof WrongPin)) throw error;
    return warn("import-problem", error instanceof WrongPin ? t.d_pin_wrong : t.d_file_wrong);
  }
});

$("change").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = $("changed-pin").value;
  if ([...pin].length < LEAST) return warn("change-problem", t.d_pin_short);
  warn("change-problem", "");
  await notes.change(pin);
  $("change").reset();
  return say(t.d_pin_changed);
});

for (const id of ["wipe", "wipe-locked"]) {
  $(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const box = event.target.querySelector("input");
    if (box.value.trim().toLocaleLowerCase(locale) !== t.d_wipe_word) return box.focus();
    notes?.lock();
    notes = null; records = new Map();
    await wipe();
    for (const form of document.forms) form.reset();
    $("days").replaceChildren();
    show("setup");
    return say(t.d_wiped);
  });
}

$("print").addEventListener("click", () => {
  const record = records.get("record") ?? {};
  $("printed").replaceChildren(
    ...FIELDS.filter((one) => record[one]).flatMap((one) => [make("h3", t[`d_r_${one}`]), make("p", record[one], { className: "passage-text" })]),
    ...[...$("days").children].map((one) => {
      const copy = one.cloneNode(true);
      for (const button of copy.querySelectorAll("button")) button.remove();
      return copy;
    }));
  print();
});

start();
