// What the server gives the live screens, and what gestures add up to. Read by tsc, never served.
// The twin of blueprints/live/room_data.py; tests/blueprints/test_room_data.py holds them together: what is sent is told,
// what is read is sent, what is sent is read. An instant is a text in ISO, UTC.

type Instant = string;

// In <script type="application/json" id="live-data"> of templates/live/run.html.
interface RoomData {
  meeting: RoomMeeting;
  collective: Named;
  members: Person[]; // those whose attendance is marked, in the order to show
  guests: Person[];
  duties: Duty[];
  cards: Card[];
  spare: SpareSituation | null; // held ready
  spares: SpareSituation[]; // the others of the bank
  spare_link: string; // the address of a video, or ""
  steps: Step[]; // the prepared agenda
  previous: PreviousSheet | null; // the last sheet of this collective, for the debrief
  next: NextMeetingData;
  notes: boolean; // false when the meeting is held « sans notes »
  server_now: Instant;
  role: "pilot" | "note_taker";
  situations: SentSituation[]; // sent to the pilot for this meeting
  parking: ParkedItem[];
  never: string[]; // the ids of the members who have not presented in this series
  remembers_all: boolean; // false when some of it is erased
  sheet: SheetDraft | null; // null where it may not be written
  urls: RoomUrls;
  note_code: string[]; // the address of this screen as a square code, for the secretary; empty on their own
  readers: string; // who reads the notes, in words
  perishes: string; // until when
  frame: string; // what the collective added to its charter
  person: string; // the id of the reader
}

interface Named {
  name: string;
}

interface Person {
  id: string;
  name: string;
}

interface RoomMeeting {
  id: string;
  number: number;
  day: string; // « mercredi 13 janvier 2027 »
  hours: string; // « de 14 h à 16 h »
  place: string;
  starts_at: Instant;
  ends_at: Instant;
  room_closes_at: Instant | null;
  time_zone: string; // « Europe/Paris »
}

interface Duty {
  id: "moderator" | "note_taker" | "timekeeper";
  label: string;
}

interface Card {
  title: string;
  text: string;
}

interface SpareSituation {
  id: string;
  title: string;
  sentence: string;
  question: string;
  story: string;
  questions: string[];
  sequel: string;
}

interface SentSituation {
  id: string;
  title: string;
  sentence: string;
  question: string;
  shows_title: boolean;
  sent: string; // « 4 janvier »
}

interface ParkedItem {
  id: string;
  text: string;
  day: string;
}

interface Step {
  id: string;
  title: string;
  minutes: number;
  least: number;
  speaks: string;
  silent: string;
  rule: string;
  prompts: string[];
  feeds: string;
  spare_speaks: string;
  spare_silent: string;
  spare_rule: string;
  spare_prompts: string[];
  spare_reads: string;
}

// With what members let the room hear.
interface PreviousSheet {
  is_draft: boolean;
  question: string;
  answers: PreviousAnswer[];
  others: SharedWords[];
}

interface PreviousAnswer {
  text: string;
  kind: string;
  condition: string;
  words: SharedWords[];
}

interface SharedWords {
  words: string;
  by: string;
}

interface NextMeetingData {
  planned: PlannedMeeting | null;
  starts: string; // what the form of the next date begins with: the same hour and place
  place: string;
}

interface PlannedMeeting {
  title: string;
  when: string;
  url: string;
}

interface SheetDraft {
  revision: number;
  content: SheetContent;
}

interface SheetContent {
  question: string;
  answers: SheetAnswer[];
  tags: Record<string, string[]>;
}

interface SheetAnswer {
  text: string;
  kind: string | null;
  condition: string;
}

interface RoomUrls {
  state: string;
  gestures: string;
  devices: string;
  offer_hand: string;
  projection: string;
  meeting: string;
  agree: string | null;
  step_sheet: string | null;
  sheet: string | null;
  sheet_save: string | null;
}

// POST gestures {device, person, events: [Gesture], pass?} → SentAnswer; 409 when somebody else is signed in, 410 when the
// notes have perished.
interface SentAnswer {
  sequence: number;
  accepted: string[]; // ids
  refused: Refused[];
  server_now: Instant; // as in each of these answers, read by lib/http.js
}

// GET state?depuis=N → 304, or NewsAnswer; a header X-Server-Now also serves on 304.
interface NewsAnswer {
  sequence: number;
  events: Gesture[];
  server_now: Instant;
}

// GET projection/etat?depuis=N → 304, or WallAnswer. The window beside says the same by a channel (live/channel.js).
interface WallAnswer {
  sequence: number;
  steps: WallStep[];
  events: Gesture[];
  starts_at: Instant;
  time_zone: string;
  server_now: Instant;
}

// Of a step, what the wall shows beside the plan, which has its title.
interface WallStep {
  id: string;
  speaks: string;
  silent: string;
  rule: string;
  spare_speaks: string;
  spare_silent: string;
  spare_rule: string;
}

// What tells who speaks at a step: voicesOf (live/spare.js).
interface Voices {
  speaks: string;
  silent: string;
  rule: string;
  spare_speaks?: string;
  spare_silent?: string;
  spare_rule?: string;
}

// POST offer_hand {device} → OfferAnswer.
interface OfferAnswer {
  url: string;
  rows: string[]; // of 0 and 1
  expires_at: Instant;
  server_now: Instant;
}

interface Gesture {
  id: string;
  kind: GestureKind; // one that is not among them comes from another version of Collectifs
  hand: number;
  happened_at: Instant;
  body: any; // by its kind: GestureBodies (types/gestures.d.ts)
}

// What lib/rules.js tells of a kind (live/domain/gesture_table.py).
interface DeclaredGesture {
  steers?: boolean; // it counts from the device in hand alone
  wall?: "whole" | Record<string, "emptied" | "whether">; // what the projector shows of its body
  undo_s?: number; // for how long the words that it takes away can be brought back
}

interface Refused {
  id: string;
  why: string;
}

// What lib/agenda.js folds: MeetingState of domain/agenda_state.py, in its plain form.
interface RoomState {
  hand: number;
  hand_device: string | null;
  started_at: Instant | null;
  closed_at: Instant | null;
  reopened_at: Instant | null;
  plan: PlannedStep[];
  current: string; // the step; null before the start, when nothing is asked of it
  running_since: Instant | null;
  spent_ms: Record<string, number>;
  added_s: Record<string, number>;
  entered: string[];
  notes: Note[];
  attendance: Record<string, string>;
  situation: ChosenSituation | null;
  guests: Record<string, string>;
  parked: { item: string; text: string }[];
  duties: Record<string, string>;
  turns: Turn[];
  hands: Record<string, Record<string, number>>;
  question: string; // on the wall, or nothing
  unknown: string[]; // kinds left aside, which only another version of Collectifs knows
}

type PlannedStep = Pick<Step, "id" | "title" | "minutes" | "least">;

interface Note {
  id: string;
  lane: string;
  step: string;
  text: string;
  copied: boolean;
  earlier: string[];
}

interface ChosenSituation {
  situation?: string;
  spare?: string;
  told_by?: string;
}

interface Turn {
  who: string;
  step: string;
  how: string;
}

// lib/http.js: what became of a request.
interface Answer {
  outcome: string; // ok, unchanged, refused, expired, gone, closed, offline
  status?: number;
  data?: any;
  headers?: Headers;
  serverNow?: Instant | null;
  sentAt?: number;
  arrivedAt?: number;
}

type Ask = (url: string, sent?: { body?: object; keepalive?: boolean; person?: string | null }) => Promise<Answer>;

// ---------- Who is handed whom ----------

type Acts = import("../collectifs/static/js/live/acts.js").Acts;
type Drafts = import("../collectifs/static/js/live/drafts.js").Drafts;
type DeviceCode = import("../collectifs/static/js/live/device_code.js").DeviceCode;
type Device = import("../collectifs/static/js/live/prepare_device.js").Device;
type Journal = import("../collectifs/static/js/live/journal.js").Journal;
type Keeper = import("../collectifs/static/js/live/keeper.js").Keeper;
type ServerClock = import("../collectifs/static/js/live/clock.js").ServerClock;
type SheetEditor = import("../collectifs/static/js/sheet_editor.js").SheetEditor;
type UndoLine = import("../collectifs/static/js/live/undo_line.js").UndoLine;

interface Kept {
  gestures: Gesture[];
  unsent: string[]; // ids
  named: Record<string, any>;
}

// A situation that the room may choose (live/pick.js).
interface Option extends Partial<SpareSituation>, Partial<SentSituation> {
  id: string;
  kind: "situation" | "spare" | "told_by";
  title: string;
  questions: string[];
  link?: string;
  name?: string;
  isReady?: boolean;
}

// What a view of the room is made with (live/room.js).
interface Known {
  root: Piece;
  data: RoomData;
  acts: Acts;
  undoLine: UndoLine;
  announce(words: string): void;
  journal: Journal;
  zone: string;
  options: Option[];
  plannedEnd: number;
  lockedEnd: number | null;
  drafts: Drafts;
  leave(): Promise<void>;
  titleOf(step: string): string;
  makeEditor(desk: Piece): void;
}
