// live/square_code.js: a square code on the screen, from its rows of « 1 » and « 0 ».
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 4; // white squares around a code, as its standard wants

// The dark squares, run by run, as one path.
export function pathOf(rows) {
  const run = (y) => (match) => `M${match.index + MARGIN} ${y + MARGIN}h${match[0].length}v1h-${match[0].length}z`;
  return rows.map((row, y) => [...row.matchAll(/1+/g)].map(run(y)).join("")).join("");
}

/** @param {string[]} rows */
export function drawing(rows) {
  const svg = document.createElementNS(SVG, "svg");
  const size = rows.length + 2 * MARGIN;
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${size} ${size}`,
    role: "img",
    "aria-label": "QR code à scanner avec l’autre appareil",
    "shape-rendering": "crispEdges",
  })) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(rows));
  svg.append(path);
  return svg;
}
