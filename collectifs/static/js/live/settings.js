// live/settings.js: the settings of this device in the room: its sound, and the screen that stays lit.
import { openChannel } from "../lib/browser.js";
import { button, el, show, write } from "./dom.js";
import { Sound } from "./sound.js";
import { WakeLock } from "./wake_lock.js";

const lit = el("p", { class: "small soft", hidden: true });

export const sound = new Sound();
export const wakeLock = new WakeLock({ says: (words) => { write(lit, words); show(lit, words !== ""); } });

function choice(id, words, name) {
  const box = el("input", {
    type: "checkbox",
    id,
    onchange: () => sound.choose({ [name]: box.checked }),
  });
  box.checked = sound.settings[name];
  return el("div", { class: "check" }, box, el("label", { for: id }, words));
}

function volume() {
  const slider = el("input", {
    type: "range",
    id: "son-volume",
    min: 5,
    max: 100,
    step: 5,
    autocomplete: "off",
    onchange: () => sound.choose({ volume: Number(slider.value) }),
  });
  slider.value = sound.settings.volume;
  return el("div", { class: "volume" }, el("label", { for: "son-volume" }, "Volume"), slider);
}

// Without a word between windows, the wall beside follows the server alone.
function deafWords() {
  const probe = openChannel("collectifs-essai");
  probe.close();
  return probe.isHeard ? "" : "Ce navigateur ne relie pas ses fenêtres : la projection suit par le réseau.";
}

export function offerSettings(menuBox) {
  const said = el("p", { class: "small", role: "status" });
  sound.onChange((isBlocked) => write(said, isBlocked ? sound.words : ""));
  menuBox.append(
    el("fieldset", { class: "sound-choice" },
      el("legend", {}, "Un son doux"),
      choice("son-fin", "à la fin de l’étape", "end"),
      choice("son-avant", "deux minutes avant", "before"),
      volume(),
      button("Essayer", () => sound.attempt(), "btn tight"),
      said),
    lit,
    el("p", { class: "small soft" }, deafWords()),
  );
}

// Where everybody looks: the menu is closed when the browser holds the sound back.
export function sayBlocked(place) {
  const words = el("span", {});
  const attempt = button("Essayer", () => sound.attempt(), "btn tight");
  place.append(words, attempt);
  sound.onChange((isBlocked) => {
    write(words, isBlocked ? sound.words : "");
    show(attempt, isBlocked);
    place.classList.toggle("is-said", isBlocked);
  });
}
