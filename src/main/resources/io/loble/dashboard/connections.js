// Live connections: of a backend, of a listener or of all; searched by client; and who has the most.
import { get, query } from './api.js';
import { cut } from './controls.js';
import { el, reconcile, setAttribute, setName, setText, show } from './dom.js';
import { bytes, count, duration, plural } from './format.js';
import { read, write } from './view.js';

const LIMIT = 100;
const TOP = 10;
const EVERY_MS = 2000;
const TYPED_MS = 300;

/** Client, then what is said of it; where from and to only where that is not given. */
const COLUMNS = [
  ['Client', (c) => c.client, null],
  ['Listener', (c) => c.listener, 'listener'],
  ['Backend', (c) => (c.backend === null ? '–' : c.backend), 'backend'],
  ['Open for', (c) => duration(c.age_ms), null],
  ['Quiet for', (c) => duration(c.idle_ms), null],
  ['To backend', (c) => bytes(c.bytes_to_backend), null],
  ['To client', (c) => bytes(c.bytes_to_client), null],
];

class Connection {
  constructor(connection, columns) {
    this.columns = columns;
    this.cells = columns.map(([label]) => el(isName(label) ? 'div' : 'span'));
    const cells = columns.map(([label], i) => el('td', { class: kind(label) }, this.cells[i]));
    const end = el('button', { type: 'button', class: 'small', onclick: () => cut(connection), 'aria-label': `Close the connection of ${connection.client}` }, 'Close');
    this.node = el('tr', { 'data-client': connection.client }, cells, el('td', { class: 'actions control' }, end));
  }

  update(c) {
    this.columns.forEach(([label, text], i) => (isName(label) ? setName(this.cells[i], text(c)) : setText(this.cells[i], text(c))));
    setAttribute(this.node, 'title', [c.id, c.listener, c.mode, c.state, c.tls, c.sni].filter(Boolean).join(' · '));
  }
}

const isName = (label) => ['Listener', 'Backend'].includes(label);
const kind = (label) => (isName(label) || label === 'Client' ? 'text' : 'number');

/** A client with many connections; pressed, it is searched for. */
class Top {
  constructor(client, search) {
    this.button = el('button', { type: 'button', class: 'link', onclick: () => search(client) }, client);
    this.text = el('span', { class: 'muted' });
    this.node = el('li', {}, this.button, ' ', this.text);
  }

  update(c) {
    setText(this.text, `${count(c.connections)} open, the oldest for ${duration(c.oldest_ms)}`);
  }
}

export class Connections {
  #rows = new Map();
  #top = new Map();
  #timer = 0;
  #typed = 0;
  #asked = 0;
  #stopped = false;

  /** @param which what they are of: `pool` and `backend`, or `listener`, or nothing for all */
  constructor(which) {
    this.which = which;
    this.columns = COLUMNS.filter(([, , given]) => given === null || !(given in which));
    this.search = el('input', {
      type: 'search', name: 'client', autocomplete: 'off', spellcheck: 'false', value: read('client') ?? '', 'data-test': 'client',
      placeholder: '192.0.2.7, 10.2. or 2001:db8::/32', 'aria-label': 'Client', oninput: () => this.#searched(),
    });
    this.text = el('p', { class: 'muted', 'data-test': 'connections' }, 'Asking …');
    this.wrong = el('p', { class: 'wrong', role: 'alert' });
    this.body = el('tbody');
    this.table = el(
      'table',
      { class: 'connections', hidden: true },
      el('thead', {}, el('tr', {}, this.columns.map(([label]) => el('th', { scope: 'col', class: kind(label) }, label)), el('th', { class: 'control' }, el('span', { class: 'unseen' }, 'Actions')))),
      this.body,
    );
    this.topText = el('p', { class: 'muted' });
    this.topList = el('ol', { class: 'top', 'data-test': 'top' });
    this.node = el(
      'section',
      {},
      el('h3', {}, 'Top clients'), this.topText, this.topList,
      el('h3', {}, 'Connections'),
      el('label', { class: 'find' }, 'Client ', this.search),
      this.wrong, this.text, this.table,
    );
  }

  /** Asks now, and again every other second until it is stopped. */
  async start() {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    await Promise.all([this.#load(asked), this.#loadTop(asked)]);
    if (!this.#stopped && asked === this.#asked) {
      this.#timer = setTimeout(() => this.start(), EVERY_MS);
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#typed);
  }

  #searched() {
    clearTimeout(this.#typed);
    this.#typed = setTimeout(() => {
      write({ client: this.search.value.trim() });
      this.start();
    }, TYPED_MS);
  }

  #searchFor(client) {
    this.search.value = client;
    this.#searched();
  }

  async #load(asked) {
    const client = this.search.value.trim();
    let answer;
    try {
      answer = await get(`connections?${query({ ...this.which, ...(client === '' ? {} : { client }), limit: LIMIT })}`);
    } catch (cause) {
      if (asked === this.#asked) {
        setText(this.wrong, cause.message);
      }
      return;
    }
    if (asked !== this.#asked) {
      return;
    }
    const shown = answer.connections;
    setText(this.wrong, '');
    setText(this.text, this.#sum(shown.length, answer.total, client));
    this.#rows = reconcile(this.body, this.#rows, shown, (c) => String(c.id), (c) => new Connection(c, this.columns));
    shown.forEach((c) => this.#rows.get(String(c.id)).update(c));
    show(this.table, shown.length > 0);
  }

  #sum(shown, total, client) {
    const whose = client === '' ? '' : ` of ${client}`;
    if (total === 0) {
      return `None${whose} is open.`;
    }
    return total > shown ? `The oldest ${count(shown)} of ${count(total)}${whose}` : `${count(total)} open${whose}`;
  }

  async #loadTop(asked) {
    let answer;
    try {
      answer = await get(`clients?${query({ ...this.which, limit: TOP })}`);
    } catch (cause) {
      if (asked === this.#asked) {
        setText(this.topText, cause.message);
      }
      return;
    }
    if (asked !== this.#asked) {
      return;
    }
    setText(this.topText, answer.total === 0 ? 'None has a connection open.' : `${plural(answer.distinct, 'client')} with ${plural(answer.total, 'open connection')}${answer.complete ? '' : ', at least'}`);
    this.#top = reconcile(this.topList, this.#top, answer.clients, (c) => c.client, (c) => new Top(c.client, (client) => this.#searchFor(client)));
    answer.clients.forEach((c) => this.#top.get(c.client).update(c));
  }
}
