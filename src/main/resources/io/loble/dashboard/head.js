// The top of the page: which balancer it is, and its figures at a glance.
import { sparkline } from './chart.js';
import { tellMore } from './dialogs.js';
import { byId, el, setText, show } from './dom.js';
import { byteRate, count, duration, plural, rate } from './format.js';

const TILES = [
  { id: 'active', label: 'Open connections', colour: '--accent', now: (t) => count(t.samples.at(-1)?.active), line: (t) => t.levels('active') },
  { id: 'accepted', label: 'New connections /s', colour: '--accent', now: (t) => rate(t.rate('accepted')), line: (t) => t.rates('accepted') },
  { id: 'bytes', label: 'Traffic', colour: '--accent', now: (t) => byteRate(t.rate('bytes')), line: (t) => t.rates('bytes') },
  { id: 'failures', label: 'Failures /s', colour: '--bad', bad: 'failures', now: (t) => rate(t.rate('failures')), line: (t) => t.rates('failures') },
  { id: 'rejected', label: 'Turned away /s', colour: '--bad', bad: 'rejected', now: (t) => rate(t.rate('rejected')), line: (t) => t.rates('rejected') },
];

class Tile {
  constructor(tile) {
    this.tile = tile;
    this.value = el('dd', { 'data-test': `tile-${tile.id}` }, '–');
    const chart = el('div', { class: 'tile-chart' });
    this.node = el('div', { class: 'tile' }, el('dt', {}, tile.label), this.value, chart);
    this.chart = sparkline(chart, tile.colour);
  }

  update(track) {
    setText(this.value, this.tile.now(track));
    this.node.classList.toggle('bad', Boolean(this.tile.bad) && track.rate(this.tile.bad) > 0);
    this.chart.update(() => this.tile.line(track));
  }
}

export class Head {
  constructor() {
    this.tiles = TILES.map((tile) => new Tile(tile));
    byId('tiles').append(...this.tiles.map((tile) => tile.node));
    this.differs = [];
    byId('differs').addEventListener('click', () => tellMore(
      'What is not as the file says',
      this.differs.map((step) => step.text),
      'A reload that gives up what was changed at run time takes all of it back.',
    ));
  }

  update(status, history) {
    setText(byId('id'), status.id);
    setText(byId('version'), status.version);
    setText(byId('uptime'), duration(status.uptime_ms));
    setText(byId('config-version'), status.config.version);
    this.differs = status.config.differs;
    show(byId('differs'), this.differs.length > 0);
    setText(byId('differs'), `${plural(this.differs.length, 'change')} not in the file`);
    show(byId('about'), true);
    show(byId('process-draining'), status.draining);
    document.title = `${status.id} – Loble`;
    for (const tile of this.tiles) {
      tile.update(history.total);
    }
  }
}
