// Encryption with a key made from the PIN: AES-256-GCM, PBKDF2-SHA-256, 600,000 rounds (OWASP 2023).
export const ROUNDS = 600_000;
const encoder = new TextEncoder(), decoder = new TextDecoder();

export class WrongPin extends Error {}

/** The key lives in memory and cannot be exported. */
export async function keyFrom(pin, salt, rounds) {
  const raw = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, raw,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const newSalt = () => crypto.getRandomValues(new Uint8Array(16));

export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(JSON.stringify(value)));
  return { iv, data: new Uint8Array(data) };
}

export async function unseal(key, sealed) {
  let plain;
  try { plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data); } catch { throw new WrongPin(); }
  return JSON.parse(decoder.decode(plain));
}

export function toText(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

export const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
