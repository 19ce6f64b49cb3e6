// live/channel.js: what the pilot's window says to the projection that stands beside it, with no network.
// Only what the room may see goes in: the twin of live/domain/beam.py.
import { openChannel } from "../lib/browser.js";
import { GESTURES, WALL_STEP } from "../lib/rules.js";

const BEAT = 1000;

// What the wall may show of a body: all of it, or some keys without what they say.
/** @param {Gesture} gesture */
function onTheWall({ kind, body }) {
  const { wall = {} } = GESTURES[kind];
  if (wall === "whole") return body;
  const reduced = Object.entries(wall).map(([key, how]) => [key, how === "emptied" ? "" : Boolean(body[key])]);
  return Object.fromEntries(reduced);
}

// The gestures that steer, each with what the room may see: no note, no situation, no device, no name.
/** @param {Gesture[]} gestures */
export function publicGestures(gestures) {
  return gestures
    .filter(({ kind }) => GESTURES[kind]?.wall)
    .map((gesture) => {
      const { id, kind, hand, happened_at: at } = gesture;
      return { id, kind, hand, happened_at: at, body: onTheWall(gesture) };
    });
}

// The steps of the agenda: voices, rules.
/** @type {(steps: Step[]) => WallStep[]} */
export const publicSteps = (steps) =>
  steps.map((step) => /** @type {any} */ (Object.fromEntries(WALL_STEP.map((key) => [key, step[key] ?? ""]))));

const channelName = (meeting) => `collectifs-seance-${meeting}`;

// The pilot's side: says everything at each change, when a projection opens, and once a second that it is there, and
// whether the server answers it. `known` gives {gestures, steps, starts_at, time_zone}.
export class RoomVoice {
  /** @param {string} meeting @param {{ clock: ServerClock, known: () => any } & Record<string, any>} around */
  constructor(meeting, { clock, known, isAway = () => false, wall = () => Date.now(), makeChannel = openChannel }) {
    this.clock = clock;
    this.known = known;
    this.isAway = isAway;
    this.wall = wall;
    this.channel = makeChannel(channelName(meeting));
    this.channel.onmessage = ({ data }) => { if (data.kind === "hello") this.say(); };
    this.timer = setInterval(() => this.#beat(), BEAT);
  }

  say() {
    const { gestures, steps, ...rest } = this.known();
    this.#post({ kind: "room", ...rest, gestures: publicGestures(gestures), steps: publicSteps(steps) });
  }

  #beat() {
    this.#post({ kind: "beat" });
  }

  // Both windows read the same wall clock: what they share is how far it is from the server's.
  #post(message) {
    this.channel.postMessage({ ...message, offset: this.clock.now() - this.wall(), away: this.isAway() });
  }

  close() {
    clearInterval(this.timer);
    this.channel.close();
  }
}

// The projection's side: asks for everything at once, then listens.
export class RoomEar {
  heardAt = -Infinity;
  isAway = false; // whether the pilot's window has lost the server

  constructor(meeting, { onRoom, onOffset, steady = () => performance.now(), makeChannel = openChannel }) {
    this.onRoom = onRoom;
    this.onOffset = onOffset;
    this.steady = steady;
    this.channel = makeChannel(channelName(meeting));
    this.channel.onmessage = ({ data }) => this.#hear(data);
    this.channel.postMessage({ kind: "hello" });
  }

  #hear(data) {
    if (data.kind !== "room" && data.kind !== "beat") return;
    this.heardAt = this.steady();
    this.isAway = data.away;
    this.onOffset(data.offset);
    if (data.kind === "room") this.onRoom(data);
  }

  // Whether the pilot's window was heard a moment ago.
  get isNear() {
    return this.steady() - this.heardAt < 3 * BEAT;
  }
}

// « Projeter » opens a window of its own, for the other screen; pressed again, the same one comes to the front.
export function openBeamApart(root) {
  const link = root.querySelector('[data-url="projection"]');
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const beam = window.open(link.href, "collectifs-projection", "popup,width=1280,height=720");
    if (!beam) return; // windows are held back by this browser: the link opens a tab
    event.preventDefault();
    beam.focus();
  });
}
