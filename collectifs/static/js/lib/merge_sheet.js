// lib/merge_sheet.js: a sheet written in two windows at once. Pure: what was saved last, mine, theirs.
// What the two did in different places is put together; where both changed the same thing, the person chooses.
import { blank } from "./answer.js";
import { LIMITS } from "./rules.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const within = (answers, one) => answers.some((each) => each.text.trim() === one.text.trim());
const CLASH = Symbol("clash");

// { content, clashes }: what to show; `clashes` when both wrote in the same place, and `content` is then mine.
export function mergeSheets(base, mine, theirs) {
  const question = mergeWords(base.question, mine.question, theirs.question);
  const answers = mergeAnswers(base.answers, mine.answers, theirs.answers);
  const tags = mergeTags(base.tags ?? {}, mine.tags ?? {}, theirs.tags ?? {});
  const tooMany = Object.values(tags).some((codes) => codes.length > LIMITS.tags);
  const clashes = question === CLASH || answers === CLASH || answers.length > LIMITS.answers || tooMany;
  return { content: clashes ? mine : { question, answers, tags }, clashes };
}

// In each list what either ticked is ticked, and what either took out is out.
function mergeTags(base, mine, theirs) {
  const lists = Object.keys({ ...theirs, ...mine });
  return Object.fromEntries(
    lists.map((list) => [list, mergeCodes(base[list] ?? [], mine[list] ?? [], theirs[list] ?? [])]),
  );
}

function mergeCodes(base, mine, theirs) {
  const stays = (code, other) => !base.includes(code) || other.includes(code);
  const added = theirs.filter((code) => !mine.includes(code) && !base.includes(code));
  return [...mine.filter((code) => stays(code, theirs)), ...added];
}

function mergeWords(base, mine, theirs) {
  if (mine === base || mine === theirs) return theirs;
  return theirs === base || (theirs ?? "").trim() === "" ? mine : CLASH;
}

function mergeAnswers(base, mine, theirs) {
  if (same(mine, base) || same(mine, theirs)) return theirs;
  if (same(theirs, base)) return mine;
  const here = pairs(base, mine), there = pairs(base, theirs);
  const merged = mine.map((answer) =>
    mergeOne(base[here.indexOf(answer)], answer, theirs, there[here.indexOf(answer)]),
  );
  if (merged.includes(CLASH)) return CLASH;
  // An answer that I took out and that the other window changed is a clash; one that only it has comes after mine.
  const rewritten = base.some((answer, place) => !here[place] && there[place] && !same(there[place], answer));
  if (rewritten) return CLASH;
  const added = theirs.filter(
    (each) => !there.includes(each) && !blank(each) && !within(base, each) && !within(merged, each),
  );
  return [...merged, ...added];
}

function mergeOne(base, mine, theirs, other) {
  if (!base || !other) return mine;
  const parts = ["text", "kind", "condition"].map((name) => [name, mergeWords(base[name], mine[name], other[name])]);
  return parts.some(([, value]) => value === CLASH) ? CLASH : Object.fromEntries(parts);
}

// For each answer that was there, the one that it has become (undefined when taken out): the same words first,
// then whatever stands in the same place and is nobody else's.
function pairs(base, answers) {
  const taken = new Set();
  const take = (answer) => { if (answer) taken.add(answer); return answer; };
  const found = base.map((old) =>
    take(answers.find((each) => !taken.has(each) && each.text.trim() === old.text.trim())),
  );
  return found.map((answer, place) => answer ?? take(isFree(answers[place]) ? answers[place] : undefined));

  function isFree(answer) {
    return answer && !taken.has(answer);
  }
}
