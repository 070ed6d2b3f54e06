// The notes' page. What a person writes is only ever set as text, never as HTML, and never judged.
import { WrongPin } from "./crypt.js";
import { WrongFile, WrongRecord, plainFile, readFile, sealedFile } from "./files.js";
import { blankTable, lockedPaper, make, openPaper } from "./paper.js";
import { FIELDS, RECORD } from "./records.js";
import { LockChanged, Notes, exists, onOtherWindow, wipe } from "./store.js";

document.documentElement.classList.add("scripted");
const t = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;
const $ = (id) => document.getElementById(id);
const IDLE = 5 * 60_000, HIDDEN = 60_000, LEAST = 6;
const TYPED = ["when", "kind", "strength", "value", "unit", "what"];
let notes = null, records = new Map(), unread = 0, filled = {}, editing = null, removed = null, draft = null, idle = 0, away = 0, wrong = 0;

const locale = language === "bn" ? "bn-BD" : language;
const asDay = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
const asTime = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const asNumber = new Intl.NumberFormat(locale);
const say = (text) => { $("status").textContent = text; };
const warn = (id, text) => { $(id).textContent = text; $(id).hidden = !text; };
const tell = (text) => { warn("told", text); say(text); };
const show = (id, focus = true) => {
  for (const one of ["unusable", "setup", "unlock", "book"]) $(one).hidden = one !== id;
  if (focus) $(id).querySelector("input, h2")?.focus();
};
/** A message with its gaps {} filled in, in order. */
const fill = (text, ...values) => text.replaceAll("{}", () => values.shift());
const ofUnread = () => (unread === 1 ? t.d_unread_one : unread && fill(t.d_unread, asNumber.format(unread))) || "";

// ---- opening and locking ----
async function start() {
  if (!globalThis.isSecureContext) return unusable(t.d_insecure);
  if (!globalThis.crypto?.subtle) return unusable(t.d_no_vault);
  try { await closed(false); } catch { return unusable(t.d_no_vault); }
  return sayPersisted();
}

/** Nothing can be kept here: say why, and offer the table for writing by hand. */
function unusable(why) {
  $("unusable-why").textContent = why;
  $("blank").replaceChildren(blankTable(t));
  for (const id of ["lede", "about"]) $(id).hidden = true;
  show("unusable", false);
}

async function sayPersisted() {
  const kept = await navigator.storage?.persisted?.();
  $("persisted").textContent = kept ? t.d_persisted : t.d_not_persisted;
}

/** Show what opens the notes, or what sets them up; true if there are notes. */
async function closed(focus = true) {
  const there = await exists();
  if (!notes) show(there ? "unlock" : "setup", focus);
  return there;
}

/** Do what reads or writes the notes; false if it was not done, and then the reader is told why. */
async function withNotes(work) {
  const mine = notes;
  if (!mine) return false;
  try {
    await work(mine);
    if (notes === mine) warn("trouble", "");
    return notes === mine;
  } catch (error) {
    if (notes !== mine) return false;
    if (error instanceof LockChanged) await shutOut();
    else failed(error);
    return false;
  }
}

/** Another window changed the PIN, or wiped. What was being typed waits a while for the new PIN. */
async function shutOut() {
  const typed = Object.fromEntries([...TYPED.map((id) => [id, $(id).value]), ["editing", editing]]);
  lock();
  const there = await closed();
  warn("trouble", there ? t.d_lock_changed : t.d_wiped_elsewhere);
  if (!there || !(typed.what.trim() || typed.value.trim())) return;
  draft = typed;
  setTimeout(() => { if (draft === typed) draft = null; }, IDLE);
}

onOtherWindow(async () => {
  if (notes) return void await withNotes(refresh);
  const thought = !$("unlock").hidden, there = await closed(false);
  if (notes || thought === there) return;
  $("setup").reset();
  warn("trouble", there ? t.d_set_up_elsewhere : t.d_wiped_elsewhere);
});

function failed(error) {
  console.error(error);
  warn("trouble", t.d_not_kept);
}

/** Do what a form asks for, and not twice at once. */
function onSubmit(id, act) {
  $(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.target.ariaBusy === "true") return;
    event.target.ariaBusy = "true";
    try { await act(event); } catch (error) { failed(error); } finally { event.target.ariaBusy = null; }
  });
}

onSubmit("setup", async () => {
  const pin = $("new-pin").value;
  if ([...pin].length < LEAST) return warn("setup-problem", t.d_pin_short);
  if (pin !== $("new-pin-again").value) return warn("setup-problem", t.d_pin_differs);
  warn("setup-problem", "");
  try { notes = await Notes.create(pin); } catch (error) {
    if (!(error instanceof LockChanged)) throw error;
    $("setup").reset();
    await closed();
    return warn("trouble", t.d_set_up_elsewhere);
  }
  await navigator.storage?.persist?.();
  $("setup").reset();
  return opened();
});

onSubmit("unlock", async () => {
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
    if (error instanceof LockChanged) {
      await closed();
      return warn("trouble", t.d_wiped_elsewhere);
    }
    if (!(error instanceof WrongPin)) throw error;
    wrong += 1;
    warn("unlock-problem", t.d_pin_wrong);
    $("pin").select();
  } finally { button.disabled = false; }
});

async function opened() {
  warn("trouble", "");
  clearEntry();
  if (!(await withNotes(refresh))) {
    if (notes) lock();
    await closed(false);
    return;
  }
  if (draft) {
    for (const id of TYPED) $(id).value = draft[id];
    kindChanged();
    if (records.has(draft.editing)) editNamed(draft.editing);
    draft = null;
  }
  show("book");
  say(ofUnread());
  restIdle();
  return sayPersisted();
}

/** Read everything anew: another window may have written. What is being typed stays. */
async function refresh(mine) {
  const found = await mine.all();
  if (notes !== mine) return;
  records = new Map(found.records.map((one) => [one.id, one]));
  unread = found.unread;
  warn("unread", ofUnread());
  fillRecord();
  draw();
}

function lock() {
  notes?.lock();
  notes = null; records = new Map(); unread = 0; filled = {}; removed = null; draft = null;
  for (const form of document.forms) form.reset();
  for (const id of ["days", "printed"]) $(id).replaceChildren();
  for (const id of ["told", "unread"]) warn(id, "");
  $("undo").hidden = true;
  if (!$("book").hidden) show("unlock");
}

function leave() {
  document.body.replaceChildren();
  document.title = "";
  notes?.lock();
  notes = null; records = new Map(); draft = null;
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

onSubmit("entry", async () => {
  const one = { id: editing ?? crypto.randomUUID(), changed: Date.now(), when: $("when").value, kind: $("kind").value, text: $("what").value };
  if (one.kind === "symptom" && $("strength").value !== "") one.strength = Number($("strength").value);
  if (one.kind === "measurement") Object.assign(one, { value: $("value").value, unit: $("unit").value });
  if (!one.text.trim() && !one.value?.trim()) { $("what").focus(); return; }
  if (!(await withNotes((mine) => mine.put([one])))) return;
  records.set(one.id, one);
  clearEntry();
  draw();
  say(t.d_saved);
  $("what").focus();
});
$("cancel").addEventListener("click", clearEntry);

function editNamed(id) {
  editing = id;
  $("save-entry").textContent = t.d_save_change;
  $("cancel").hidden = false;
}

function edit(one) {
  editNamed(one.id);
  $("when").value = one.when;
  $("kind").value = one.kind;
  kindChanged();
  $("what").value = one.text;
  $("strength").value = one.strength ?? "";
  $("value").value = one.value ?? "";
  $("unit").value = one.unit ?? "";
  $("what").focus();
}

async function remove(one) {
  if (!(await withNotes((mine) => mine.remove(one.id)))) return;
  records.delete(one.id);
  removed = one;
  draw();
  $("undo").hidden = false;
  $("undo-button").focus();
  say(t.d_deleted);
}
$("undo-button").addEventListener("click", async () => {
  const back = removed;
  if (!back || !(await withNotes((mine) => mine.put([back])))) return;
  records.set(back.id, back);
  removed = null;
  $("undo").hidden = true;
  draw();
  say(t.d_restored);
});

function entries() {
  return [...records.values()].filter((one) => one.id !== RECORD)
    .sort((a, b) => b.when.localeCompare(a.when) || b.changed - a.changed);
}

/** The entries that the search and the chosen kind let through. */
function sought() {
  const wanted = $("seek").value.trim().toLocaleLowerCase(locale), kind = $("only").value;
  return entries().filter((one) => !kind || one.kind === kind)
    .filter((one) => !wanted || [one.text, one.value, one.unit].join(" ").toLocaleLowerCase(locale).includes(wanted));
}

function line(one) {
  const parts = [t[`d_kind_${one.kind}`] ?? one.kind];
  if (one.strength !== undefined) parts.push(`${t.d_strength} ${asNumber.format(one.strength)}/${asNumber.format(10)}`);
  if (one.value) parts.push(`${one.value} ${one.unit ?? ""}`.trim());
  return parts.join(" · ");
}

function draw() {
  const found = sought(), days = new Map();
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
  const record = records.get(RECORD) ?? {};
  for (const field of FIELDS) {
    const box = $(`r-${field}`);
    if (box.value !== (filled[field] ?? "")) continue;
    box.value = record[field] ?? "";
    filled[field] = box.value;
  }
}
onSubmit("record", async () => {
  const done = await withNotes(async (mine) => {
    await refresh(mine);
    const record = { id: RECORD, changed: Date.now() };
    for (const field of FIELDS) record[field] = $(`r-${field}`).value;
    await mine.put([record]);
    if (notes !== mine) return;
    records.set(RECORD, record);
    for (const field of FIELDS) filled[field] = record[field];
  });
  if (done) say(t.d_saved);
});

// ---- files, printing, wiping ----
function keep(name, text, type) {
  const link = make("a", "", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function readable() {
  const record = records.get(RECORD) ?? {}, all = entries();
  const head = FIELDS.filter((one) => record[one]).map((one) => `${t[`d_r_${one}`]}: ${record[one]}`);
  return [...head, "", fill(t.d_count, asNumber.format(all.length)), ofUnread(), "",
    ...all.map((one) => `${one.when.replace("T", " ")}  ${line(one)}  ${one.text}`)].join("\n");
}

onSubmit("files", async (event) => {
  const form = event.submitter.value, pin = $("file-pin").value;
  if (form === "sealed" && [...pin].length < LEAST) { warn("file-problem", t.d_pin_short); return $("file-pin").focus(); }
  if (!(await withNotes(refresh))) return;
  const values = [...records.values()];
  const said = [t.d_exported, fill(t.d_count, asNumber.format(entries().length)), unread && `${ofUnread()} ${t.d_unread_out}`];
  if (form === "sealed") {
    keep("notes.json", await sealedFile(values, pin), "application/json");
    $("file-pin").value = "";
  } else if (form === "plain") keep("notes-open.json", plainFile(values), "application/json");
  else keep("notes.txt", readable(), "text/plain;charset=utf-8");
  warn("file-problem", "");
  return tell(said.filter(Boolean).join(" "));
});

const named = (field) => t[`d_${field}`] ?? t[`d_r_${field}`] ?? field;

/** Why a file cannot be brought in. */
function ofFile(error) {
  if (error instanceof WrongPin) return t.d_file_pin_wrong;
  if (!(error instanceof WrongRecord)) return t.d_file_wrong;
  const { why, field = "", limit = 0 } = error.wrong;
  const reason = fill(t[`d_bad_${why}`], why === "unknown" ? field.slice(0, 40) : named(field), asNumber.format(limit));
  return fill(t.d_bad, asNumber.format(error.number), reason);
}

onSubmit("import", async () => {
  const file = $("file").files[0];
  if (!file) return $("file").focus();
  let found, newer = [];
  try { found = await readFile(file, $("import-pin").value); } catch (error) {
    if (![WrongFile, WrongPin, WrongRecord].some((one) => error instanceof one)) throw error;
    return warn("import-problem", ofFile(error));
  }
  warn("import-problem", "");
  const done = await withNotes(async (mine) => {
    await refresh(mine);
    newer = found.filter((one) => (records.get(one.id)?.changed ?? -1) < one.changed);
    await mine.put(newer);
    await refresh(mine);
  });
  if (!done) return;
  $("import").reset();
  return tell(`${t.d_imported} ${asNumber.format(newer.length)}`);
});

onSubmit("change", async () => {
  const pin = $("changed-pin").value;
  if ([...pin].length < LEAST) return warn("change-problem", t.d_pin_short);
  warn("change-problem", "");
  if (!(await withNotes((mine) => mine.change(pin)))) return;
  $("change").reset();
  say(t.d_pin_changed);
});

for (const id of ["wipe", "wipe-locked"]) {
  onSubmit(id, async (event) => {
    const box = event.target.querySelector("input");
    if (box.value.trim().toLocaleLowerCase(locale) !== t.d_wipe_word) return box.focus();
    lock();
    await wipe();
    warn("trouble", "");
    show("setup");
    return say(t.d_wiped);
  });
}

const printPage = () => print();
for (const id of ["print", "print-blank"]) $(id).addEventListener("click", printPage);
addEventListener("beforeprint", () => {
  const all = entries().length, shown = sought().length;
  const part = [shown < all && fill(t.d_print_part, asNumber.format(all), asNumber.format(shown)), ofUnread()].filter(Boolean).join(" ");
  const open = notes && !$("book").hidden;
  $("printed").replaceChildren(...(open ? openPaper(t, records.get(RECORD) ?? {}, [...$("days").children], part) : lockedPaper(t)));
});
addEventListener("afterprint", () => $("printed").replaceChildren());

start();
