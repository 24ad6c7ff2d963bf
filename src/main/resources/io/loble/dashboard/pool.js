// A pool: its head, and the rows of its backends.
import { addBackend, ALGORITHMS, choose } from './controls.js';
import { COLUMNS, isRising, ordered, sums } from './columns.js';
import { serves } from './condition.js';
import { el, reconcile, setAttribute, setText, show, tailOf } from './dom.js';
import { count, plural } from './format.js';
import { RequestLine } from './requests.js';
import { Row } from './row.js';
import { SourceLines } from './sources.js';
import { failures, Lock } from './tls.js';

/** So many rows of a pool are there at first, and so many more each time. */
const ROWS = 200;

const hovers = matchMedia('(hover: hover)');
let pools = 0;

export class Pool {
  #pool;
  #rows = new Map();
  #limit = ROWS;
  #order = { sort: null, places: new Map() };

  /** @param page what is asked of the page: `open`, `sortBy`, `fold`, `redraw` */
  constructor(pool, page) {
    this.#pool = pool;
    this.page = page;
    const title = `pool-${++pools}`;
    this.name = el('h2', { id: title });
    this.listeners = el('p', { class: 'muted listeners' });
    this.rotation = el('span', { class: 'rotation' });
    this.lock = new Lock();
    this.refused = el('span', { class: 'failing', 'data-test': 'handshakes' });
    this.select = el('select', { 'data-test': 'algorithm', class: 'control', onchange: () => choose(this.#pool, this.select.value) });
    for (const [value, [label]] of Object.entries(ALGORITHMS)) {
      this.select.append(el('option', { value }, label));
    }
    this.algorithm = el('span', { class: 'reads muted' });
    this.words = el('p', { class: 'muted words' });
    this.requests = new RequestLine();
    this.sources = new SourceLines();
    this.fold = el('button', { type: 'button', class: 'fold', 'data-test': 'fold', onclick: () => page.fold(this.#pool.name, !this.node.classList.contains('folded')) });
    this.body = el('tbody', { role: 'rowgroup' });
    this.more = el('button', { type: 'button', class: 'more', 'data-test': 'more', onclick: () => {
      this.#limit += ROWS;
      page.redraw();
    } });
    this.none = el('p', { class: 'muted none' }, 'It has no backend.');
    this.heads = COLUMNS.map((column) => this.#head(column));
    this.table = el(
      'table',
      { role: 'table', 'aria-labelledby': title },
      el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, this.heads, el('th', { role: 'columnheader', scope: 'col', class: 'actions control' }, el('span', { class: 'unseen' }, 'Actions')))),
      this.body,
    );
    this.node = el(
      'section',
      { class: 'card pool', 'data-pool-card': pool.name, 'aria-labelledby': title },
      el(
        'header',
        {},
        this.fold,
        el('div', { class: 'pool-title' }, this.name, this.rotation, this.lock.node, this.refused, this.listeners),
        el('div', { class: 'pool-tools' }, this.algorithm, this.select, el('button', { type: 'button', class: 'control', onclick: () => addBackend(this.#pool) }, 'Add backend')),
        this.words,
        this.requests.node,
        this.sources.node,
      ),
      this.table,
      this.more,
      this.none,
    );
  }

  #head(column) {
    const press = el('button', { type: 'button', class: 'sort', title: column.hint, 'data-test': `sort-${column.id}`, onclick: () => this.page.sortBy(column) }, column.label);
    return el('th', { role: 'columnheader', scope: 'col', class: column.kind }, press);
  }

  /**
   * @param shown the backends that the filters leave
   * @param left how many rows there may be
   * @returns how many rows there are
   */
  update(pool, shown, left, world) {
    this.#pool = pool;
    this.#title(pool, world.status);
    this.requests.update(pool, world.history.pool(pool.name));
    this.sources.update(pool);
    const folded = world.folded(pool.name, left <= 0);
    this.node.classList.toggle('folded', folded);
    setAttribute(this.fold, 'aria-expanded', String(!folded));
    setAttribute(this.fold, 'aria-label', `${folded ? 'Unfold' : 'Fold'} pool ${pool.name}`);
    show(this.table, !folded && shown.length > 0);
    show(this.none, !folded && pool.backends.length === 0);
    const rows = folded ? [] : this.#window(shown, world);
    show(this.more, !folded && shown.length > rows.length);
    setText(this.more, `Show more: ${plural(shown.length - rows.length, 'backend')} left`);
    this.#heads(world.sort);
    this.#rows = reconcile(this.body, this.#rows, rows, (b) => b.name, (b) => new Row(pool, b, this.page.open));
    const tails = { name: tailOf(rows.map((b) => b.name)), address: tailOf(rows.map((b) => b.address)) };
    const around = { ...sums(pool, world.history), tails };
    for (const backend of rows) {
      this.#rows
        .get(backend.name)
        .update(pool, backend, world.history.backend(pool.name, backend.name), around, world.reasons(pool.name, backend.name), world.level(pool.name, backend.name));
    }
    return rows.length;
  }

  /** The first rows, and the one that is looked for. */
  #window(shown, world) {
    const all = this.#sorted(shown, world);
    const rows = all.slice(0, this.#limit);
    const wanted = world.wanted?.pool === this.#pool.name ? all.findIndex((b) => b.name === world.wanted.backend) : -1;
    return wanted < this.#limit ? rows : [...rows, all[wanted]];
  }

  /** While the pointer or the focus is among the rows they keep their places. */
  #sorted(shown, world) {
    const before = this.#order;
    if (before.sort === world.sort && before.sort !== null && this.#isHeld()) {
      const place = (b) => before.places.get(b.name) ?? Infinity;
      return [...shown].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
    }
    const all = ordered(shown, world.sort, (b) => world.history.backend(this.#pool.name, b.name));
    this.#order = { sort: world.sort, places: new Map(world.sort === null ? [] : all.map((b, i) => [b.name, i])) };
    return all;
  }

  #isHeld() {
    return this.body.matches(':focus-within') || (hovers.matches && this.body.matches(':hover'));
  }

  #heads(sort) {
    this.heads.forEach((head, i) => {
      const direction = sort?.column === COLUMNS[i] ? (isRising(sort) ? 'ascending' : 'descending') : null;
      setAttribute(head, 'aria-sort', direction);
    });
  }

  #title(pool, status) {
    setText(this.name, pool.name);
    const inRotation = pool.backends.filter(serves).length;
    setText(this.rotation, `${count(inRotation)} of ${count(pool.backends.length)} in rotation`);
    this.rotation.classList.toggle('failing', inRotation === 0 && pool.backends.length > 0);
    const served = status.listeners.filter((listener) => listener.pool === pool.name || listener.routes?.some((route) => route.pool === pool.name));
    setText(this.listeners, served.length === 0 ? 'no listener leads here' : served.map((l) => `${l.name} ${l.address}`).join(', '));
    this.#algorithm(pool.algorithm);
    this.#tls(pool.tls);
  }

  #tls(tls) {
    this.lock.update(tls);
    const failed = tls?.handshakes.failed ?? 0;
    show(this.refused, failed > 0);
    setText(this.refused, failed > 0 ? `${plural(failed, 'handshake')} failed` : '');
    setAttribute(this.refused, 'title', failed > 0 ? failures(tls) : null);
  }

  #algorithm(algorithm) {
    if (![...this.select.options].some((option) => option.value === algorithm)) {
      this.select.append(el('option', { value: algorithm }, algorithm));
    }
    if (document.activeElement !== this.select && this.select.value !== algorithm) {
      this.select.value = algorithm;
    }
    setText(this.algorithm, ALGORITHMS[algorithm]?.[0] ?? algorithm);
    setText(this.words, ALGORITHMS[algorithm]?.[1] ?? '');
    setAttribute(this.select, 'aria-label', `Algorithm of pool ${this.#pool.name}`);
  }

  /** The row of a backend, if it is there. */
  row(name) {
    return this.#rows.get(name)?.node;
  }

  removed() {
    this.#rows.forEach((row) => row.removed());
  }
}
