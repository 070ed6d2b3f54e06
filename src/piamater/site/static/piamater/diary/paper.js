// What goes on paper: the notes when they are open, a table to fill in by hand when they are not.
import { FIELDS } from "./records.js";

const ROWS = 12;

export const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

export function blankTable(t) {
  const table = make("table", "", { className: "blank" }), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const title of [t.d_when, t.d_kind, t.d_text]) head.append(make("th", title, { scope: "col" }));
  for (let row = 0; row < ROWS; row += 1) body.insertRow().append(make("td", "\u00a0"), make("td", ""), make("td", ""));
  return table;
}

export const lockedPaper = (t) => [make("p", t.d_print_locked), blankTable(t)];

/** The health record and the days that are shown, without their buttons; `part` says if some are not. */
export function openPaper(t, record, days, part) {
  const head = FIELDS.filter((one) => record[one])
    .flatMap((one) => [make("h3", t[`d_r_${one}`]), make("p", record[one], { className: "passage-text" })]);
  const copies = days.map((one) => {
    const copy = one.cloneNode(true);
    for (const button of copy.querySelectorAll("button")) button.remove();
    return copy;
  });
  if (part) copies.unshift(make("p", part));
  return head.length || copies.length ? [...head, ...copies] : [make("p", t.d_none), blankTable(t)];
}
