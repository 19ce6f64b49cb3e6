// sheet/conflict.js: two windows wrote the same thing. Three choices, and neither text is lost: the server keeps the
// one that is not chosen among the versions.
import { button, el } from "../live/dom.js";

const KINDS = { tried: "éprouvée", considered: "envisagée" };

// One of the two texts, to be read and not written.
function reading(title, { question, answers }) {
  const lines = answers.map(({ text, kind, condition }) => {
    const said = [KINDS[kind], condition].filter(Boolean).join(", ");
    return el("li", {}, said ? `${text} (${said})` : text);
  });
  return el("div", { translate: "no" },
    el("p", {}, el("strong", {}, title)),
    el("p", {}, question || "(pas de problématique)"),
    el("ol", {}, ...lines),
  );
}

export class ConflictPanel {
  // `mine()` is read when it is shown: one goes on typing meanwhile. `choose("keep" | "take")`.
  /**
   * @param {Piece} root
   * @param {{ theirs: any, mine: () => SheetContent, choose: (which: "keep" | "take") => void }} known
   */
  constructor(root, { theirs, mine, choose }) {
    this.theirs = theirs;
    this.mine = mine;
    this.both = el("div", { class: "two-texts", id: "les-deux", hidden: true });
    this.look = button("Voir les deux", () => this.#toggle(), "btn quiet tight");
    this.look.setAttribute("aria-expanded", "false");
    this.look.setAttribute("aria-controls", "les-deux");
    this.box = el("div", { class: "notice ask sheet-conflict", role: "alert", tabindex: "-1" },
      el("p", {}, el("strong", {}, "Cette fiche a changé dans une autre fenêtre")),
      el("p", {},
        `Enregistrée par ${theirs.saved_by_label ?? "une autre fenêtre"}. ` +
          "Le texte que vous ne gardez pas reste parmi les versions.",
      ),
      el("p", { class: "actions" },
        button("Garder la mienne", () => choose("keep"), "btn tight"),
        button("Prendre l’autre", () => choose("take"), "btn tight"),
        this.look,
      ),
      this.both,
    );
    root.prepend(this.box);
  }

  focus() {
    this.box.focus();
  }

  close() {
    this.box.remove();
  }

  #toggle() {
    this.both.hidden = !this.both.hidden;
    this.look.setAttribute("aria-expanded", String(!this.both.hidden));
    this.both.replaceChildren(reading("La mienne", this.mine()), reading("L’autre", this.theirs.content));
  }
}
