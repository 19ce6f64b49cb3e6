// A server that keeps gestures, and a device that sends them there, with a time of their own.
import assert from "node:assert/strict";
import { Journal } from "../../collectifs/static/js/live/journal.js";

// A server that keeps each gesture once. `mood(url)` may name an outcome instead, or "lost": done, answer lost.
export function server() {
  const events = [];
  const house = { events, mood: () => null, refuse: () => false, asked: [] };
  const post = ({ person, events: sent }) => {
    assert.equal(person, "hélène");
    const refused = sent.filter(house.refuse).map(({ id }) => ({ id, why: "Un autre appareil a la main." }));
    const kept = sent.filter((gesture) => !house.refuse(gesture));
    for (const gesture of kept) if (!events.some((each) => each.id === gesture.id)) events.push(gesture);
    return { sequence: events.length, accepted: kept.map(({ id }) => id), refused };
  };
  const state = (since) =>
    since < events.length
      ? { outcome: "ok", data: { sequence: events.length, events: events.slice(since) } }
      : { outcome: "unchanged" };
  house.ask = async (url, { body } = {}) => {
    const mood = house.mood(url);
    house.asked.push(body ? `${body.events.length} gestures` : url);
    if (mood?.outcome) return mood;
    if (mood && mood !== "lost") return { outcome: mood };
    const answer = body ? { outcome: "ok", data: post(body) } : state(Number(url.split("=")[1]));
    return mood === "lost" ? { outcome: "offline" } : answer;
  };
  return house;
}

// Time is moved, never waited: `turn()` lets the journal do one exchange and stops it at its next pause.
export function device(house, name = "laptop", more = {}) {
  let instant = 0;
  const pauses = [];
  const refusals = [];
  const seen = [];
  let wake;
  let paused;
  const wait = (delay) => {
    pauses.push(delay);
    paused?.();
    return new Promise((resolve) => { wake = resolve; });
  };
  const journal = new Journal({
    urls: { state: "/etat", gestures: "/gestes" },
    device: name,
    person: "hélène",
    clock: {
      offset: 0,
      now: () => Date.parse("2027-01-13T13:00:00Z") + instant,
      stamp: () => new Date(Date.parse("2027-01-13T13:00:00Z") + (instant += 1000)).toISOString(),
      hear() {},
      saw() {},
    },
    onChange() {},
    onRefused: (refused) => refusals.push(...refused),
    onSeen: (gesture) => seen.push(gesture.id),
    ask: house.ask,
    wait,
    hidden: () => false,
    ...more,
  });
  const resting = () => new Promise((resolve) => { paused = resolve; });
  const later = (delay) => { instant += delay; };
  const turn = async () => {
    const rest = resting();
    if (wake) wake();
    else journal.run();
    await rest;
  };
  return { journal, pauses, refusals, seen, turn, later };
}

export const park = (journal, text = "plus tard") => journal.add("parked", { text }, 1);
