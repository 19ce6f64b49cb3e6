// A meeting of Les Tilleuls, on Wednesday 13 January 2027 from 14 h to 16 h, and the room opened on it: the page of the
// application, its scripts, a server that keeps what they send. Made by hand: each test says what differs.
import { Page } from "./page.mjs";

export const START = Date.parse("2027-01-13T13:00:00Z"); // 14 h in Paris
export const MINUTE = 60000;
const ID = "0b7f7a1e-2f63-4a57-9c8e-6f1f5a3f0c11";
const HERE = "cet-appareil";
const AT = `/seance/${ID}`;

const step = (id, title, minutes, more) => ({
  id, title, minutes, least: Math.max(1, Math.floor(minutes / 2)), speaks: "tout le monde", silent: "", rule: "",
  prompts: [], feeds: "", spare_speaks: "", spare_silent: "", spare_rule: "", spare_prompts: [], spare_reads: "",
  ...more,
});

export const STEPS = [
  step("opening", "Ouverture", 5, {
    speaks: "chaque personne, en une phrase", rule: "Une phrase, pas deux.", prompts: ["Comment arrivez-vous ?"],
  }),
  step("back", "Ce qui a été essayé", 10, { feeds: "follow_up" }),
  step("choice", "Choix de la situation", 10, { feeds: "situation", rule: "On choisit ensemble." }),
  step("story", "Exposé", 15, {
    speaks: "la personne qui expose", silent: "les pairs", rule: "Personne n’interrompt.",
    prompts: ["Racontez le moment.", "« Que s’est-il dit ? »"],
    spare_speaks: "une voix qui lit", spare_silent: "les autres", spare_rule: "On lit jusqu’au bout.",
    spare_reads: "story", spare_prompts: ["Lisez lentement."],
  }),
  step("questions", "Questions pour comprendre", 20, {
    speaks: "les pairs, tour de table", silent: "la personne qui expose", spare_reads: "questions",
    spare_speaks: "les pairs, tour de table", prompts: ["Quoi d’autre ?"],
  }),
  step("answers", "Réponses", 20, { speaks: "les pairs, tour de table", feeds: "answers" }),
  step("talk", "Mise en discussion", 15, { prompts: ["Qu’est-ce qui dérange ?"] }),
  step("sheet", "Généralisation", 20, { feeds: "sheet", speaks: "tout le groupe" }),
  step("closing", "Clôture", 5, { feeds: "next_meeting", speaks: "chacun" }),
];

const spare = (id, title, more) => ({
  id, title, sentence: `Une phrase de ${id}.`, question: `Que faire de ${id} ?`, story: `Le récit de ${id}.`,
  questions: ["Est-ce la première fois ?", "Qui le sait ?"], sequel: "", ...more,
});

export const DATA = {
  meeting: {
    id: ID, number: 2, day: "mercredi 13 janvier 2027", hours: "de 14 h à 16 h", place: "Salle B 12",
    starts_at: "2027-01-13T13:00:00.000Z", ends_at: "2027-01-13T15:00:00.000Z",
    room_closes_at: "2027-01-13T15:15:00.000Z", time_zone: "Europe/Paris",
  },
  collective: { name: "Les Tilleuls" },
  members: [
    { id: "odile", name: "Odile Ferrand" }, { id: "karim", name: "Karim Ouadah" },
    { id: "ines", name: "Inès Cardoso" }, { id: "thomas", name: "Thomas Keller" },
  ],
  guests: [],
  duties: [
    { id: "moderator", label: "Animation" }, { id: "note_taker", label: "Secrétaire" },
    { id: "timekeeper", label: "Temps" },
  ],
  cards: [
    { title: "Le silence", text: "Se taire, ou parler ?" }, { title: "Le retard", text: "Attendre, ou partir ?" },
  ],
  spare: spare("prete", "Une situation prête"),
  spares: [spare("autre", "Une autre prête", { sequel: "La suite de l’autre." })],
  spare_link: "",
  steps: STEPS,
  previous: {
    is_draft: false, question: "Comment écouter alors que le temps presse ?", others: [],
    answers: [{ text: "Se taire d’abord.", kind: "éprouvée", condition: "", words: [{ words: "Essayé", by: "Inès" }] }],
  },
  next: { planned: null, starts: "14:00", place: "Salle B 12" },
  notes: true,
  server_now: "2027-01-13T13:00:00.000Z",
  role: "pilot",
  situations: [
    { id: "s1", title: "Un élève qui dort", sentence: "Il dort.", question: "Le réveiller ?", shows_title: true,
      sent: "4 janvier" },
    { id: "s2", title: "Un parent au portail", sentence: "Il crie.", question: "Répondre ?", shows_title: false,
      sent: "6 janvier" },
  ],
  parking: [{ id: "p1", text: "Une visite", day: "2 décembre" }],
  never: ["karim", "ines"],
  remembers_all: true,
  sheet: { revision: 3, content: { question: "", answers: [] } },
  urls: {
    state: `${AT}/etat`, gestures: `${AT}/gestes`, devices: `${AT}/appareils`, offer_hand: `${AT}/main`,
    projection: `${AT}/projection`, meeting: "/regroupement", agree: "/prochaine", step_sheet: "/deroule",
    sheet: "/fiche", sheet_save: "/fiche/enregistrer",
  },
  note_code: ["101", "010", "101"],
  readers: "votre collectif (4 personnes)",
  perishes: "effacé quand la fiche est acceptée",
  frame: "Rien de plus.",
  person: "maud",
};

let made = 0;

// A gesture made so many minutes after the start.
export function gesture(kind, body = {}, minute = 0, hand = 1) {
  made += 1;
  const happened = new Date(START + minute * MINUTE).toISOString();
  return { id: `g${String(made).padStart(4, "0")}`, kind, hand, happened_at: happened, body };
}

const PLAN = STEPS.map(({ id, title, minutes, least }) => ({ id, title, minutes, least }));

export const begun = (device = HERE) => [
  gesture("hand_taken", { device }), gesture("meeting_started", { plan: PLAN }),
];

// The meeting, begun, at this step since that minute.
export const at = (id, minute = 0, device = HERE) => [...begun(device), gesture("step_entered", { step: id }, minute)];

export const closed = (minute = 120) => [...at("closing", minute - 5), gesture("meeting_closed", {}, minute)];

// Keeps what it is sent, and answers it as the application does.
export class Server {
  isUp = true;
  says = {}; // by address: a status and what is answered, instead
  asked = []; // { path, body } of what was sent

  constructor(events) {
    this.events = events;
  }

  get kinds() {
    return this.events.map(({ kind }) => kind);
  }

  // What it was sent of one kind, the bodies alone.
  bodies(kind) {
    return this.events.filter((each) => each.kind === kind).map(({ body }) => body);
  }

  last(kind) {
    return this.bodies(kind).at(-1);
  }

  async fetch(address, { body } = {}) {
    if (!this.isUp) throw new TypeError("no network");
    const { pathname, searchParams } = new URL(address, "https://collectifs.example");
    const sent = body && JSON.parse(body);
    if (sent) this.asked.push({ path: pathname, body: sent });
    const [status, data] = this.#answer(pathname, searchParams, sent);
    const headers = { "X-Server-Now": new Date(Date.now()).toISOString() };
    return status === 304 ? new Response(null, { status, headers }) : Response.json(data, { status, headers });
  }

  #answer(path, asked, sent) {
    if (this.says[path]) return this.says[path];
    if (path === DATA.urls.state) return this.#news(Number(asked.get("depuis")));
    if (path === DATA.urls.gestures) return this.#take(sent.events);
    if (path === DATA.urls.sheet_save) {
      return [200, { revision: sent.revision + 1, content: sent.content, saved_label: "Enregistré", pages: 1 }];
    }
    return [200, {}];
  }

  #news(from) {
    const events = this.events.slice(Math.max(0, from));
    if (from >= 0 && events.length === 0) return [304, null];
    return [200, { sequence: this.events.length, events }];
  }

  #take(events) {
    this.events.push(...events);
    return [200, { sequence: this.events.length, accepted: events.map(({ id }) => id), refused: [] }];
  }
}

let opened = 0;
const USUAL = {
  events: [], data: {}, minute: 0, isNarrow: false, hash: "", kept: {}, before: () => {}, isWithoutData: false,
};

// Opens the room as a browser does: `data` is what differs from DATA, `events` what was done before, `minute` how long
// after 14 h it is, `kept` what this tab remembers, `before(page, server)` what this browser is besides; with
// `isWithoutData`, the page came from this device. Gives { page, server }.
export async function openRoom(known) {
  const { events, data, minute, isNarrow, hash, kept, before, isWithoutData } = { ...USUAL, ...known };
  const now = START + minute * MINUTE;
  const page = new Page("room", { at: now, address: `https://collectifs.example${AT}${hash}`, isNarrow });
  const server = new Server([...events]);
  globalThis.fetch = (...asked) => server.fetch(...asked);
  localStorage.setItem(`collectifs-appareil-${ID}`, HERE);
  for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, value);
  const told = { ...DATA, server_now: new Date(now).toISOString(), ...data };
  await before(page, server);
  document.getElementById("live-data").textContent = JSON.stringify(isWithoutData ? null : told);
  opened += 1;
  await (await import(`../../collectifs/static/js/live.js?${opened}`)).opened;
  await page.settle(); // what it asks for at once has come before time passes
  await page.pass(500);
  return { page, server };
}

// The same for a test: `inRoom({ … }, async ({ page, server }) => { … })`, closed at its end.
export const inRoom = (known, work) => async () => {
  const room = await openRoom(known);
  try {
    await work(room);
  } finally {
    await room.page.close();
  }
};

// What was announced since the last time.
export async function said(page) {
  await page.pass(500);
  const region = document.getElementById("announce");
  const words = region.textContent.replace(/[\u00a0\u202f]/g, " ");
  region.textContent = "";
  return words;
}
