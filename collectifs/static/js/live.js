// live.js: the two hours in the room. Gestures are kept in a journal, folded into a state, and shown (live/room.js).
//
// templates/live/run.html is an empty shell. In <script type="application/json" id="live-data"> it is given, or null
// when the shell was kept on this device and there is no network (then this device opens what it keeps, by its code):
//   meeting     {id, number, day: "mercredi 13 janvier 2027", hours: "de 14 h à 16 h", place, starts_at, ends_at,
//                room_closes_at: instant or null, reviewed_from: instant, time_zone: "Europe/Paris"}   instants in ISO,
//                UTC
//   collective  {name}
//   members     [{id, name}]                        those whose attendance is marked, in the order to show
//   guests      [{id, name}];  cards [{title, text}];  parking [{id, text, day}];  duties [{id, label}]
//   role        "pilot" or "note_taker";  person  the id of the reader
//   situations  [{id, title, sentence, question, shows_title, sent: "4 janvier"}]   sent to the pilot for this meeting
//   spare       {id, title, sentence, question, story, sequel, questions: [text]} or null   held ready
//   spares      the others of the bank;  spare_link  the address of a video, or ""
//   never       [id] of the members who have not presented in this series;  remembers_all  false when some of it is
//                erased
//   steps       [{id, title, minutes, least, speaks, silent, rule, prompts, feeds, …}]  the prepared agenda
//                (Step.to_json)
//   previous    {question, answers: [{text, kind, condition, words: [{words, by}]}], others: [{words, by}], is_draft}
//                or null
//               the last sheet of this collective, for the debrief, with what members let the room hear
//   next        {planned: {title, when, url} or null, starts, place}   the date after this one, or what its form begins
//                with
//   sheet       {id, revision, content: {question, answers}} or null      the draft; null where it may not be written
//   notes       false when the meeting is held « sans notes »
//   urls        {state, gestures, devices, offer_hand, projection, meeting, agree, step_sheet, sheet or null,
//                sheet_save or null}
//   readers, perishes   who reads the notes and until when, in words
//   server_now  instant
// GET  state?depuis=N  → 304, or {sequence, events: [gesture], server_now}; a header X-Server-Now also serves on 304.
// POST gestures {device, person, events, pass?} → {sequence, accepted: [ids], refused: [{id, why}], server_now}; 409
//      when
//      somebody else is signed in, 410 when the notes have perished.
import { local } from "./lib/browser.js";
import { started } from "./lib/started.js";
import { uuid } from "./live/journal.js";
import { Device } from "./live/prepare_device.js";
import { Room } from "./live/room.js";
import { deviceMark } from "./live/store.js";

const ROUND = 15000; // between two looks at whether the network is back, while the shell has nothing to show

const root = document.getElementById("live");
const wait = document.getElementById("wait");
const data = JSON.parse(document.getElementById("live-data").textContent);
const meetingId = /\/seance\/([\w-]+)/.exec(location.pathname)?.[1];

function deviceNumber(row) {
  const device = row?.device ?? local.getItem(deviceMark(meetingId)) ?? uuid();
  local.setItem(deviceMark(meetingId), device);
  return device;
}

// The page came from the server: it starts at once; what this device keeps joins when its code is given.
async function start() {
  const device = new Device(root, { id: meetingId, data });
  device.number = deviceNumber(null);
  const room = new Room(root, { data, device });
  room.open();
  started();
  await device.look();
}

// The page came from this device: nothing is known before the code.
async function startFromDevice() {
  const device = new Device(root, { id: meetingId });
  let room = null;
  device.attach = async (keeper, kept) => {
    device.data = kept.named.page;
    device.number = deviceNumber(device.row);
    room = new Room(root, { data: device.data, device, offset: keeper.offset });
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

await (data ? start() : startFromDevice());
