// Keeps records on this device only, each encrypted with a key that goes when the notes are locked.
// Nothing here can reach a network: the page's policy forbids it. Several windows may have the notes
// open: each reads and writes only while the lock is the one it opened, checked in the same transaction.
import { ROUNDS, WrongPin, keyFrom, newSalt, seal, toText, unseal } from "./crypt.js";
import { fault } from "./records.js";

const NAME = "notes", CHECK = "check";
const windows = globalThis.BroadcastChannel ? new BroadcastChannel("piamater-notes") : null;
const tellOthers = () => windows?.postMessage("changed");

/** Call when another window has set up, written, changed the PIN or wiped. */
export function onOtherWindow(act) {
  windows?.addEventListener("message", act);
}

/** The notes' lock is not, or no longer, the one that this window knows. */
export class LockChanged extends Error {}
/** Another window wrote in between. */
class Overtaken extends Error {}

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

/** Do `work` in one transaction; what it gives is the result, what it refuses with undoes everything. */
async function transact(mode, work) {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(["meta", "records"], mode);
      const meta = transaction.objectStore("meta"), records = transaction.objectStore("records");
      let result, reason;
      const give = (value) => { result = value; };
      const refuse = (error) => { reason = error; transaction.abort(); };
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(reason ?? transaction.error);
      work({ meta, records, give, refuse });
    });
  } finally { db.close(); }
}

const mark = (lock) => (lock ? toText(lock.salt) : "");

/** A transaction that goes on only if the lock has this mark. */
const under = (expected, mode, work) => transact(mode, (stores) => {
  stores.meta.get("lock").onsuccess = ({ target }) => {
    if (mark(target.result) !== expected) stores.refuse(new LockChanged());
    else work(stores);
  };
});

/** A transaction that writes under this lock; the other windows hear of it. */
async function write(expected, work) {
  await under(expected, "readwrite", (stores) => {
    stores.meta.get("writes").onsuccess = ({ target }) => {
      const writes = target.result ?? 0;
      stores.meta.put(writes + 1, "writes");
      work(stores, writes);
    };
  });
  tellOthers();
}

const readLock = () => transact("readonly", ({ meta, give }) => {
  meta.get("lock").onsuccess = ({ target }) => give(target.result);
});

async function newLock(pin) {
  const salt = newSalt();
  const key = await keyFrom(pin, salt, ROUNDS);
  return { key, lock: { salt, rounds: ROUNDS, check: await seal(key, CHECK) } };
}

export async function exists() {
  return (await readLock()) !== undefined;
}

/** Empty, not removed: another window may be setting up the notes anew meanwhile. */
export async function wipe() {
  await transact("readwrite", ({ meta, records }) => {
    meta.clear();
    records.clear();
  });
  tellOthers();
}

/** The opened notes: entries by id, and the health record under the id "record". */
export class Notes {
  #key; #mark; #unread = new Set(); #last = Promise.resolve();

  constructor(key, lock) {
    this.#key = key;
    this.#mark = mark(lock);
  }

  /** Set up; refused where another window has done so. */
  static async create(pin) {
    const { key, lock } = await newLock(pin);
    await write("", ({ meta }) => meta.put(lock, "lock"));
    return new Notes(key, lock);
  }

  static async open(pin) {
    const lock = await readLock();
    if (!lock) throw new LockChanged();
    try {
      const key = await keyFrom(pin, lock.salt, lock.rounds);
      await unseal(key, lock.check);
      return new Notes(key, lock);
    } catch { throw new WrongPin(); }
  }

  /** One thing after the other: nothing is encrypted with a key that a change of PIN is replacing. */
  #inTurn(work) {
    const done = this.#last.then(() => {
      if (!this.#key) throw new LockChanged();
      return work(this.#key);
    });
    this.#last = done.catch(() => {});
    return done;
  }

  #read() {
    return under(this.#mark, "readonly", ({ meta, records, give }) => {
      const found = {};
      give(found);
      records.getAllKeys().onsuccess = ({ target }) => { found.ids = target.result; };
      records.getAll().onsuccess = ({ target }) => { found.sealed = target.result; };
      meta.get("writes").onsuccess = ({ target }) => { found.writes = target.result ?? 0; };
    });
  }

  /** The records that can be read, and how many cannot; those stay as they are. */
  all() {
    return this.#inTurn(async (key) => {
      const { ids, sealed } = await this.#read(), records = [], unread = new Set();
      await Promise.all(sealed.map(async (one, at) => {
        const record = await unseal(key, one).catch(() => null);
        if (fault(record) || record.id !== ids[at]) unread.add(ids[at]);
        else records.push(record);
      }));
      this.#unread = unread;
      return { records, unread: unread.size };
    });
  }

  /** Write all of them or none. An unreadable record of the same id is set aside, not replaced. */
  put(values) {
    return this.#inTurn(async (key) => {
      const sealed = await Promise.all(values.map((one) => seal(key, one)));
      await write(this.#mark, ({ records }) => values.forEach(({ id }, at) => {
        if (this.#unread.has(id)) {
          const aside = `unread-${crypto.randomUUID()}`;
          records.get(id).onsuccess = ({ target }) => { if (target.result) records.put(target.result, aside); };
        }
        records.put(sealed[at], id);
      }));
      for (const { id } of values) this.#unread.delete(id);
    });
  }

  remove(id) {
    return this.#inTurn(() => write(this.#mark, ({ records }) => records.delete(id)));
  }

  /** Change the PIN: everything that can be is encrypted anew, all of it or nothing. */
  change(pin) {
    return this.#inTurn(async (old) => {
      const { key, lock } = await newLock(pin);
      while (!(await this.#resealed(old, key, lock)));
      this.#key &&= key;
      this.#mark = mark(lock);
    });
  }

  /** Encrypt everything with the new key; false, and nothing done, if another window wrote meanwhile. */
  async #resealed(old, key, lock) {
    const { ids, sealed, writes } = await this.#read();
    const anew = await Promise.all(sealed.map((one) => unseal(old, one).then((value) => seal(key, value), () => one)));
    try {
      await write(this.#mark, ({ meta, records, refuse }, before) => {
        if (before !== writes) return refuse(new Overtaken());
        meta.put(lock, "lock");
        return ids.forEach((id, at) => records.put(anew[at], id));
      });
      return true;
    } catch (error) {
      if (error instanceof Overtaken) return false;
      throw error;
    }
  }

  lock() { this.#key = null; }
}
