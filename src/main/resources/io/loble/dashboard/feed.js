// Keeps the page up to date: figures each second, events as they happen.
import { ApiError, get, request } from './api.js';

const EVERY_MS = 1000;
/** Above so many backends proportionally less often: each asks for memory and time. */
const BACKENDS_A_SECOND = 2500;
/** The page rests at least so many times as long as a status has taken. */
const REST = 2;
const NUDGED_MS = 250;
const RETRY_MS = 2000;
/** The balancer says something every 15 s, if only that it is there. */
const SILENCE_MS = 40000;

/** Cuts a stream of server-sent events into events. */
export class EventParser {
  #rest = '';
  #event = { data: [] };

  /** @returns the events that are complete with that text */
  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop();
    const complete = [];
    for (const line of lines) {
      if (line !== '') {
        this.#field(line);
      } else {
        if (this.#event.data.length > 0) {
          complete.push({ ...this.#event, data: this.#event.data.join('\n') });
        }
        this.#event = { data: [] };
      }
    }
    return complete;
  }

  #field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') {
      this.#event.data.push(value);
    } else if (name !== '') {
      this.#event[name] = value;
    }
  }
}

const backendsOf = (status) => status.pools.reduce((sum, pool) => sum + pool.backends.length, 0);

/**
 * Calls `status` with each status, `event` with each event, `failed` with the ApiError when there
 * was none. Rests while nobody looks: neither asks, nor holds a connection.
 */
export class Feed {
  #on;
  #running = false;
  #timer;
  #asking = false;
  #again = false;
  #nudged = false;
  #answered = -Infinity;
  #took = 0;
  #every = EVERY_MS;
  #lastEvent = '0';
  #stream = null;

  constructor(on) {
    this.#on = on;
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  start() {
    this.#running = true;
    this.#wake();
  }

  stop() {
    this.#running = false;
    this.#wake();
  }

  /** Asks soon, because something has changed; once for all that changes at the same time. */
  nudge() {
    if (this.#asking) {
      this.#again = true;
    } else if (!this.#nudged) {
      this.#nudged = true;
      this.#askIn(this.#soon());
    }
  }

  #soon() {
    return Math.max(0, Math.max(NUDGED_MS, REST * this.#took) - (performance.now() - this.#answered));
  }

  #askIn(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), millis);
  }

  #awake() {
    return this.#running && !document.hidden;
  }

  #wake() {
    clearTimeout(this.#timer);
    if (this.#awake()) {
      this.#ask();
      this.#listen();
    } else {
      this.#stream?.abort();
    }
  }

  async #ask() {
    if (!this.#awake()) {
      return;
    }
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    this.#nudged = false;
    this.#again = false;
    const begun = performance.now();
    try {
      const status = await get('status');
      if (this.#running) {
        this.#every = EVERY_MS * Math.max(1, backendsOf(status) / BACKENDS_A_SECOND);
        this.#on.status(status);
      }
      this.#took = performance.now() - begun;
    } catch (cause) {
      this.#took = 0;
      if (this.#running) {
        this.#on.failed(cause);
      }
      if (!(cause instanceof ApiError)) {
        throw cause;
      }
    } finally {
      this.#asking = false;
      this.#answered = performance.now();
      const passed = this.#answered - begun;
      this.#askIn(this.#again ? this.#soon() : Math.max(100, REST * this.#took, this.#every - passed));
    }
  }

  /** EventSource cannot send a token, so the stream is read by hand. */
  async #listen() {
    if (this.#stream) {
      return;
    }
    const stream = new AbortController();
    this.#stream = stream;
    try {
      const headers = { 'Last-Event-ID': this.#lastEvent };
      const response = await request('events', { headers, signal: stream.signal });
      await this.#read(response, stream);
    } catch (cause) {
      if (!stream.signal.aborted && !(cause instanceof ApiError)) {
        // A stream that breaks off is opened again; the banner tells of the balancer itself.
        console.debug('events', cause.message);
      }
    }
    this.#stream = null;
    setTimeout(() => {
      if (this.#awake()) {
        this.#listen();
      }
    }, stream.signal.aborted ? 0 : RETRY_MS);
  }

  async #read(response, stream) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => stream.abort(), SILENCE_MS);
    };
    try {
      heard();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        heard();
        for (const event of parser.push(next.value)) {
          this.#lastEvent = event.id ?? this.#lastEvent;
          this.#on.event(JSON.parse(event.data));
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }
}
