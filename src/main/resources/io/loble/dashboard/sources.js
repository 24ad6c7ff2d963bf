// What pools find backends by: how each source is, and what that means for its pool.
import { el, reconcile, setAttribute, setText, show } from './dom.js';
import { clock, count, duration, plural } from './format.js';

/** What the source of a backend is called that the configuration names. */
const CONFIGURATION = 'configuration';

const MARKS = { waiting: '◔', ok: '●', empty: '○', not_found: '✖', failed: '✖' };
const WORDS = { waiting: 'no answer yet', ok: 'ok', empty: 'names no backends', not_found: 'not found', failed: 'failed' };

/** Whether its pool has found it, rather than that the configuration names it. */
export const isFound = (backend) => (backend.source ?? CONFIGURATION) !== CONFIGURATION;

/** Whether the last answer says who is there, or no answer was due yet. */
const isGood = (source) => source.state === 'ok' || source.state === 'empty' || source.state === 'waiting';

/** How an event tells of such a state: `bad`, `good` or null. */
export function levelOf(state) {
  if (state === 'failed' || state === 'not_found') {
    return 'bad';
  }
  return state === 'ok' ? 'good' : null;
}

/** What of a source is in use. */
function inUse(source) {
  if (source.state === 'ok') {
    return plural(source.backends, 'backend');
  }
  return source.backends > 0 ? `in use: ${plural(source.backends, 'backend')} of ${clock(source.answered_at)}` : '';
}

/** All since the beginning, in words. */
function counted({ answers, changes }) {
  const said = Object.entries(answers)
    .filter(([, amount]) => amount > 0)
    .map(([state, amount]) => `${count(amount)} ${state.replaceAll('_', ' ')}`);
  return `Answers: ${said.join(', ') || 'none'}; ${plural(changes, 'change')}`;
}

class Line {
  constructor() {
    this.what = el('strong');
    this.mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
    this.state = el('span', { 'data-test': 'source-state' });
    this.text = el('span', { class: 'reason' });
    this.node = el('li', {}, el('span', { class: 'of' }, this.what), el('span', { class: 'badge' }, this.mark, this.state), this.text);
  }

  update(source) {
    setAttribute(this.node, 'data-source', source.source);
    setAttribute(this.node, 'data-source-state', source.state);
    setAttribute(this.node, 'title', counted(source));
    setText(this.what, `${source.source} ${source.of}`);
    setText(this.mark, MARKS[source.state] ?? '?');
    setText(this.state, WORDS[source.state] ?? source.state);
    const age = duration(Date.now() - Date.parse(source.since));
    setText(this.text, [`for ${age}`, source.detail, inUse(source)].filter(Boolean).join(' · '));
  }
}

/** A line for each source of a pool; nothing where it has none. */
export class SourceLines {
  #lines = new Map();

  constructor() {
    this.node = el('ul', { class: 'sources', 'data-test': 'sources', 'aria-label': 'Where its backends are found', hidden: true });
  }

  update(pool) {
    const sources = pool.discovery ?? [];
    show(this.node, sources.length > 0);
    this.#lines = reconcile(this.node, this.#lines, sources, (source) => source.source, () => new Line());
    sources.forEach((source) => this.#lines.get(source.source).update(source));
  }
}

/** What becomes of the backends of a source without a good answer. */
function rest({ backends, answered_at: at }) {
  if (backends > 0) {
    return `${plural(backends, 'backend')} of ${clock(at)} ${backends === 1 ? 'stays' : 'stay'} in use`;
  }
  return at === null ? 'it has not named any backend yet' : 'what it named last is too old to be used';
}

/** Sources without a good answer, as findings. */
export function sourceFindings(pool) {
  return (pool.discovery ?? []).filter((source) => !isGood(source)).map((source) => {
    const since = duration(Date.now() - Date.parse(source.since));
    return {
      key: `source ${source.source} ${pool.name}`,
      level: source.backends > 0 ? 'warn' : 'bad',
      pool: pool.name,
      name: `Pool ${pool.name}:`,
      text: `${source.source} ${source.of} ${source.state === 'not_found' ? 'has not been found' : 'has failed'} for ${since}: ${source.detail ?? ''}; ${rest(source)}`,
      parts: [],
    };
  });
}

/** Whether an event is about a source. */
export const isOfSource = (event) => event.type?.startsWith('discovery.') ?? false;

/** An event about a source, behind what it is about. */
export function sourceWords(event) {
  if (event.type === 'discovery.state') {
    return `${WORDS[event.from] ?? event.from} → ${WORDS[event.to] ?? event.to}`;
  }
  const moves = [event.joined > 0 && `${count(event.joined)} joined`, event.left > 0 && `${count(event.left)} left`];
  return [...moves, plural(event.backends, 'backend')].filter(Boolean).join(', ');
}

/** Who has come and gone; nothing where the event does not name them. */
export function sourceDetails(event) {
  if (event.type === 'discovery.state') {
    return event.detail ? [event.detail] : [];
  }
  const named = (sign, names, all) => (names?.length > 0 ? [`${sign} ${names.join(', ')}${all > names.length ? ` and ${count(all - names.length)} more` : ''}`] : []);
  return [...named('+', event.joined_names, event.joined), ...named('−', event.left_names, event.left)];
}
