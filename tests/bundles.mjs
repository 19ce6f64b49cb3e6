// Makes again, from what acorn reads in each source, what collectifs/web/bundles.py makes from its lines, and prints
// where they differ or where modules cannot travel together. On its standard input, a JSON list: each script of a page,
// the words of its bundle, the names and sources of its modules, and the address, name, source and words of what it
// asks for later.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { parse } from "acorn";
import { analyze } from "eslint-scope";

const EVERYWHERE = "js/page.js";
const FORM = { ecmaVersion: "latest", sourceType: "module" };

function* inside(node) {
  if (typeof node?.type === "string") yield node;
  for (const value of Object.values(node ?? {})) if (value instanceof Object) yield* inside(value);
}

const only = (tree, ...types) => [...inside(tree)].filter(({ type }) => types.includes(type));
const declared = ({ type, id, declarations }) => (type === "VariableDeclaration" ? declarations[0].id : id).name;

function signs(words) {
  const onToken = [];
  parse(words, { ...FORM, onToken });
  return onToken.map(({ type, value }) => `${type.label} ${value instanceof Object ? JSON.stringify(value) : value}`);
}

const areSame = (one, other) => signs(one).join("\n") === signs(other).join("\n");

// Whether an `await` stands outside of every function.
function waits(node) {
  if (!(node instanceof Object) || /Function/.test(node.type ?? "")) return false;
  return node.type === "AwaitExpression" || Object.values(node).some(waits);
}

function road(name, at) {
  const found = posix.relative(posix.dirname(at), name);
  return found.startsWith("..") ? found : `./${found}`;
}

// One page's own script, with what it knows of its modules.
class Bundle {
  constructor({ entry, words, modules, late }) {
    Object.assign(this, { entry, words, late });
    this.modules = modules.map(([name, source]) => ({ name, source, tree: parse(source, { ...FORM, ranges: true }) }));
    this.names = new Set(modules.map(([name]) => name));
  }

  address(module) {
    if (this.names.has(module)) return this.entry;
    return module === EVERYWHERE ? module : `late/${posix.basename(this.entry, ".js")}/${module}`;
  }

  target({ value }, name) {
    return posix.join(posix.dirname(name), value);
  }

  road({ value }, name, at) {
    return JSON.stringify(road(this.address(this.target({ value }, name)), at));
  }

  // What changes in the lines of import and export of a module that stands in the bundle.
  * within({ name, tree }) {
    for (const node of tree.body) {
      if (node.source && this.names.has(this.target(node.source, name))) yield [node.start, node.end, ""];
      else if (node.source) yield [node.source.start, node.source.end, this.road(node.source, name, this.entry)];
      else if (node.declaration) yield [node.start, node.declaration.start, ""];
    }
  }

  // In those of one that comes later.
  * apart({ name, tree }, at) {
    for (const { source } of tree.body) if (source) yield [source.start, source.end, this.road(source, name, at)];
  }

  // Wherever it travels.
  * anyway({ name, tree }, at) {
    for (const { source } of only(tree, "ImportExpression")) {
      yield [source.start, source.end, this.road(source, name, at)];
    }
    for (const { start, end } of only(tree, "MetaProperty")) {
      yield [start, end + ".url".length, `new URL(${JSON.stringify(road(name, at))}, import.meta.url).href`];
    }
  }

  moved(module, at, isWithin) {
    const edits = [...(isWithin ? this.within(module) : this.apart(module, at)), ...this.anyway(module, at)];
    let words = module.source;
    for (const [start, end, other] of edits.sort(([one], [two]) => two - one)) {
      words = words.slice(0, start) + other + words.slice(end);
    }
    return words;
  }

  given() {
    const found = this.modules.flatMap(({ tree }) => tree.body.filter((node) => node.declaration));
    return found.map(({ declaration }) => declared(declaration));
  }

  // The names at the top of a module, but for those that the bundle gives it; and those that it means of the browser.
  read({ name, tree }) {
    const { globalScope } = analyze(tree, { ecmaVersion: 2022, sourceType: "module" });
    const isGiven = ({ defs: [{ parent } = {}] }) => parent?.source && this.names.has(this.target(parent.source, name));
    const own = globalScope.childScopes[0].variables.filter((each) => !isGiven(each)).map((each) => each.name);
    return { name, own, meant: new Set(globalScope.through.map(({ identifier }) => identifier.name)) };
  }

  * clashes() {
    const owners = new Map();
    const read = this.modules.map((module) => this.read(module));
    for (const { name, own } of read) {
      for (const each of own) {
        if (owners.has(each)) yield `${each} stands at the top of ${owners.get(each)} and of ${name}`;
        owners.set(each, name);
      }
    }
    for (const { name, meant } of read) {
      for (const each of meant) {
        if (owners.has(each)) yield `${name} means the browser's ${each}, ${owners.get(each)} has one at its top`;
      }
    }
  }

  * faults() {
    yield* this.clashes();
    const parts = this.modules.map((module) => this.moved(module, this.entry, true));
    if (!areSame(this.words, `${parts.join("\n")}\nexport {${this.given()}};`)) yield "it is not what its modules say";
    const trees = this.modules.map(({ tree }) => tree);
    if (trees.some(waits) && only(trees, "ImportExpression").length > 0) {
      yield "it waits at its top, and what it asks for meanwhile would wait for it";
    }
    for (const { address, name, source, words } of this.late) {
      const module = { name, source, tree: parse(source, FORM) };
      if (!areSame(words, this.moved(module, address, false))) yield `${address} is not what its source says`;
    }
  }
}

for (const told of JSON.parse(readFileSync(0, "utf-8"))) {
  try {
    for (const fault of new Bundle(told).faults()) console.log(`${told.entry}: ${fault}`);
  } catch (error) {
    console.log(`${told.entry}: ${error.message}`);
  }
}
