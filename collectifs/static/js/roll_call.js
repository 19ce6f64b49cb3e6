// roll_call.js: the list of who is in a workshop, from the server or, without network, as this device keeps it.
import { RollCall } from "./roll/call.js";
import { ListDevice } from "./roll/device.js";

const AGAIN = 15000;
/** @type {any} */
const form = document.querySelector("form[data-roll]");
const section = document.querySelector("[data-list-device]");
const isKept = section.dataset.shell !== undefined; // the empty page that a device keeps
const roll = isKept ? null : new RollCall(form);
const device = new ListDevice(section, isKept ? {} : { form, roll });

async function open() {
  const isThere = await device.look();
  for (const part of document.querySelectorAll("[data-opening]")) part.hidden = true;
  if (isKept && !isThere) document.querySelector("[data-nothing]").hidden = false;
  const flush = () => device.roll?.flush();
  addEventListener("online", flush);
  setInterval(flush, AGAIN);
}

open();
