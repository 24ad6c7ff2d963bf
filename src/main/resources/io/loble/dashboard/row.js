// A backend's line in its pool: made once, changed in place.
import { sparkline } from './chart.js';
import { condition, failed, since, stateText, takesClients, weightNow, why } from './condition.js';
import { drain, ready, weigh } from './controls.js';
import { el, setAttribute, setName, setText, show } from './dom.js';
import { byteRate, count, duration, millis, percent, rate } from './format.js';
import { shared } from './requests.js';
import { isFound } from './sources.js';

const SHARE_S = 10;
const CONNECT_S = 30;
const LINE_S = 5;
export const MARKS = {
  healthy: '●', warming: '◔', draining: '◐', half_open: '◑', circuit_open: '✖', ejected: '✖', unhealthy: '✖', maintenance: '■',
};

/** What is wanted of it, where its state does not say that already. */
const MODES = { drain: 'drain', maintenance: 'maintenance', leaving: 'leaving' };

function cell(label, kind, ...children) {
  return el('td', { role: 'cell', 'data-label': label, class: kind }, ...children);
}

export class Row {
  #pool;
  #backend;
  #editing = false;

  /** @param open called with pool and backend when its details are wanted */
  constructor(pool, backend, open) {
    this.#pool = pool;
    this.#backend = backend;
    this.name = el('button', { type: 'button', class: 'link name', onclick: () => open(this.#pool.name, this.#backend.name) });
    this.address = el('span', { class: 'address' });
    this.found = el('span', { class: 'found', 'data-test': 'found' });
    this.mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
    this.state = el('span', { class: 'state', 'data-test': 'state' });
    this.reason = el('span', { class: 'reason' });
    this.weight = el('input', {
      type: 'number', min: 0, max: 256, required: true, class: 'weight control', 'data-test': 'weight',
      enterkeyhint: 'done', inputmode: 'numeric', title: 'Enter applies, Escape gives up',
    });
    this.weightText = el('span', { class: 'reads' });
    this.bar = el('progress', { max: 100, value: 0, 'aria-hidden': 'true' });
    this.due = el('i', { class: 'due', 'aria-hidden': 'true' });
    this.share = el('span', { 'data-test': 'share' });
    this.active = el('span', { 'data-test': 'active' });
    this.rate = el('span', { class: 'figure', 'data-test': 'rate' });
    const line = el('div', { class: 'spark' });
    this.failures = el('span', { 'data-test': 'failures' });
    this.traffic = el('span');
    this.connect = el('span');
    this.drain = el('button', { type: 'button', onclick: () => drain(this.#pool, this.#backend), 'data-test': 'drain' }, 'Drain');
    this.ready = el('button', { type: 'button', onclick: () => this.#ready(), 'data-test': 'ready' }, 'Ready');
    const form = el('form', { novalidate: true, onsubmit: (event) => this.#weigh(event) }, this.weight);
    this.node = el(
      'tr',
      { role: 'row', 'data-pool': pool.name, 'data-backend': backend.name },
      el('th', { role: 'rowheader', scope: 'row', class: 'who' }, this.name, this.address, this.found),
      cell('State', 'what', el('span', { class: 'badge' }, this.mark, this.state), this.reason),
      cell('Weight', 'number', form, this.weightText),
      cell('Share of new', 'shares', el('span', { class: 'share-bar' }, this.bar, this.due), this.share),
      cell('Open', 'number', this.active),
      cell('New /s', 'rates', this.rate, line),
      cell('Failures', 'number', this.failures),
      cell('Traffic', 'number wide-figure', this.traffic),
      cell('Connect', 'number wide-figure', this.connect),
      cell('', 'actions control', this.drain, this.ready),
    );
    this.spark = sparkline(line);
    this.#editable();
  }

  #editable() {
    this.weight.addEventListener('input', () => this.#edit(true));
    this.weight.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.#edit(false);
      }
    });
    this.weight.addEventListener('blur', () => this.#edit(false));
  }

  #edit(on) {
    this.#editing = on;
    this.node.classList.toggle('editing', on);
    if (!on) {
      this.weight.value = this.#backend.weight;
    }
  }

  async #weigh(event) {
    event.preventDefault();
    if (!this.weight.reportValidity()) {
      return;
    }
    const wanted = Number(this.weight.value);
    // It stays as typed until the balancer has answered.
    if (wanted !== this.#backend.weight && (await weigh(this.#pool, this.#backend, wanted))) {
      this.#backend = { ...this.#backend, weight: wanted };
    }
    this.#edit(false);
  }

  /** The button that was pressed goes away; the focus stays in the row. */
  async #ready() {
    await ready(this.#pool, this.#backend);
    this.name.focus();
  }

  /**
   * @param around what is the same for the whole pool, see `sums`
   * @param level how much it hurts: `bad`, `warn` or null
   */
  update(pool, backend, track, around, reasons, level) {
    this.#pool = pool;
    this.#backend = backend;
    this.#identity(backend, around.tails);
    this.#state(backend, reasons, level);
    this.#figures(backend, track);
    this.#share(backend, track, around);
    const out = backend.mode !== 'ready';
    show(this.ready, out && backend.mode !== 'leaving');
    show(this.drain, !out);
  }

  #identity(backend, tails) {
    setName(this.name, backend.name, tails.name);
    setName(this.address, backend.address === backend.name ? '' : backend.address, tails.address);
    show(this.found, isFound(backend));
    setText(this.found, isFound(backend) ? `found by ${backend.source}` : '');
    setText(this.weightText, backend.weight);
    setAttribute(this.weight, 'aria-label', `Weight of ${backend.name}`);
    setAttribute(this.drain, 'aria-label', `Drain ${backend.name}`);
    setAttribute(this.ready, 'aria-label', `Ready ${backend.name}`);
    if (!this.#editing && this.weight.value !== String(backend.weight)) {
      this.weight.value = backend.weight;
    }
  }

  #state(backend, reasons, level) {
    setAttribute(this.node, 'data-state', backend.state);
    setAttribute(this.node, 'data-level', level);
    setText(this.mark, MARKS[backend.state] ?? '?');
    setText(this.state, stateText(backend.state));
    const begin = since(backend, reasons);
    const notes = [];
    if (begin !== null && backend.state !== 'healthy') {
      notes.push(duration(Date.now() - begin));
    }
    if (MODES[backend.mode] && !(backend.state === 'draining' && backend.mode === 'drain') && backend.state !== backend.mode) {
      notes.push(MODES[backend.mode]);
    }
    if (condition(backend) === 'standby') {
      notes.push('standby, the levels before its own suffice');
    }
    if (backend.state === 'healthy' && backend.weight === 0) {
      notes.push('no new clients, its weight is 0');
    }
    const reason = failed(backend) ? why(backend, reasons) : '';
    if (reason !== '') {
      notes.push(reason);
    }
    setText(this.reason, notes.join(' · '));
    setAttribute(this.reason, 'title', notes.length === 0 ? null : notes.join(' · '));
  }

  #figures(backend, track) {
    setText(this.active, backend.max_connections > 0 ? `${count(backend.active)} / ${count(backend.max_connections)}` : count(backend.active));
    setText(this.rate, rate(track.rate(shared(backend))));
    const failing = track.rate('failures');
    setText(this.failures, failing > 0 ? `${rate(failing)}/s` : count(backend.failures));
    setAttribute(this.failures, 'class', failing > 0 ? 'failing' : null);
    setAttribute(this.failures, 'title', `${count(backend.failures)} since it was configured`);
    setText(this.traffic, byteRate(track.rate('bytes')));
    setText(this.connect, millis(track.ratio('connect', 'total', CONNECT_S)));
    const { p50 = null, p99 = null } = backend.connect_ms ?? {};
    setAttribute(this.connect, 'title', p50 === null ? null : `since it was configured: p50 ${millis(p50)}, p99 ${millis(p99)}`);
    this.spark.update(() => track.rates(shared(backend), LINE_S));
  }

  #share(backend, track, around) {
    const grown = track.growth(shared(backend), SHARE_S);
    const share = around.grown > 0 && grown !== null ? grown / around.grown : null;
    const due = takesClients(backend) ? weightNow(backend) / around.weight : 0;
    setText(this.share, percent(share));
    const value = Math.round(Math.min(1, (share ?? 0) / around.whole) * 100);
    if (this.bar.value !== value) {
      this.bar.value = value;
    }
    const left = `${Math.min(98.5, (due / around.whole) * 100)}%`;
    if (this.due.style.left !== left) {
      this.due.style.left = left;
    }
    show(this.due, due > 0);
    setAttribute(this.share.parentNode, 'title', due > 0 ? `of the ${backend.requests ? 'requests' : 'new connections'} of the last ${SHARE_S} s; by weight ${percent(due)}` : 'not in rotation');
  }

  removed() {
    this.spark.destroy();
  }
}
