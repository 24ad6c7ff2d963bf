// Makes and changes elements. Data becomes text, never markup.

/** An element with attributes and children; what is null or false is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Changes a text only where it is another, so that nothing is laid out again in vain. */
export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/** Sets an attribute, or takes it away when the value is null or false. */
export function setAttribute(node, name, value) {
  if (value === null || value === false) {
    if (node.hasAttribute(name)) {
      node.removeAttribute(name);
    }
    return;
  }
  const wanted = value === true ? '' : String(value);
  if (node.getAttribute(name) !== wanted) {
    node.setAttribute(name, wanted);
  }
}

/** So many characters at the end of a name are always seen; so many where they tell nothing. */
const TAIL = 12;
const SHORT_TAIL = 4;

/** How much of the ends of names is to be seen: little of an end that they all have. */
export function tailOf(names) {
  const [first = '', ...others] = names;
  let common = others.length === 0 ? 0 : first.length;
  for (const name of others) {
    let same = 0;
    while (same < common && name.at(-1 - same) === first.at(-1 - same)) {
      same++;
    }
    common = same;
  }
  return common > TAIL ? SHORT_TAIL : TAIL;
}

/**
 * A name that gives way in its middle where there is no room for it; whole in its title.
 * @param tail how many characters at its end are always seen
 */
export function setName(node, text, tail = TAIL) {
  if (node.title === text && node.tail === tail) {
    return;
  }
  const characters = [...text];
  const cut = characters.length - Math.min(tail, Math.floor(characters.length / 2));
  node.tail = tail;
  node.classList.add('name-text');
  node.title = text;
  node.replaceChildren(
    el('span', { class: 'head' }, characters.slice(0, cut).join('')),
    el('span', { class: 'tail' }, characters.slice(cut).join('')),
  );
}

export function show(node, visible) {
  if (node.hidden === visible) {
    node.hidden = !visible;
  }
}

/**
 * Makes the children of a node those of a list, keeping what is there for each key.
 * @param make called for an item that was not there before; gives something with a `node`
 * @returns what there is now, by key
 */
export function reconcile(parent, known, items, keyOf, make) {
  const wanted = new Map();
  for (const item of items) {
    const key = keyOf(item);
    wanted.set(key, known.get(key) ?? make(item));
  }
  for (const [key, there] of known) {
    if (!wanted.has(key)) {
      there.node.remove();
      there.removed?.();
    }
  }
  let place = parent.firstElementChild;
  for (const { node } of wanted.values()) {
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  return wanted;
}

export const byId = (id) => document.getElementById(id);
