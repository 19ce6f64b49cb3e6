// live.js: the two hours in the room. Gestures are kept in a journal, folded into a state, and shown (live/room.js).
//
// templates/live/run.html is an empty shell. In <script type="application/json" id="live-data"> it is given RoomData
// (types/room.d.ts, which also says what its addresses take and answer), or null when the shell was kept on this device
// and there is no network: then this device opens what it keeps, by its code.
import { local, uuid } from "./lib/browser.js";
import { started } from "./lib/started.js";
import { el } from "./live/dom.js";
import { Device } from "./live/prepare_device.js";
import { Room } from "./live/room.js";
import { deviceMark } from "./live/store.js";

const ROUND = 15000; // between two looks at whether the network is back, while the shell has nothing to show

addEventListener("error", sayFailure);
addEventListener("unhandledrejection", sayFailure);

const root = document.getElementById("live");
const wait = document.getElementById("wait");
/** @type {RoomData | null} */
const data = JSON.parse(document.getElementById("live-data").textContent);
const meetingId = /\/seance\/([\w-]+)/.exec(location.pathname)?.[1] ?? "";

// Nothing is shown yet and something failed, whatever it was: a sentence, and the way on.
function sayFailure() {
  const place = document.getElementById("wait");
  if (!place) return;
  started(); // in the words of this page, not in those of lifeline.js
  place.querySelector("[data-opening]").hidden = true;
  place.querySelector("[data-failed]").hidden = false;
  document.querySelector("[data-begun]")?.remove(); // its words would stand still
  if (!place.querySelector("h1")) place.prepend(el("h1", {}, place.dataset.instead));
}

function deviceNumber(row) {
  const device = row?.device ?? local.getItem(deviceMark(meetingId)) ?? uuid();
  local.setItem(deviceMark(meetingId), device);
  return device;
}

// The page came from the server: it starts at once; what this device keeps joins when its code is given.
/** @param {RoomData} page */
async function start(page) {
  const device = new Device(root, { id: meetingId, data: page });
  device.number = deviceNumber(null);
  const room = new Room(root, { data: page, device });
  room.open();
  started();
  await device.look();
}

// The page came from this device: nothing is known before the code.
async function startFromDevice() {
  const device = new Device(root, { id: meetingId });
  device.attach = async (keeper, kept) => {
    device.data = kept?.named.page;
    device.number = deviceNumber(device.row);
    const room = new Room(root, { data: device.data, device, offset: keeper.offset });
    await room.attach(keeper, kept);
    room.open();
  };
  started();
  wait.querySelector("[data-opening]").hidden = true;
  if (await device.open(wait)) return;
  wait.querySelector("[data-nothing]").hidden = false;
  wait.querySelector("[data-again]").href = `${location.pathname}?attendre=1`;
  setInterval(lookForNetwork, ROUND);
  addEventListener("online", lookForNetwork);
}

async function lookForNetwork() {
  const answer = await fetch("/sante", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.replace(`${location.pathname}?attendre=1`);
}

// Not awaited here: what is asked for meanwhile takes its own from this very script.
export const opened = (data ? start(data) : startFromDevice()).catch((fault) => {
  sayFailure();
  throw fault;
});
