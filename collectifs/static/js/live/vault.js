// live/vault.js: what is kept on this device is sealed (AES-GCM 256) under a key of its own for each meeting, itself
// wrapped by a code of six digits (PBKDF2). Six digits protect against a curious hand, not against a laboratory.
import { sealing } from "../lib/browser.js";

export const ITERATIONS = 600000;
export const CODE = /^\d{6}$/;
const ROWS = "01234567890 09876543210"; // a code that runs along it is the first to be tried
const FREE_TRIES = 5;
const FIRST_WAIT = 30000;
const LONGEST_WAIT = 3600000;

const subtle = sealing();
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (text) => new TextEncoder().encode(text);

// Why a code should not be chosen, in the words of the page; "" when it may be.
/** @param {string} code @returns {string} */
export function weakness(code) {
  if (!CODE.test(code)) return "Le code compte six chiffres.";
  const [day, month] = [Number(code.slice(0, 2)), Number(code.slice(2, 4))];
  if (ROWS.includes(code) || /^(.{1,3})\1+$/.test(code)) return "C’est une suite : choisissez d’autres chiffres.";
  const isDate = day >= 1 && day <= 31 && month >= 1 && month <= 12;
  return isDate ? "Cela se lit comme une date : choisissez d’autres chiffres." : "";
}

async function keyFromCode(code, salt, iterations) {
  const words = await subtle.importKey("raw", bytes(code), "PBKDF2", false, ["deriveKey"]);
  const recipe = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return subtle.deriveKey(recipe, words, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const unwrap = (lock, outer) =>
  subtle.unwrapKey("raw", lock.wrapped, outer, { name: "AES-GCM", iv: lock.iv }, "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);

// A new key and its lock: the lock is kept, the key lives in the memory of the page alone and cannot be taken out of
// it.
export async function makeKey(code, iterations = ITERATIONS) {
  const [salt, iv] = [random(16), random(12)];
  const outer = await keyFromCode(code, salt, iterations);
  const bare = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const lock = { salt, iterations, iv, wrapped: await subtle.wrapKey("raw", bare, outer, { name: "AES-GCM", iv }) };
  return { lock, key: await unwrap(lock, outer) };
}

// The key behind a lock, or null when the code is not the right one.
export async function openKey(lock, code) {
  const outer = await keyFromCode(code, lock.salt, lock.iterations);
  try {
    return await unwrap(lock, outer);
  } catch {
    return null; // what a wrong code comes to: the seal does not hold
  }
}

// A value sealed for its place: moved elsewhere, it does not open.
export async function seal(key, value, place) {
  const iv = random(12);
  const sealed = await subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bytes(place) },
    key,
    bytes(JSON.stringify(value)),
  );
  return { iv, sealed };
}

export async function unseal(key, { iv, sealed }, place) {
  const plain = await subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

// How long to wait after so many wrong codes in a row.
export const waitAfter = (tries) =>
  tries < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - FREE_TRIES));
