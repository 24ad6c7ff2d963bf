// The listeners: what comes in, what is turned away and why, and how long connections last.
import { rejection } from './condition.js';
import { byId, el, reconcile, setAttribute, setName, setText, show } from './dom.js';
import { count, millis, plural, rate } from './format.js';
import { Track } from './history.js';
import { allRequests, codes, counters, failedRate, requestRate } from './requests.js';
import { Lock } from './tls.js';
import { read, write } from './view.js';

const LATELY_S = 60;
/** So many listeners are shown at first, and so many more each time. */
const SHOWN = 20;

/** The counters of each listener over the last minutes. */
export class ListenerTracks {
  #tracks = new Map();
  #uptime = 0;

  add(status) {
    if (status.uptime_ms < this.#uptime) {
      this.#tracks.clear();
    }
    this.#uptime = status.uptime_ms;
    const kept = new Map();
    for (const listener of status.listeners) {
      const track = this.track(listener.name);
      track.push(status.uptime_ms / 1000, { active: listener.active, accepted: listener.accepted, rejected: listener.rejected, ...reasons(listener), ...counters(listener) });
      kept.set(listener.name, track);
    }
    this.#tracks = kept;
  }

  track(name) {
    let track = this.#tracks.get(name);
    if (!track) {
      track = new Track();
      this.#tracks.set(name, track);
    }
    return track;
  }

  /** How many clients a listener has turned away in so many seconds: `{label, grown}` by reason. */
  rejected(name, seconds) {
    const track = this.track(name);
    return Object.keys(track.samples.at(-1) ?? {})
      .filter((field) => field.startsWith(REASON))
      .map((field) => ({ label: field.slice(REASON.length), grown: track.growth(field, seconds) }))
      .filter(({ grown }) => grown > 0);
  }
}

/** Keeps reasons apart from the other counters. */
const REASON = 'rejected by ';

function reasons(listener) {
  return Object.fromEntries(Object.entries(listener.rejected_by ?? {}).map(([label, amount]) => [REASON + label, amount]));
}

export const refusals = (list) => list.map(({ label, grown }) => `${count(grown)} ${rejection(label)}`).join(', ');

/** Why clients were turned away since the listener was opened. */
export const allRefusals = (listener) =>
  refusals(Object.entries(listener.rejected_by ?? {}).map(([label, grown]) => ({ label, grown })).filter(({ grown }) => grown > 0));

/** The networks that were refused most often, lately; empty where none was. */
export const refusedNetworks = (listener) =>
  (listener.refused_networks ?? []).map(({ network, refused }) => `${network} (${count(refused)})`).join(', ');

function cell(label, kind, ...children) {
  return el('td', { role: 'cell', 'data-label': label, class: kind }, ...children);
}

class ListenerRow {
  constructor(listener, open) {
    this.name = el('button', { type: 'button', class: 'link name', onclick: () => open(listener.name) });
    this.address = el('span', { class: 'address' });
    this.lock = new Lock();
    this.pool = el('span');
    this.active = el('span', { 'data-test': 'active' });
    this.rate = el('span', { 'data-test': 'rate' });
    this.requests = el('span', { 'data-test': 'request-rate' });
    this.refused = el('span', { 'data-test': 'refused' });
    this.p50 = el('span', { 'data-test': 'p50' });
    this.p99 = el('span', { 'data-test': 'p99' });
    this.node = el(
      'tr',
      { role: 'row', 'data-listener': listener.name },
      el('th', { role: 'rowheader', scope: 'row', class: 'who' }, el('div', { class: 'pair' }, this.name, this.lock.node, this.address)),
      cell('Pool', 'what', this.pool),
      cell('Open', 'number', this.active),
      cell('New /s', 'number', this.rate),
      cell('Requests /s', 'number asked', this.requests),
      cell('Turned away', 'refused', this.refused),
      cell('Duration p50', 'number', this.p50),
      cell('Duration p99', 'number', this.p99),
    );
  }

  update(listener, tracks) {
    setName(this.name, listener.name);
    setName(this.address, listener.address);
    setName(this.pool, listener.pool);
    this.lock.update(listener.tls);
    setText(this.active, count(listener.active));
    setText(this.rate, rate(tracks.track(listener.name).rate('accepted')));
    this.#requests(listener, tracks.track(listener.name));
    const lately = tracks.rejected(listener.name, LATELY_S);
    const now = refusals(lately);
    const all = listener.rejected === 0 ? '0' : `${count(listener.rejected)} in all`;
    setText(this.refused, now === '' ? all : `${now} in the last minute`);
    setAttribute(this.refused, 'title', allRefusals(listener) || null);
    setAttribute(this.refused, 'class', now === '' ? null : 'failing');
    setText(this.p50, millis(listener.duration_ms?.p50));
    setText(this.p99, millis(listener.duration_ms?.p99));
  }

  /** Nothing where connections are balanced. */
  #requests(listener, track) {
    if (!listener.requests) {
      setText(this.requests, '');
      setAttribute(this.requests, 'title', null);
      return;
    }
    setText(this.requests, rate(requestRate(track)));
    setAttribute(this.requests, 'class', failedRate(track) > 0 ? 'failing' : null);
    setAttribute(this.requests, 'title', [codes(listener, track), allRequests(listener)].filter(Boolean).join('; '));
  }
}

export class Listeners {
  #rows = new Map();
  #last = null;
  #limit = SHOWN;

  /** @param open called with the name of a listener when its details are wanted */
  constructor(open) {
    this.open = open;
    this.fold = byId('fold-listeners');
    this.more = byId('more-listeners');
    this.fold.addEventListener('click', () => {
      write({ listeners: this.isFolded() ? null : 'folded' });
      this.#draw();
    });
    this.more.addEventListener('click', () => {
      this.#limit += SHOWN * 5;
      this.#draw();
    });
  }

  isFolded() {
    return read('listeners') === 'folded';
  }

  update(status, tracks) {
    this.#last = [status, tracks];
    this.#draw();
  }

  #draw() {
    if (!this.#last) {
      return;
    }
    const [status, tracks] = this.#last;
    const folded = this.isFolded();
    byId('listeners').classList.toggle('folded', folded);
    byId('listeners').classList.toggle('unasked', !status.listeners.some((listener) => listener.requests));
    setAttribute(this.fold, 'aria-expanded', String(!folded));
    setText(byId('listeners-sum'), `${plural(status.listeners.length, 'listener')}, ${count(status.listeners.reduce((sum, l) => sum + l.active, 0))} open`);
    const rows = folded ? [] : status.listeners.slice(0, this.#limit);
    show(byId('listeners-table'), rows.length > 0);
    this.#rows = reconcile(byId('listeners-body'), this.#rows, rows, (l) => l.name, (l) => new ListenerRow(l, this.open));
    rows.forEach((listener) => this.#rows.get(listener.name).update(listener, tracks));
    show(this.more, !folded && rows.length < status.listeners.length);
    setText(this.more, `Show more: ${plural(status.listeners.length - rows.length, 'listener')} left`);
  }
}
