// Pieces of page: made, written only when they change, filled, followed by key; the focus that is never lost.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/", height: 800 });
const { document } = window;
Object.assign(globalThis, { document, NodeFilter: window.NodeFilter, innerHeight: 800 });
globalThis.getComputedStyle = window.getComputedStyle.bind(window);
const dom = await import("../../collectifs/static/js/live/dom.js");
const { button, el } = dom;

beforeEach(() => { document.body.innerHTML = "<main></main>"; });

const main = () => document.querySelector("main");
const stands = (...pieces) => { main().replaceChildren(...pieces); return pieces[0]; };

// As something that is told each time it is touched.
function counted(start) {
  const times = { set: 0, value: start };
  return { times, of: (name, more) => Object.defineProperty({ ...more }, name, {
    get: () => times.value, set(value) { times.set += 1; times.value = value; },
  }) };
}

test("an attribute that is true stands alone; one that is false, null or unknown is not there; children likewise", () => {
  const made = el("p", { hidden: true, lang: false, title: null, id: undefined, class: "soft", rows: 0 },
    "Un : deux", null, undefined, false, el("b"), 0);
  const attributes = [...made.attributes].map(({ name, value }) => `${name}=${value}`);
  assert.deepEqual(attributes, ["hidden=", "class=soft", "rows=0"]);
  assert.equal(made.innerHTML, "Un&nbsp;: deux<b></b>0");
  let times = 0;
  button("Noter", () => { times += 1; }).click();
  assert.equal(times, 1);
});

test("an icon is drawn at twenty, is not heard and takes no focus", () => {
  const attributes = (made) => ["width", "height", "aria-hidden", "focusable"].map((each) => made.getAttribute(each));
  assert.deepEqual(attributes(dom.icon("more")), ["20", "20", "true", "false"]);
  assert.deepEqual(attributes(dom.icon("close", 16)), ["16", "16", "true", "false"]);
  assert.equal(dom.icon("more").firstElementChild.getAttribute("href"), "#i-more");
});

test("nothing is written that stands there already", () => {
  const text = counted("");
  const element = text.of("textContent");
  for (const words of ["", "Un", "Un", "Deux"]) dom.write(element, words);
  assert.deepEqual(text.times, { set: 2, value: "Deux" });
  const hidden = counted(false);
  const shown = hidden.of("hidden");
  for (const [isShown, set] of [[true, 0], [false, 1], [false, 1], [true, 2]]) {
    dom.show(shown, isShown);
    assert.deepEqual(hidden.times, { set, value: !isShown });
  }
  const asked = [];
  const kept = { getAttribute: () => asked.at(-1) ?? null, setAttribute: (_, value) => asked.push(String(value)) };
  for (const value of [1, "1", 2]) dom.set(kept, "x", value);
  assert.deepEqual(asked, ["1", "2"]);
  let times = 0;
  const spelled = { replaceChildren() { times += 1; } };
  for (const words of ["14 h", "14 h", "15 h"]) dom.spell(spelled, words);
  assert.equal(times, 2);
});

test("hours are shown short and heard spelled out", () => {
  const line = stands(el("p"));
  dom.spell(line, "Fin à 14 h.");
  const [before, short, long, after] = line.childNodes;
  assert.deepEqual([before.textContent, short.textContent, long.textContent, after.textContent],
    ["Fin à ", "14\u00a0h", "14\u00a0heures", "."]);
  assert.deepEqual([short.getAttribute("aria-hidden"), long.className], ["true", "sr"]);
});

test("words with a hyphen are held together, and they alone", () => {
  const pieces = dom.unbroken("Que se passe-t-il ici, peut-être ?");
  assert.deepEqual(pieces.map((each) => (typeof each === "string" ? each : `[${each.textContent}]`)),
    ["Que se ", "[passe-t-il]", " ici, ", "[peut-être]", " ?"]);
});

test("children follow a list by key: made once, put in order, taken away; what stands is not moved", () => {
  const list = stands(el("ul"));
  const made = [];
  const show = (...items) => {
    const moved = [];
    const insert = window.Node.prototype.insertBefore;
    list.insertBefore = (child, before) => { moved.push(child.dataset.key); return insert.call(list, child, before); };
    dom.follow(list, items, (each) => each, (each) => { made.push(each); return el("li"); },
      (child, each) => { child.textContent = `${each}!`; });
    assert.deepEqual([...list.children].map((each) => each.textContent), items.map((each) => `${each}!`));
    return moved.join("");
  };
  assert.equal(show("a", "b", "c"), "abc");
  const [, kept] = list.children;
  assert.equal(show("a", "b", "c"), "");
  assert.equal(show("b", "c", "d"), "bcd");
  assert.equal(list.children[0], kept);
  assert.equal(show("b"), "");
  assert.deepEqual(made, ["a", "b", "c", "d"]);
});

test("a piece of the shell is filled: its words, the addresses of its links; a link to nothing goes", () => {
  main().innerHTML = '<p>Lu par {readers}. {unknown}{ seul</p><a data-url="sheet">La fiche</a>'
    + '<a data-url="wall" data-window>Le mur</a><a data-url="none">Rien</a>';
  dom.fill(main(), { readers: "vous : seul" }, { sheet: "/fiche", wall: "/mur", none: null });
  assert.equal(main().firstElementChild.textContent, "Lu par vous\u00a0: seul. { seul");
  assert.deepEqual([...main().querySelectorAll("a")].map((each) => [each.getAttribute("href"), each.target]),
    [["/fiche", ""], ["/mur", "_blank"]]);
});

const DATA = { urls: {}, name: "Les Tilleuls" };
const SHELL = '<template id="view-one"><section><p data-first="lead">Vide</p><h1 data-heading></h1>'
  + '<p data-more>{name}</p><p data-first="foot">Pied</p><p data-end></p></section></template>';

test("a view has its title, one that takes the focus, and its parts by their names", () => {
  main().innerHTML = SHELL;
  const { root, heading, part } = dom.build("one", DATA, "Avant");
  assert.deepEqual([heading.textContent, heading.tabIndex, part("more").textContent], ["Avant", -1, "Les Tilleuls"]);
  assert.equal(root.parentNode, null);
});

test("what the server painted of a view stays where it is: the rest comes around it, and its buttons serve", () => {
  main().innerHTML = `${SHELL}<section data-begun="one"><p data-first="lead">Peint<button disabled>Aller</button></p>
    <p data-first="foot">Peint aussi</p></section>`;
  const begun = document.querySelector("[data-begun]");
  const painted = begun.firstElementChild;
  const { root } = dom.build("one", DATA, "Avant");
  assert.equal(root, begun);
  assert.deepEqual([...root.children].map((each) => each.textContent.trim()),
    ["PeintAller", "Avant", "Les Tilleuls", "Peint aussi", ""]);
  assert.deepEqual([root.firstElementChild, painted.querySelector("button").disabled], [painted, false]);
  assert.equal(document.querySelector("[data-begun]"), null);
});

test("a menu opens upwards only where it has not enough room below, and more above", () => {
  const opens = (top, bottom, { row = null, height = 200 } = {}) => {
    document.body.innerHTML = `<main></main>${row === null ? "" : `<p class="controls" style="position:${row}"></p>`}`;
    const details = stands(dom.menu("Plus", []));
    details.getBoundingClientRect = () => ({ top, bottom });
    const controls = document.querySelector(".controls");
    if (controls) controls.getBoundingClientRect = () => ({ top: 700 });
    Object.defineProperty(details.lastElementChild, "offsetHeight", { value: height });
    details.dispatchEvent(new window.Event("toggle"));
    return details.lastElementChild.classList.contains("is-above");
  };
  assert.equal(opens(560, 600), false, "just enough");
  assert.equal(opens(561, 601), true);
  assert.equal(opens(300, 500, { height: 301 }), false, "as much above as below");
  assert.equal(opens(301, 500, { height: 301 }), true);
  assert.equal(opens(460, 550, { row: "fixed" }), true, "what covers the foot of a telephone");
  assert.equal(opens(460, 550, { row: "static" }), false);
});

test("a line of a menu closes it before it acts; one that opens something else leaves the focus on the menu", () => {
  let wasOpen = null;
  const details = stands(dom.menu("Plus", [{ text: "Retirer", action: () => { wasOpen = details.open; } }]));
  details.open = true;
  details.querySelector("button").click();
  assert.deepEqual([wasOpen, details.open], [false, false]);
  details.open = true;
  dom.leaveMenu(details.lastElementChild);
  assert.deepEqual([details.open, document.activeElement], [false, details.querySelector("summary")]);
});

test("a focus that has nowhere to be goes back to the step; one that is somewhere stays", () => {
  const field = el("input"), off = el("button"), folded = el("div", {}, el("input"));
  const heading = el("h1", { tabindex: "-1" });
  stands(heading, field, off, folded);
  const after = (element, change = () => {}) => {
    element.focus();
    change();
    dom.keepFocus(heading);
    return document.activeElement;
  };
  assert.equal(after(field), field);
  assert.equal(after(off, () => { off.disabled = true; }), heading);
  assert.equal(after(folded.firstElementChild, () => { folded.hidden = true; }), heading);
  assert.equal(after(field, () => field.blur()), heading);
});
