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
  return { clock, time, pass, hear, sleep: (ms) => { time.wall += ms; }, setWall: (ms) => { time.wall = ms; } };
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

test("fifty milliseconds more than the quickest are believed, one more is not; an old good answer slowly loses", () => {
  const { clock, hear } = device();
  hear(NOON + 10, 20);
  hear(NOON + 1035, 70); // half of it on the way here
  assert.equal(clock.now(), NOON + 1070);
  hear(NOON + 9000, 71);
  assert.equal(clock.now(), NOON + 1141);
  for (let times = 0; times < 14; times += 1) hear(NOON + 9000, 220);
  assert.equal(clock.now(), NOON + 1141 + 14 * 220);
  hear(NOON + 9000, 220);
  assert.equal(clock.now(), NOON + 9110);
});

test("an answer that was read some time after it came counts that time; one that tells no time changes nothing", () => {
  const { clock, pass, time } = device(60000);
  const arrivedAt = time.steady;
  pass(300);
  clock.hear({ serverNow: new Date(NOON).toISOString(), sentAt: arrivedAt - 40, arrivedAt });
  assert.equal(clock.now(), NOON + 320);
  clock.hear({ serverNow: null, sentAt: time.steady, arrivedAt: time.steady });
  assert.equal(clock.now(), NOON + 320);
});

test("opened without network, a device goes on with what it knew of the server's time", () => {
  const { clock, hear, pass } = device(-7000);
  hear(NOON, 0);
  assert.equal(clock.offset, 7000);
  const later = device(-7000);
  later.clock.resume(clock.offset);
  later.pass(50);
  assert.deepEqual([later.clock.now(), later.clock.offset], [NOON + 50, 7000]);
  pass(50);
  assert.equal(clock.offset, 7000);
});

test("five seconds between the two clocks are no sleep, one millisecond more is", () => {
  for (const [slept, counted] of [[5000, 0], [5001, 5001]]) {
    const { clock, hear, sleep } = device();
    hear(NOON, 0);
    sleep(slept);
    assert.equal(clock.now(), NOON + counted);
  }
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

test("setting the wall clock back changes nothing, nor putting it forward a little", () => {
  for (const set of [NOON - 3600000, NOON + 11000]) {
    const { clock, hear, pass, setWall } = device();
    hear(NOON, 0);
    pass(10000);
    setWall(set);
    assert.equal(clock.now(), NOON + 10000);
  }
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
  clock.saw("2027-01-13T12:00:05.000Z"); // from five seconds on it is
  assert.equal(clock.stamp(), "2027-01-13T12:00:00.703Z");
  clock.saw("2027-01-13T12:00:04.999Z");
  assert.equal(clock.stamp(), "2027-01-13T12:00:05.000Z");
});
