// A file of tests that never ends, not even to look at its own clock (a promise that goes round for ever), is ended
// from beside it: node's own limit is kept by the process that it has to stop.
import { Worker } from "node:worker_threads";

const LIMIT_MS = Number(process.env.JS_LIMIT_MS ?? 120000);

if (process.env.NODE_TEST_CONTEXT) { // the process of one file, not the one that counts them
  const end = `setTimeout(() => process.kill(process.pid, "SIGKILL"), ${LIMIT_MS})`;
  new Worker(end, { eval: true, execArgv: [] }).unref();
}
