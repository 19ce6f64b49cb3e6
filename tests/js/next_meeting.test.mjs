// The next date, agreed in the room: what leaves, and what an answer asks of the page.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, readAnswer } from "../../collectifs/static/js/live/next_meeting.js";

const typed = { day: "2027-02-03", starts: "14:00", ends: "", place: "Salle B 12" };

test("in the same place, what was said of the way in still holds", () => {
  const body = bodyOf(typed, { place: "Salle B 12" }, "");
  assert.deepEqual(body, { ...typed, keep: "" });
});

test("elsewhere, the way in and the commune of last time are not repeated", () => {
  const body = bodyOf(typed, { place: "Mairie" }, "2027-02-03");
  assert.deepEqual(body, { ...typed, access_note: "", commune: "", keep: "2027-02-03" });
});

test("a fixed date is shown", () => {
  const planned = { title: "2e regroupement (4 ou 5 prévus)", when: "mercredi", url: "/x" };
  assert.deepEqual(readAnswer({ outcome: "ok", data: planned }), { planned });
});

test("a refusal goes beside its field; what has no field here is said above", () => {
  const data = {
    errors: { place: "Indiquez le lieu.", commune: "Trop long." },
    refusal: "Non.",
    warnings: [],
    keep: "",
  };
  assert.deepEqual(readAnswer({ outcome: "refused", data }), {
    errors: data.errors,
    asked: ["Non.", "Trop long."],
    keep: "",
  });
});

test("an unusual day is asked, and may be kept", () => {
  const data = { errors: {}, refusal: "", warnings: ["Un dimanche. La garder ?"], keep: "2027-02-07" };
  const { asked, keep } = readAnswer({ outcome: "refused", data });
  assert.deepEqual([asked, keep], [["Un dimanche. La garder ?"], "2027-02-07"]);
});

for (const [outcome, said] of [["offline", "Plus de réseau"], ["expired", "expiré"], ["gone", "n’accepte plus"]]) {
  test(`${outcome}: said in words, nothing else asked`, () => {
    const { asked, keep, errors } = readAnswer({ outcome, data: null });
    assert.ok(asked[0].includes(said));
    assert.deepEqual([asked.length, keep, errors], [1, "", {}]);
  });
}
