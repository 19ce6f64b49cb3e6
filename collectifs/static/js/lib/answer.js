// lib/answer.js: one answer of a sheet.
/** @param {SheetAnswer} answer */
export const blank = ({ text, condition }) => text.trim() === "" && condition.trim() === "";
