// The desk's additions to Wagtail's editor: what the checks find, beside the text that it is about,
// and what reviewers want changed.
(() => {
  const form = () => document.querySelector("form[data-edit-form]");
  const panel = document.querySelector("[data-desk-findings]");
  if (!panel || !form()) return;
  const found = panel.querySelector("[data-desk-found]");

  // After a login in another tab the form's token is an old one: take the one of now.
  function token() {
    const now = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    const field = form().querySelector("[name=csrfmiddlewaretoken]");
    if (now && field) field.value = now.slice("csrftoken=".length);
  }
  for (const one of ["input", "submit", "focusin"]) document.addEventListener(one, token, true);

  // The blocks as the server counts them: in order, without those that were thrown away.
  function blocks() {
    return [...document.querySelectorAll('input[name^="body-"][name$="-order"]')]
      .map((one) => ({ order: Number(one.value), stem: one.name.slice(0, -"-order".length), box: one.parentElement }))
      .filter(({ stem }) => document.querySelector(`[name="${stem}-deleted"]`)?.value !== "1")
      .sort((one, other) => one.order - other.order);
  }
  function field(block, name) {
    return name ? document.querySelector(`[name="${block.stem}-value-${name}"]`) : null;
  }
  function head(block) {
    const first = field(block, "heading");
    return first?.closest("[data-contentpath='heading']") || first?.closest(".w-field__wrapper");
  }

  // The line that is said aloud, and only when it changes.
  const line = document.createElement("p");
  line.className = "desk-told";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const show = document.createElement("button");
  show.type = "button";
  show.className = "button button-small button-secondary";
  show.textContent = "Show all";
  show.hidden = true;
  show.addEventListener("click", () => document.querySelector("a[role=tab][href='#tab-findings']")?.click());
  line.append(said, show);
  document.querySelector("#tab-text")?.prepend(line);
  function say(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  // Findings stand under the field that they are about; a list that says the same stays as it is.
  const placed = new Map();
  function place() {
    const wanted = new Map();
    const all = blocks();
    for (const item of found.querySelectorAll("li[data-block]")) {
      const block = all[Number(item.dataset.block)];
      if (!block || Number(item.dataset.block) < 0) continue;
      const key = `${block.stem}|${item.dataset.field}`;
      wanted.set(key, [...(wanted.get(key) || []), item]);
    }
    for (const [key, list] of placed) {
      if (!wanted.has(key)) { list.remove(); placed.delete(key); }
    }
    for (const [key, items] of wanted) {
      const [stem, name] = key.split("|");
      const block = all.find((one) => one.stem === stem);
      const area = field(block, name);
      let list = placed.get(key);
      if (!list || !list.isConnected) {
        list = document.createElement("ul");
        list.className = "desk-here";
        list.id = `desk-here-${stem}-${name || "block"}`;
        if (area) area.after(list); else head(block)?.before(list);
        if (area) area.setAttribute("aria-describedby", [...new Set([...(area.getAttribute("aria-describedby") || "").split(" "), list.id])].join(" ").trim());
        placed.set(key, list);
      }
      const text = items.map((one) => one.outerHTML).join("");
      if (list.dataset.text !== text) { list.dataset.text = text; list.innerHTML = text; }
    }
  }

  // The form as it is now is sent to be checked, shortly after the last change.
  const WAIT = 600; // milliseconds
  let timer = 0;
  let running = false;
  let again = false;
  let last = "";
  async function check() {
    if (running) { again = true; return; }
    running = true;
    token();
    try {
      const answer = await fetch(panel.dataset.deskFindings, {
        method: "POST", body: new FormData(form()), credentials: "same-origin",
      });
      if (answer.redirected) {
        say("You are logged out. Log in again in another tab; what you wrote stays here, and is saved then.");
      } else if (answer.ok) {
        const text = await answer.text();
        if (text !== last) { last = text; found.innerHTML = text; }
        place();
        say(found.querySelector("[data-desk-told]")?.textContent || "");
        show.hidden = !found.querySelector("li");
      } else if (answer.status !== 409) {
        say(`The check could not be made (${answer.status}).`);
      }
    } catch {
      say("The check could not be made: is the desk still running?");
    } finally {
      running = false;
      if (again) { again = false; soon(); }
    }
  }
  const soon = () => { clearTimeout(timer); timer = setTimeout(check, WAIT); };
  panel.querySelector("[data-desk-check]").addEventListener("click", check);
  document.addEventListener("input", (event) => { if (form().contains(event.target)) soon(); });
  addEventListener("load", () => setTimeout(check, 1000));
  for (const one of ["up", "down", "delete", "duplicate"]) {
    document.addEventListener("click", (event) => { if (event.target.closest?.(`[data-streamfield-action*='${one.toUpperCase()}']`)) soon(); });
  }

  // What reviewers want changed, at the top of the block.
  const asked = JSON.parse(document.getElementById("desk-asked")?.textContent || "[]");
  function told(one) {
    const box = document.createElement("div");
    box.className = "desk-asked";
    const by = document.createElement("strong");
    by.textContent = `Change asked by ${one.by}, ${one.on}${one.touched ? " (the words were changed since)" : ""}: `;
    const text = document.createElement("span");
    text.textContent = one.text;
    box.append(by, text);
    return box;
  }
  function ask() {
    const left = asked.filter((one) => !one.shown);
    if (!left.length) return;
    const named = new Map(blocks().map((one) => [
      field(one, "name")?.value || document.querySelector(`[name="${one.stem}-type"]`)?.value, one]));
    for (const one of left) {
      const spot = named.has(one.block) ? head(named.get(one.block)) : null;
      if (spot) { spot.before(told(one)); one.shown = true; }
    }
  }
  addEventListener("load", () => {
    for (const wait of [200, 1000, 3000]) setTimeout(ask, wait);
    setTimeout(() => {
      for (const one of asked.filter((each) => !each.shown)) { line.after(told(one)); one.shown = true; }
    }, 3500);
  });
})();
