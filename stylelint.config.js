// What stylelint reads: every style that we write. `make lint` and `make test` run it; nothing may be found.
export default {
  extends: ["stylelint-config-standard"],
  plugins: ["@stylistic/stylelint-plugin"],
  reportNeedlessDisables: true,
  rules: {
    "@stylistic/max-line-length": 120,
    // Safari 16.0 reads no (width >= 40rem).
    "media-feature-range-notation": "prefix",
    // What some browsers know by no other name.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-text-size-adjust", "-moz-appearance"] }],
    "value-keyword-case": ["lower", { camelCaseSvgKeywords: true, ignoreKeywords: ["A4"] }],
    // A sheet is written part by part: what a part says of its links comes after what another says of links it hovers.
    "no-descending-specificity": null,
    // Rules that belong together stand together, a width or a state right under what it changes.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "rule-empty-line-before": null,
  },
};
