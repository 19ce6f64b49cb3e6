// lifeline.js: outside the modules, in words that the oldest browser reads. When the page's own script does not start
// (a browser that cannot read it, a file that did not arrive), it shows what is true in the place of what would wait
// for ever: the parts [data-lifeline] of the page (templates/components/lifeline.html). lib/started.js says that all is
// well.
(function () {
  var PATIENCE = 30000; // ms: a school's network is slow; what starts later takes the words away again
  var root = document.documentElement;
  var couldNotRead = false;
  var hasFailed = false;

  function hasStarted() {
    return root.hasAttribute("data-started");
  }

  // Too old for what is used, or so old that a sign which it could not read is no surprise: else a file is broken.
  function isTooOld() {
    var lacks =
      !("noModule" in document.createElement("script")) || !window.HTMLDialogElement || !Array.prototype.findLast;
    return lacks || (couldNotRead && !Array.prototype.toSorted);
  }

  function each(selector, work) {
    var found = document.querySelectorAll(selector);
    for (var place = 0; place < found.length; place += 1) work(found[place]);
  }

  // Its title goes with the first words of a page: another stands in its place meanwhile.
  function giveTitle(part) {
    var title = part.querySelector("h1");
    if (title && hasStarted()) part.removeChild(title);
    if (title || hasStarted()) return;
    title = document.createElement("h1");
    title.textContent = part.getAttribute("data-instead");
    part.insertBefore(title, part.firstChild);
  }

  function show() {
    var kind = isTooOld() ? "old" : "lost";
    each("[data-lifeline]", function (part) {
      part.hidden = hasStarted() || part.getAttribute("data-lifeline") !== kind;
    });
    each("[data-begun]", function (part) {
      part.hidden = !hasStarted(); // a step and its time, which would stand still
    });
    each("[data-instead]", giveTitle);
    if (hasStarted()) return;
    each("[data-opening]", function (part) {
      part.removeAttribute("data-js"); // page.js would show it
      part.hidden = true;
    });
  }

  function say() {
    hasFailed = true;
    if (document.readyState !== "loading") show();
  }

  // A file that did not come tells its <script>; one that could not be read, or that stopped, tells the window.
  function hearError(event) {
    var isFile = event.target && event.target.nodeName === "SCRIPT";
    var isOurs = isFile || (event.filename || "").indexOf("/static/") > 0;
    if (hasStarted() || !isOurs) return;
    if (/SyntaxError/.test(event.message || "")) couldNotRead = true;
    say();
  }
  window.addEventListener("error", hearError, true);
  document.addEventListener("DOMContentLoaded", function () {
    if (hasFailed || !("noModule" in document.createElement("script"))) show();
  });
  document.addEventListener("collectifs-started", show);
  setTimeout(function () {
    if (!hasStarted()) say();
  }, PATIENCE);
}());
