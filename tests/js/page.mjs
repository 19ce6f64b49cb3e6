// A page as the application serves it, opened in this process: what people see of it, what they press, what they hear.
// Time stands still, and goes on when a test says so.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { mock } from "node:test";
import { Window } from "happy-dom";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SERVED = path.join(ROOT, "var/tests/pages.json");
const { setTimeout: later } = globalThis; // of the machine, before a test holds time still
const STEP = 500; // ms: the pace of the page's own clock
const BROWSER = [
  "document", "history", "Event", "CustomEvent", "KeyboardEvent", "MouseEvent", "CSS", "DOMParser", "NodeFilter",
  "MutationObserver", "localStorage", "sessionStorage", "navigator",
];
const METHODS = ["addEventListener", "removeEventListener", "dispatchEvent", "getComputedStyle", "getSelection"];

let pages = null; // read once

// Written by the application itself, again when a template has changed since.
function served(name) {
  pages ??= readServed();
  return pages[name];
}

function readServed() {
  const changed = Math.max(...globSync("collectifs/templates/**/*.html", { cwd: ROOT }).map((each) =>
    statSync(path.join(ROOT, each)).mtimeMs));
  const written = statSync(SERVED, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (written < changed) {
    const python = path.join(ROOT, ".venv/bin/python");
    execFileSync(python, ["-m", "tests.served_pages", SERVED], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  }
  return JSON.parse(readFileSync(SERVED, "utf-8"));
}

function put(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

// Windows of one browser, without the browser: what one posts, the others hear at once.
class Channel {
  static open = [];

  constructor(name) {
    this.name = name;
    Channel.open.push(this);
  }

  postMessage(data) {
    const others = Channel.open.filter((each) => each !== this && each.name === this.name);
    for (const other of others) other.onmessage?.({ data: structuredClone(data) });
  }

  close() {
    Channel.open = Channel.open.filter((each) => each !== this);
  }
}

export class Page {
  went = []; // the addresses that the page was left for
  faults = [];
  copied = []; // what was put on the clipboard
  opened = []; // windows
  seenTop = [];

  // `at`: the time of this machine.
  constructor(name, { at, address, isNarrow = false }) {
    mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    this.now = at;
    mock.method(Date, "now", () => this.now);
    mock.method(performance, "now", () => this.now - at);
    this.window = new Window({ url: address, width: 1280, height: 800 });
    for (const each of BROWSER) put(each, this.window[each]);
    for (const each of METHODS) put(each, this.window[each].bind(this.window));
    this.#stub(new URL(address), isNarrow);
    document.write(served(name));
  }

  #stub(address, isNarrow) {
    const { pathname, search, hash, href, origin } = address;
    put("window", { open: (...asked) => { this.opened.push(asked); return { focus() {} }; } });
    put("location", {
      pathname, search, hash, href, origin,
      assign: (to) => this.went.push(to),
      replace: (to) => this.went.push(to),
    });
    put("innerHeight", 800);
    put("scrollTo", (...place) => this.seenTop.push(place));
    this.narrow = Object.assign(new this.window.EventTarget(), { matches: isNarrow }); // « change » as it is resized
    put("matchMedia", () => this.narrow);
    put("reportError", (fault) => this.faults.push(fault));
    put("BroadcastChannel", Channel);
    put("IntersectionObserver", this.#watch());
    put("fetch", async () => { throw new TypeError("no network"); });
    const clipboard = { writeText: async (words) => { this.copied.push(words); } };
    Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
  }

  // What is watched leaves the screen, or comes back, when a test says so: `page.scroll({ isIn, top })`.
  #watch() {
    const page = this;
    return class {
      constructor(tell) {
        page.scroll = ({ isIn, top, height = 40 }) =>
          tell([{ isIntersecting: isIn, boundingClientRect: { top, height } }]);
      }

      observe() {}
    };
  }

  // What was asked for meanwhile has come: scripts too, which node reads from the disk.
  async settle() {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  // Until something slow is done, such as the key of a code.
  async until(isDone) {
    for (let turn = 0; !isDone() && turn < 500; turn += 1) await new Promise((resolve) => later(resolve, 10));
    assert.ok(isDone(), `not done: ${isDone}`);
  }

  async pass(ms) {
    for (let gone = 0; gone < ms; gone += STEP) {
      const step = Math.min(STEP, ms - gone);
      this.now += step;
      mock.timers.tick(step);
      await this.settle();
    }
  }

  // The machine slept: no clock of the page ran meanwhile.
  async wake(ms) {
    this.now += ms;
    await this.pass(STEP);
  }

  // Whatever still goes on in it stops: what it asks for next never comes.
  async close() {
    put("fetch", () => new Promise(() => {}));
    await this.settle();
    mock.timers.reset();
    mock.restoreAll();
    Channel.open = [];
    await this.window.happyDOM.close(); // the page's own script stays with node, and would keep the page
    assert.deepEqual(this.faults, []);
  }
}

// ---------- What people see ----------

const tidy = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();

// What hides an element, or what stands around it: an attribute, a fold, a dialog that is closed.
const HIDING = "[hidden], template, script, style, noscript, dialog:not([open])";

// Whether it is on the screen.
export function isSeen(element) {
  if (!element?.isConnected || element.closest(HIDING)) return false;
  for (let each = element; each; each = each.parentElement) {
    const isFolded = each.parentElement?.tagName === "DETAILS" && !each.parentElement.open;
    if (isFolded && each.tagName !== "SUMMARY") return false;
  }
  return true;
}

function wordsOf(element, leftOut) {
  const texts = [...element.childNodes].map((node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || !isSeen(node) || leftOut(node)) return "";
    const isBlock = !["B", "I", "SPAN", "SMALL", "STRONG", "A"].includes(node.tagName);
    return isBlock ? ` ${wordsOf(node, leftOut)} ` : wordsOf(node, leftOut);
  });
  return texts.join("");
}

const find = (place) => (typeof place === "string" ? document.querySelector(place) : place);

// The words that can be read there, in a wide window; "" when it is not on the screen.
export function read(place) {
  const element = find(place);
  const isUnread = ({ classList }) => classList.contains("sr") || classList.contains("narrow");
  return isSeen(element) ? tidy(wordsOf(element, isUnread)) : "";
}

// The words that a screen reader says there.
export function hear(place) {
  const element = find(place);
  return isSeen(element) ? tidy(wordsOf(element, isUnheard)) : "";
}

const isUnheard = (each) => each.getAttribute("aria-hidden") === "true" || each.classList.contains("narrow");
const nameOf = (element) => tidy(element.getAttribute("aria-label") ?? wordsOf(element, isUnheard));

// The things that can be pressed, by their name.
export function offered(within = document.body) {
  const all = [...find(within).querySelectorAll("button, a[href], summary")];
  return all.filter((each) => isSeen(each) && !each.disabled).map(nameOf);
}

export function theButton(name, within = document.body) {
  const all = [...find(within).querySelectorAll("button, a, summary")].filter((each) => isSeen(each) && !each.disabled);
  const found = all.find((each) => nameOf(each) === name) ?? all.find((each) => nameOf(each).startsWith(name));
  assert.ok(found, `« ${name} » is not offered, but: ${all.map(nameOf).join(" | ")}`);
  return found;
}

export function press(name, within) {
  theButton(name, within).click();
}

export function theField(label) {
  const labels = [...document.querySelectorAll("label")];
  const found = labels.find((each) => isSeen(each) && tidy(each.textContent) === label);
  const field = found && (found.control ?? found.querySelector("input, textarea, select")
    ?? document.getElementById(found.getAttribute("for")));
  assert.ok(field, `no field « ${label} » is on the screen`);
  return field;
}

// As somebody who types, then leaves the field.
export function type(field, text) {
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function key(name, { on = document.activeElement ?? document.body, ...more } = {}) {
  on.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
}

export function submit(form) {
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

export const focused = () => nameOf(document.activeElement);
