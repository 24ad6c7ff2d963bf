// Charts of what a Past knows, one for each unit and question, all over the same time.
import { COLOURS, timeChart } from './chart.js';
import { isOut } from './condition.js';
import { el, setAttribute, setText, show } from './dom.js';
import { clock, inUnit } from './format.js';
import { isOfSource, levelOf, sourceDetails, sourceWords } from './sources.js';

const REJECTED = 'rejected_';

const PANELS = [
  { id: 'active', title: 'Open connections', lines: [['active', 'open']] },
  { id: 'new', title: 'New connections', lines: [['accepted', 'accepted'], ['connections', 'established']] },
  { id: 'failures', title: 'Failures', lines: [['failures', 'failed']] },
  { id: 'rejected', title: 'Turned away', prefix: REJECTED },
  { id: 'bytes', title: 'Traffic', lines: [['bytes_to_client', '→ clients'], ['bytes_to_backend', '→ backends']] },
  { id: 'connect', title: 'Time to connect', lines: [['connect_p50', 'p50'], ['connect_p99', 'p99']] },
  { id: 'requests', title: 'Requests', lines: [['requests', 'all'], ['requests_5xx', '5xx']] },
  { id: 'request-time', title: 'Time of a request', lines: [['request_p50', 'p50'], ['request_p99', 'p99']] },
  { id: 'lag', title: 'Event-loop lag', lines: [['loop_lag_mean', 'mean'], ['loop_lag_p99', 'p99']] },
  { id: 'usable', title: 'Backends in rotation', lines: [['usable', 'in rotation'], ['backends', 'of']] },
];

function linesOf(panel, past) {
  const lines = panel.prefix
    ? [...past.series.keys()].filter((name) => name.startsWith(panel.prefix)).map((name) => [name, name.slice(panel.prefix.length).replaceAll('_', ' ')])
    : panel.lines;
  return lines.filter(([name]) => past.values(name));
}

class Panel {
  constructor(panel, past, world) {
    this.world = world;
    this.lines = linesOf(panel, past);
    this.unit = past.series.get(this.lines[0][0]).unit;
    this.figures = this.lines.map(() => el('b', {}, '–'));
    this.items = this.lines.map(([, label], i) => el('span', {}, el('i', { class: `key c${i % COLOURS.length}` }), ` ${label} `, this.figures[i]));
    this.none = el('span', { hidden: true }, 'none');
    const canvas = el('div', { class: 'panel-chart' });
    this.node = el('figure', { class: 'panel', 'data-test': `panel-${panel.id}` }, el('figcaption', {}, el('strong', {}, panel.title), el('span', { class: 'panel-figures' }, this.items, this.none)), canvas);
    this.chart = timeChart(canvas, { unit: this.unit, lines: this.lines.length, time: () => this.world.past.span(), group: world.group, hover: (index) => this.#say(index) });
  }

  update() {
    const { past } = this.world;
    const values = this.lines.map(([name]) => past.values(name) ?? past.times.map(() => null));
    this.values = values;
    this.chart.marks.set(this.world.marks);
    this.chart.update(() => [past.times, ...values]);
    // Of many reasons only those that there were.
    const shown = values.map((line) => this.items.length < 3 || line.some((value) => value > 0));
    this.items.forEach((item, i) => show(item, shown[i]));
    show(this.none, !shown.includes(true));
    this.#say(this.hovered ?? null);
  }

  destroy() {
    this.chart.destroy();
  }

  /** Says what was at a place of the chart; at its end when the pointer is elsewhere. */
  #say(index) {
    this.hovered = index;
    if (!this.values) {
      return;
    }
    const { times } = this.world.past;
    this.figures.forEach((figure, i) => setText(figure, inUnit(this.unit, this.values[i].at(index ?? -1) ?? null)));
    this.world.hovered(index === null ? null : times[index]);
  }
}

let groups = 0;

/** All charts for one thing, in a node. */
export class Panels {
  #panels = [];
  #names = '';

  constructor(node) {
    this.node = node;
    this.when = el('p', { class: 'panel-time muted' });
    this.grid = el('div', { class: 'panels' });
    node.append(this.grid, this.when);
    groups++;
    this.world = { past: null, marks: [], group: `history-${groups}`, hovered: (time) => this.#hovered(time) };
  }

  update(past) {
    this.world.past = past;
    this.world.marks = past.events().filter((event) => concerns(event, past.of)).map(mark);
    const names = [...past.series.keys()].join();
    if (names !== this.#names) {
      this.#build(past);
      this.#names = names;
    }
    this.#panels.forEach((panel) => panel.update());
    setAttribute(this.node, 'data-range', past.range);
  }

  destroy() {
    this.#panels.forEach((panel) => panel.destroy());
    this.grid.replaceChildren();
    this.#panels = [];
    this.#names = '';
  }

  #build(past) {
    this.destroy();
    this.#panels = PANELS.filter((panel) => linesOf(panel, past).length > 0).map((panel) => new Panel(panel, past, this.world));
    this.grid.append(...this.#panels.map((panel) => panel.node));
  }

  #hovered(time) {
    setText(this.when, time === null || time === undefined ? 'Figures of the latest moment; of another one with the pointer there.' : `At ${clock(time * 1000)}`);
  }
}

function concerns(event, of) {
  return (event.pool === undefined || of.pool === undefined || event.pool === of.pool)
    && (event.backend === undefined || of.backend === undefined || event.backend === of.backend);
}

function mark(event) {
  return { time: event.at / 1000, level: level(event), text: `${clock(event.at)} ${words(event)}` };
}

function level(event) {
  if (isOfSource(event)) {
    return levelOf(event.to) ?? 'plain';
  }
  if (event.type === 'config.refused' || isOut(event.to)) {
    return 'bad';
  }
  return event.to === 'healthy' ? 'good' : 'plain';
}

function words(event) {
  if (event.type === 'backend.state') {
    return `${event.backend} ${event.from} → ${event.to}${event.detail ? `: ${event.detail}` : ''}`;
  }
  if (isOfSource(event)) {
    return [`${event.what}: ${sourceWords(event)}`, ...sourceDetails(event)].join(': ');
  }
  if (event.type === 'clients.refused') {
    return `${event.what}: ${event.detail}`;
  }
  if (event.type === 'start') {
    return `the process started, ${event.what}`;
  }
  return [event.type, event.what, event.who && `by ${event.who}`].filter(Boolean).join(' ');
}
