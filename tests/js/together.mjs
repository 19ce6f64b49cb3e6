// Runs the files of tests one after the other in one process, which loads the document that they share once: all of
// them, or those that it is given. Each has modules and globals of its own, as in a process of its own (`node --test`).
//
// A file that never ends, not even to look at its own clock (a promise that goes round for ever), is ended from beside
// it, by its name: node's own limit is kept by the process that it has to stop.
import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { mock, test } from "node:test";
import { Worker } from "node:worker_threads";

const LIMIT_MS = Number(process.env.JS_LIMIT_MS ?? 120000);
const ROOT = path.resolve(import.meta.dirname, "../..");
const asked = process.argv.slice(2);
const files = asked.length > 0 ? asked : globSync("tests/js/**/*.test.mjs", { cwd: ROOT }).sort();

const beside = new Worker(`
  const { writeSync } = require("node:fs");
  let end;
  require("node:worker_threads").parentPort.on("message", (file) => {
    clearTimeout(end);
    end = setTimeout(() => {
      writeSync(2, file + " never ends\\n");
      process.kill(process.pid, "SIGKILL");
    }, ${LIMIT_MS});
  });`, { eval: true });
beside.unref();

let turn = 0;
registerHooks({
  resolve(name, context, next) {
    const found = next(name, context);
    const isOurs = found.url.startsWith("file:") && !found.url.includes("/node_modules/");
    return isOurs ? { ...found, url: `${found.url}${found.url.includes("?") ? "&" : "?"}turn=${turn}` } : found;
  },
});

const describe = (name) => Object.getOwnPropertyDescriptor(globalThis, name);
const usual = new Map(Reflect.ownKeys(globalThis).map((name) => [name, describe(name)]));

// What the file before put in the place of node's own, or beside it, goes.
function startAnew() {
  turn += 1;
  mock.reset();
  for (const name of Reflect.ownKeys(globalThis)) {
    const [was, is] = [usual.get(name), describe(name)];
    if (!was && is.configurable) delete globalThis[name];
    else if (was && (is.value !== was.value || is.get !== was.get)) Object.defineProperty(globalThis, name, was);
  }
}

for (const file of files) {
  test(file, { timeout: LIMIT_MS / 2 }, async () => {
    beside.postMessage(file);
    startAnew();
    await import(path.resolve(ROOT, file));
  });
}
