// Keeps records on this device only, each encrypted (AES-256-GCM) with a key made from the PIN
// (PBKDF2-SHA-256, 600,000 rounds; OWASP 2023). The key lives in memory, cannot be exported, and
// goes when the notes are locked. Nothing here can reach a network: the page's policy forbids it.
const NAME = "notes", ROUNDS = 600_000, CHECK = "check";
const encoder = new TextEncoder(), decoder = new TextDecoder();

export class WrongPin extends Error {}
export class WrongFile extends Error {}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("meta");
      request.result.createObjectStore("records");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function transact(stores, mode, work) {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(stores, mode);
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      work(transaction, (value) => { result = value; });
    });
  } finally { db.close(); }
}

const read = (store, key) => transact([store], "readonly", (t, give) => {
  const request = key === undefined ? t.objectStore(store).getAll() : t.objectStore(store).get(key);
  request.onsuccess = () => give(request.result);
});

async function keyFrom(pin, salt, rounds) {
  const raw = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, raw,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(JSON.stringify(value)));
  return { iv, data: new Uint8Array(data) };
}

async function unseal(key, sealed) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
  return JSON.parse(decoder.decode(plain));
}

const toText = (bytes) => btoa(String.fromCharCode(...bytes));
const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

export async function exists() {
  return (await read("meta", "lock")) !== undefined;
}

export async function wipe() {
  await transact(["meta", "records"], "readwrite", (t) => {
    t.objectStore("meta").clear();
    t.objectStore("records").clear();
  });
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

/** The opened notes: entries by id, and the health record under the id "record". */
export class Notes {
  #key;

  constructor(key) { this.#key = key; }

  static async create(pin) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const key = await keyFrom(pin, salt, ROUNDS);
    const check = await seal(key, CHECK);
    await transact(["meta"], "readwrite", (t) => t.objectStore("meta").put({ salt, rounds: ROUNDS, check }, "lock"));
    return new Notes(key);
  }

  static async open(pin) {
    const lock = await read("meta", "lock");
    const key = await keyFrom(pin, lock.salt, lock.rounds);
    try { await unseal(key, lock.check); } catch { throw new WrongPin(); }
    return new Notes(key);
  }

  async all() {
    const sealed = await read("records");
    return Promise.all(sealed.map((one) => unseal(this.#key, one)));
  }

  async put(...values) {
    const sealed = await Promise.all(values.map((one) => seal(this.#key, one)));
    await transact(["records"], "readwrite", (t) => values.forEach((one, at) => t.objectStore("records").put(sealed[at], one.id)));
  }

  async remove(id) {
    await transact(["records"], "readwrite", (t) => t.objectStore("records").delete(id));
  }

  /** Change the PIN: everything is encrypted anew, all of it or nothing. */
  async change(pin) {
    const values = await this.all();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const key = await keyFrom(pin, salt, ROUNDS);
    const check = await seal(key, CHECK);
    const sealed = await Promise.all(values.map((one) => seal(key, one)));
    await transact(["meta", "records"], "readwrite", (t) => {
      t.objectStore("meta").put({ salt, rounds: ROUNDS, check }, "lock");
      values.forEach((one, at) => t.objectStore("records").put(sealed[at], one.id));
    });
    this.#key = key;
  }

  lock() { this.#key = null; }
}

/** A file with everything, encrypted with a PIN. */
export async function sealedFile(values, pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const sealed = await seal(await keyFrom(pin, salt, ROUNDS), values);
  const form = { format: "piamater-notes/1", rounds: ROUNDS, salt: toText(salt), iv: toText(sealed.iv) };
  let data = "";
  for (let at = 0; at < sealed.data.length; at += 32768) data += String.fromCharCode(...sealed.data.subarray(at, at + 32768));
  return JSON.stringify({ ...form, data: btoa(data) });
}

export function plainFile(values) {
  return JSON.stringify({ format: "piamater-notes-plain/1", records: values }, null, 1);
}

/** The records of a file; one that is not ours, or is damaged, is refused whole. */
export async function readFile(text, pin) {
  let form;
  try { form = JSON.parse(text); } catch { throw new WrongFile(); }
  let values = form?.records;
  if (form?.format === "piamater-notes/1") {
    if (!(form.rounds >= 1000 && form.rounds <= 10_000_000)) throw new WrongFile();
    let sealed, salt;
    try {
      sealed = { iv: toBytes(form.iv), data: toBytes(form.data) };
      salt = toBytes(form.salt);
    } catch { throw new WrongFile(); }
    try { values = await unseal(await keyFrom(pin, salt, form.rounds), sealed); } catch { throw new WrongPin(); }
  } else if (form?.format !== "piamater-notes-plain/1") throw new WrongFile();
  const good = Array.isArray(values) && values.every((one) => one && typeof one.id === "string" && one.id.length < 100
    && typeof one.changed === "number" && Object.values(one).every((each) => ["string", "number"].includes(typeof each)));
  if (!good) throw new WrongFile();
  return values;
}
