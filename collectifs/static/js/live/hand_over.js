// live/hand_over.js: passing la main to another device by a square code, and taking it there. Never by itself, never
// on the projector, never a sign-in. The code's token stands behind the « # » of an address: no server sees it there.
import { copyWords, session, uuid } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { ofWhom } from "./people.js";
import { drawing } from "./square_code.js";
import { button, el, leaveMenu, show, typed, write } from "./dom.js";

const LISTENS = 2000; // how often this screen asks, while it shows a code, whether la main has gone
const LOST = "collectifs-code-perdu"; // set by page.js on a page that an address with a code was turned away to
const NEEDS_NETWORK =
  "Le réseau ne répond pas : un code en a besoin. " +
  "Sans réseau, un autre appareil ouvert sous votre nom peut prendre la main par son bouton.";
const AGAIN = "Demandez un nouveau code sur l’écran qui a la main.";

// « 1 min 40 s »
export function countdown(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes && `${minutes}\u00a0min`, (rest || !minutes) && `${rest}\u00a0s`].filter(Boolean).join(" ");
}

// The code, on the screen that has la main. `secretary` is the name of the note taker, or "".
export class HandOffer {
  /**
   * @param {{
   *   root: Piece, data: RoomData, urls: RoomUrls, device: string, clock: ServerClock, state: () => RoomState,
   *   journal: Journal, ask?: Ask,
   * }} known
   */
  constructor({ root, data, urls, device, clock, state, journal, ask = exchange }) {
    this.data = data;
    this.url = urls.offer_hand;
    this.device = device;
    this.clock = clock;
    this.state = state;
    this.journal = journal;
    this.ask = ask;
    this.expires = 0; // until when the code on the screen is good
    this.words = el("p", { id: "passer-la-main-dit" });
    this.code = el("div", { class: "square-code" });
    this.left = el("p", { class: "soft" });
    this.said = el("p", { role: "status", class: "notice ask", hidden: true });
    this.link = el("input", {
      class: "input", id: "adresse-main", type: "text", readonly: true, autocomplete: "off", spellcheck: "false",
    });
    this.copied = el("span", { role: "status" });
    this.byLink = el("div", { class: "field" },
      el("div", { class: "actions" }, // before the address, which is long to hear
        button("Copier l’adresse", () => this.#copy(), "btn tight"),
        this.copied,
      ),
      el("label", { for: "adresse-main" }, "Sans appareil photo, l’adresse"),
      this.link,
    );
    this.again = button("Un nouveau code", () => this.#make());
    this.title = el("h2", { id: "passer-la-main", tabindex: "-1" }, "Passer la main");
    const actions = el("div", { class: "actions" }, button("Fermer", () => this.close(), "btn primary"), this.again);
    const described = { "aria-labelledby": "passer-la-main", "aria-describedby": "passer-la-main-dit" };
    this.dialog = el("dialog", { class: "hand-over", ...described },
      this.title,
      this.words,
      this.code,
      this.left,
      this.said,
      this.byLink,
      actions,
    );
    this.dialog.addEventListener("close", () => this.#forget());
    root.append(this.dialog);
  }

  // The name of the note taker of the day, when it is somebody else.
  #secretary() {
    const { note_taker: who } = this.state().duties;
    return who === this.data.person ? "" : this.data.members.find(({ id }) => id === who)?.name ?? "";
  }

  open() {
    const name = this.#secretary();
    const other = name ? `, ou l’appareil ${ofWhom(name)}, secrétaire` : "";
    write(
      this.words,
      typed(
        `Votre téléphone (entré sous votre nom)${other}. Deux minutes, une seule fois. ` +
          "Ce n’est pas une entrée : l’autre appareil doit être entré dans Collectifs.",
      ),
    );
    this.dialog.showModal();
    this.title.focus({ preventScroll: true });
    this.#make();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  async #make() {
    this.#forget();
    this.#say("");
    const answer = await this.ask(this.url, { body: { device: this.device } });
    if (!this.dialog.open) return;
    this.clock.hear(answer);
    if (answer.outcome !== "ok") this.#say(answer.data?.why ?? NEEDS_NETWORK);
    else this.#show(answer.data);
  }

  /** @param {OfferAnswer} offer */
  #show({ url, rows, expires_at: expires }) {
    this.code.replaceChildren(drawing(rows));
    this.link.value = url;
    show(this.byLink, true);
    show(this.left, true);
    this.expires = Date.parse(expires);
    this.timer = setInterval(() => this.#tick(), 500);
    this.listening = setInterval(() => this.journal.hurry(), LISTENS);
    this.#tick();
  }

  #tick() {
    const left = this.expires - this.clock.now();
    write(this.left, `Encore ${countdown(left)}.`);
    if (left > 0) return;
    this.#forget();
    this.#say("Ce code ne vaut plus.");
  }

  // The code and its address leave the page; closed or over, nothing of them stays.
  #forget() {
    clearInterval(this.timer);
    clearInterval(this.listening);
    this.code.replaceChildren();
    this.link.value = "";
    write(this.copied, "");
    for (const part of [this.byLink, this.left, this.again]) show(part, false);
  }

  #say(words) {
    write(this.said, typed(words));
    show(this.said, words !== "");
    show(this.again, words !== "");
  }

  async #copy() {
    const isCopied = await copyWords(this.link.value);
    if (!isCopied) this.link.select();
    write(this.copied, isCopied ? "Adresse copiée." : "Copiez l’adresse sélectionnée.");
  }
}

// An entry of the « … » menu, there while this device has la main. `update(isMine)` closes the code once it has gone.
/** @param {any} known  what HandOffer is made with, and the menu */
export function offerHand({ menu, ...known }) {
  if (!known.urls.offer_hand) return { update() {} };
  const offer = new HandOffer(known);
  const entry = button(
    "Passer la main à un autre appareil",
    () => {
      leaveMenu(menu);
      offer.open();
    },
    "",
  );
  menu.prepend(entry);
  return {
    update(isMine) {
      show(entry, isMine);
      if (!isMine) offer.close();
    },
  };
}

// The token of an address « #main=… », which leaves the address and the history at once; "" without one.
export function tokenInAddress() {
  const found = /^#main=([\w-]{20,100})$/.exec(location.hash);
  if (location.hash.startsWith("#main=")) history.replaceState(history.state, "", location.pathname + location.search);
  return found?.[1] ?? "";
}

class HandTaking {
  /**
   * @param {{
   *   root: Piece, urls: RoomUrls, person: string, clock: ServerClock, device: string, state: () => RoomState,
   *   onTaken: () => void, ask?: Ask,
   * }} known
   */
  constructor({ root, urls, person, clock, device, state, onTaken, ask = exchange }) {
    this.root = root;
    this.urls = urls;
    this.person = person;
    this.clock = clock;
    this.device = device;
    this.state = state;
    this.onTaken = onTaken;
    this.ask = ask;
    this.said = el("p", { role: "status", hidden: true });
    this.take = button("Prendre la main sur cet appareil", () => this.#take(), "btn primary");
    this.leave = button("Fermer", () => this.dialog.close());
    this.words = el("p", {});
    this.dialog = el("dialog", { class: "hand-over", "aria-labelledby": "prendre-la-main" },
      el("h2", { id: "prendre-la-main" }, "Prendre la main"),
      this.words,
      this.said,
      el("div", { class: "actions" }, this.take, this.leave),
    );
    this.dialog.addEventListener("close", () => { this.token = ""; });
    root.append(this.dialog);
  }

  // Asked, never done by itself.
  offer(token) {
    this.token = token;
    const words = token ? "Cet appareil conduira la séance ; l’écran qui la conduit maintenant suivra." : AGAIN;
    write(this.words, typed(words));
    show(this.take, token !== "");
    this.#say("");
    if (!this.dialog.open) this.dialog.showModal();
  }

  async #take() {
    if (!this.token || this.isBusy) return;
    this.isBusy = true;
    this.gesture ??= {
      id: uuid(),
      kind: "hand_taken",
      hand: this.state().hand + 1,
      happened_at: this.clock.stamp(),
      body: { device: this.device },
    };
    const body = { device: this.device, person: this.person, events: [this.gesture], pass: this.token };
    const answer = await this.ask(this.urls.gestures, { body });
    this.isBusy = false;
    this.clock.hear(answer);
    const refused = whyNot(answer);
    if (answer.outcome === "ok" && !refused) this.#taken();
    else this.#refuse(refused);
  }

  #taken() {
    this.gesture = null;
    this.dialog.close();
    this.onTaken();
  }

  // Without an answer the same press may be tried again; a code that was refused will never serve.
  #refuse(why) {
    if (!why) { this.#say("Le réseau ne répond pas : essayez encore."); return; }
    this.gesture = null;
    show(this.take, false);
    this.#say(why);
  }

  #say(words) {
    write(this.said, typed(words));
    show(this.said, words !== "");
  }
}

/** @type {(answer: Answer) => string | undefined} */
const whyNot = ({ data }) => data?.refused?.[0]?.why ?? data?.why;

// On the other device: reads the code of the address and offers to take la main. `whenLoaded` is a promise of the
// moment when the gestures of the meeting are known; `onTaken()` fetches them again.
/** @param {any} known  what HandTaking is made with, and `whenLoaded` */
export function takeHandFromAddress({ whenLoaded, ...known }) {
  const taking = new HandTaking(known);
  const look = async () => {
    const token = tokenInAddress();
    const wasLost = session.getItem(LOST) !== null;
    session.removeItem(LOST);
    if (!token && !wasLost) return;
    await whenLoaded;
    taking.offer(token);
  };
  addEventListener("hashchange", look);
  return look();
}
