// The mark in the bar: what is kept where, in words and by a symbol.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept, keptWords } from "../../collectifs/static/js/live/kept.js";

const ok = { unsent: 0, trouble: null, loaded: true };
const HERE = "dans cette page seulement, laissez-la ouverte";
const PERISHED = "Les notes de ce regroupement sont effacées, ici aussi";

for (const [journal, words, symbol] of [
  [{}, "Tout est enregistré", "check"],
  [{ loaded: false }, "", "check"],
  [{ unsent: 1 }, "Envoi en cours : 1~action…", "device"],
  [{ unsent: 2, loaded: false }, "Envoi en cours : 2~actions…", "device"],
  [{ locked: 1 }, "1~action attend le code de cet appareil", "alert"],
  [{ locked: 2 }, "2~actions attendent le code de cet appareil", "alert"],
  [{ trouble: "offline", loaded: false }, "Le serveur ne répond pas encore", "device"],
  [{ trouble: "offline" }, "Plus de réseau : tout ce qui précède est enregistré", "device"],
  [{ trouble: "offline", unsent: 1 }, `Plus de réseau : 1~action gardée ${HERE}`, "device"],
  [{ trouble: "offline", unsent: 2 }, `Plus de réseau : 2~actions gardées ${HERE}`, "device"],
  [{ trouble: "offline", unsent: 12, isKept: true }, "Plus de réseau : 12~actions gardées sur cet appareil", "device"],
  [{ trouble: "expired" }, "Votre connexion a expiré, la séance continue", "device"],
  [{ trouble: "expired", unsent: 2, isKept: true },
    "Votre connexion a expiré, la séance continue : 2~actions gardées sur cet appareil", "device"],
  [{ trouble: "stranger", unsent: 2, isKept: true },
    "Une autre personne s’est connectée ici : rien ne part à son nom : 2~actions gardées sur cet appareil", "alert"],
  [{ trouble: "hidden" }, "Ce regroupement n’est pas accessible avec ce compte", "alert"],
  [{ trouble: "closed" }, "Ce qui s’écrit à cette séance ne s’ouvre plus sur le serveur", "alert"],
  [{ trouble: "refused", unsent: 1 },
    `Le serveur n’a pas pris les dernières actions : 1~action gardée ${HERE}`, "alert"],
  [{ trouble: "ended", unsent: 3 }, "Cet écran ne conduit plus", "alert"],
  [{ trouble: "gone" }, PERISHED, "alert"],
  [{ trouble: "gone", unsent: 1 }, `${PERISHED} ; 1~action arrivait trop tard`, "alert"],
  [{ trouble: "gone", unsent: 2 }, `${PERISHED} ; 2~actions arrivaient trop tard`, "alert"],
]) {
  test(`the mark says « ${words} »`, () => {
    assert.deepEqual(keptWords({ ...ok, ...journal }), [words.replaceAll("~", "\u00a0"), symbol]);
  });
}

// As much of a page as the mark writes to.
function bar() {
  const piece = () => ({
    textContent: "", hidden: false, append() {}, addEventListener() {},
    setAttribute(name, value) { this[name] = value === "" || value; },
  });
  globalThis.document = { createElement: piece };
  const parts = { "[data-saved-text]": piece(), use: piece() };
  const kept = new Kept({ querySelector: (name) => parts[name], append() {} }, "/entrer");
  return { kept, says: () => parts["[data-saved-text]"].textContent, symbol: () => parts.use.href };
}

test("an ordinary sending is not worth a word for three seconds; all else is said at once", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { kept, says, symbol } = bar();
  kept.update(ok);
  assert.deepEqual([says(), symbol()], ["Tout est enregistré", "#i-check"]);
  kept.update({ ...ok, unsent: 1 });
  t.mock.timers.tick(2999);
  assert.equal(says(), "Tout est enregistré");
  t.mock.timers.tick(1);
  assert.deepEqual([says(), symbol()], ["Envoi en cours\u00a0: 1\u00a0action…", "#i-device"]);
  kept.update({ ...ok, unsent: 1 });
  kept.update({ ...ok, unsent: 1, trouble: "offline" });
  assert.ok(says().startsWith("Plus de réseau"));
  kept.update(ok);
  t.mock.timers.tick(9000);
  assert.equal(says(), "Tout est enregistré");
});

test("the way in stands beside where somebody has to sign in, and there alone", () => {
  const { kept } = bar();
  const offers = (trouble) => { kept.update({ ...ok, trouble }); return !kept.signIn.hidden; };
  const troubles = [null, "offline", "expired", "stranger", "hidden", "ended", "closed", "refused", "gone"];
  assert.deepEqual(troubles.filter(offers), ["expired", "stranger", "hidden"]);
});
