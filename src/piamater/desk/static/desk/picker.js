// The citation picker: search the library, choose a passage or some words of it, and its citation
// stands in both places. Everything can be done with the keys alone.
(() => {
  const labels = () => [...document.querySelectorAll('[name^="citations-"][name$="-value-label"]')];
  const beside = (label, key) => document.querySelector(`[name="${label.name.replace(/label$/, key)}"]`);
  const points = (text) => [...text].length; // offsets count code points

  async function get(address) {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (answer.redirected) throw new Error("You are logged out. Log in again in another tab.");
    return answer.json();
  }
  function make(tag, text = "", more = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...more });
  }
  function button(text, act) {
    const one = make("button", text, { type: "button", className: "button button-small button-secondary" });
    one.addEventListener("click", act);
    return one;
  }

  function picker(area) {
    let touched = false; // before somebody was in the text, a citation goes to its end
    area.addEventListener("focus", () => { touched = true; });
    const box = make("div");
    const open = button("Cite a passage", () => (box.firstChild ? close(open) : show()));
    open.setAttribute("aria-expanded", "false");
    area.after(open, box);
    function close(to) {
      box.replaceChildren();
      box.className = "";
      open.setAttribute("aria-expanded", "false");
      to.focus();
    }
    function show() {
      box.className = "desk-picker";
      open.setAttribute("aria-expanded", "true");
      const label = make("label", "Words to look for ");
      const field = make("input", "", { type: "search" });
      label.append(field);
      const status = make("p");
      status.setAttribute("role", "status");
      const list = make("ul");
      box.replaceChildren(label, button("Search", search), status, list);
      field.focus();
      box.onkeydown = (event) => {
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(open); }
        if (event.key === "Enter" && event.target === field) { event.preventDefault(); search(); }
      };
      field.addEventListener("input", (event) => event.stopPropagation());
      async function search() {
        if (!field.value.trim()) { status.textContent = "Write some words to look for."; return; }
        try {
          const { passages } = await get(`/passages/?q=${encodeURIComponent(field.value)}`);
          list.replaceChildren(...passages.map(row));
          status.textContent = passages.length
            ? `${passages.length} passages, the nearest first.` : "The library holds no such passage.";
        } catch (error) { status.textContent = `It could not be searched. ${error.message}`; }
      }
      function row(one) {
        const item = make("li");
        const text = make("span", `${one.text} – ${one.title} (${one.kind}, ${one.standing})`);
        if (one.refused) {
          item.className = "refused";
          item.append(text, make("strong", ` ${one.refused}`));
          return item;
        }
        const whole = button("Cite", () => cite(one, one.start, one.end));
        const some = button("Choose words", () => choose(one, item, some));
        item.append(whole, some, text);
        return item;
      }
      function choose(one, item, from) {
        if (item.querySelector("textarea")) { item.querySelector("textarea").focus(); return; }
        const words = make("label", "Mark the words with the mouse, or with Shift and the arrows ");
        const around = make("textarea", "", { readOnly: true, rows: 6, value: one.around });
        words.append(around);
        const go = button("Cite these words", () => {
          const start = one.first + points(one.around.slice(0, around.selectionStart));
          cite(one, start, start + points(one.around.slice(around.selectionStart, around.selectionEnd)));
        });
        item.append(words, go);
        const begin = [...one.around].slice(0, one.start - one.first).join("").length;
        around.focus();
        around.setSelectionRange(begin, begin + one.text.length);
      }
      async function cite(one, start, end) {
        const asked = new URLSearchParams({ source: one.source, version: one.version, start, end });
        try {
          const told = await get(`/passages/quote/?${asked}`);
          if (told.refused) { status.textContent = told.refused; status.scrollIntoView({ block: "nearest" }); return; }
          const label = await stands(told);
          const at = touched ? area.selectionEnd : area.value.length;
          area.setRangeText(`[^${label}]`, at, at, "end");
          area.dispatchEvent(new Event("input", { bubbles: true }));
          close(area);
        } catch (error) { status.textContent = `Nothing was cited. ${error.message}`; }
      }
    }
  }

  // The label of a citation: one that says the same already, or a new one with its fields filled.
  async function stands({ source, quote }) {
    for (const one of labels()) {
      if (beside(one, "source")?.value === source && beside(one, "quote")?.value === quote && one.value && kept(one)) return one.value;
    }
    const label = fresh(source);
    const before = new Set(labels().map((one) => one.name));
    const adding = [...document.querySelectorAll('[data-contentpath="citations"] button[data-streamfield-stream-add], [data-contentpath="citations"] .c-sf-add-button')].pop();
    adding?.click();
    for (let tries = 0; tries < 100; tries += 1) {
      const row = labels().find((one) => !before.has(one.name));
      if (row) {
        for (const [key, value] of Object.entries({ label, source, quote })) {
          const field = beside(row, key);
          field.value = value;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }
        // Wagtail sends the focus into the new row: wait for that, then it is ours again
        const child = row.closest("[data-streamfield-child]");
        for (let n = 0; n < 40 && !child?.contains(document.activeElement); n += 1) await pause();
        return label;
      }
      await pause();
    }
    throw new Error("The list of citations below could not take it.");
  }
  const pause = () => new Promise((done) => { setTimeout(done, 20); });
  const kept = (one) => document.querySelector(`[name="${one.name.replace(/-value-label$/, "-deleted")}"]`)?.value !== "1";
  function fresh(source) {
    const known = new Set(labels().map((one) => one.value));
    const base = (source.split(":")[1] || source).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40) || "cite";
    let label = base;
    for (let n = 2; known.has(label); n += 1) label = `${base}-${n}`;
    return label;
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
