// Reads a JSON list of [name, words, lean] on its standard input; prints the name of each script whose signs and words
// are not the same once lean, and of each style whose rules are not.
import { readFileSync } from "node:fs";
import { tokenizer } from "acorn";
import { generate, parse } from "css-tree";

const signs = (script) =>
  JSON.stringify(
    [...tokenizer(script, { ecmaVersion: "latest", sourceType: "module" })].map(({ type, value }) => [
      type.label,
      value instanceof Object ? String(value.pattern) + String(value.flags) : String(value),
    ]),
  );
// What stands behind a comma within var() is kept as it was typed.
const rules = (style) => generate(parse(style, { parseCustomProperty: true })).replaceAll(", ", ",");

for (const [name, words, lean] of JSON.parse(readFileSync(0, "utf-8"))) {
  const said = name.endsWith(".css") ? rules : signs;
  if (said(words) !== said(lean)) console.log(name);
}
