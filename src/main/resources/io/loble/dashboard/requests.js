// Requests, where they are balanced: how many, how they were answered, and how long they took.
import { el, setText, show } from './dom.js';
import { count, millis, rate } from './format.js';

const LATELY_S = 10;
const TIMES_S = 30;
const MANY = 20;

/** Keep classes of statuses and buckets of durations apart from the other counters. */
const CODE = 'code ';
const BUCKET = 'bucket ';

/** A class of statuses in words. */
const label = (code) => (code === 'none' ? 'no status' : code);

/** What is counted of the requests of a listener, a pool or a backend; nothing where it has none. */
export function counters({ requests }) {
  if (!requests) {
    return {};
  }
  const codes = Object.entries(requests.codes).map(([code, amount]) => [CODE + code, amount]);
  const buckets = (requests.buckets?.counts ?? []).map((amount, i) => [BUCKET + i, amount]);
  return { requests: requests.total, ...Object.fromEntries([...codes, ...buckets]) };
}

/** Of what each backend is to get its share: requests, or connections. */
export const shared = ({ requests }) => (requests ? 'requests' : 'total');

/** Requests a second. */
export const requestRate = (track) => track.rate('requests', LATELY_S);

/** Requests a second that were answered with 5xx. */
export const failedRate = (track) => track.rate(`${CODE}5xx`, LATELY_S);

/** The share that was answered with 5xx; null of a few, of which it would mean nothing. */
export function failedShare(track, seconds) {
  const all = track.growth('requests', seconds);
  const failed = track.growth(`${CODE}5xx`, seconds);
  return all >= MANY && failed !== null ? failed / all : null;
}

/** How many a second were answered in which way; empty where none was. */
export function codes({ requests }, track) {
  return Object.keys(requests.codes)
    .map((code) => [code, track.rate(CODE + code, LATELY_S)])
    .filter(([, each]) => each > 0)
    .map(([code, each]) => `${label(code)} ${rate(each)}/s`)
    .join(', ');
}

/**
 * How long such a share of the requests of the last half minute took at most, in milliseconds: within
 * a bucket they are taken to lie evenly. Null where there was none.
 */
export function quantile({ requests }, track, share) {
  const bounds = requests.buckets?.le_ms ?? [];
  const held = (requests.buckets?.counts ?? []).map((_, i) => track.growth(BUCKET + i, TIMES_S) ?? 0);
  const all = held.reduce((sum, each) => sum + each, 0);
  if (all === 0) {
    return null;
  }
  const wanted = share * all;
  let below = 0;
  let bucket = 0;
  while (bucket < bounds.length && below + held[bucket] < wanted) {
    below += held[bucket];
    bucket++;
  }
  if (bucket === bounds.length) {
    return bounds.at(-1);
  }
  const from = bucket === 0 ? 0 : bounds[bucket - 1];
  return from + ((bounds[bucket] - from) * (wanted - below)) / held[bucket];
}

/** All since the beginning, in words. */
export const allRequests = ({ requests }) =>
  [
    `${count(requests.total)} in all`,
    ...Object.entries(requests.codes)
      .filter(([, amount]) => amount > 0)
      .map(([code, amount]) => `${label(code)} ${count(amount)}`),
  ].join(', ');

/** A line about the requests of a pool. */
export class RequestLine {
  constructor() {
    const figure = (name) => el('b', { 'data-test': name });
    Object.assign(this, { rate: figure('request-rate'), codes: figure('request-codes'), p50: figure('request-p50'), p99: figure('request-p99') });
    this.node = el(
      'p',
      { class: 'requests muted', 'data-test': 'requests', hidden: true },
      el('span', {}, 'Requests ', this.rate),
      el('span', {}, this.codes),
      el('span', {}, 'p50 ', this.p50),
      el('span', {}, 'p99 ', this.p99),
    );
  }

  update(pool, track) {
    show(this.node, Boolean(pool.requests));
    if (!pool.requests) {
      return;
    }
    setText(this.rate, `${rate(requestRate(track))}/s`);
    setText(this.codes, codes(pool, track));
    this.codes.classList.toggle('failing', failedRate(track) > 0);
    show(this.codes.parentNode, this.codes.textContent !== '');
    setText(this.p50, millis(quantile(pool, track, 0.5)));
    setText(this.p99, millis(quantile(pool, track, 0.99)));
    this.node.title = `${allRequests(pool)}; times are those of the last ${TIMES_S} s`;
  }
}
