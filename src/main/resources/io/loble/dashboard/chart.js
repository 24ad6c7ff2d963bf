// Draws lines over time, with uPlot, in the colours of the style sheet.
import { clock, inUnit } from './format.js';
import { SECONDS } from './history.js';
import { Marks } from './marks.js';

const { uPlot } = globalThis;
const colours = new Map();
const drawn = new Set();

function colour(name) {
  if (!colours.has(name)) {
    colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  }
  return colours.get(name);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  colours.clear();
  drawn.forEach((chart) => chart.repaint());
});

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.chart.visible = entry.isIntersecting;
    if (entry.isIntersecting) {
      entry.target.chart.draw();
    }
  }
}, { rootMargin: '80px' });

const sized = new ResizeObserver((entries) => {
  for (const entry of entries) {
    entry.target.chart.fit();
  }
});

/** A chart in a node. Costs next to nothing while the node is out of sight. */
class Chart {
  constructor(node, options) {
    this.node = node;
    this.options = options;
    this.visible = false;
    this.data = null;
    this.plot = null;
    node.chart = this;
    node.setAttribute('aria-hidden', 'true');
    seen.observe(node);
    sized.observe(node);
    drawn.add(this);
  }

  /** @param data a function, called when there is something to be drawn: times, then values */
  update(data) {
    this.data = data;
    if (this.visible) {
      this.draw();
    }
  }

  draw() {
    if (!this.data || this.node.clientWidth === 0) {
      return;
    }
    const data = this.data();
    if (this.plot) {
      this.plot.setData(data);
    } else {
      this.plot = new uPlot({ ...this.options, ...this.#size() }, data, this.node);
    }
  }

  fit() {
    if (this.plot && this.node.clientWidth > 0) {
      this.plot.setSize(this.#size());
    } else if (this.visible) {
      this.draw();
    }
  }

  repaint() {
    this.plot?.redraw();
  }

  destroy() {
    seen.unobserve(this.node);
    sized.unobserve(this.node);
    drawn.delete(this);
    this.plot?.destroy();
    this.plot = null;
    this.data = null;
  }

  #size() {
    return { width: this.node.clientWidth, height: this.node.clientHeight };
  }
}

const AT_FIRST = 60;

/** The last minutes; less while there is less, but for all lines of that age the same. */
function lastMinutes(plot, min, max) {
  const known = (max ?? 0) - (min ?? 0);
  return [(max ?? 0) - Math.min(SECONDS, Math.max(AT_FIRST, known)), max ?? 0];
}

function fromZero(plot, min, max) {
  return [0, (max > 0 ? max : 1) * 1.1];
}

const scales = {
  x: { time: false, range: lastMinutes },
  y: { range: fromZero },
};

/** A line without axes. */
export function sparkline(node, name = '--accent') {
  return new Chart(node, {
    scales,
    padding: [2, 0, 1, 0],
    cursor: { show: false },
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    series: [
      {},
      {
        stroke: () => colour(name),
        fill: () => colour(`${name}-soft`),
        width: 1.25,
        points: { show: false },
      },
    ],
  });
}

/** The colours of lines that share an axis. */
export const COLOURS = ['--accent', '--second', '--bad', '--good', '--muted'];

const axis = {
  stroke: () => colour('--muted'),
  grid: { stroke: () => colour('--line'), width: 1 },
  ticks: { show: false },
  font: '11px system-ui',
};

/** Seconds between two times that are written on the axis. */
const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400];

/** As much of the time of day as is needed to tell one from the next. */
function timeOfDay(seconds) {
  const text = clock(seconds * 1000).slice(-8);
  if (text === '00:00:00') {
    return new Date(seconds * 1000).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  }
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/**
 * Lines that share one unit, over a fixed time, with axes and marks where something happened. All
 * charts of a group show what they say of the moment that the pointer is at on one of them.
 * @param lines how many
 * @param time gives the first and the last second that is shown
 * @param hover called with the index under the pointer, or null
 */
export function timeChart(node, { unit, lines, time, group, hover }) {
  const marks = new Marks();
  const shown = new Chart(node, {
    scales: { x: { time: true, range: () => time() }, y: scales.y },
    padding: [8, 10, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { size: 6 }, y: false, sync: { key: group } },
    legend: { show: false },
    axes: [
      { ...axis, size: 22, space: 50, incrs: STEPS, values: (plot, splits) => splits.map(timeOfDay) },
      { ...axis, size: 62, space: 22, values: (plot, splits) => splits.map((value) => inUnit(unit, value)) },
    ],
    series: [
      {},
      ...Array.from({ length: lines }, (_, i) => ({
        stroke: () => colour(COLOURS[i % COLOURS.length]),
        fill: lines === 1 ? () => colour('--accent-soft') : undefined,
        width: 1.4,
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [(plot) => marks.place(plot)],
      setCursor: [(plot) => hover(plot.cursor.idx ?? null)],
    },
  });
  shown.marks = marks;
  return shown;
}
