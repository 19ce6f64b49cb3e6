// live/sound.js: a soft tone, off until asked for, made here without a file or the network. A browser lets a page
// sound only once somebody touched it: when it holds the sound back, the page says so.
import { local } from "../lib/browser.js";

const SOUND_KEY = "collectifs-son"; // settings of this browser: nothing else
const VOLUME = 50; // until it is chosen
const LATE = 5000; // ms: after a sleep, a moment that is long gone is not rung
const SOUND_PATIENCE = 600; // ms that a browser gets to let the sound out
const SOON = 120000;
const NOTES = [[659.3, 0], [523.3, 0.28]]; // Hz, seconds

export const BLOCKED = "Le navigateur retient le son : touchez « Essayer ».";
export const MUTE = "Aucun son possible ici : cet appareil n’a pas de sortie, ou le navigateur la refuse.";

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // somebody else’s words under our name
  }
}

export function readSettings(text) {
  const kept = parsed(text);
  const volume = Number.isFinite(kept.volume) ? Math.min(100, Math.max(0, kept.volume)) : VOLUME;
  return { end: kept.end === true, before: kept.before === true, volume };
}

// Whether one of the chosen moments was just passed: `was` and `left` are the ms left at the last look and now.
export function isDue(was, left, { end, before }) {
  const passed = (moment) => was > moment && left <= moment && left > moment - LATE;
  return (end && passed(0)) || (before && passed(SOON));
}

export class Sound {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {{ turn: string, left: number } | null} */
  #was = null;
  isBlocked = false;
  #isMute = false; // somebody touched « Essayer », and still nothing

  constructor({ store = local, make = () => new AudioContext(), page = document } = {}) {
    this.store = store;
    this.make = make;
    this.heard = new Set();
    this.settings = readSettings(store.getItem(SOUND_KEY));
    for (const gesture of ["pointerup", "keydown"]) {
      page.addEventListener(gesture, () => this.isBlocked && this.check());
    }
  }

  get isOn() {
    return this.settings.end || this.settings.before;
  }

  // `listener(isBlocked)` is called whenever that changes.
  onChange(listener) {
    this.heard.add(listener);
    listener(this.isBlocked);
  }

  choose(changes) {
    Object.assign(this.settings, changes);
    this.store.setItem(SOUND_KEY, JSON.stringify(this.settings));
    return this.check();
  }

  // What is said while it is blocked.
  get words() {
    return this.#isMute ? MUTE : BLOCKED;
  }

  // The tap on « Essayer »: sounds, and unlocks what comes later.
  async attempt() {
    const wasMute = this.#isMute;
    const isOpen = await this.#ring();
    this.#isMute = !isOpen;
    this.#tell(!isOpen, this.#isMute !== wasMute);
  }

  async #ring() {
    const isOpen = await this.#opens();
    if (isOpen && this.#context) this.#tone(this.#context);
    return isOpen;
  }

  // Before it is needed: would a tone be heard?
  async check() {
    if (this.isOn) await this.#opens();
    this.#tell();
  }

  // Called as time goes by; `turn` names what is being counted, so that a change of step rings nothing.
  tick(turn, left) {
    const was = this.#was && this.#was.turn === turn ? this.#was.left : null;
    this.#was = { turn, left };
    if (was === null || !isDue(was, left, this.settings)) return undefined;
    return this.#ring().then((isOpen) => this.#tell(!isOpen));
  }

  async #opens() {
    try {
      this.#context ??= this.make();
      await Promise.race([this.#context.resume(), new Promise((resolve) => setTimeout(resolve, SOUND_PATIENCE))]);
    } catch {
      this.#context = null; // no sound device, or none allowed: said like any other silence
    }
    return this.#context?.state === "running";
  }

  #tell(isBlocked = this.isOn && this.#context?.state !== "running", hasOtherWords = false) {
    if (isBlocked === this.isBlocked && !hasOtherWords) return;
    this.isBlocked = isBlocked;
    if (!isBlocked) this.#isMute = false;
    for (const listener of this.heard) listener(isBlocked);
  }

  #tone(context) {
    const now = context.currentTime;
    for (const [pitch, after] of NOTES) {
      const voice = new OscillatorNode(context, { frequency: pitch });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.setValueAtTime(0, now + after);
      loudness.gain.linearRampToValueAtTime(0.4 * (this.settings.volume / 100) ** 2, now + after + 0.06);
      loudness.gain.setTargetAtTime(0, now + after + 0.1, 0.25);
      voice.connect(loudness).connect(context.destination);
      voice.start(now + after);
      voice.stop(now + after + 1.6);
    }
  }
}
