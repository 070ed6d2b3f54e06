// A review that was begun is kept in this tab until it is signed: a session that ends, a page that
// is loaded anew or a lost connection takes no tick and no word with it.
(() => {
  const form = document.querySelector("[data-desk-review]");
  if (!form) return;
  const place = `review ${form.dataset.deskReview}`;
  const fields = () => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
  const store = () => {
    const ticked = fields().filter((one) => one.type === "checkbox" && one.checked).map((one) => [one.name, one.value]);
    const words = fields().filter((one) => one.type !== "checkbox").map((one) => [one.name, one.value]);
    try { sessionStorage.setItem(place, JSON.stringify({ ticked, words })); } catch { /* no room, or not allowed */ }
  };
  if (!("deskGiven" in form.dataset)) {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(place) || "null"); } catch { /* not ours */ }
    if (kept) {
      const ticked = new Set(kept.ticked.map(([name, value]) => `${name} ${value}`));
      const words = new Map(kept.words);
      for (const one of fields()) {
        if (one.type === "checkbox") one.checked = ticked.has(`${one.name} ${one.value}`);
        else if (words.has(one.name)) one.value = words.get(one.name);
        if (one.name.startsWith("change.") && one.value) one.closest("details").open = true;
      }
    }
  }
  const progress = form.querySelector("[data-desk-progress]");
  const open = () => [...form.querySelectorAll("input[name=read]")].filter((one) => !one.checked);
  const count = () => {
    const all = form.querySelectorAll("input[name=read]").length, left = open().length;
    progress.querySelector("span").textContent = left ? `${all - left} of ${all} ticked` : `All ${all} are ticked`;
    progress.querySelector("button").textContent = left ? "Go to the next" : "Go to the signature";
  };
  if (progress) {
    progress.hidden = false;
    progress.querySelector("button").addEventListener("click", () => (open()[0] || form.querySelector("#decision")).focus());
    form.addEventListener("change", count);
    count();
  }
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...form.querySelectorAll("details.shown:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  form.addEventListener("input", store);
  form.addEventListener("change", store);
})();
