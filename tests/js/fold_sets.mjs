// Folds the sets of gestures of a file and prints their states: asked by tests/live/domain/test_agenda_twins.py.
import { readFileSync } from "node:fs";
import { fold } from "../../collectifs/static/js/lib/agenda.js";

const sets = JSON.parse(readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(sets.map((gestures) => fold(gestures))));
