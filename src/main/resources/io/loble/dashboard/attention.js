// Says what hurts, and why.
import { byId, el, show } from './dom.js';
import { count, duration, millis, percent, plural } from './format.js';

const LATELY_S = 60;
const SHOWN = 6;
/** Below that many open connections a large share means nothing. */
const MANY = 20;
const FAR_OVER = 1.8;
const SLOW_MS = 50;
const SLOWER = 5;

/** When a backend came into its state, in milliseconds since 1970; null when nobody says. */
export function since(backend, reasons) {
  const told = backend.since ?? reasons?.at;
  const time = typeof told === 'number' ? told : Date.parse(told ?? '');
  return Number.isFinite(time) ? time : null;
}

/** Whether it has failed, rather than being kept out on purpose. */
export const failed = (backend) =>
  backend.state === 'unhealthy' || (backend.state === 'draining' && backend.mode === 'ready');

/** Whether it gets new connections. */
export const takesClients = (backend) => backend.state === 'healthy' && backend.weight > 0;

/** Why a backend is in its state, as far as it is known. */
export const why = (backend, reasons) => String(backend.why ?? reasons?.detail ?? '');

function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}

function median(values) {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)];
}

/** What there is to say of a backend that is in rotation; null when all is well. */
function hurts(pool, backend, track, rest) {
  const failures = track.growth('failures', LATELY_S);
  if (failures > 0) {
    return `${plural(failures, 'connection')} failed in the last minute`;
  }
  if (backend.max_connections > 0 && backend.active >= backend.max_connections * 0.9) {
    return `${count(backend.active)} of at most ${count(backend.max_connections)} connections`;
  }
  const share = backend.active / rest.active;
  const due = backend.weight / rest.weight;
  if (rest.rotation > 1 && backend.weight > 0 && backend.active >= MANY && share > due * FAR_OVER) {
    return `holds ${percent(share)} of the open connections with ${percent(due)} of the weight: slow to answer, or its clients stay long`;
  }
  const connect = track.ratio('connect', 'total', LATELY_S);
  if (connect > SLOW_MS && rest.connect !== null && connect > rest.connect * SLOWER) {
    return `takes ${millis(connect)} to connect, the others ${millis(rest.connect)}`;
  }
  return null;
}

/** @returns what hurts in a pool: `{backend, text, level}`, as the configuration orders it */
function inPool(pool, history, reasonsOf) {
  const rotation = pool.backends.filter(takesClients);
  const found = [];
  if (pool.backends.length > 0 && rotation.length === 0) {
    found.push({ level: 'bad', pool: pool.name, name: `Pool ${pool.name}`, text: 'has no backend in rotation: new connections are turned away' });
  }
  const connects = rotation.map((b) => history.backend(pool.name, b.name).ratio('connect', 'total', LATELY_S));
  const rest = {
    rotation: rotation.length,
    active: sum(rotation, (b) => b.active),
    weight: sum(rotation, (b) => b.weight),
    connect: median(connects),
  };
  for (const backend of pool.backends) {
    const at = { pool: pool.name, backend: backend.name, name: backend.name };
    if (failed(backend)) {
      const reasons = reasonsOf(pool.name, backend.name);
      const begin = since(backend, reasons);
      const time = begin === null ? '' : ` for ${duration(Date.now() - begin)}`;
      const reason = why(backend, reasons);
      found.push({ ...at, level: 'bad', text: `${backend.state === 'unhealthy' ? 'is unhealthy' : 'has failed, its open connections go on,'}${time}${reason === '' ? '' : `: ${reason}`}` });
    } else if (backend.state === 'healthy') {
      const text = hurts(pool, backend, history.backend(pool.name, backend.name), rest);
      if (text !== null) {
        found.push({ ...at, level: 'warn', text });
      }
    }
  }
  return found;
}

function everywhere(status, history) {
  const found = [];
  if (status.draining) {
    found.push({ level: 'warn', name: 'The balancer', text: 'is stopping: it takes no new connections' });
  }
  if (status.config.error) {
    found.push({ level: 'bad', name: 'The file', text: `was refused, what was in force stays: ${status.config.error}` });
  }
  const rejected = history.total.growth('rejected', LATELY_S);
  if (rejected > 0) {
    found.push({ level: 'bad', name: plural(rejected, 'connection'), text: `${rejected === 1 ? 'was' : 'were'} turned away in the last minute` });
  }
  return found;
}

/** Finds all that hurts; the worst first, and causes before what comes of them. */
export function findings(status, history, reasonsOf) {
  const found = status.pools
    .flatMap((pool) => inPool(pool, history, reasonsOf))
    .concat(everywhere(status, history));
  return found.filter((f) => f.level === 'bad').concat(found.filter((f) => f.level !== 'bad'));
}

function allWell(status) {
  const backends = status.pools.flatMap((pool) => pool.backends);
  const rotation = backends.filter(takesClients).length;
  if (backends.length === 0) {
    return 'There is no backend yet.';
  }
  return rotation === backends.length
    ? `All is well: ${rotation === 1 ? 'the only backend is' : `all ${rotation} backends are`} in rotation.`
    : `Nothing hurts: ${rotation} of ${backends.length} backends are in rotation, the others are kept out on purpose.`;
}

export class Attention {
  /** @param go called with a finding that stands for a backend */
  constructor(go) {
    this.go = go;
    this.shown = '';
  }

  update(status, found) {
    const key = JSON.stringify(found) + allWell(status);
    if (key === this.shown) {
      return;
    }
    this.shown = key;
    const held = document.activeElement?.dataset?.finding;
    const items = found.slice(0, SHOWN).map((finding) => this.#item(finding));
    if (found.length > SHOWN) {
      items.push(el('li', { class: 'muted' }, `and ${found.length - SHOWN} more`));
    }
    show(byId('well'), found.length === 0);
    byId('well').textContent = found.length === 0 ? allWell(status) : '';
    byId('findings').replaceChildren(...items);
    // What had the focus has been made anew.
    [...byId('findings').querySelectorAll('button')].find((b) => held && b.dataset.finding === held)?.focus();
  }

  #item(finding) {
    const name = finding.backend
      ? el('button', { type: 'button', class: 'link', 'data-finding': `${finding.pool}/${finding.backend}`, onclick: () => this.go(finding) }, finding.name)
      : el('strong', {}, finding.name);
    return el('li', { class: finding.level }, name, ` ${finding.text}`);
  }
}
