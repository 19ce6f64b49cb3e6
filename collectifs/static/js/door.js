// door.js: the square codes at the door of a workshop, one at a time, with or without network. The hour is that of the
// server, as it was when the page came; the clock of the device only counts from there.
const TURN = 10 * 60 * 1000;
const EPOCH = Date.UTC(2000, 0, 1);

export function turnAt(instant) {
  return Math.floor((instant - EPOCH) / TURN);
}

export function showTurn(box, turn) {
  let found = false;
  for (const each of box.querySelectorAll("[data-turn]")) {
    each.hidden = Number(each.dataset.turn) !== turn;
    found ||= !each.hidden;
  }
  box.querySelector("[data-no-code]").hidden = found;
}

// Device and server may disagree by hours: what is told is how far the device is ahead, to the turn.
export function follow(box, now = Date.now) {
  const ahead = turnAt(now()) - Number(box.dataset.present);
  setInterval(() => showTurn(box, turnAt(now()) - ahead), 5000);
}

for (const box of document.querySelectorAll("[data-door]")) follow(box);
