// The notes as files: locked with a PIN, or open; and the records of a file that is brought in.
import { ROUNDS, WrongPin, keyFrom, newSalt, seal, toBytes, toText, unseal } from "./crypt.js";
import { fault } from "./records.js";

const SEALED = "piamater-notes/1", PLAIN = "piamater-notes-plain/1", LARGEST = 50_000_000;

export class WrongFile extends Error {}

/** A record of a file cannot be used: which one, counted from 1, and why. */
export class WrongRecord extends Error {
  constructor(number, wrong) {
    super();
    Object.assign(this, { number, wrong });
  }
}

/** A file with everything, encrypted with a PIN. */
export async function sealedFile(records, pin) {
  const salt = newSalt();
  const { iv, data } = await seal(await keyFrom(pin, salt, ROUNDS), records);
  return JSON.stringify({ format: SEALED, rounds: ROUNDS, salt: toText(salt), iv: toText(iv), data: toText(data) });
}

export function plainFile(records) {
  return JSON.stringify({ format: PLAIN, records }, null, 1);
}

async function openSealed(form, pin) {
  if (!(Number.isInteger(form.rounds) && form.rounds >= 1000 && form.rounds <= 10_000_000)) throw new WrongFile();
  let salt, iv, data;
  try { [salt, iv, data] = [form.salt, form.iv, form.data].map(toBytes); } catch { throw new WrongFile(); }
  if (iv.length !== 12 || data.length < 16) throw new WrongFile();
  try { return await unseal(await keyFrom(pin, salt, form.rounds), { iv, data }); } catch (error) {
    throw error instanceof WrongPin ? error : new WrongFile();
  }
}

/** The records of a file; if one of them is bad, none is given. */
export async function readFile(file, pin) {
  if (file.size > LARGEST) throw new WrongFile();
  let form;
  try { form = JSON.parse(await file.text()); } catch { throw new WrongFile(); }
  if (![SEALED, PLAIN].includes(form?.format)) throw new WrongFile();
  const records = form.format === SEALED ? await openSealed(form, pin) : form.records;
  if (!Array.isArray(records)) throw new WrongFile();
  const seen = new Set();
  records.forEach((one, at) => {
    const wrong = fault(one) ?? (seen.has(one.id) ? { why: "twice" } : null);
    if (wrong) throw new WrongRecord(at + 1, wrong);
    seen.add(one.id);
  });
  return records;
}
