// All pools, and what decides which of their backends are shown, and how.
import { COLUMNS, nextSort, parseSort, sortText } from './columns.js';
import { byId, el, reconcile, setText, show } from './dom.js';
import { plural } from './format.js';
import { backendKey } from './history.js';
import { Pool } from './pool.js';
import { read, readAll, write } from './view.js';

/** Above so many backends each gets one line only. */
const COMPACT = 20;
/** So many pools are shown at first, and so many more each time. */
const POOLS = 50;
/** So many rows there are, of all pools together, before the pools that follow are folded. */
const ROWS = 400;

export class Pools {
  #known = new Map();
  #last = null;
  #limit = POOLS;
  #wanted = null;

  /** @param open called with pool and backend when its details are wanted */
  constructor(open) {
    this.text = byId('filter');
    this.hurting = byId('hurting');
    this.order = byId('order');
    this.more = byId('more-pools');
    this.page = {
      open,
      sortBy: (column) => this.#sortBy(nextSort(this.sort, column)),
      fold: (name, folded) => this.#fold(name, folded),
      redraw: () => this.#redraw(),
    };
    this.text.addEventListener('input', () => this.#filtered());
    this.hurting.addEventListener('input', () => this.#filtered());
    this.more.addEventListener('click', () => {
      this.#limit += POOLS;
      this.#redraw();
    });
    for (const { id, label } of COLUMNS) {
      this.order.append(el('option', { value: id }, `by ${label.toLowerCase()}`));
    }
    this.order.addEventListener('change', () => this.#sortBy(parseSort(this.order.value)));
    this.restore();
  }

  /** Takes over what the page's address says. */
  restore() {
    this.text.value = read('q') ?? '';
    this.hurting.checked = read('hurting') === '1';
    this.sort = parseSort(read('sort'));
    this.folded = new Set(readAll('fold'));
    this.unfolded = new Set(readAll('unfold'));
    this.order.value = this.sort?.column.id ?? '';
    this.#redraw();
  }

  #filtered() {
    this.#wanted = null;
    write({ q: this.text.value.trim(), hurting: this.hurting.checked ? '1' : null });
    this.#redraw();
  }

  #sortBy(sort) {
    this.sort = sort;
    this.order.value = sort?.column.id ?? '';
    write({ sort: sortText(sort) });
    this.#redraw();
  }

  #fold(name, folded) {
    this.#wanted = null;
    (folded ? this.folded : this.unfolded).add(name);
    (folded ? this.unfolded : this.folded).delete(name);
    write({ fold: [...this.folded], unfold: [...this.unfolded] });
    this.#redraw();
  }

  #redraw() {
    if (this.#last) {
      this.update(...this.#last);
    }
  }

  /** @param marks which backends and pools hurt, see `levels` */
  update(status, history, marks, reasonsOf) {
    this.#last = [status, history, marks, reasonsOf];
    const world = this.#world(status, history, marks, reasonsOf);
    const all = status.pools.map((pool) => ({ pool, shown: this.#matching(pool, marks) }));
    const filtered = this.text.value.trim() !== '' || this.hurting.checked;
    const left = filtered ? all.filter(({ pool, shown }) => shown.length > 0 || this.#isNamed(pool, marks)) : all;
    const cards = this.#cards(left);
    byId('pools').classList.toggle('compact', status.pools.reduce((sum, pool) => sum + pool.backends.length, 0) > COMPACT);
    this.#known = reconcile(byId('pools'), this.#known, cards, ({ pool }) => pool.name, ({ pool }) => new Pool(pool, this.page));
    let rows = ROWS;
    for (const { pool, shown } of cards) {
      rows -= this.#known.get(pool.name).update(pool, shown, rows, world);
    }
    show(this.more, cards.length < left.length);
    setText(this.more, `Show more: ${plural(left.length - cards.length, 'pool')} left`);
    const hidden = all.length - left.length;
    show(byId('hidden-pools'), hidden > 0);
    setText(byId('hidden-pools'), `${plural(hidden, 'pool')} without a match ${hidden === 1 ? 'is' : 'are'} hidden`);
  }

  /** The first pools, and the one that is looked for. */
  #cards(left) {
    const wanted = left.findIndex(({ pool }) => pool.name === this.#wanted?.pool);
    const cards = left.slice(0, this.#limit);
    return wanted < this.#limit ? cards : [...cards, left[wanted]];
  }

  #world(status, history, marks, reasonsOf) {
    return {
      status,
      history,
      sort: this.sort,
      wanted: this.#wanted,
      reasons: reasonsOf,
      level: (pool, name) => marks.backends.get(backendKey(pool, name)) ?? null,
      folded: (pool, crowded) => !this.unfolded.has(pool) && this.#wanted?.pool !== pool && (this.folded.has(pool) || crowded),
    };
  }

  #matching(pool, marks) {
    const text = this.text.value.trim().toLowerCase();
    if (text === '' && !this.hurting.checked) {
      return pool.backends;
    }
    return pool.backends.filter((backend) =>
      (text === '' || `${pool.name} ${backend.name} ${backend.address} ${backend.state} ${backend.source ?? ''}`.toLowerCase().includes(text)) &&
      (!this.hurting.checked || marks.backends.has(backendKey(pool.name, backend.name))));
  }

  /** A pool without backends is shown where its name is looked for, or its emptiness hurts. */
  #isNamed(pool, marks) {
    const text = this.text.value.trim().toLowerCase();
    return pool.backends.length === 0
      && pool.name.toLowerCase().includes(text)
      && (!this.hurting.checked || marks.pools.has(pool.name));
  }

  /** Brings a backend's row into sight. */
  go(pool, backend) {
    this.text.value = '';
    this.hurting.checked = false;
    this.folded.delete(pool);
    this.#wanted = { pool, backend };
    write({ q: null, hurting: null, fold: [...this.folded] });
    this.#redraw();
    const row = this.#known.get(pool)?.row(backend);
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row?.querySelector('button.name')?.focus({ preventScroll: true });
  }
}
