// live/dom.js: making and updating pieces of page. Text only ever enters as text; no style attribute.
import { piecesAloud } from "../lib/aloud.js";
import { french } from "../lib/french.js";

const SVG = "http://www.w3.org/2000/svg";
const SPELLED = new WeakMap(); // what each element was given to say

// el("button", { class: "btn", onclick: … }, "Ajouter"): a property when it is a listener, an attribute otherwise.
// Its words are set as French prints them: a colon never begins a line.
/** @param {string} tag @param {Record<string, any>} attributes @returns {Piece} */
export function el(tag, attributes = {}, ...children) {
  /** @type {any} */
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  const there = children.filter((child) => child !== null && child !== undefined && child !== false);
  element.append(...there.map((child) => (typeof child === "string" ? french(child) : child)));
  return element;
}

export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    class: "icon", width: size, height: size, "aria-hidden": "true", focusable: "false",
  })) {
    svg.setAttribute(key, value);
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// Writes a text only when it changed, so that nothing is announced or laid out twice.
export function write(element, text) {
  const words = french(text);
  if (element.textContent !== words) element.textContent = words;
}

// The same, for words with hours and minutes: shown short, heard spelled out.
/** @param {Piece} element @param {string} text */
export function spell(element, text) {
  const words = french(text);
  if (SPELLED.get(element) === words) return;
  SPELLED.set(element, words);
  element.replaceChildren(...spelledPieces(words));
}

/** @param {string} words @returns {any[]} */
export function spelledPieces(words) {
  /** @type {any[]} */
  const pieces = [];
  for (const [written, said] of piecesAloud(words)) {
    if (said === undefined) pieces.push(written);
    else pieces.push(el("span", { "aria-hidden": "true" }, written), el("span", { class: "sr" }, said));
  }
  return pieces;
}

export function set(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

export function show(element, isShown) {
  if (element.hidden === isShown) element.hidden = !isShown;
}

// What a person typed, on screen.
export const typed = (text) => french(text);

// Words with a hyphen held on one line: « parle-t-elle ».
export function unbroken(text) {
  const pieces = text.split(/([\p{L}’]+(?:-[\p{L}]+)+)/u);
  return pieces.map((piece, place) => (place % 2 ? el("span", { class: "nb" }, piece) : piece));
}

// Children that follow a list: kept by key, built once, updated, put in order; focus and typing survive.
export function follow(parent, items, keyOf, make, update) {
  const kept = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = kept.get(key);
    kept.delete(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    update?.(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const gone of kept.values()) gone.remove();
}

// Fills a piece of the shell: « {readers} » in its texts, and the addresses of its links; a link to nothing goes away.
/** @param {Piece} root @param {Record<string, any>} words @param {RoomUrls} urls */
export function fill(root, words, urls) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    /** @type {any} */
    const node = texts.currentNode;
    if (node.data.includes("{")) node.data = node.data.replace(/\{(\w+)\}/g, (_, name) => typed(words[name] ?? ""));
  }
  for (const link of root.querySelectorAll("[data-url]")) {
    if (!urls[link.dataset.url]) link.remove();
    else Object.assign(link, { href: urls[link.dataset.url], target: "window" in link.dataset ? "_blank" : "" });
  }
}

// A view of the shell, filled, with the one h1 of the page. What the server said of it already stays where it is.
/** @param {string} name @param {RoomData} data */
export function build(name, data, title = "") {
  const view = document.getElementById(`view-${name}`).content.firstElementChild.cloneNode(true);
  fill(view, data, data.urls);
  const begun = document.querySelector(`[data-begun="${name}"]`);
  const root = begun ? around(begun, view) : view;
  root.querySelector("[data-heading]")?.replaceWith(el("h1", { tabindex: "-1" }, title));
  const heading = root.querySelector("h1");
  /** @type {(key: string) => Piece} */
  const part = (key) => root.querySelector(`[data-${key}]`);
  return { root, heading, part };
}

// The pieces of a view that stand in the page (data-first) are not painted again: the others come around them.
/** @param {Piece} begun @param {Piece} view @returns {Piece} */
function around(begun, view) {
  let place = begun.firstElementChild;
  for (const piece of [...view.children]) {
    const { first } = piece.dataset;
    const there = first && begun.querySelector(`:scope > [data-first="${first}"]`);
    if (there) place = there.nextElementSibling;
    else begun.insertBefore(piece, place);
  }
  for (const button of begun.querySelectorAll("[data-first] button")) button.disabled = false;
  begun.removeAttribute("data-begun");
  return begun;
}

// A « … » menu; components' page.js closes it on Escape or a click elsewhere.
export function menu(label, entries) {
  const list = el("div", { class: "menu-list" });
  const details = el("details", { class: "menu" },
    el("summary", { class: "more", "aria-label": label }, icon("more")),
    list,
  );
  // On the side that has more room: it is never higher than that (css/live.css).
  details.addEventListener("toggle", () => {
    const { top, bottom } = details.getBoundingClientRect();
    const row = document.querySelector(".controls");
    const isFixed = row !== null && getComputedStyle(row).position === "fixed"; // it covers the foot of a telephone
    const below = (isFixed ? row.getBoundingClientRect().top : innerHeight) - bottom;
    list.classList.toggle("is-above", below < list.offsetHeight && top > below);
  });
  for (const { text, action } of entries) {
    list.append(el("button", { type: "button", onclick: () => { details.open = false; action(); } }, text));
  }
  return details;
}

// A line of a menu opens something else: closed, the menu keeps the focus for when it comes back.
/** @param {Piece} list */
export function leaveMenu(list) {
  const details = list.closest("details");
  details.open = false;
  details.querySelector("summary").focus({ preventScroll: true });
}

export const button = (text, action, kind = "btn") =>
  el("button", { type: "button", class: kind, onclick: action }, text);

// What had the focus went away (a button that no longer applies, a note removed): start again from the step.
/** @param {Piece} heading */
export function keepFocus(heading) {
  const now = document.activeElement;
  if (now === document.body || now.disabled || now.closest("[hidden]")) heading.focus({ preventScroll: true });
}
