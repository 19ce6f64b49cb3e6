// The server's time on a device whose own clock is wrong, or that has slept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../collectifs/static/js/live/clock.js";

const NOON = Date.parse("2027-01-13T12:00:00.000Z");

// A device whose wall clock is `wrong` ms off; `pass(ms)` lets time go by, `sleep(ms)` without the steady clock.
function device(wrong = 0) {
  const time = { wall: NOON + wrong, steady: 1000 };
  const clock = new ServerClock({ wall: () => time.wall, steady: () => time.steady });
  const pass = (ms) => { time.wall += ms; time.steady += ms; };
  const hear = (serverNow, trip) => {
    const sentAt = time.steady;
    pass(trip);
    clock.hear({ serverNow: new Date(serverNow).toISOString(), sentAt, arrivedAt: time.steady });
  };
  return { clock, pass, hear, sleep: (ms) => { time.wall += ms; }, setWall: (ms) => { time.wall = ms; } };
}

for (const minutes of [7, -7]) {
  test(`a clock ${minutes} minutes off tells the server's time`, () => {
    const { clock, pass, hear } = device(minutes * 60000);
    hear(NOON + 50, 100); // the server answered half-way
    assert.equal(clock.now(), NOON + 100);
    pass(3600000);
    assert.equal(clock.now(), NOON + 3600100);
  });
}

test("a slow answer is believed less than a quick one", () => {
  const { clock, hear } = device();
  hear(NOON + 10, 20);
  hear(NOON + 20 + 3000, 3000); // came back at once, but took three seconds on its way here
  assert.equal(clock.now(), NOON + 3020);
});

test("twenty minutes of sleep are counted though the steady clock stood still", () => {
  const { clock, hear, sleep, pass } = device(60000);
  hear(NOON, 0);
  pass(1000);
  sleep(1200000);
  assert.equal(clock.now(), NOON + 1201000);
  pass(500);
  assert.equal(clock.now(), NOON + 1201500);
});

test("setting the wall clock back changes nothing", () => {
  const { clock, hear, pass, setWall } = device();
  hear(NOON, 0);
  pass(10000);
  setWall(NOON - 3600000);
  assert.equal(clock.now(), NOON + 10000);
});

test("two gestures never have the same instant, and come after what was seen", () => {
  const { clock, hear } = device();
  hear(NOON, 0);
  const first = clock.stamp();
  assert.equal(first, "2027-01-13T12:00:00.000Z");
  assert.equal(clock.stamp(), "2027-01-13T12:00:00.001Z");
  clock.saw("2027-01-13T12:00:00.700Z");
  assert.equal(clock.stamp(), "2027-01-13T12:00:00.701Z");
  clock.saw("2027-01-13T15:00:00.000Z"); // a clock plainly wrong drags nobody along
  assert.equal(clock.stamp(), "2027-01-13T12:00:00.702Z");
});
