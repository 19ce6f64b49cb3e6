// Reads a JSON list of [name, html] on its standard input; prints one line for each fault that html-validate finds.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

/** One configuration for every page: made anew for each, it is half of the work. */
class OneConfiguration extends StaticConfigLoader {
  getConfigFor(...page) {
    this.resolved ??= super.getConfigFor(...page);
    return this.resolved;
  }
}

const checker = new HtmlValidate(new OneConfiguration({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // A field within its label is also named by `for`: voice control of some machines knows only that.
    "no-redundant-for": "off",
    // The live page is a shell: its script gives these headings and buttons their words, and axe reads them filled
    // (tests/browser).
    "empty-heading": "off",
    "text-content": "off",
    "unique-landmark": "off",
  },
}));

for (const [name, html] of JSON.parse(readFileSync(0, "utf-8"))) {
  const lines = html.split("\n");
  for (const { messages } of checker.validateStringSync(html).results) {
    for (const { ruleId, message, line } of messages) {
      console.log(`${name}: ${message} (${ruleId}): ${lines[line - 1].trim()}`);
    }
  }
}
