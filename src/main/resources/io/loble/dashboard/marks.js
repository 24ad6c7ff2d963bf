// Marks on a chart where something happened; their titles say what.
import { el, setAttribute } from './dom.js';

/** Closer together than this they are one. */
const PIXELS = 5;
const MOST_LINES = 8;

function title(texts) {
  const shown = texts.slice(0, MOST_LINES);
  const left = texts.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more`].join('\n') : shown.join('\n');
}

const WORST = ['bad', 'good', 'plain'];

export class Marks {
  #events = [];
  #nodes = [];

  /** @param events each with a time in seconds, a text and a level */
  set(events) {
    this.#events = events;
  }

  place(plot) {
    const groups = this.#groups(plot);
    groups.forEach(({ at, events }, i) => {
      const node = (this.#nodes[i] ??= el('i', { 'data-test': 'event-mark' }));
      if (node.parentNode !== plot.over) {
        plot.over.append(node);
      }
      setAttribute(node, 'class', `event-mark ${WORST.find((level) => events.some((event) => event.level === level))}`);
      setAttribute(node, 'title', title(events.map((event) => event.text)));
      node.style.left = `${at}px`;
    });
    this.#nodes.splice(groups.length).forEach((node) => node.remove());
  }

  #groups(plot) {
    const groups = new Map();
    const width = plot.over.clientWidth;
    for (const event of this.#events) {
      const at = Math.round(plot.valToPos(event.time, 'x') / PIXELS) * PIXELS;
      if (at >= 0 && at <= width) {
        const group = groups.get(at) ?? { at, events: [] };
        group.events.push(event);
        groups.set(at, group);
      }
    }
    return [...groups.values()];
  }
}
