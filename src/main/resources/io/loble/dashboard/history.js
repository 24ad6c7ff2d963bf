// Remembers the counters of the last minutes, and what follows from them.
import { counters } from './requests.js';

export const SECONDS = 300;
const SHORTEST = 0.7;

/** What several counters or levels were, each second. */
export class Track {
  constructor() {
    this.times = [];
    this.samples = [];
  }

  push(time, sample) {
    if (this.times.length > 0 && time <= this.times[this.times.length - 1]) {
      return;
    }
    // Asked twice at once: a rate over so short a time would say nothing.
    const last = this.times.length - 1;
    if (last > 0 && this.times[last] - this.times[last - 1] < SHORTEST) {
      this.times.pop();
      this.samples.pop();
    }
    this.times.push(time);
    this.samples.push(sample);
    // One more than fits, so that the line begins at the edge.
    while (this.times.length > 2 && this.times[1] < time - SECONDS) {
      this.times.shift();
      this.samples.shift();
    }
  }

  /** How much a counter grew over about so many seconds up to now; null when it is not known. */
  growth(field, seconds) {
    const from = this.#since(seconds);
    if (from === null) {
      return null;
    }
    const grown = this.samples[this.samples.length - 1][field] - this.samples[from][field];
    // It may not have been counted from the beginning.
    return grown >= 0 ? grown : null;
  }

  /** The growth of a counter in a second. */
  rate(field, seconds = 3) {
    const grown = this.growth(field, seconds);
    return grown === null ? null : grown / this.#elapsed(seconds);
  }

  /** The growth of one counter for each step of another; null when that stood still. */
  ratio(field, by, seconds) {
    const steps = this.growth(by, seconds);
    const grown = this.growth(field, seconds);
    return steps && grown !== null ? grown / steps : null;
  }

  /** Times and rates, to be drawn; each is the mean over so many samples. */
  rates(field, over = 3) {
    const rates = this.times.map((time, i) => {
      if (i === 0) {
        return null;
      }
      const from = Math.max(0, i - over);
      const grown = this.samples[i][field] - this.samples[from][field];
      return grown >= 0 ? grown / (time - this.times[from]) : null;
    });
    return [this.times, rates];
  }

  /** Times and values, to be drawn. */
  levels(field) {
    return [this.times, this.samples.map((sample) => sample[field])];
  }

  #since(seconds) {
    const last = this.times.length - 1;
    if (last < 1) {
      return null;
    }
    let from = last - 1;
    // Half a second of slack: samples are never exactly a second apart.
    while (from > 0 && this.times[from - 1] >= this.times[last] - seconds - 0.5) {
      from--;
    }
    return from;
  }

  #elapsed(seconds) {
    return this.times[this.times.length - 1] - this.times[this.#since(seconds)];
  }
}

export const backendKey = (pool, name) => JSON.stringify([pool, name]);

/** The tracks of a balancer: of all of it, and of each backend. */
export class History {
  constructor() {
    this.#forget();
  }

  /** Takes in a status. Who has been restarted counts from the beginning. */
  add(status) {
    const uptime = status.uptime_ms / 1000;
    if (uptime < this.uptime) {
      this.#forget();
    }
    this.uptime = uptime;
    // By the balancer's clock, so that a slow network makes no difference.
    this.began ??= Date.now() / 1000 - uptime;
    const time = this.began + uptime;
    this.total.push(time, totals(status));
    const seen = new Set();
    for (const pool of status.pools) {
      this.pool(pool.name).push(time, counters(pool));
      for (const backend of pool.backends) {
        const key = backendKey(pool.name, backend.name);
        seen.add(key);
        this.#track(key).push(time, figures(backend));
      }
    }
    forget(this.backends, seen);
    forget(this.pools, new Set(status.pools.map(({ name }) => name)));
  }

  /** What is known of a pool as a whole: its requests. */
  pool(name) {
    return track(this.pools, name);
  }

  backend(pool, name) {
    return this.#track(backendKey(pool, name));
  }

  #track(key) {
    return track(this.backends, key);
  }

  #forget() {
    this.uptime = 0;
    this.began = undefined;
    this.total = new Track();
    this.backends = new Map();
    this.pools = new Map();
  }
}

function track(tracks, key) {
  let known = tracks.get(key);
  if (!known) {
    known = new Track();
    tracks.set(key, known);
  }
  return known;
}

function forget(tracks, seen) {
  for (const key of tracks.keys()) {
    if (!seen.has(key)) {
      tracks.delete(key);
    }
  }
}

function figures(backend) {
  return {
    active: backend.active,
    total: backend.total,
    failures: backend.failures,
    bytes: backend.bytes_to_backend + backend.bytes_to_client,
    up: backend.bytes_to_backend,
    down: backend.bytes_to_client,
    connect: backend.connect_ms?.sum ?? 0,
    ...counters(backend),
  };
}

function totals(status) {
  const sum = { active: 0, accepted: 0, rejected: 0, failures: 0, bytes: 0 };
  for (const listener of status.listeners) {
    sum.active += listener.active;
    sum.accepted += listener.accepted;
    sum.rejected += listener.rejected;
  }
  for (const pool of status.pools) {
    for (const backend of pool.backends) {
      sum.failures += backend.failures;
      sum.bytes += backend.bytes_to_backend + backend.bytes_to_client;
    }
  }
  return sum;
}
