// All about one backend: its lines, its connections, and what else can be done to it.
import { get, query } from './api.js';
import { failed, since, why } from './attention.js';
import { cut, drain, maintain, ready, removeBackend } from './controls.js';
import { el, reconcile, setAttribute, setText, show } from './dom.js';
import { bytes, clock, count, duration, millis, rate } from './format.js';
import { Panels } from './panels.js';
import { Past } from './past.js';
import { MARKS } from './row.js';
import { chosenRange } from './timeline.js';

const LIMIT = 100;
const EVERY_MS = 2000;

const FACTS = [
  ['Address', (b) => b.address],
  ['Wanted', (b) => b.mode],
  ['Weight', (b) => b.weight],
  ['Open now', (b) => (b.max_connections > 0 ? `${count(b.active)} of at most ${count(b.max_connections)}` : count(b.active))],
  ['New', (b, t) => `${rate(t.rate('total'))} /s, ${count(b.total)} in all`],
  ['Failures', (b, t) => `${rate(t.rate('failures'))} /s, ${count(b.failures)} in all`],
  ['To backend', (b) => bytes(b.bytes_to_backend)],
  ['To clients', (b) => bytes(b.bytes_to_client)],
  ['Connect', (b) => (b.connect_ms?.p50 == null ? '–' : `half below ${millis(b.connect_ms.p50)}, 99 % below ${millis(b.connect_ms.p99)}`)],
];

class Connection {
  constructor(connection) {
    this.cells = Array.from({ length: 5 }, (_, i) => el('td', { class: i > 0 ? 'number' : null }));
    const end = el('button', { type: 'button', class: 'small', onclick: () => cut(connection), 'aria-label': `Close the connection of ${connection.client}` }, 'Close');
    this.node = el('tr', {}, this.cells, el('td', { class: 'actions' }, end));
  }

  update(c) {
    const texts = [c.client, duration(c.age_ms), duration(c.idle_ms), bytes(c.bytes_to_backend), bytes(c.bytes_to_client)];
    texts.forEach((text, i) => setText(this.cells[i], text));
    setAttribute(this.node, 'title', [c.id, c.listener, c.mode, c.state].filter(Boolean).join(' · '));
  }
}

class Connections {
  #rows = new Map();

  constructor(pool, name) {
    this.path = `connections?${query({ pool, backend: name, limit: LIMIT })}`;
    this.text = el('p', { class: 'muted', 'data-test': 'connections' }, 'Asking …');
    this.body = el('tbody');
    this.table = el(
      'table',
      { class: 'connections', hidden: true },
      el('thead', {}, el('tr', {}, ['Client', 'Open for', 'Quiet for', 'To backend', 'To client'].map((label, i) => el('th', { scope: 'col', class: i > 0 ? 'number' : null }, label)), el('th', {}, el('span', { class: 'unseen' }, 'Actions')))),
      this.body,
    );
    this.node = el('section', {}, el('h3', {}, 'Connections'), this.text, this.table);
  }

  /** @returns whether it makes sense to ask again */
  async load() {
    let answer;
    try {
      answer = await get(this.path);
    } catch (cause) {
      const missing = cause.status === 404;
      setText(this.text, missing ? 'This balancer does not list its connections.' : cause.message);
      show(this.table, false);
      return !missing;
    }
    const shown = answer.connections;
    setText(this.text, answer.total > shown.length ? `${count(shown.length)} of ${count(answer.total)}` : answer.total === 0 ? 'None is open.' : `${count(answer.total)} open`);
    this.#rows = reconcile(this.body, this.#rows, shown, (c) => String(c.id), (c) => new Connection(c));
    shown.forEach((c) => this.#rows.get(String(c.id)).update(c));
    show(this.table, shown.length > 0);
    return true;
  }
}

export class Detail {
  #open = null;

  /** @returns what is open: `{pool, name}`, or null */
  open(pool, name) {
    if (this.#open) {
      return;
    }
    const world = this.#build(pool, name);
    this.#open = world;
    document.body.append(world.dialog);
    world.dialog.addEventListener('close', () => this.#closed(world));
    world.dialog.showModal();
    this.last && this.update(...this.last);
    this.#load(world);
  }

  async #load(world) {
    const again = await world.connections.load();
    if (again && this.#open === world) {
      world.timer = setTimeout(() => this.#load(world), EVERY_MS);
    }
  }

  #closed(world) {
    clearTimeout(world.timer);
    world.panels.destroy();
    world.dialog.remove();
    this.#open = null;
  }

  #build(pool, name) {
    const world = { pool, name, facts: FACTS.map(() => el('dd')), timer: 0 };
    const on = (action) => () => world.seen && action(world.seen.pool, world.seen.backend);
    world.state = el('span', { class: 'badge' });
    world.reason = el('p', { class: 'reason' });
    world.drain = el('button', { type: 'button', onclick: on(drain) }, 'Drain …');
    world.maintain = el('button', { type: 'button', onclick: on(maintain) }, 'Maintenance …');
    world.ready = el('button', { type: 'button', onclick: on(ready) }, 'Ready');
    world.remove = el('button', { type: 'button', class: 'danger', onclick: on(async (p, b) => (await removeBackend(p, b)) && world.dialog.close()) }, 'Remove …');
    const history = el('div', { 'data-test': 'detail-history' });
    world.noHistory = el('p', { class: 'muted' });
    world.past = new Past(chosenRange(), { pool, backend: name });
    world.connections = new Connections(pool, name);
    world.dialog = el(
      'dialog',
      { class: 'detail', 'aria-label': `Backend ${name}` },
      el('header', {}, el('h2', {}, name), world.state, el('span', { class: 'muted' }, `pool ${pool}`), el('button', { type: 'button', class: 'close', 'aria-label': 'Close', autofocus: true, onclick: () => world.dialog.close() }, '×')),
      world.reason,
      el('div', { class: 'buttons start' }, world.drain, world.maintain, world.ready, world.remove),
      el('dl', { class: 'facts' }, FACTS.map(([label], i) => el('div', {}, el('dt', {}, label), world.facts[i]))),
      el('h3', {}, 'History'),
      world.noHistory,
      history,
      world.connections.node,
    );
    world.panels = new Panels(history);
    return world;
  }

  update(status, history, reasonsOf) {
    this.last = [status, history, reasonsOf];
    const world = this.#open;
    if (!world) {
      return;
    }
    const pool = status.pools.find((p) => p.name === world.pool);
    const backend = pool?.backends.find((b) => b.name === world.name);
    if (!backend) {
      setText(world.reason, 'It is gone.');
      world.seen = null;
      return;
    }
    world.seen = { pool, backend };
    setAttribute(world.dialog, 'data-state', backend.state);
    setText(world.state, `${MARKS[backend.state] ?? '?'} ${backend.state}`);
    const reasons = reasonsOf(world.pool, world.name);
    const begin = since(backend, reasons);
    setText(world.reason, [begin === null ? '' : `${backend.state} since ${clock(begin)}`, failed(backend) ? why(backend, reasons) : ''].filter(Boolean).join(': '));
    const track = history.backend(world.pool, world.name);
    FACTS.forEach(([, text], i) => setText(world.facts[i], text(backend, track)));
    show(world.drain, backend.mode !== 'drain' && backend.mode !== 'leaving');
    show(world.maintain, backend.mode !== 'maintenance' && backend.mode !== 'leaving');
    show(world.ready, backend.mode === 'drain' || backend.mode === 'maintenance');
    show(world.remove, backend.mode !== 'leaving');
    this.#past(world);
  }

  async #past(world) {
    try {
      if ((await world.past.load()) && this.#open === world) {
        world.panels.update(world.past);
      }
    } catch (cause) {
      if (cause.status === undefined) {
        throw cause;
      }
      setText(world.noHistory, cause.message);
    }
  }
}
