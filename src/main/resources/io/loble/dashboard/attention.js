// Shows what hurts: one line for each finding, which opens where it stands for several backends.
import { serves } from './condition.js';
import { byId, el, reconcile, setText, show } from './dom.js';
import { count } from './format.js';

/** So many findings are shown at first, and so many more each time. */
const SHOWN = 8;
const MORE = 50;
/** So many backends of a group are named at first, and so many more each time. */
const NAMED = 60;

/** A button that shows more of a list. */
class More {
  constructor(first, step, changed) {
    this.limit = first;
    this.first = first;
    this.node = el('button', { type: 'button', class: 'small more', onclick: () => {
      this.limit += step;
      changed();
    } });
  }

  update(total, noun) {
    show(this.node, total > this.limit);
    setText(this.node, `Show more: ${count(total - this.limit)} ${noun} left`);
  }
}

/** The backends of one cause. */
class Part {
  #names = new Map();
  #part = { text: '', backends: [] };

  constructor(open) {
    this.open = open;
    this.text = el('p', { class: 'muted' });
    this.list = el('div', { class: 'names' });
    this.more = new More(NAMED, NAMED * 5, () => this.update(this.#part));
    this.node = el('div', { class: 'part' }, this.text, this.list, this.more.node);
  }

  update(part) {
    this.#part = part;
    setText(this.text, part.text);
    show(this.text, part.text !== '');
    const shown = part.backends.slice(0, this.more.limit);
    this.#names = reconcile(this.list, this.#names, shown, (name) => name, (name) => ({
      node: el('button', { type: 'button', class: 'link', onclick: () => this.open(name) }, name),
    }));
    this.more.update(part.backends.length, 'backends');
  }
}

/** A finding: a line, and behind it the backends that it is about. */
class Item {
  #parts = new Map();
  #finding;

  constructor(finding, go) {
    this.#finding = finding;
    this.go = (backend) => go({ pool: this.#finding.pool, backend });
    this.subject = finding.backend
      ? el('button', { type: 'button', class: 'link', onclick: () => this.go(this.#finding.backend) }, finding.backend)
      : el('strong');
    this.text = el('span');
    const line = [this.subject, ' ', this.text];
    this.opens = finding.parts.length > 0;
    this.body = el('div', { class: 'parts' });
    this.details = el('details', { ontoggle: () => this.#draw() }, el('summary', {}, line), this.body);
    this.node = el('li', { 'data-finding': finding.key }, this.opens ? this.details : line);
  }

  update(finding) {
    this.#finding = finding;
    this.node.className = finding.level;
    setText(this.subject, finding.backend ?? finding.name);
    setText(this.text, finding.text);
    this.#draw();
  }

  /** Only what is open costs elements. */
  #draw() {
    const parts = this.details.open ? this.#finding.parts : [];
    // By place: the text of a part changes each second.
    const placed = parts.map((part, i) => ({ part, i }));
    this.#parts = reconcile(this.body, this.#parts, placed, ({ i }) => i, () => new Part(this.go));
    placed.forEach(({ part, i }) => this.#parts.get(i).update(part));
  }
}

function allWell(status) {
  const backends = status.pools.flatMap((pool) => pool.backends);
  const rotation = backends.filter(serves).length;
  if (backends.length === 0) {
    return 'There is no backend yet.';
  }
  return rotation === backends.length
    ? `All is well: ${rotation === 1 ? 'the only backend is' : `all ${count(rotation)} backends are`} in rotation.`
    : `Nothing hurts: ${count(rotation)} of ${count(backends.length)} backends are in rotation, the others are kept out on purpose.`;
}

export class Attention {
  #items = new Map();
  #last = [];

  /** @param go called with pool and backend when a backend is to be shown */
  constructor(go) {
    this.go = go;
    this.more = new More(SHOWN, MORE, () => this.#draw());
    byId('findings').after(this.more.node);
  }

  update(status, found) {
    this.#last = found;
    show(byId('well'), found.length === 0);
    setText(byId('well'), found.length === 0 ? allWell(status) : '');
    this.#draw();
  }

  #draw() {
    const shown = this.#last.slice(0, this.more.limit);
    // One that opens is another element than one that does not.
    const key = (finding) => `${finding.parts.length > 0} ${finding.key}`;
    this.#items = reconcile(byId('findings'), this.#items, shown, key, (finding) => new Item(finding, this.go));
    shown.forEach((finding) => this.#items.get(key(finding)).update(finding));
    this.more.update(this.#last.length, 'findings');
  }
}
