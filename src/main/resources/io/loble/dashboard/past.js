// Figures and events of the time before, as the balancer keeps them.
import { get, query } from './api.js';

/** How long each range is, and how often it is asked for what is new, in seconds. */
export const RANGES = {
  '5m': { text: '5 min', seconds: 300, every: 1 },
  '1h': { text: '1 hour', seconds: 3600, every: 5 },
  '1d': { text: '1 day', seconds: 86400, every: 30 },
};

/** What is kept of one thing for one range. Grows at its end, and loses what is too old. */
export class Past {
  #asking = false;
  #due = 0;
  #events = new Map();

  /** @param of what it is of: nothing for the process, or `{listener}`, `{pool}`, `{pool, backend}` */
  constructor(range, of = {}) {
    this.range = range;
    this.of = of;
    this.times = [];
    this.series = new Map();
    this.end = null;
  }

  /**
   * Asks for what is new, if it is time for that.
   * @returns whether there is anything new; fails with an ApiError
   */
  async load() {
    const now = performance.now();
    if (this.#asking || now < this.#due) {
      return false;
    }
    this.#asking = true;
    try {
      // The last slot may not have been over.
      const last = this.times.at(-1);
      const since = last === undefined ? {} : { since: Math.round(last * 1000) };
      this.#take(await get(`history?${query({ range: this.range, ...this.of, ...since })}`));
      return true;
    } finally {
      // A little less than the interval at which this is called.
      this.#due = now + RANGES[this.range].every * 1000 - 300;
      this.#asking = false;
    }
  }

  /** The first and the last second that are to be shown. */
  span() {
    const end = this.end ?? Date.now() / 1000;
    return [end - RANGES[this.range].seconds, end];
  }

  /** The values of a series; null if there is none of that name. */
  values(name) {
    return this.series.get(name)?.values ?? null;
  }

  events() {
    return [...this.#events.values()];
  }

  #take(answer) {
    const step = answer.step_ms / 1000;
    const start = answer.start / 1000;
    this.#cutFrom(start);
    if (this.times.length > 0 && start > this.times.at(-1) + 1.5 * step) {
      this.#push(this.times.at(-1) + step, () => null);
    }
    for (const { name, unit } of answer.series) {
      if (!this.series.has(name)) {
        this.series.set(name, { unit, values: this.times.map(() => null) });
      }
    }
    const values = new Map(answer.series.map((series) => [series.name, series.values]));
    const count = answer.series[0]?.values.length ?? 0;
    for (let i = 0; i < count; i++) {
      this.#push(start + i * step, (name) => values.get(name)?.[i] ?? null);
    }
    this.end = answer.end / 1000;
    answer.events.forEach((event) => this.#events.set(`${event.id} ${event.at}`, event));
    this.#forget();
  }

  #push(time, valueOf) {
    this.times.push(time);
    this.series.forEach(({ values }, name) => values.push(valueOf(name)));
  }

  #cutFrom(start) {
    const from = this.times.findIndex((time) => time >= start);
    if (from >= 0) {
      this.times.length = from;
      this.series.forEach(({ values }) => {
        values.length = from;
      });
    }
  }

  #forget() {
    const [begin] = this.span();
    const old = this.times.findIndex((time) => time >= begin);
    if (old > 0) {
      this.times.splice(0, old);
      this.series.forEach(({ values }) => values.splice(0, old));
    }
    this.#events.forEach((event, key) => event.at / 1000 < begin && this.#events.delete(key));
  }
}
