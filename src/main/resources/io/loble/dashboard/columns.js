// The columns of a pool, and the orders that they sort into.
import { takesClients, weightNow } from './condition.js';
import { shared } from './requests.js';

const SHARE_S = 10;
const CONNECT_S = 30;
/** The worst last, so that the descending order, which comes first, has it on top. */
const STATES = ['healthy', 'warming', 'maintenance', 'draining', 'half_open', 'circuit_open', 'ejected', 'unhealthy'];
const names = new Intl.Collator('en', { numeric: true });

/** Label, kind, what it means, and what it is sorted by. */
export const COLUMNS = [
  { id: 'name', label: 'Backend', kind: 'who', hint: null, rising: true, value: (b) => b.name },
  { id: 'state', label: 'State', kind: 'what', hint: null, value: (b) => STATES.indexOf(b.state) },
  { id: 'weight', label: 'Weight', kind: 'number', hint: 'How much of the traffic it is to get, compared with the others', value: (b) => b.weight },
  { id: 'share', label: 'Share of new', kind: 'shares', hint: 'Its part of the new connections, or requests, of the last 10 s; the mark is what its weight makes due', value: (b, t) => t.growth(shared(b), SHARE_S) },
  { id: 'open', label: 'Open', kind: 'number', hint: 'Open connections', value: (b) => b.active },
  { id: 'rate', label: 'New /s', kind: 'rates', hint: 'New connections, or requests, a second, and as a line', value: (b, t) => t.rate(shared(b)) },
  { id: 'failures', label: 'Failures', kind: 'number', hint: 'Connects that failed and early resets; a second while there are any, else in all', value: (b, t) => (t.rate('failures') ?? 0) * 1e12 + b.failures },
  { id: 'traffic', label: 'Traffic', kind: 'number wide', hint: 'Bytes a second, both ways', value: (b, t) => t.rate('bytes') },
  { id: 'connect', label: 'Connect', kind: 'number wide', hint: 'How long a connect took on average in the last 30 s', value: (b, t) => t.ratio('connect', 'total', CONNECT_S) },
];

const byId = new Map(COLUMNS.map((column) => [column.id, column]));

/** An order as the address has it: `open`, or `-open` for the other way round; null is the file's. */
export function parseSort(text) {
  const reversed = text?.startsWith('-') ?? false;
  const column = byId.get(reversed ? text.slice(1) : text);
  return column ? { column, reversed } : null;
}

export const sortText = (sort) => (sort === null ? null : `${sort.reversed ? '-' : ''}${sort.column.id}`);

/** What a press on a column's head makes of the order: this one, the other way round, the file's. */
export function nextSort(sort, column) {
  if (sort?.column !== column) {
    return { column, reversed: false };
  }
  return sort.reversed ? null : { column, reversed: true };
}

/** Whether the smallest comes first. */
export const isRising = (sort) => (sort.column.rising ?? false) !== sort.reversed;

function compare(a, b) {
  if (typeof a === 'string') {
    return names.compare(a, b);
  }
  return a - b;
}

/** Backends in an order; those without a value last. */
export function ordered(backends, sort, trackOf) {
  if (sort === null) {
    return backends;
  }
  const direction = isRising(sort) ? 1 : -1;
  return backends
    .map((backend) => ({ backend, value: sort.column.value(backend, trackOf(backend)) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return (a.value === null) - (b.value === null);
      }
      return direction * compare(a.value, b.value);
    })
    .map(({ backend }) => backend);
}

/** Among more backends than that a part of the whole cannot be seen. */
const FEW = 8;

/** What the shares of a pool's backends are parts of, and the share that fills a bar. */
export function sums(pool, history) {
  const rotation = pool.backends.filter(takesClients);
  let grown = 0;
  let weight = 0;
  let most = 0;
  for (const backend of pool.backends) {
    grown += history.backend(pool.name, backend.name).growth(shared(backend), SHARE_S) ?? 0;
  }
  for (const backend of rotation) {
    weight += weightNow(backend);
    most = Math.max(most, weightNow(backend));
  }
  const whole = rotation.length <= FEW ? 1 : Math.min(1, (most / weight) * 2);
  return { grown, weight, whole };
}
