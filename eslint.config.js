// What ESLint reads: every script that we write. `make lint` and `make test` run it; nothing may be found.
import js from "@eslint/js";
import globals from "globals";

const SCRIPTS = "collectifs/static/js";

export default [
  { ignores: [".venv/", "var/", "build/", "dist/", "test-results/", "collectifs/static/build/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 10],
      "max-len": ["error", { code: 120 }],
      "max-lines": ["error", { max: 300, skipComments: true }],
      "max-depth": ["error", 3],
      "max-params": ["error", 5],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "object-shorthand": "error",
      "prefer-const": "error",
      "no-var": "error",
    },
  },
  // What Safari 16.0, Chrome 105 and Firefox 121 read; tests/js/syntax.test.mjs looks closer.
  {
    files: [`${SCRIPTS}/**/*.js`],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    rules: {
      "no-restricted-syntax": ["error",
        { selector: "StaticBlock", message: "Safari 16.0 reads no static block." },
        {
          selector: "CallExpression[callee.property.name='assign'][arguments.0.type='ThisExpression']",
          message: "A class names its fields one by one, so that they can be found.",
        }],
    },
  },
  { files: [`${SCRIPTS}/sw.js`], languageOptions: { globals: globals.serviceworker } },
  // Outside the modules, in words that the oldest browser reads.
  {
    files: [`${SCRIPTS}/lifeline.js`, `${SCRIPTS}/here.js`],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    rules: { "no-var": "off", "object-shorthand": "off" },
  },
  {
    files: ["tests/**/*.mjs", "eslint.config.js", "stylelint.config.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: { ...globals.browser, ...globals.node } },
    // The name of a test is a sentence.
    rules: { "max-len": ["error", { code: 120, ignorePattern: "^\\s*test\\(", ignoreRegExpLiterals: true }] },
  },
];
