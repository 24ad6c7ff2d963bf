// The history of the process, of a listener or of a pool: which of them, of how long, and its charts.
import { byId, el, setAttribute, setText } from './dom.js';
import { Panels } from './panels.js';
import { Past, RANGES } from './past.js';

const FIRST = '5m';
const FOLDED = 'folded';
const OPEN = 'open';

/** Where the charts stand below each other, what is below them would be far away. */
const narrow = matchMedia('(max-width: 760px)');
const usually = () => (narrow.matches ? FOLDED : OPEN);

/** What the page's address says, which is what somebody was sent. */
function parameter(name) {
  return new URLSearchParams(location.search).get(name);
}

function setParameter(name, value) {
  const url = new URL(location.href);
  if (value === null) {
    url.searchParams.delete(name);
  } else {
    url.searchParams.set(name, value);
  }
  window.history.replaceState(window.history.state, '', url);
}

/** The range that is chosen for all charts of the page. */
export const chosenRange = () => (parameter('range') in RANGES ? parameter('range') : FIRST);

function scope(chosen) {
  const colon = chosen.indexOf(':');
  return colon < 0 ? {} : { [chosen.slice(0, colon)]: chosen.slice(colon + 1) };
}

export class Timeline {
  #known = '';

  constructor() {
    this.node = byId('history');
    this.select = el('select', { id: 'history-of', 'aria-label': 'History of', onchange: () => this.#choose(this.select.value) });
    this.buttons = Object.entries(RANGES).map(([range, { text }]) => el('button', { type: 'button', 'data-range': range, onclick: () => this.#range(range) }, text));
    this.note = el('p', { class: 'wrong' });
    const body = el('div', { class: 'history-body' }, el('div', { class: 'history-choice' }, el('div', { class: 'ranges', role: 'group', 'aria-label': 'Time range' }, this.buttons), this.select), this.note);
    this.node.append(body);
    this.panels = new Panels(body);
    this.seen = false;
    this.node.open = (parameter('history') ?? usually()) === OPEN;
    this.node.addEventListener('toggle', () => this.#toggled());
    this.#begin();
  }

  /** Shows what is new. To be called each second. */
  update(status) {
    this.seen = true;
    this.#offer(status);
    this.#load();
  }

  async #load() {
    const { past } = this;
    if (!this.node.open) {
      return;
    }
    try {
      const changed = await past.load();
      // Meanwhile something else may have been chosen.
      if (changed && past === this.past) {
        setText(this.note, '');
        this.panels.update(past);
      }
    } catch (cause) {
      if (past === this.past) {
        this.#failed(cause);
      }
    }
  }

  #failed(cause) {
    if (cause.status === 404 && this.of !== '') {
      setText(this.note, cause.message);
    } else if (cause.status === undefined) {
      throw cause;
    }
  }

  #begin() {
    this.range = chosenRange();
    this.of = parameter('of') ?? '';
    this.past = new Past(this.range, scope(this.of));
    this.buttons.forEach((button) => setAttribute(button, 'aria-pressed', String(button.dataset.range === this.range)));
  }

  #range(range) {
    setParameter('range', range === FIRST ? null : range);
    this.#begin();
    this.#load();
  }

  #choose(of) {
    setParameter('of', of === '' ? null : of);
    setText(this.note, '');
    this.#begin();
    this.#load();
  }

  #toggled() {
    const now = this.node.open ? OPEN : FOLDED;
    setParameter('history', now === usually() ? null : now);
    if (this.node.open && this.seen) {
      this.#load();
    }
  }

  /** What there may be a history of; what is gone, and still chosen, stays. */
  #offer(status) {
    const names = [
      ['', 'All of the process'],
      ...status.listeners.map(({ name }) => [`listener:${name}`, `Listener ${name}`]),
      ...status.pools.map(({ name }) => [`pool:${name}`, `Pool ${name}`]),
    ];
    if (!names.some(([value]) => value === this.of)) {
      names.push([this.of, this.of.replace(':', ' ')]);
    }
    const known = JSON.stringify(names);
    if (known !== this.#known) {
      this.#known = known;
      this.select.replaceChildren(...names.map(([value, text]) => el('option', { value }, text)));
      this.select.value = this.of;
    }
  }
}
