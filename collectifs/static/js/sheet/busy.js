// sheet/busy.js: whoever prints was busy when the page was to be measured: its room is asked for until it is known.
import { exchange } from "../lib/http.js";
import { heard, say, showRoom, want } from "./gauge.js";

const FIRST = 3000; // then less and less often, for some four minutes
const LAST = 90000;

// Marks stay as they were, and the page's picture is asked for until it comes.
/** @param {Piece} root @param {{ say: string, preview_url?: string, again?: string }} measured */
export function showBusy(root, { say: words, preview_url: picture, again }) {
  say(root, words);
  want(picture);
  if (again) askAgain(root, again);
}

// Until the server has said something else.
/** @param {Piece} root @param {string} address */
async function askAgain(root, address) {
  const mine = heard;
  for (let wait = FIRST; wait < LAST; wait *= 1.5) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (mine !== heard) return;
    const { outcome, data } = await exchange(address);
    if (mine === heard && outcome === "ok" && !data.busy) showRoom(root, data);
  }
}

// The page itself came without figures: sheet_editor.js asks for this file.
/** @type {any} */
const form = document.querySelector("[data-gauge-url]");
if (form) askAgain(form, form.dataset.gaugeUrl);
