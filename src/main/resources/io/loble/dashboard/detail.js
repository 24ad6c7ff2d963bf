// All about one backend, one listener, or all connections: a dialog, which the page's address names.
import { failed, since, why } from './condition.js';
import { Connections } from './connections.js';
import { drain, maintain, ready, removeBackend } from './controls.js';
import { el, setAttribute, setText, show } from './dom.js';
import { bytes, clock, count, duration, millis, percent, plural, rate } from './format.js';
import { allRefusals, refusedNetworks } from './listeners.js';
import { Panels } from './panels.js';
import { Past } from './past.js';
import { allRequests, codes, requestRate } from './requests.js';
import { MARKS } from './row.js';
import { isFound } from './sources.js';
import { chosenRange } from './timeline.js';
import { ending, failures, firstToEnd, handshakes } from './tls.js';
import { enter, leave, read } from './view.js';

const quantiles = (ms) => (ms?.p50 == null ? '–' : `p50 ${millis(ms.p50)}, p99 ${millis(ms.p99)}`);

/** Null where connections are balanced. */
const requests = (of, track) =>
  (of.requests ? [`${rate(requestRate(track))} /s`, codes(of, track), allRequests(of), quantiles(of.requests.ms)].filter(Boolean).join('; ') : null);

const BACKEND_FACTS = [
  ['Address', (b) => b.address],
  ['Found by', (b) => (isFound(b) ? b.source : null)],
  ['Wanted', (b) => b.mode],
  ['Weight', (b) => b.weight],
  ['Open now', (b) => count(b.active)],
  ['Most open at once', (b) => count(b.peak)],
  ['Limit', (b) => (b.max_connections > 0 ? count(b.max_connections) : 'none')],
  ['New', (b, t) => `${rate(t.rate('total'))} /s, ${count(b.total)} in all`],
  ['Failures', (b, t) => `${rate(t.rate('failures'))} /s, ${count(b.failures)} in all`],
  ['Share of errors', (b) => (b.error_share == null ? '–' : `${percent(b.error_share)} of all attempts`)],
  ['Connect', (b) => quantiles(b.connect_ms)],
  ['Duration', (b) => quantiles(b.duration_ms)],
  ['To backend', (b) => bytes(b.bytes_to_backend)],
  ['To clients', (b) => bytes(b.bytes_to_client)],
  ['Requests', requests],
];

/** The conditions of a route, and where it leads. */
const route = (r) =>
  [
    ...['sni', 'alpn', 'client', 'host', 'path', 'method'].filter((key) => r[key]?.length > 0).map((key) => `${key} ${[r[key]].flat().join(', ')}`),
    ...Object.entries(r.header ?? {}).map(([name, value]) => `header ${name}: ${value}`),
    r.redirect ? `to ${r.redirect}` : `to ${r.pool}`,
  ].join(' ');

const certificates = (tls) => [plural(tls.certificate_count, 'certificate'), firstToEnd(tls) && ending(firstToEnd(tls))].filter(Boolean).join(', the first to end: ');

const LISTENER_FACTS = [
  ['Address', (l) => l.address],
  ['Pool', (l) => l.pool || 'none: who takes no route is turned away'],
  ['Routes', (l) => (l.routes ?? []).map(route).join('; ') || 'none'],
  ['Open now', (l) => count(l.active)],
  ['New', (l, t) => `${rate(t.rate('accepted'))} /s, ${count(l.accepted)} in all`],
  ['Turned away', (l) => count(l.rejected)],
  ['Duration', (l) => quantiles(l.duration_ms)],
  ['Requests', requests],
  ['TLS', (l) => (l.tls ? certificates(l.tls) : 'none')],
  ['Handshakes', (l) => (l.tls ? `${handshakes(l.tls)}; ${quantiles(l.tls.handshake_ms)}` : '–')],
];

class Facts {
  constructor(facts) {
    this.facts = facts;
    this.values = facts.map(() => el('dd'));
    this.node = el('dl', { class: 'facts' }, facts.map(([label], i) => el('div', {}, el('dt', {}, label), this.values[i])));
  }

  update(...of) {
    this.facts.forEach(([, text], i) => {
      const value = text(...of);
      show(this.values[i].parentNode, value !== null);
      setText(this.values[i], value ?? '');
    });
  }
}

/** A dialog with a title, what its kind has to say, and connections. */
class Sheet {
  constructor(title, label, head, body, which) {
    this.connections = new Connections(which);
    const close = el('button', { type: 'button', class: 'close', 'aria-label': 'Close', autofocus: true, onclick: () => this.dialog.close() }, '×');
    this.dialog = el('dialog', { class: 'detail', 'aria-label': label }, el('header', {}, el('h2', {}, title), ...head, close), ...body, this.connections.node);
  }

  /** Called with each status. */
  update() {}

  destroy() {
    this.connections.stop();
    this.dialog.remove();
  }
}

class ConnectionsSheet extends Sheet {
  constructor() {
    super('All connections', 'All connections', [], [], {});
  }
}

class ListenerSheet extends Sheet {
  constructor(name) {
    const facts = new Facts(LISTENER_FACTS);
    const reason = el('p', { class: 'reason' });
    super(name, `Listener ${name}`, [el('span', { class: 'muted' }, 'listener')], [facts.node, reason], { listener: name });
    Object.assign(this, { name, facts, reason });
  }

  update({ status, listeners }) {
    const listener = status.listeners.find((l) => l.name === this.name);
    if (!listener) {
      setText(this.reason, 'It is gone.');
      return;
    }
    this.facts.update(listener, listeners.track(this.name));
    const why = allRefusals(listener);
    const networks = refusedNetworks(listener);
    const said = [
      why && `Turned away since it was opened: ${why}`,
      networks && `Refused most in the last minute or two: ${networks}`,
      listener.tls && failures(listener.tls) && `Handshakes that failed: ${failures(listener.tls)}`,
      listener.access_error && `A file of networks cannot be used, what it held before stays: ${listener.access_error}`,
    ];
    setText(this.reason, said.filter(Boolean).join('. '));
  }
}

class BackendSheet extends Sheet {
  constructor(pool, name) {
    const parts = {
      state: el('span', { class: 'badge' }),
      reason: el('p', { class: 'reason' }),
      facts: new Facts(BACKEND_FACTS),
      past: el('div', { 'data-test': 'detail-history' }),
      noPast: el('p', { class: 'muted' }),
      buttons: el('div', { class: 'buttons start control' }),
    };
    super(
      name,
      `Backend ${name}`,
      [parts.state, el('span', { class: 'muted' }, `pool ${pool}`)],
      [
        parts.reason,
        parts.buttons,
        parts.facts.node,
        el('h3', {}, 'History'),
        parts.noPast,
        parts.past,
      ],
      { pool, backend: name },
    );
    Object.assign(this, { pool, name, seen: null, over: false }, parts);
    this.#actions();
    this.panels = new Panels(parts.past);
    this.kept = new Past(chosenRange(), { pool, backend: name });
  }

  #actions() {
    const on = (action) => () => this.seen && action(this.seen.pool, this.seen.backend);
    this.drain = el('button', { type: 'button', onclick: on(drain) }, 'Drain …');
    this.maintain = el('button', { type: 'button', onclick: on(maintain) }, 'Maintenance …');
    this.ready = el('button', { type: 'button', onclick: on(ready) }, 'Ready');
    this.remove = el('button', { type: 'button', class: 'danger', onclick: on(async (p, b) => (await removeBackend(p, b)) && this.dialog.close()) }, 'Remove …');
    this.buttons.append(this.drain, this.maintain, this.ready, this.remove);
  }

  update({ status, history, reasonsOf }) {
    const pool = status.pools.find((p) => p.name === this.pool);
    const backend = pool?.backends.find((b) => b.name === this.name);
    if (!backend) {
      setText(this.reason, 'It is gone.');
      this.seen = null;
      return;
    }
    this.seen = { pool, backend };
    setAttribute(this.dialog, 'data-state', backend.state);
    setText(this.state, `${MARKS[backend.state] ?? '?'} ${backend.state}`);
    const reasons = reasonsOf(this.pool, this.name);
    const begin = since(backend, reasons);
    const time = begin === null ? '' : `${backend.state} since ${clock(begin)}, for ${duration(Date.now() - begin)}`;
    setText(this.reason, [time, failed(backend) ? why(backend, reasons) : ''].filter(Boolean).join(': '));
    const track = history.backend(this.pool, this.name);
    this.facts.update(backend, track);
    show(this.drain, backend.mode !== 'drain' && backend.mode !== 'leaving');
    show(this.maintain, backend.mode !== 'maintenance' && backend.mode !== 'leaving');
    show(this.ready, backend.mode === 'drain' || backend.mode === 'maintenance');
    // What finds it would find it again.
    show(this.remove, backend.mode !== 'leaving' && !isFound(backend));
    this.#draw();
  }

  async #draw() {
    try {
      if ((await this.kept.load()) && !this.over) {
        this.panels.update(this.kept);
      }
    } catch (cause) {
      if (cause.status === undefined) {
        throw cause;
      }
      setText(this.noPast, cause.message);
    }
  }

  destroy() {
    this.over = true;
    this.panels.destroy();
    super.destroy();
  }
}

/** All that the address says of an open sheet. */
const CLOSED = { pool: null, backend: null, listener: null, connections: null, client: null };

function sheetOfAddress() {
  const backend = read('backend');
  const listener = read('listener');
  if (backend !== null) {
    return new BackendSheet(read('pool') ?? 'default', backend);
  }
  if (listener !== null) {
    return new ListenerSheet(listener);
  }
  return read('connections') === 'all' ? new ConnectionsSheet() : null;
}

/** Which sheet the address names, as a key. */
const named = () => JSON.stringify([read('backend') && read('pool'), read('backend'), read('listener'), read('connections')]);

export class Detail {
  #sheet = null;
  #named = null;
  #world = null;

  backend(pool, backend) {
    this.#enter({ pool, backend });
  }

  listener(listener) {
    this.#enter({ listener });
  }

  connections() {
    this.#enter({ connections: 'all' });
  }

  #enter(what) {
    if (this.#sheet === null) {
      enter({ ...CLOSED, ...what });
      this.restore();
    }
  }

  /** Opens and closes what the address says. */
  restore() {
    if (this.#world === null || (this.#sheet !== null && named() === this.#named)) {
      return;
    }
    this.#close();
    this.#sheet = sheetOfAddress();
    this.#named = named();
    if (this.#sheet !== null) {
      this.#show(this.#sheet);
    }
  }

  #show(sheet) {
    document.body.append(sheet.dialog);
    sheet.dialog.addEventListener('close', () => {
      if (this.#sheet === sheet) {
        this.#close();
        leave(CLOSED);
      }
    });
    sheet.dialog.showModal();
    sheet.update(this.#world);
    sheet.connections.start();
  }

  #close() {
    const sheet = this.#sheet;
    this.#sheet = null;
    sheet?.destroy();
  }

  /** @param world `{status, history, listeners, reasonsOf}` */
  update(world) {
    const first = this.#world === null;
    this.#world = world;
    if (first) {
      this.restore();
    }
    this.#sheet?.update(world);
  }
}
