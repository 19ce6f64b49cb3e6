// here.js: outside the modules, before the first words of the room are painted: what this browser alone knows of them.
// Whether it conducts, by its number (live/store.js, `deviceMark`) beside that of the device that does: if not, « Cet
// écran suit » stands there from the start, and pushes nothing down. Whether STOP was said in this tab
// (live/halted.js): then the step is not read again before the room stands.
(function () {
  var root = document.documentElement;
  /** @type {any} */
  var script = document.currentScript;
  var known = script.dataset;
  /** @type {any} */
  var kept = {};
  try {
    kept.device = localStorage.getItem("collectifs-appareil-" + known.meeting);
    kept.stop = sessionStorage.getItem("collectifs-arret-" + known.meeting);
  } catch (refused) { // eslint-disable-line no-unused-vars
    // this browser keeps nothing: it has no number yet, and follows
  }
  if (kept.device !== known.hand) root.setAttribute("data-follows", "");
  if (kept.stop) root.setAttribute("data-stopped", "");
}());
