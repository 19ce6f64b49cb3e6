// live/people.js: who the meeting is made of, and how they are called in a list read at a glance. Pure.

export const AWAY = ["excused", "absent"];

/** @type {(state: RoomState, id: string) => boolean} */
export const isAway = (state, id) => AWAY.includes(state.attendance[id]);

// Members in the order of their list, then guests in the order they came.
/**
 * @param {Pick<RoomData, "members" | "guests">} data
 * @param {RoomState} state
 * @returns {(Person & { isGuest?: boolean })[]}
 */
export function everybody({ members, guests = [] }, state) {
  const welcomed = Object.entries(state.guests ?? {}).map(([id, name]) => ({ id, name }));
  const known = new Set();
  const once = ({ id }) => !known.has(id) && known.add(id);
  return [
    ...members,
    ...guests.map((each) => ({ ...each, isGuest: true })),
    ...welcomed.map((each) => ({ ...each, isGuest: true })),
  ].filter(once);
}

/** @type {<P extends Person>(people: P[], state: RoomState) => P[]} */
export const hereAmong = (people, state) => people.filter(({ id }) => !isAway(state, id));

// The first name alone, unless two people share it.
/** @param {Person[]} people @returns {Map<string, string>} */
export function shortNames(people) {
  const first = (name) => name.trim().split(/\s+/)[0];
  const times = new Map();
  for (const { name } of people) times.set(first(name), (times.get(first(name)) ?? 0) + 1);
  return new Map(people.map(({ id, name }) => [id, times.get(first(name)) > 1 ? name : first(name)]));
}

// « de Maud », « d’Inès », « de Yasmine », « d’Yves ».
export function ofWhom(name) {
  const isVowel = /^(?:[aeiouàâäéèêëîïôöùûüœæh]|y[^aeiouàâäéèêëîïôöùûüœæ])/iu.test(name);
  return (isVowel ? "d’" : "de ") + name;
}
