// perished.js: on the page that says that the notes of a meeting have perished (errors/410.html). What this device kept
// of that meeting goes too, and is told.
import { several } from "./lib/french.js";
import { forgetPerished } from "./live/leftovers.js";

const place = document.querySelector("[data-perished]");
const { wasKept, unsent } = await forgetPerished(place.dataset.perished);
const came = unsent > 1
  ? "n’étaient pas parties\u00a0: elles sont arrivées"
  : "n’était pas partie\u00a0: elle est arrivée";
const late = unsent > 0 ? ` ${several(unsent, "action")} ${came} trop tard.` : "";
if (wasKept) place.textContent = `Ce que cet appareil gardait de cette séance s’est effacé aussi.${late}`;
