// lib/keys.js: keys without a modifier, the same everywhere: one setting of this browser switches them all off.
import { local } from "./browser.js";

const KEY = "collectifs-raccourcis"; // « non » when switched off

export const areKeysOn = () => local.getItem(KEY) !== "non";

// A box that shows the setting, and changes it.
export function offerKeys(box) {
  box.checked = areKeysOn();
  box.addEventListener("change", () => local.setItem(KEY, box.checked ? "oui" : "non"));
}

export const isPlainKey = (event) =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat);
