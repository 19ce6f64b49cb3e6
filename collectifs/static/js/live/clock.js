// live/clock.js: the server's time, kept between two answers by a clock that nobody sets.

const SLEEP = 5000; // ms by which the wall clock outruns the steady one when the machine has slept

export class ServerClock {
  /** @type {{ server: number, wall: number, steady: number }} */
  #anchor;
  #quickest = Infinity;
  #stamped = -Infinity;

  constructor({ wall = () => Date.now(), steady = () => performance.now() } = {}) {
    this.wall = wall;
    this.steady = steady;
    this.#anchor = this.#at(wall());
  }

  #at(server) {
    return { server, wall: this.wall(), steady: this.steady() };
  }

  #set(server) {
    this.#anchor = this.#at(server);
  }

  // The server's time, in ms. The steady clock stops while some machines sleep: then the wall clock fills in.
  now() {
    const elapsed = this.steady() - this.#anchor.steady;
    const onTheWall = this.wall() - this.#anchor.wall;
    if (onTheWall - elapsed <= SLEEP) return this.#anchor.server + elapsed;
    this.#quickest = Infinity;
    this.#set(this.#anchor.server + onTheWall);
    return this.#anchor.server;
  }

  // By how much the server's time is ahead of this machine's; kept on the device, it starts the page without network.
  get offset() {
    return this.now() - this.wall();
  }

  // The time as it was known when this device last heard the server.
  resume(offset) {
    this.#set(this.wall() + offset);
  }

  // An answer that says the server's time: the quicker it came, the better it is believed.
  /** @param {any} answer  of lib/http.js, or told by the window beside */
  hear({ serverNow, sentAt, arrivedAt }) {
    if (!serverNow) return;
    const trip = arrivedAt - sentAt;
    if (trip > this.#quickest + 50) {
      this.#quickest += 10; // an old good answer slowly loses to new ones
      return;
    }
    this.#quickest = Math.min(this.#quickest, trip);
    this.#set(Date.parse(serverNow) + trip / 2 + (this.steady() - arrivedAt));
  }

  // The instant of a new gesture: after every gesture made or seen here.
  stamp() {
    this.#stamped = Math.max(Math.round(this.now()), this.#stamped + 1);
    return new Date(this.#stamped).toISOString();
  }

  // A gesture of another device was seen: what is made now comes after it (unless that clock is plainly wrong).
  /** @param {Instant} instant */
  saw(instant) {
    const seen = Date.parse(instant);
    if (seen < this.now() + SLEEP) this.#stamped = Math.max(this.#stamped, seen);
  }
}
