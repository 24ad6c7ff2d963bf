// What is shown and how, kept in the address of the page: a reload or a shared link shows the same.
// Parameters that nobody here knows stay as they are.
const { history, location } = globalThis;

const parameters = () => new URLSearchParams(location.search);

/** The value of a parameter; null when it is not there. */
export const read = (name) => parameters().get(name);

/** All values of a parameter. */
export const readAll = (name) => parameters().getAll(name);

/** The address with some parameters changed; null, an empty text and an empty list take one away. */
function address(changes) {
  const wanted = parameters();
  for (const [name, value] of Object.entries(changes)) {
    wanted.delete(name);
    for (const each of [value].flat()) {
      if (each !== null && each !== '') {
        wanted.append(name, each);
      }
    }
  }
  const text = wanted.toString();
  return `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`;
}

/** Changes parameters in place: Back does not stop here. */
export function write(changes) {
  const wanted = address(changes);
  if (wanted !== `${location.pathname}${location.search}${location.hash}`) {
    history.replaceState(history.state, '', wanted);
  }
}

/** Changes parameters so that Back returns to what was before. */
export function enter(changes) {
  history.pushState({ entered: true }, '', address(changes));
}

/** Undoes `enter`: Back does not open again what was closed. What else has changed stays changed. */
export function leave(changes) {
  const after = address(changes);
  if (!history.state?.entered) {
    history.replaceState(history.state, '', after);
    return;
  }
  addEventListener(
    'popstate',
    () => history.replaceState(history.state, '', after),
    { once: true, capture: true },
  );
  history.back();
}

/** Called after Back and Forward. */
export function afterwards(then) {
  addEventListener('popstate', then);
}
