// What a record may be. One from a file is checked here before anything is written,
// one from the store before it is shown; the page's form cannot make any other.
export const KINDS = ["symptom", "medicine", "measurement", "appointment", "question", "note"];
export const FIELDS = ["conditions", "medicines", "allergies", "contacts", "other"];
/** The id of the health record; every other record is an entry. */
export const RECORD = "record";

const LAST_MOMENT = 8.64e15;
const MOMENT = /^(\d{4,6})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/;

function isDate(text) {
  const found = MOMENT.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1, 4).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const textUpTo = (limit) => (value) => {
  if (typeof value !== "string") return { why: "type" };
  return value.length > limit ? { why: "long", limit } : null;
};

const id = (value) => (value === "" ? { why: "missing" } : textUpTo(99)(value));
const changed = (value) => {
  if (typeof value !== "number") return { why: "type" };
  return value >= 0 && value <= LAST_MOMENT ? null : { why: "date" };
};
const when = (value) => {
  if (typeof value !== "string") return { why: "type" };
  return isDate(value) ? null : { why: "date" };
};
const kind = (value) => {
  if (typeof value !== "string") return { why: "type" };
  return KINDS.includes(value) ? null : { why: "kind" };
};
const strength = (value) => (Number.isInteger(value) && value >= 0 && value <= 10 ? null : { why: "strength" });

const ENTRY = {
  needed: ["id", "changed", "when", "kind", "text"],
  checks: new Map(Object.entries({ id, changed, when, kind, text: textUpTo(5000), strength, value: textUpTo(40), unit: textUpTo(20) })),
};
const HEALTH = {
  needed: ["id", "changed"],
  checks: new Map([["id", id], ["changed", changed], ...FIELDS.map((one) => [one, textUpTo(5000)])]),
};

/** What is wrong with a record: why, in which field, and beyond which limit; nothing for a good one. */
export function fault(record) {
  if (record === null || typeof record !== "object" || Array.isArray(record)) return { why: "shape" };
  const { needed, checks } = record.id === RECORD ? HEALTH : ENTRY;
  const given = Object.keys(record), field = needed.find((one) => !given.includes(one));
  if (field) return { why: "missing", field };
  for (const one of given) {
    const wrong = checks.has(one) ? checks.get(one)(record[one]) : { why: "unknown" };
    if (wrong) return { ...wrong, field: one };
  }
  return null;
}
