// A box as high as its words, where the browser does not do it by itself.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";
import { growBoxes } from "../../collectifs/static/js/lib/grow.js";

const window = new Window({ url: "http://localhost/" });
const frames = []; // what was asked for the next paint
let scrolled = [];
Object.assign(globalThis, {
  document: window.document, Event: window.Event, MutationObserver: window.MutationObserver,
  addEventListener: window.addEventListener.bind(window),
  requestAnimationFrame: (work) => frames.push(work),
  scrollX: 3, scrollY: 700, scrollTo: (...place) => scrolled.push(place),
});
growBoxes();

const paint = () => { for (const work of frames.splice(0)) work(); };
const say = (kind, on = document.body) => on.dispatchEvent(new Event(kind, { bubbles: true }));
const written = (box) => box.style.height;

// A box of so many pixels between its borders (two more on each side), whose words are so high.
function boxOf({ width = 200, words = 90 } = {}) {
  document.body.innerHTML = "<div><textarea></textarea></div>";
  const box = document.querySelector("textarea");
  const sizes = { clientWidth: width, scrollHeight: words, offsetHeight: 44, clientHeight: 40 };
  for (const [name, value] of Object.entries(sizes)) {
    Object.defineProperty(box, name, { value, writable: true, configurable: true });
  }
  return box;
}

const told = () => new Promise((resolve) => { setImmediate(resolve); }); // of what changed in the page

beforeEach(async () => { await told(); paint(); scrolled = []; });

test("at the next paint a box is as high as its words and its borders, once for all that was typed meanwhile", () => {
  const box = boxOf();
  for (const kind of ["input", "input", "collectifs-written"]) say(kind, box);
  assert.deepEqual([frames.length, written(box)], [1, ""]);
  paint();
  assert.equal(written(box), "94px");
  box.value = "Deux lignes de plus";
  box.scrollHeight = 150;
  say("input", box);
  paint();
  assert.equal(written(box), "154px");
});

test("a box is measured again for other words or another width alone, never while it is folded", () => {
  const box = boxOf({ width: 0 });
  say("input", box);
  paint();
  assert.equal(written(box), "");
  box.clientWidth = 200;
  window.dispatchEvent(new Event("resize"));
  paint();
  assert.equal(written(box), "94px");
  box.scrollHeight = 500;
  say("input", box);
  paint();
  assert.equal(written(box), "94px", "neither its words nor its width changed");
  box.clientWidth = 100;
  say("collectifs-written", box);
  paint();
  assert.equal(written(box), "504px");
});

test("the page stays where it was read", () => {
  const box = boxOf();
  say("input", box);
  paint();
  assert.deepEqual(scrolled, []);
  box.value = "Plus";
  // A box that is lower for a moment may pull the page up.
  Object.defineProperty(box, "scrollHeight", { get() { globalThis.scrollY = 650; return 90; } });
  say("input", box);
  paint();
  assert.deepEqual(scrolled, [[3, 700]]);
});

test("what comes into the page, or is shown, grows too", async () => {
  const box = boxOf();
  await told();
  paint();
  assert.equal(written(box), "94px");
  box.value = "Écrit pendant qu’elle était cachée";
  box.scrollHeight = 100;
  box.toggleAttribute("hidden", true);
  await told();
  paint();
  assert.equal(written(box), "104px");
});
