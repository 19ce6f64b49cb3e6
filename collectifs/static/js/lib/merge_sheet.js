// lib/merge_sheet.js: a sheet written on two devices at once. Pure: what was saved last, mine, theirs.
// Nothing that anybody typed is lost: where both changed the same thing, mine stays and theirs is handed back.

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
export const blank = (answer) => answer.text.trim() === "" && answer.condition.trim() === "";
const within = (answers, one) => answers.some((each) => each.text.trim() === one.text.trim());

// { content, question }: what to show, and the other question when both wrote one (null otherwise).
export function mergeSheets(base, mine, theirs) {
  const [question, other] = mergeQuestions(base.question, mine.question, theirs.question);
  return { content: { question, answers: mergeAnswers(base.answers, mine.answers, theirs.answers) }, question: other };
}

function mergeQuestions(base, mine, theirs) {
  if (mine === base || mine === theirs) return [theirs, null];
  if (theirs === base || theirs.trim() === "") return [mine, null];
  return [mine, theirs];
}

// An answer that only the other device has, and that was not there before, is added after mine.
function mergeAnswers(base, mine, theirs) {
  if (same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  const added = theirs.filter((each) => !blank(each) && !within(base, each) && !within(mine, each));
  return [...mine, ...added];
}
