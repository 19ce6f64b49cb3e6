// Sets the texts of a file as French is set and prints them: asked by tests/kernel/text/test_typography.py.
import { readFileSync } from "node:fs";
import { french } from "../../collectifs/static/js/lib/french.js";

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map((text) => french(text))));
