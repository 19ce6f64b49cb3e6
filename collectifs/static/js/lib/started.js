// lib/started.js: the page's own script says to lifeline.js, which stands outside the modules, that it runs.
export function started() {
  document.documentElement.setAttribute("data-started", "");
  document.dispatchEvent(new Event("collectifs-started"));
}
