// live/kept.js: the discreet mark that says what is kept where.
import { several } from "../lib/french.js";
import { el, show, write } from "./dom.js";

const ORDINARY_SENDING = 3000; // an ordinary sending is not worth a word

const many = (unsent, isKept) =>
  `${several(unsent, "action")} ${unsent > 1 ? "gardées" : "gardée"} ` +
  (isKept ? "sur cet appareil" : "dans cette page seulement, laissez-la ouverte");

// What is said of a server that answers no, and of the gestures that wait for a yes.
const REFUSALS = {
  expired: "Votre connexion a expiré, la séance continue",
  stranger: "Une autre personne s’est connectée ici : rien ne part à son nom",
  hidden: "Ce regroupement n’est pas accessible avec ce compte",
  ended: "Cet écran ne conduit plus",
  closed: "Ce qui s’écrit à cette séance ne s’ouvre plus sur le serveur",
  refused: "Le serveur n’a pas pris les dernières actions",
};

function troubleWords({ unsent, trouble, loaded, isKept }) {
  if (trouble === "gone") {
    const late = unsent > 1 ? "arrivaient" : "arrivait";
    const lost = unsent > 0 ? ` ; ${several(unsent, "action")} ${late} trop tard` : "";
    return [`Les notes de ce regroupement sont effacées, ici aussi${lost}`, "alert"];
  }
  if (trouble === "ended") return [REFUSALS.ended, "alert"]; // the page itself says what becomes of the words
  const kept = unsent > 0 ? ` : ${many(unsent, isKept)}` : "";
  if (REFUSALS[trouble]) return [REFUSALS[trouble] + kept, trouble === "expired" ? "device" : "alert"];
  if (kept) return [`Plus de réseau${kept}`, "device"];
  return [loaded ? "Plus de réseau : tout ce qui précède est enregistré" : "Le serveur ne répond pas encore", "device"];
}

// The words and the symbol for a state of the journal.
export function keptWords({ unsent, trouble, loaded, isKept = false, locked = 0 }) {
  if (trouble) return troubleWords({ unsent, trouble, loaded, isKept });
  if (locked > 0) {
    return [`${several(locked, "action")} ${locked > 1 ? "attendent" : "attend"} le code de cet appareil`, "alert"];
  }
  return [
    unsent > 0 ? `Envoi en cours : ${several(unsent, "action")}…` : loaded ? "Tout est enregistré" : "",
    unsent > 0 ? "device" : "check",
  ];
}

export class Kept {
  constructor(region, signInUrl) {
    this.region = region;
    this.words = region.querySelector("[data-saved-text]");
    this.symbol = region.querySelector("use");
    this.signIn = el("a", { href: signInUrl, target: "_blank", hidden: true },
      "Entrer de nouveau, dans un autre onglet",
    );
    region.append(this.signIn);
  }

  update(journal) {
    clearTimeout(this.timer);
    const isOrdinary = !journal.trouble && journal.unsent > 0;
    if (isOrdinary) this.timer = setTimeout(() => this.#say(journal), ORDINARY_SENDING);
    else this.#say(journal);
  }

  #say(journal) {
    const [text, symbol] = keptWords(journal);
    write(this.words, text);
    this.symbol.setAttribute("href", `#i-${symbol}`);
    show(this.signIn, ["expired", "stranger", "hidden"].includes(journal.trouble));
  }
}
