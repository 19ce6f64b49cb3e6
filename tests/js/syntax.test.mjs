// What is written in static/js is read by the oldest browser that the pages name (js/lifeline.js): Safari 16.0.
// A sign that it does not know stops a whole graph of modules before its first line.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../collectifs/static/js/", import.meta.url);
const FILES = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".js"));

const TOO_NEW = {
  "look-behind (Safari 16.4)": /\(\?<[=!]/,
  "set notation, flag v (Safari 17)":
    /\/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(|\/[dgimsuy]*v[dgimsuy]*[,);]|new RegExp\([^)]*["'][a-z]*v[a-z]*["']\)/,
  "modifiers in a pattern (Safari 26)": /\(\?[ims]*(?:-[ims]+)?:(?<!\(\?:)/,
  "static block (Safari 16.4)": /^\s*static\s*\{/m,
  "using (no Safari yet)": /^\s*(?:await\s+)?using\s+\w/m,
  "import attributes (Safari 17.2)": /^(?:import|export)\b.*["']\s+with\s*\{/m,
  "methods of 16.4 and later":
    /\b(?:Object|Map)\.groupBy\(|\bArray\.fromAsync\(|\bPromise\.(?:withResolvers|try)\(|\bURL\.(?:canParse|parse)\(|\bAbortSignal\.any\(|\.(?:isWellFormed|toWellFormed|isSubsetOf|isSupersetOf|symmetricDifference)\(|\bRegExp\.escape\(|\bnew OffscreenCanvas\(/,
};

const told = {
  "look-behind (Safari 16.4)": ["/(?<=a)b/", "/(?<!a)b/u"],
  "set notation, flag v (Safari 17)": ["const a = /[a--b]/v;", "text.replace(/a/gv, b)", 'new RegExp("a", "v")'],
  "modifiers in a pattern (Safari 26)": ["/(?i:a)b/", "/(?-i:a)b/"],
  "static block (Safari 16.4)": ["  static {"],
  "using (no Safari yet)": ["  using lock = open();", "await using lock = open();"],
  "import attributes (Safari 17.2)": ['import words from "./a.json" with { type: "json" };'],
  "methods of 16.4 and later": ["Object.groupBy(rows, f)", "Promise.withResolvers()"],
};

const code = (name) => readFileSync(new URL(name, FOLDER), "utf8").replace(/^[ \t]*\/\/.*$/gm, "");

test("each of the signs is known for what it is, and nothing older is taken for one", () => {
  for (const [what, examples] of Object.entries(told)) for (const each of examples) assert.match(each, TOO_NEW[what]);
  const old = "/(?<name>a)(?:b)(?=c)(?!d)/gu; static x = 1; a.filter(b); (v, w) => v / w; /a/g, using(b)";
  for (const [what, sign] of Object.entries(TOO_NEW)) assert.doesNotMatch(old, sign, what);
});

for (const name of FILES) {
  test(`${name} holds nothing that Safari 16.0 cannot read`, () => {
    for (const [what, sign] of Object.entries(TOO_NEW)) assert.doesNotMatch(code(name), sign, what);
  });
}
