// The desk's additions to Wagtail's editor: live findings, and a picker that cites a passage.
(() => {
  const form = () => document.querySelector("form[data-edit-form]");

  // Findings: the form as it is now is sent to be checked, two seconds after the last change.
  const panel = document.querySelector("[data-desk-findings]");
  let timer = 0;
  let asked = 0;
  async function check() {
    const held = form();
    if (!panel || !held) return;
    const found = panel.querySelector("[data-desk-found]");
    const number = ++asked;
    try {
      const answer = await fetch(panel.dataset.deskFindings, {
        method: "POST", body: new FormData(held), credentials: "same-origin",
      });
      if (number !== asked) return;
      found.innerHTML = answer.ok ? await answer.text() : "The check could not be made.";
    } catch {
      found.textContent = "The check could not be made: is the desk still running?";
    }
  }
  if (panel) {
    panel.querySelector("[data-desk-check]").addEventListener("click", check);
    document.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 2000); });
    addEventListener("load", () => setTimeout(check, 1500));
  }

  // The picker: search the library, choose a passage, and its citation stands in both places.
  function picker(area) {
    const box = document.createElement("div");
    const open = document.createElement("button");
    open.type = "button";
    open.className = "button button-small button-secondary";
    open.textContent = "Cite a passage";
    area.after(open, box);
    open.addEventListener("click", () => {
      if (box.firstChild) { box.replaceChildren(); open.focus(); return; }
      box.className = "desk-picker";
      const label = document.createElement("label");
      label.textContent = "Words to look for ";
      const field = document.createElement("input");
      field.type = "search";
      label.append(field);
      const list = document.createElement("ul");
      list.setAttribute("aria-live", "polite");
      box.replaceChildren(label, list);
      field.focus();
      field.addEventListener("keydown", async (event) => {
        if (event.key === "Escape") { box.replaceChildren(); open.focus(); return; }
        if (event.key !== "Enter") return;
        event.preventDefault();
        const answer = await fetch(`/passages/?q=${encodeURIComponent(field.value)}`);
        const { passages } = await answer.json();
        list.replaceChildren(...passages.map((one) => row(one, area, box, open)));
        if (!passages.length) list.textContent = "The library holds no such passage.";
      });
    });
  }
  function row(one, area, box, open) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Cite";
    const text = document.createElement("span");
    text.textContent = ` ${one.text} – ${one.title} (${one.kind}, ${one.standing})`;
    item.append(button, text);
    button.addEventListener("click", () => {
      const label = fresh(one.source);
      const chosen = selected(text) || one.text.split("\n")[0];
      area.setRangeText(`[^${label}]`, area.selectionEnd, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      addCitation(label, one.source, chosen);
      box.replaceChildren();
      open.focus();
    });
    return item;
  }
  const selected = (within) => {
    const found = getSelection();
    return found.rangeCount && within.contains(found.anchorNode) ? String(found).trim() : "";
  };
  function fresh(source) {
    const known = new Set([...document.querySelectorAll('[name^="citations-"][name$="-label"]')].map((one) => one.value));
    const base = (source.split(":")[1] || source).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40) || "cite";
    let label = base;
    for (let n = 2; known.has(label); n += 1) label = `${base}-${n}`;
    return label;
  }
  function addCitation(label, source, quote) {
    const add = [...document.querySelectorAll('[data-contentpath="citations"] button[data-streamfield-stream-add], [data-contentpath="citations"] .c-sf-add-button')].pop();
    if (!add) return;
    add.click();
    setTimeout(() => {
      const rows = [...document.querySelectorAll('[name^="citations-"][name$="-label"]')];
      const last = rows.filter((one) => !one.value).pop();
      if (!last) return;
      const stem = last.name.replace(/-label$/, "");
      for (const [key, value] of [["label", label], ["source", source], ["quote", quote]]) {
        const field = document.querySelector(`[name="${stem}-${key}"]`);
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }, 50);
  }
  const seen = new WeakSet();
  function dress() {
    for (const area of document.querySelectorAll("textarea[data-desk-markdown]")) {
      if (!seen.has(area)) { seen.add(area); picker(area); }
    }
  }
  new MutationObserver(dress).observe(document.documentElement, { childList: true, subtree: true });
  dress();
})();
