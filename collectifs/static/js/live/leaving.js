// live/leaving.js: how this page is left, and what this device then keeps: nothing longer than it serves, and nothing
// thrown away before it has left or was let go.
import { hearWiped } from "./store.js";

const LEAVING_PATIENCE = 5000; // for the last gestures, before another page is opened

export class Leaving {
  #isWiping = false;

  /**
   * @param {{
   *   meeting: string, device: Device, journal: Journal, drafts: Drafts, editor: () => SheetEditor | null,
   * }} known
   */
  constructor({ meeting, device, journal, drafts, editor }) {
    this.meeting = meeting;
    this.device = device;
    this.journal = journal;
    this.drafts = drafts;
    this.editor = editor;
  }

  listen() {
    addEventListener("pagehide", () => { this.drafts.keep(); this.journal.lastAttempt(); });
    addEventListener("beforeunload", (event) => {
      this.editor()?.flush();
      const isLost = !this.journal.isKept && (!this.#isAllSent() || this.drafts.begun.length > 0);
      if (isLost || this.drafts.isChanging) event.preventDefault();
    });
    hearWiped((meeting) => { if (meeting === this.meeting) this.#wipedElsewhere(); });
  }

  #isAllSent() {
    return this.journal.unsent === 0 && !this.editor()?.isDirty;
  }

  // From the closed room to the sheet's own page: it must not be read before the last words are in it.
  async goToSheet(event) {
    const link = event.currentTarget;
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // in a tab or a window of its own
    if (isElsewhere || this.#isAllSent()) return;
    event.preventDefault();
    const until = performance.now() + LEAVING_PATIENCE; // the gestures go first: they are mostly gone already
    const isLate = () => performance.now() > until;
    while (this.journal.unsent > 0 && !isLate()) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.editor()?.settle();
    location.assign(link.href);
  }

  // A sign-out in another tab, which asked: this page goes on, and no longer says that the device keeps anything.
  #wipedElsewhere() {
    if (!this.device.row || this.#isWiping) return;
    this.device.forgotten();
    this.journal.lost();
  }

  // The meeting is closed and everything has reached the server: this device forgets it, and says so to the server.
  /** @param {RoomState} state */
  async whenDone(state) {
    const { journal, drafts } = this;
    const isOver = state.closed_at !== null && journal.loaded && !journal.trouble;
    const isDone = isOver && this.#isAllSent() && drafts.begun.length === 0;
    if (!isDone || !journal.keeper || this.#isWiping) return;
    drafts.keep();
    await this.#wipe({ onlySent: true });
  }

  // This screen no longer conducts: words that never left were copied, or are not wanted. The device keeps nothing.
  async drop() {
    if (this.#isWiping) return;
    this.#isWiping = true; // what follows is told to the screen, which asks for this
    this.editor()?.drop();
    this.drafts.forget();
    this.journal.forgetUnsent();
    await this.#wipe();
  }

  async #wipe({ onlySent = false } = {}) {
    this.#isWiping = true;
    if (await this.journal.detach({ onlySent })) await this.device.returned();
    this.#isWiping = false;
  }

  // The words have perished on the server: here too.
  async perished() {
    await this.journal.detach();
    await this.device.perished();
  }
}
