// live/room.js: the room on this screen. The journal is folded at each change, and the face that applies is shown.
import { fold, isLeftOpen } from "../lib/agenda.js";
import { SheetEditor } from "../sheet_editor.js";
import { Acts } from "./acts.js";
import { Announcer } from "./announcer.js";
import { openBeamApart, RoomVoice } from "./channel.js";
import { ServerClock } from "./clock.js";
import { offerShortcuts, UndoLine } from "./controls.js";
import { fill, keepFocus, show, typed } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Journal } from "./journal.js";
import { Kept } from "./kept.js";
import { Leaving } from "./leaving.js";
import { optionsOf } from "./pick.js";
import { OpeningView } from "./opening_view.js";
import { RunningView } from "./running_view.js";

/** @type {Record<string, any>} */
const VIEWS = { opening: OpeningView, running: RunningView };
// What serves at the end comes once the room stands, or when it serves.
const LATER = {
  closed: () => import("./closed_view.js").then(({ ClosedView }) => ClosedView),
  ended: () => import("./ended_view.js").then(({ EndedView }) => EndedView),
};
const FORGET = 30000; // how often words that nobody can bring back are looked for

export class Room {
  /** @type {Record<string, any>} */
  #views = {};
  /** @type {string | null} */
  #shown = null;
  #hasSaidUnknown = false;
  /** @type {Journal} */
  journal;
  /** @type {Acts} */
  acts;
  /** @type {Drafts} */
  drafts;
  /** @type {Leaving} */
  leaving;
  /** @type {SheetEditor | null} */
  editor;

  // `device`: live/prepare_device.js, with its number. `offset`: the server's time, when the page came from the device.
  /** @param {Piece} root @param {{ data: RoomData, device: Device, offset?: number | null }} known */
  constructor(root, { data, device, offset = null }) {
    this.root = root;
    this.data = data;
    this.device = device;
    this.main = document.getElementById("contenu");
    this.menu = root.querySelector("#shortcuts .menu-list");
    this.clock = new ServerClock();
    // Asked for when the page was.
    if (offset === null) this.clock.hear({ serverNow: data.server_now, sentAt: 0, arrivedAt: performance.now() });
    else this.clock.resume(offset);
    const announcer = new Announcer(document.getElementById("announce"));
    this.announce = (words) => announcer.say(words);
    this.undoLine = new UndoLine(root, this.announce);
    this.kept = new Kept(document.getElementById("kept"), location.href);
    this.#make();
    this.state = fold([]);
  }

  #make() {
    const { data, device, clock, undoLine } = this;
    this.editor = null;
    this.journal = new Journal({
      urls: data.urls,
      device: device.number,
      person: data.person,
      clock,
      onChange: () => this.#changedSafely(),
      onRefused: (refused) => undoLine.offer(refused[0].why, "", null),
      onSeen: (gesture) => this.#copiedElsewhere(gesture),
      onGone: () => this.leaving.perished(),
      // A secretary writes elsewhere.
      isAlone: () => this.#isRunning() && this.acts.isMine && !this.state.duties.note_taker,
    });
    this.acts = new Acts({
      journal: this.journal, undoLine,
      device: device.number,
      steps: data.steps,
      state: () => this.state,
      copyText: (text) => this.editor?.append(text) ?? "",
    });
    this.drafts = new Drafts({ keeper: () => this.journal.keeper, editor: () => this.editor, root: this.root });
    const { journal, drafts } = this;
    this.leaving = new Leaving({ meeting: data.meeting.id, device, journal, drafts, editor: () => this.editor });
    device.attach = (keeper, kept) => this.attach(keeper, kept);
    device.onLocked = (waiting) => {
      this.journal.locked = waiting;
      this.kept.update(this.journal);
    };
  }

  /** @returns {Known} */
  #known() {
    const { root, data, acts, undoLine, announce, journal } = this;
    return {
      root, data, acts, undoLine, announce, journal,
      zone: data.meeting.time_zone,
      options: optionsOf(data),
      plannedEnd: Date.parse(data.meeting.ends_at),
      lockedEnd: data.meeting.room_closes_at ? Date.parse(data.meeting.room_closes_at) : null,
      drafts: this.drafts,
      leave: () => this.leaving.drop(),
      titleOf: (id) => [...this.state.plan, ...data.steps].find((step) => step.id === id)?.title ?? "",
      makeEditor: (desk) => this.#makeEditor(desk),
    };
  }

  #makeEditor(desk) {
    const { data, journal } = this;
    const url = data.urls.sheet_save ?? "";
    this.editor = new SheetEditor(desk, {
      url, isHeld: () => journal.unsent > 0, revision: data.sheet?.revision, content: data.sheet?.content,
    });
    this.drafts.resumeSheet();
  }

  // Fills the top bar, listens, and lives.
  open() {
    const { data, root, journal } = this;
    const top = root.querySelector(".live-top");
    fill(
      top,
      { collective: data.collective.name, meeting: `regroupement ${data.meeting.number}, ${data.meeting.day}` },
      data.urls,
    );
    top.hidden = false;
    offerShortcuts(this.menu, this.acts, {
      isSteering: () => this.#shown === "running" && this.acts.isMine,
      goBack: () => this.undoLine.goTo(),
      sayTime: () => this.#sayTime(),
    });
    this.device.offerIn(this.menu);
    this.#offerHand();
    setInterval(() => this.tick(), 500);
    setInterval(() => this.#forget(), FORGET);
    this.#listen();
    journal.run();
    for (const name of Object.keys(LATER)) this.#bring(name).catch(() => null); // without network: when it serves
  }

  #offerHand() {
    const { root, data, journal, acts, clock, menu } = this;
    const known = {
      root,
      data,
      acts,
      journal,
      clock,
      urls: data.urls,
      person: data.person,
      device: journal.device,
      state: () => this.state,
    };
    /** @type {Promise<void>} */
    const whenLoaded = new Promise((resolve) => { this.whenLoaded = resolve; });
    this.#bringHand({ ...known, menu, whenLoaded, onTaken: () => journal.hurry() });
    const room = () => ({
      gestures: journal.gestures, steps: data.steps, starts_at: data.meeting.starts_at,
      time_zone: data.meeting.time_zone,
    });
    openBeamApart(root);
    const isAway = () => journal.trouble === "offline";
    this.speak = () => new RoomVoice(data.meeting.id, { clock, known: room, isAway });
    this.changed();
  }

  // The square code comes once the room stands: nobody waits for it, and without it the room goes on.
  async #bringHand(known) {
    const brought = await import("./hand_over.js").catch(() => null);
    this.hand = brought?.offerHand(known);
    this.hand?.update(this.acts.isMine);
    brought?.takeHandFromAddress(known);
  }

  #listen() {
    const { journal } = this;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) { this.drafts.keep(); return; } // a telephone may never come back to this page
      this.tick(); // before the first paint: what was true twenty minutes ago is never shown
      journal.hurry();
    });
    addEventListener("online", () => journal.hurry());
    this.leaving.listen();
  }

  // This device keeps the meeting from now on; what it kept already comes in.
  async attach(keeper, kept) {
    this.drafts.resume(kept?.named ?? {});
    await this.journal.attach(keeper, kept);
    this.#forget();
  }

  // A note was put into the draft on another device: the server has added it, the desk shows it.
  #copiedElsewhere(gesture) {
    if (gesture.kind !== "note_copied_to_sheet" || !this.journal.loaded) return;
    const note = fold(this.journal.gestures).notes.find((each) => each.id === gesture.body.note);
    if (note) this.editor?.append(note.text);
  }

  #forget() {
    this.journal.forgetRemoved(this.state.closed_at !== null);
  }

  // ---------- Showing ----------

  #isRunning() {
    return this.state.started_at !== null && this.state.closed_at === null;
  }

  #viewNow() {
    if (this.journal.trouble === "ended") return "ended";
    if (this.state.started_at === null) return "opening";
    // Left open and found again the next day, it is shown to be read again.
    const leftOpen = isLeftOpen(this.state, this.clock.now(), Date.parse(this.data.meeting.ends_at));
    return this.#isRunning() && !leftOpen ? "running" : "closed";
  }

  // A gesture was made here, came from elsewhere, or the journal has news: fold, then show.
  changed() {
    const { journal, acts } = this;
    this.kept.update(journal);
    this.state = fold(journal.gestures);
    if (!journal.loaded && journal.gestures.length === 0) return;
    if (journal.loaded) this.whenLoaded?.();
    const view = this.#viewNow();
    this.#project(view !== "ended");
    this.hand?.update(acts.isMine && view !== "ended");
    journal.keeper?.runs(view === "running");
    this.#show(view);
    this.#sayUnknown();
    this.leaving.whenDone(this.state);
  }

  // Whatever becomes of the screen, what was said goes on leaving.
  #changedSafely() {
    try {
      this.changed();
    } catch (fault) {
      reportError(fault); // while nothing is there yet, the page says so (live.js)
    }
  }

  // The wall beside follows this screen for as long as it conducts.
  #project(doesSpeak) {
    if (doesSpeak && !this.voice) this.voice = this.speak?.() ?? null;
    if (doesSpeak) this.voice?.say();
    else {
      this.voice?.close();
      this.voice = null;
    }
  }

  // A gesture that this page does not know was made by one of another version.
  #sayUnknown() {
    if (this.state.unknown.length === 0 || this.#hasSaidUnknown) return;
    this.#hasSaidUnknown = true;
    const words = "Une action faite ailleurs n’est pas montrée ici : cette page est d’une autre version. Rechargez-la.";
    this.undoLine.offer(typed(words), "", null);
  }

  async #bring(name) {
    VIEWS[name] ??= await LATER[name]();
  }

  // A view that is not there yet is shown as soon as it is.
  #show(name) {
    if (!VIEWS[name]) {
      this.#bring(name).then(() => this.changed(), reportError);
      return;
    }
    this.#views[name] ??= this.#makeView(name);
    const hadFocus = document.activeElement !== document.body;
    this.#views[name].update(this.state, this.acts.isMine);
    this.tick();
    if (this.#shown !== name) this.#enter(name);
    else if (hadFocus) keepFocus(this.#views[name].heading);
  }

  #makeView(name) {
    const view = new VIEWS[name](this.#known());
    // On the link alone: a part of the page that listens for clicks is read as one to be clicked.
    view.root.querySelector("a[data-finish]")?.addEventListener("click", (event) => this.leaving.goToSheet(event));
    return view;
  }

  // What the server had painted stays, and the words of the wait go.
  #put(root) {
    if (root.parentNode === this.main) document.getElementById("wait")?.remove();
    else this.main.replaceChildren(root);
  }

  #sayTime() {
    const words = this.#views[this.#viewNow()]?.timeNow?.(this.state, this.clock.now());
    if (words) this.announce(words);
  }

  #enter(name) {
    const isFirst = this.#shown === null;
    this.#shown = name;
    const view = this.#views[name];
    this.#put(view.root);
    show(this.root.querySelector(".live-nav"), name !== "ended");
    if (name === "ended") this.undoLine.close();
    this.device.standIn(name === "opening" ? view.root : null);
    if (name === "running") view.stage.retitle();
    else {
      this.root.dataset.time = name === "closed" ? "closed" : "paused";
      document.title = `${view.title} – Collectifs`;
      if (!isFirst) this.announce(view.title);
    }
    this.drafts.resumeTyped();
    if (isFirst) return;
    if (name === "closed") this.editor?.settle(); // the last words of the sheet wait for no timer
    scrollTo(0, 0);
    view.heading.focus({ preventScroll: true });
  }

  tick() {
    this.#views[this.#viewNow()]?.tick(this.state, this.clock.now(), this.acts.isMine);
    this.drafts.keep();
  }
}
