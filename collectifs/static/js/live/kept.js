// live/kept.js: the discreet mark that says what is kept where.
import { several } from "../lib/french.js";
import { el, show, write } from "./dom.js";

const PATIENCE = 3000; // an ordinary sending is not worth a word

const kept = (number) => `${several(number, "geste")} ${number > 1 ? "gardés" : "gardé"} sur cet appareil`;

// The words and the symbol for a state of the journal.
export function keptWords({ unsent, trouble, loaded }) {
  if (trouble === "gone") {
    const lost = unsent > 0 ? ` ${several(unsent, "geste")} ne sont pas partis.` : "";
    return [`Ce regroupement n’est plus accessible avec ce compte.${lost}`, "alert"];
  }
  if (trouble === "expired") return [`Votre connexion a expiré${unsent > 0 ? ` : ${kept(unsent)}` : ""}`, "device"];
  if (trouble === "refused") return [`Le serveur n’a pas pris les derniers gestes : ${kept(unsent)}`, "alert"];
  if (trouble) {
    if (unsent > 0) return [`Plus de réseau : ${kept(unsent)}, gardez cette page ouverte`, "device"];
    return [loaded ? "Plus de réseau : tout ce qui précède est enregistré" : "Le serveur ne répond pas encore", "device"];
  }
  return [unsent > 0 ? `Envoi de ${several(unsent, "geste")}…` : "Tout est enregistré", unsent > 0 ? "device" : "check"];
}

export class Kept {
  constructor(region, signInUrl) {
    this.region = region;
    this.words = region.querySelector("[data-saved-text]");
    this.symbol = region.querySelector("use");
    this.signIn = el("a", { href: signInUrl, target: "_blank", hidden: true }, "Se reconnecter dans un autre onglet");
    region.append(this.signIn);
  }

  update(journal) {
    clearTimeout(this.timer);
    const isOrdinary = !journal.trouble && journal.unsent > 0;
    if (isOrdinary) this.timer = setTimeout(() => this.#say(journal), PATIENCE);
    else this.#say(journal);
  }

  #say(journal) {
    const [text, symbol] = keptWords(journal);
    write(this.words, text);
    this.symbol.setAttribute("href", `#i-${symbol}`);
    show(this.signIn, journal.trouble === "expired");
  }
}
