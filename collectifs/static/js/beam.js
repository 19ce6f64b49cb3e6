// beam.js: the projection. A window that only shows where the meeting is, for the whole room.
// It follows the pilot's window beside it through a channel (live/channel.js), with no network; and the server every
// four seconds (live/beam_feed.js), from another machine. What came by one way and by the other is folded together.
import { fold } from "./lib/agenda.js";
import { started } from "./lib/started.js";
import { BeamFeed } from "./live/beam_feed.js";
import { BeamStage } from "./live/beam_stage.js";
import { BeamTools } from "./live/beam_tools.js";
import { RoomEar } from "./live/channel.js";
import { ServerClock } from "./live/clock.js";
import { show, write } from "./live/dom.js";
import { WakeLock } from "./live/wake_lock.js";

const path = location.pathname.replace(/\/$/, ""); // /seance/<uuid>/projection
const meeting = path.split("/").at(-2);
const away = document.querySelector("[data-away]");
const clock = new ServerClock();
const gestures = new Map();
const stage = new BeamStage(document.getElementById("beam"), document.querySelector("[data-next]"));
/** @type {{ steps: WallStep[], starts_at: Instant | null, time_zone: string }} */
let known = { steps: [], starts_at: null, time_zone: "Europe/Paris" };
let state = fold([]);
/** @type {string | null} */
let trouble = null;
let failures = 0;

// From the server (`events`), or from the window beside (`gestures`).
/** @param {Partial<WallAnswer> & { gestures?: Gesture[] }} news */
function hear({ gestures: said, events, steps, starts_at: startsAt, time_zone: zone }) {
  for (const gesture of said ?? events ?? []) gestures.set(gesture.id, gesture);
  known = { steps: steps ?? known.steps, starts_at: startsAt ?? known.starts_at, time_zone: zone ?? known.time_zone };
  state = fold([...gestures.values()]);
  stage.update(state, known);
  tick();
}

// The clock of the window beside: one machine, one wall clock, so only the distance to the server's time is told.
function setClock(offset) {
  const now = performance.now();
  clock.hear({ serverNow: new Date(Date.now() + offset).toISOString(), sentAt: now, arrivedAt: now });
}

const ear = new RoomEar(meeting, { onRoom: hear, onOffset: setClock });
const feed = new BeamFeed({
  url: `${path}/etat`,
  clock,
  isNear: () => ear.isNear,
  onNews: hear,
  onTrouble(now) {
    trouble = now;
    failures = now === null ? 0 : failures + 1;
    if (now === "gone" && gestures.size === 0) stage.thank();
    tick();
  },
});

// A small dot and a few words; what stands on the wall stays.
function sayAway() {
  const isAway = trouble === "gone" || failures > 1 || (ear.isNear && ear.isAway); // once is nothing
  const words = { expired: "Connexion expirée", gone: "La projection ne suit plus" }[trouble] ?? "Hors réseau";
  const follows = trouble !== "gone" && ear.isNear ? " : suit l’écran voisin" : "";
  write(away, isAway ? `${words}${follows.replace(" :", "\u00a0:")}` : "");
  show(away, isAway);
}

function tick() {
  sayAway();
  stage.tick(state, clock.now());
}

new BeamTools(document.querySelector("[data-tools]"), { onChange: () => stage.fit() });
new WakeLock().want(true);
setInterval(tick, 250);
addEventListener("resize", () => stage.fit());
document.fonts?.ready.then(() => stage.fit());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  tick(); // before the first paint
  feed.hurry();
});
addEventListener("online", () => feed.hurry());
started();
feed.run();
