// The pools, each with its backends.
import { takesClients } from './attention.js';
import { ALGORITHMS, addBackend, choose } from './controls.js';
import { byId, el, reconcile, setAttribute, setText, show } from './dom.js';
import { backendKey } from './history.js';
import { Row, sums } from './row.js';

const COLUMNS = [
  ['Backend', 'who', null],
  ['State', 'what', null],
  ['Weight', 'number', 'How much of the traffic it is to get, compared with the others'],
  ['Share of new', 'shares', 'Its part of the new connections of the last 10 s; the mark is what its weight makes due'],
  ['Open', 'number', 'Open connections'],
  ['New /s', 'rates', 'New connections a second, and over the last 5 minutes'],
  ['Failures', 'number', 'Connects that failed and early resets; a second while there are any, else in all'],
  ['Traffic', 'number wide', 'Bytes a second, both ways'],
  ['Connect', 'number wide', 'How long a connect took on average in the last 30 s'],
];

class Pool {
  #pool;
  #rows = new Map();

  constructor(pool, open) {
    this.#pool = pool;
    this.open = open;
    const title = `pool-${Math.random().toString(36).slice(2)}`;
    this.name = el('h2', { id: title });
    this.listeners = el('p', { class: 'muted listeners' });
    this.rotation = el('span', { class: 'rotation' });
    this.select = el('select', { 'data-test': 'algorithm', onchange: () => this.#choose() });
    for (const [value, [label]] of Object.entries(ALGORITHMS)) {
      this.select.append(el('option', { value }, label));
    }
    this.words = el('p', { class: 'muted words' });
    this.body = el('tbody', { role: 'rowgroup' });
    const heads = COLUMNS.map(([label, kind, hint]) =>
      el('th', { role: 'columnheader', scope: 'col', class: kind, title: hint }, label));
    heads.push(el('th', { role: 'columnheader', scope: 'col', class: 'actions' }, el('span', { class: 'unseen' }, 'Actions')));
    this.none = el('p', { class: 'muted none' }, 'No backend to be shown.');
    this.node = el(
      'section',
      { class: 'card pool', 'data-pool-card': pool.name, 'aria-labelledby': title },
      el(
        'header',
        {},
        el('div', { class: 'pool-title' }, this.name, this.rotation, this.listeners),
        el('label', { class: 'algorithm' }, el('span', { class: 'unseen' }, 'Algorithm'), this.select),
        el('button', { type: 'button', onclick: () => addBackend(this.#pool) }, 'Add backend'),
        this.words,
      ),
      el(
        'table',
        { role: 'table', 'aria-labelledby': title },
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)),
        this.body,
      ),
      this.none,
    );
  }

  async #choose() {
    await choose(this.#pool, this.select.value);
  }

  update(pool, status, world) {
    this.#pool = pool;
    setText(this.name, pool.name);
    const inRotation = pool.backends.filter(takesClients).length;
    setText(this.rotation, `${inRotation} of ${pool.backends.length} in rotation`);
    const served = status.listeners.filter((listener) => listener.pool === pool.name);
    setText(this.listeners, served.length === 0 ? 'no listener leads here' : served.map((l) => `${l.name} ${l.address}`).join(', '));
    this.#algorithm(pool.algorithm);
    const shown = pool.backends.filter((backend) => world.wanted(pool, backend));
    this.#rows = reconcile(this.body, this.#rows, shown, (b) => b.name, (b) => new Row(pool, b, this.open));
    show(this.none, shown.length === 0);
    const around = sums(pool, world.history);
    for (const backend of shown) {
      this.#rows
        .get(backend.name)
        .update(pool, backend, world.history.backend(pool.name, backend.name), around, world.reasons(pool.name, backend.name), world.finding(pool.name, backend.name));
    }
  }

  #algorithm(algorithm) {
    if (![...this.select.options].some((option) => option.value === algorithm)) {
      this.select.append(el('option', { value: algorithm }, algorithm));
    }
    if (document.activeElement !== this.select && this.select.value !== algorithm) {
      this.select.value = algorithm;
    }
    setText(this.words, ALGORITHMS[algorithm]?.[1] ?? '');
    setAttribute(this.select, 'aria-label', `Algorithm of pool ${this.#pool.name}`);
  }

  removed() {
    this.#rows.forEach((row) => row.removed());
  }
}

export class Pools {
  #known = new Map();
  #last = null;

  /** @param open called with pool and backend when its details are wanted */
  constructor(open) {
    this.open = open;
    this.text = byId('filter');
    this.hurting = byId('hurting');
    for (const input of [this.text, this.hurting]) {
      input.addEventListener('input', () => this.#last && this.update(...this.#last));
    }
  }

  update(status, history, found, reasonsOf) {
    this.#last = [status, history, found, reasonsOf];
    const findings = new Map(found.filter((f) => f.backend).map((f) => [backendKey(f.pool, f.backend), f]));
    const text = this.text.value.trim().toLowerCase();
    const world = {
      history,
      reasons: reasonsOf,
      finding: (pool, name) => findings.get(backendKey(pool, name)),
      wanted: (pool, backend) =>
        `${pool.name} ${backend.name} ${backend.address} ${backend.state}`.toLowerCase().includes(text) &&
        (!this.hurting.checked || findings.has(backendKey(pool.name, backend.name))),
    };
    this.#known = reconcile(byId('pools'), this.#known, status.pools, (p) => p.name, (p) => new Pool(p, this.open));
    for (const pool of status.pools) {
      this.#known.get(pool.name).update(pool, status, world);
    }
  }

  /** Brings a backend's row into sight. */
  go(pool, name) {
    this.text.value = '';
    this.hurting.checked = false;
    if (this.#last) {
      this.update(...this.#last);
    }
    const row = [...document.querySelectorAll('tr[data-backend]')].find(
      (tr) => tr.dataset.pool === pool && tr.dataset.backend === name);
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row?.querySelector('button.name')?.focus({ preventScroll: true });
  }
}
