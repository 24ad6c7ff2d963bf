// Finds what hurts, grouped by pool and cause. Every backend of a pool stands in one group only, so
// that the counts of a finding add up.
import { condition, isDown, rejection, serves, since, stateText, takesClients, weightNow, why } from './condition.js';
import { count, duration, millis, percent, plural } from './format.js';
import { backendKey } from './history.js';
import { failedShare } from './requests.js';
import { sourceFindings } from './sources.js';
import { tlsFindings } from './tls.js';

const LATELY_S = 60;
/** Below that many open connections a large share means nothing. */
const MANY = 20;
const FAR_OVER = 1.8;
/** From this share of answers with 5xx on it is told, as an alert rule has it. */
const ANSWERED_BADLY = 0.05;
const SLOW_MS = 50;
const SLOWER = 5;
const CAUSES_SHOWN = 3;
/** Failures that began so close together are told as one. */
const TOGETHER_MS = 2000;

/** Those that deal connections out by weight alone: more open ones than due mean slow answers. */
const BY_WEIGHT = ['round_robin', 'random', 'least_connections'];

const ON_PURPOSE = {
  drain: 'drained by command',
  maintenance: 'in maintenance',
  leaving: 'being removed',
};

function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}

function median(values) {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)];
}

/** Puts items together that have the same key, in the order in which the keys come first. */
function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.get(key)?.push(item) ?? groups.set(key, [item]);
  }
  return groups;
}

/** A cause without what differs from backend to backend: who noticed it, and the backend's host. */
function cause(backend, reasons) {
  const host = backend.address.slice(0, backend.address.lastIndexOf(':'));
  const text = why(backend, reasons).replace(/^(probe|connect): /, '');
  return (host === '' ? text : text.replaceAll(host, 'its host')) || 'cause unknown';
}

/** For how long those have failed. */
function howLong(times) {
  const known = times.filter((time) => time !== null);
  if (known.length === 0) {
    return '';
  }
  const first = Math.min(...known.slice(0, 10000));
  const last = Math.max(...known.slice(0, 10000));
  const upTo = last - first > TOGETHER_MS ? 'up to ' : '';
  return ` for ${upTo}${duration(Date.now() - first)}`;
}

/** What a backend is that is out of rotation, without connections. */
const OUT = { unhealthy: 'unhealthy', ejected: 'ejected', circuit_open: 'out, its circuit is open,', half_open: 'out, its circuit is half open,' };

/** What all of them are. */
function kind(backends) {
  const first = condition(backends[0]);
  return backends.every((b) => condition(b) === first) ? stateText(first) : 'failing';
}

/** One failed backend by itself, in a sentence. */
function alone(pool, backend, reasons) {
  const begin = since(backend, reasons);
  const time = begin === null ? '' : ` for ${duration(Date.now() - begin)}`;
  const reason = why(backend, reasons);
  const is = `${begin === null ? 'is' : 'has been'} ${OUT[backend.state] ?? ''}`;
  const state = OUT[backend.state] ? is : 'has failed, its open connections go on,';
  return {
    key: `failed ${backendKey(pool.name, backend.name)}`,
    level: 'bad',
    pool: pool.name,
    backend: backend.name,
    text: `${state}${time}${reason === '' ? '' : `: ${reason}`}`,
    parts: [],
  };
}

/** What keeps backends out of rotation, by cause: `{text, short, backends}`. */
function failures(pool, down, reasonsOf) {
  const groups = grouped(down, (b) => cause(b, reasonsOf(pool.name, b.name)));
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, backends]) => {
      const times = backends.map((b) => since(b, reasonsOf(pool.name, b.name)));
      const text = `${reason}${howLong(times)}`;
      return {
        text: `${count(backends.length)} ${kind(backends)}: ${text}`,
        short: groups.size === 1 ? text : `${count(backends.length)} ${text}`,
        backends: backends.map((b) => b.name),
      };
    });
}

/** Those that are out on purpose: `{text, backends}`. */
function keptOut(others) {
  const label = (b) => ON_PURPOSE[b.mode] ?? (b.weight === 0 ? 'with weight 0' : condition(b));
  return [...grouped(others, label)].map(([what, backends]) => ({
    text: `${count(backends.length)} ${what}`,
    backends: backends.map((b) => b.name),
  }));
}

function causes(parts) {
  const shown = parts.slice(0, CAUSES_SHOWN).map((part) => part.short);
  const left = parts.length - shown.length;
  return shown.concat(left > 0 ? `${plural(left, 'other cause')}` : []).join(', ');
}

/** What is out of rotation in a pool; nothing when that is on purpose and others serve. */
function outOfRotation(pool, served, reasonsOf) {
  const rotation = pool.backends.filter(serves).length;
  const down = pool.backends.filter(isDown);
  const others = pool.backends.filter((b) => !takesClients(b) && !isDown(b));
  const dead = rotation === 0 && !pool.panic && (pool.backends.length > 0 || served);
  if (!dead && down.length === 0) {
    return [];
  }
  if (!dead && down.length === 1) {
    return [alone(pool, down[0], reasonsOf(pool.name, down[0].name))];
  }
  const parts = failures(pool, down, reasonsOf);
  const out = keptOut(others);
  const counts = [
    down.length > 0 ? `${count(down.length)} ${kind(down)} (${causes(parts)})` : null,
    ...out.map((part) => part.text),
    rotation > 0 ? `${count(rotation)} in rotation` : null,
  ].filter(Boolean).join(', ');
  const nobody = pool.backends.length === 0 ? 'has no backend: new connections are turned away' : `has no backend in rotation, new connections are turned away: ${counts}`;
  return [{
    key: `pool ${pool.name}`,
    level: 'bad',
    dead,
    pool: pool.name,
    name: `Pool ${pool.name}`,
    text: dead ? nobody : `has ${counts}`,
    parts: [...parts, ...out],
  }];
}

/** What a pool as a whole does about what its backends lack. */
function strained(pool) {
  const found = { pool: pool.name, name: `Pool ${pool.name}`, parts: [] };
  const waiting = pool.queue?.length ?? 0;
  return [
    pool.panic && { ...found, key: `panic ${pool.name}`, level: 'bad', text: 'is in panic: too few of its backends are in rotation, all are used' },
    waiting > 0 && { ...found, key: `queue ${pool.name}`, level: 'warn', text: `has ${plural(waiting, 'client')} that ${waiting === 1 ? 'waits' : 'wait'} until a backend has room` },
  ].filter(Boolean);
}

/** What there is to say of a backend in rotation: `{kind, text, worth}`; null when all is well. */
function hurts(pool, backend, track, rest) {
  const failing = track.growth('failures', LATELY_S);
  if (failing > 0) {
    return { kind: 'failing', worth: failing, text: `${plural(failing, 'connection')} failed in the last minute` };
  }
  const badly = failedShare(track, LATELY_S);
  if (badly > ANSWERED_BADLY) {
    return { kind: 'answers', worth: 1, text: `answered ${percent(badly)} of the requests of the last minute with 5xx` };
  }
  if (backend.max_connections > 0 && backend.active >= backend.max_connections * 0.9) {
    return { kind: 'full', worth: 1, text: `${count(backend.active)} of at most ${count(backend.max_connections)} connections` };
  }
  const share = backend.active / rest.active;
  const due = weightNow(backend) / rest.weight;
  if (rest.byWeight && rest.rotation > 1 && backend.active >= MANY && share > due * FAR_OVER) {
    return {
      kind: 'share',
      worth: 1,
      text: `holds ${percent(share)} of the open connections with ${percent(due)} of the weight: slow to answer, or its clients stay long`,
    };
  }
  const connect = track.ratio('connect', 'total', LATELY_S);
  if (connect > SLOW_MS && rest.connect !== null && connect > rest.connect * SLOWER) {
    return { kind: 'slow', worth: 1, text: `takes ${millis(connect)} to connect, the others ${millis(rest.connect)}` };
  }
  return null;
}

const TOGETHER = {
  failing: (n, worth) => `${plural(worth, 'connection')} to ${n} backends in rotation failed in the last minute`,
  answers: (n) => `${n} backends answered more than 5 % of their requests of the last minute with 5xx`,
  full: (n) => `${n} backends have 90 % or more of the connections that they may have`,
  share: (n) => `${n} backends hold far more of the open connections than their weight makes due: slow to answer, or their clients stay long`,
  slow: (n) => `${n} backends take far longer to connect than the others`,
};

/** What hurts among the backends of a pool that are in rotation. */
function inRotation(pool, history) {
  const rotation = pool.backends.filter(serves);
  const track = (b) => history.backend(pool.name, b.name);
  const rest = {
    rotation: rotation.length,
    byWeight: BY_WEIGHT.includes(pool.algorithm),
    active: sum(rotation, (b) => b.active),
    weight: sum(rotation, weightNow),
    connect: median(rotation.map((b) => track(b).ratio('connect', 'total', LATELY_S))),
  };
  const found = rotation
    .map((backend) => ({ backend, hurt: hurts(pool, backend, track(backend), rest) }))
    .filter(({ hurt }) => hurt !== null);
  return [...grouped(found, ({ hurt }) => hurt.kind)].map(([kind, those]) => {
    const { backend, hurt } = those[0];
    if (those.length === 1) {
      return {
        key: `${kind} ${backendKey(pool.name, backend.name)}`,
        level: 'warn',
        pool: pool.name,
        backend: backend.name,
        text: hurt.text,
        parts: [],
      };
    }
    return {
      key: `${kind} ${pool.name}`,
      level: 'warn',
      pool: pool.name,
      name: `Pool ${pool.name}:`,
      text: TOGETHER[kind](count(those.length), sum(those, (one) => one.hurt.worth)),
      parts: [{ text: '', backends: those.map((one) => one.backend.name) }],
    };
  });
}

/** Clients that were turned away in the last minute, by reason, and by listener when opened. */
function turnedAway(status, listeners) {
  const each = status.listeners
    .map((listener) => ({ name: listener.name, reasons: listeners.rejected(listener.name, LATELY_S) }))
    .filter(({ reasons }) => reasons.length > 0);
  const all = each.flatMap(({ reasons }) => reasons);
  if (all.length === 0) {
    return [];
  }
  const amount = sum(all, ({ grown }) => grown);
  const byReason = [...grouped(all, ({ label }) => label)].map(([label, those]) => ({ label, grown: sum(those, ({ grown }) => grown) }));
  const said = (reasons) => reasons.map(({ label, grown }) => `${count(grown)} ${rejection(label)}`).join(', ');
  return [{
    key: 'rejected',
    level: 'bad',
    name: plural(amount, 'client'),
    text: `${amount === 1 ? 'was' : 'were'} turned away in the last minute: ${said(byReason)}`,
    parts: each.length < 2 ? [] : each.map(({ name, reasons }) => ({ text: `listener ${name}: ${said(reasons)}`, backends: [] })),
  }];
}

function ofProcess(status) {
  const found = [];
  if (status.draining) {
    found.push({ key: 'stopping', level: 'warn', name: 'The balancer', text: 'is stopping: it takes no new connections', parts: [] });
  }
  if (status.config.error) {
    found.push({ key: 'file', level: 'bad', name: 'The file', text: `was refused, what was in force stays: ${status.config.error}`, parts: [] });
  }
  return found;
}

/** Dead pools, then what else is bad, then the rest. */
const rank = (finding) => (finding.dead ? 0 : finding.level === 'bad' ? 1 : 2);

/**
 * Finds all that hurts, the worst first.
 * @returns findings: `{key, level, dead, pool, backend, name, text, parts: [{text, backends}]}`
 */
export function findings(status, history, listeners, reasonsOf) {
  const served = new Set(status.listeners.flatMap((listener) => [listener.pool, ...(listener.routes ?? []).map((route) => route.pool)]));
  return [
    ...ofProcess(status),
    ...turnedAway(status, listeners),
    ...tlsFindings(status),
    ...status.pools.flatMap(strained),
    ...status.pools.flatMap(sourceFindings),
    ...status.pools.flatMap((pool) => outOfRotation(pool, served.has(pool.name), reasonsOf)),
    ...status.pools.flatMap((pool) => inRotation(pool, history)),
  ].sort((a, b) => rank(a) - rank(b));
}

/** Which backends and pools findings are about: the worst level of each, by key. */
export function levels(found, status) {
  const marks = { backends: new Map(), pools: new Set() };
  const failing = new Map(status.pools.map((pool) => [pool.name, pool]));
  for (const finding of found) {
    if (finding.pool === undefined) {
      continue;
    }
    marks.pools.add(finding.pool);
    const names = finding.backend ? [finding.backend] : finding.parts.flatMap((part) => part.backends);
    // Of those out of rotation only the ones that failed, not those that were taken out.
    const ofPool = failing.get(finding.pool);
    const down = finding.level === 'warn' || finding.backend ? null : new Set(ofPool?.backends.filter(isDown).map((b) => b.name));
    for (const name of names) {
      const key = backendKey(finding.pool, name);
      if ((down === null || down.has(name)) && !marks.backends.has(key)) {
        marks.backends.set(key, finding.level);
      }
    }
  }
  return marks;
}
