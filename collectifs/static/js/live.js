// live.js: the two hours in the room. Gestures are kept in a journal, folded into a state, and shown.
//
// templates/live/run.html is an empty shell. In <script type="application/json" id="live-data"> it is given:
//   meeting     {id, number, day: "mercredi 13 janvier 2027", hours: "de 14 h à 16 h", place, starts_at, ends_at,
//                room_closes_at: instant or null, time_zone: "Europe/Paris"}          instants in ISO, UTC
//   collective  {name}
//   members     [{id, name}]                        those whose attendance is marked, in the order to show
//   situations  [{id, title, sentence, question, shows_title, sent: "4 janvier"}]   sent to the pilot for this meeting
//   spare       {id, title, sentence, question, story, sequel, questions: [text]} or null   held ready
//   spares      the others of the bank;  spare_link  the address of a video, or ""
//   never       [id] of the members who have not presented in this series;  remembers_all  false when some of it is erased
//   steps       [{id, title, minutes, least, speaks, silent, rule, prompts, feeds, …}]  the prepared agenda (Step.to_json)
//   previous    {question, answers: [{text, kind, condition, words: [{words, by}]}], others: [{words, by}], is_draft} or null
//               the last sheet of this collective, for the debrief, with what members let the room hear
//   next        {planned: {title, when, url} or null, starts, place}   the date after this one, or what its form begins with
//   sheet       {id, revision, content: {question, answers}} or null      the draft; null where it may not be written
//   notes       false when the meeting is held « sans notes »
//   urls        {state, gestures, meeting, agree, step_sheet, sheet or null, sheet_save or null}
//   readers, perishes   who reads the notes and until when, in words;  person  the id of the reader
//   server_now  instant
// GET  state?depuis=N  → 304, or {sequence, events: [gesture], server_now}; a header X-Server-Now also serves on 304.
// POST gestures {device, events} → {sequence, accepted: [ids], refused: [{id, why}], server_now}.
import { fold } from "./lib/agenda.js";
import { Acts } from "./live/acts.js";
import { ServerClock } from "./live/clock.js";
import { offerShortcuts, UndoLine } from "./live/controls.js";
import { fill, write } from "./live/dom.js";
import { Journal, uuid } from "./live/journal.js";
import { Kept } from "./live/kept.js";
import { optionsOf } from "./live/pick.js";
import { ClosedView, OpeningView, RunningView } from "./live/views.js";
import { SheetEditor } from "./sheet_editor.js";

const root = document.getElementById("live");
const main = document.getElementById("contenu");
const data = JSON.parse(document.getElementById("live-data").textContent);
const clock = new ServerClock();
clock.hear({ serverNow: data.server_now, sentAt: 0, arrivedAt: performance.now() }); // asked for when the page was

fill(root.querySelector(".live-top"), { collective: data.collective.name, meeting: `regroupement ${data.meeting.number}, ${data.meeting.day}` }, data.urls);

let state = fold([]);
let editor = null;
let shown = null;
const views = {};

// A number for this browser and this meeting; it says nothing of anybody.
function deviceId() {
  const key = `collectifs-appareil-${data.meeting.id}`;
  const device = localStorage.getItem(key) ?? uuid();
  localStorage.setItem(key, device);
  return device;
}

const announce = (words) => write(document.getElementById("announce"), words);
const undoLine = new UndoLine(root);
const kept = new Kept(document.getElementById("kept"), location.href);
const journal = new Journal({
  urls: data.urls,
  device: deviceId(),
  clock,
  onChange: changed,
  onRefused: (refused) => undoLine.offer(refused[0].why, "", null),
  onSeen: copiedElsewhere,
});
const acts = new Acts({
  journal, undoLine,
  device: journal.device,
  steps: data.steps,
  state: () => state,
  copyText: (text) => editor?.append(text) ?? "",
});
const known = {
  root, data, acts, undoLine, announce, journal,
  zone: data.meeting.time_zone,
  options: optionsOf(data),
  plannedEnd: Date.parse(data.meeting.ends_at),
  lockedEnd: data.meeting.room_closes_at ? Date.parse(data.meeting.room_closes_at) : null,
  titleOf: (id) => [...state.plan, ...data.steps].find((step) => step.id === id)?.title ?? "",
  makeEditor: (desk) => {
    editor = new SheetEditor(desk, { url: data.urls.sheet_save, isHeld: () => journal.unsent > 0, ...data.sheet });
  },
};

// A note was put into the draft on another device: the server has added it, the desk shows it.
function copiedElsewhere(gesture) {
  if (gesture.kind !== "note_copied_to_sheet" || !journal.loaded) return;
  const note = fold(journal.gestures).notes.find((each) => each.id === gesture.body.note);
  if (note) editor?.append(note.text);
}

const VIEWS = { opening: OpeningView, running: RunningView, closed: ClosedView };
const viewFor = ({ started_at: started, closed_at: closed }) => (started === null ? "opening" : closed === null ? "running" : "closed");

// A gesture was made here, came from elsewhere, or the journal has news: fold, then show.
function changed() {
  kept.update(journal);
  state = fold(journal.gestures);
  if (!journal.loaded && journal.gestures.length === 0) return;
  const name = viewFor(state);
  views[name] ??= new VIEWS[name](known);
  const hadFocus = document.activeElement !== document.body;
  views[name].update(state, acts.isMine);
  tick();
  if (shown !== name) enter(name);
  else if (hadFocus) keepFocus(views[name].heading);
}

// What had the focus went away (a button that no longer applies, a note removed): start again from the step.
function keepFocus(heading) {
  const now = document.activeElement;
  if (now === document.body || now.disabled || now.closest("[hidden]")) heading.focus({ preventScroll: true });
}

function enter(name) {
  const isFirst = shown === null;
  shown = name;
  const view = views[name];
  main.replaceChildren(view.root);
  if (name === "running") view.stage.retitle();
  else {
    root.dataset.time = name === "closed" ? "closed" : "paused";
    document.title = `${view.title} – Collectifs`;
    if (!isFirst) announce(view.title);
  }
  if (isFirst) return;
  if (name === "closed") editor?.settle(); // the last words of the sheet wait for no timer
  scrollTo(0, 0);
  view.heading.focus({ preventScroll: true });
}

function tick() {
  const name = viewFor(state);
  views[name]?.tick(state, clock.now(), acts.isMine);
}

// From the closed room to the sheet's own page: it must not be read before the last words are in it.
async function goToSheet(event) {
  const link = event.target.closest("a[data-finish]");
  if (!link || !editor?.isDirty || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const patience = performance.now() + 3000; // the gestures go first: they are mostly gone already
  while (journal.unsent > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 50));
  await editor.settle();
  location.assign(link.href);
}

main.addEventListener("click", goToSheet);
setInterval(tick, 500);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  tick(); // before the first paint: what was true twenty minutes ago is never shown
  journal.hurry();
});
addEventListener("online", () => journal.hurry());
addEventListener("pagehide", () => journal.lastAttempt());
addEventListener("beforeunload", (event) => {
  editor?.flush();
  if (journal.unsent > 0 || editor?.isDirty) event.preventDefault();
});
offerShortcuts(document.querySelector("#shortcuts .menu-list"), acts, () => shown === "running" && acts.isMine);
journal.run();
