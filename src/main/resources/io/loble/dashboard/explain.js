// Which backend would this client get? Answered again whenever something changes that decides it.
import { get, query } from './api.js';
import { isFull, rejection } from './condition.js';
import { byId, el } from './dom.js';
import { clock, percent, plural } from './format.js';

/** So many backends of each list are shown. */
const SHOWN = 50;

function candidate(c, chosen, certain) {
  const chance = certain || typeof c.chance !== 'number' ? '' : `, chance ${percent(c.chance)}`;
  return el('li', { class: c.name === chosen ? 'chosen' : null }, el('strong', {}, c.name), ` weight ${c.weight}, ${c.active} open${chance}`);
}

function leftOut(b) {
  return el('li', {}, el('strong', {}, b.name), ` ${[b.reason, b.detail].filter(Boolean).join(': ')}${b.since ? `, since ${clock(b.since)}` : ''}`);
}

function list(items, make) {
  const rest = items.length - SHOWN;
  return el('ul', {}, items.slice(0, SHOWN).map(make), rest > 0 ? el('li', { class: 'muted' }, `and ${plural(rest, 'other')}`) : null);
}

function verdict(client, { backend, certain, algorithm, candidates = [], rejected }) {
  if (backend) {
    return [el('strong', {}, client), certain ? ' gets ' : ' most likely gets ', el('strong', {}, backend), ` (${algorithm}).`];
  }
  return candidates.length > 0
    ? [el('strong', {}, client), ` gets any of these by chance (${algorithm}).`]
    : [el('strong', {}, client), ` is turned away: ${rejected ? rejection(rejected) : 'no backend takes it'}.`];
}

function answer(client, said) {
  const { backend, certain, candidates = [], left_out: out = [] } = said;
  return [
    el('p', { class: backend ? 'chosen' : candidates.length > 0 ? null : 'wrong' }, verdict(client, said)),
    list(candidates, (c) => candidate(c, backend, certain)),
    out.length > 0 ? el('p', { class: 'muted' }, `${plural(out.length, 'backend is', 'backends are')} left out:`) : null,
    out.length > 0 ? list(out, leftOut) : null,
    el('p', { class: 'muted' }, `As of ${clock(Date.now())}; answered again when a state, weight or algorithm changes.`),
  ].filter(Boolean);
}

/** All in a status that decides who gets a client, but for whose turn it is. */
function deciding(status, name) {
  const listener = status.listeners.find((l) => l.name === name);
  const pool = status.pools.find((p) => p.name === listener?.pool);
  return JSON.stringify([
    status.snapshot_version,
    pool?.algorithm,
    listener?.pool,
    pool?.backends.filter(isFull).map((b) => b.name),
  ]);
}

export class Explain {
  #asked = null;
  #number = 0;
  #status = null;

  constructor() {
    this.listeners = byId('explain-listener');
    byId('explain').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask(byId('explain-client').value.trim(), this.listeners.value);
    });
  }

  update(status) {
    this.#status = status;
    this.#names(status.listeners.map((listener) => listener.name));
    const asked = this.#asked;
    if (asked !== null && asked.deciding !== deciding(status, asked.listener)) {
      this.#ask(asked.client, asked.listener);
    }
  }

  #names(names) {
    if (names.join('\n') !== [...this.listeners.options].map((o) => o.value).join('\n')) {
      const chosen = this.listeners.value;
      this.listeners.replaceChildren(...names.map((name) => el('option', { value: name, selected: name === chosen }, name)));
    }
  }

  async #ask(client, listener) {
    const number = ++this.#number;
    const place = byId('explanation');
    this.#asked = { client, listener, deciding: deciding(this.#status, listener) };
    // What stands there is about a state that is past.
    place.classList.add('past');
    let shown;
    try {
      shown = answer(client, await get(`explain?${query({ client, listener })}`));
    } catch (cause) {
      shown = [el('p', { class: 'wrong' }, cause.message)];
    }
    if (number === this.#number) {
      place.classList.remove('past');
      place.replaceChildren(...shown);
    }
  }
}
