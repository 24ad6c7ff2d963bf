// Figures for people.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const NOTHING = '–';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function count(value) {
  return value === null || value === undefined ? NOTHING : grouped.format(value);
}

/** Three digits are enough to see what matters. */
function short(value) {
  if (value >= 100 || value === 0) {
    return grouped.format(value);
  }
  return value >= 10 ? value.toFixed(value % 1 < 0.05 ? 0 : 1) : value.toFixed(value < 0.1 ? 2 : 1);
}

export function rate(value) {
  return value === null ? NOTHING : short(value);
}

/** In the first unit of which there are less than a thousand, as `ctl` has it. */
export function bytes(value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  let unit = 0;
  let left = value;
  while (left >= 999.5 && unit < UNITS.length - 1) {
    left /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(left) : short(left)} ${UNITS[unit]}`;
}

export const byteRate = (value) => (value === null ? NOTHING : `${bytes(value)}/s`);

export function millis(value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  return value >= 1000 ? `${short(value / 1000)} s` : `${value < 0.1 ? value.toFixed(2) : short(value)} ms`;
}

export function percent(value) {
  if (value === null) {
    return NOTHING;
  }
  const hundredths = value * 100;
  return `${hundredths > 0 && hundredths < 5 ? hundredths.toFixed(1) : Math.round(hundredths)} %`;
}

/** The two largest units: 3 d 4 h. */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) {
    return '0 s';
  }
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A time of day; the day as well when it is not today. */
export function clock(when) {
  const date = new Date(when);
  const time = date.toLocaleTimeString('en-GB');
  return date.toDateString() === new Date().toDateString() ? time : `${date.toISOString().slice(0, 10)} ${time}`;
}

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A figure in a unit of the history. */
export function inUnit(unit, value) {
  if (value === null) {
    return NOTHING;
  }
  switch (unit) {
    case 'B/s':
      return byteRate(value);
    case 'ms':
      return value === 0 ? '0 ms' : millis(value);
    case '1/s':
      return `${value % 1 === 0 ? count(value) : short(value)} /s`;
    default:
      return value % 1 === 0 ? count(value) : short(value);
  }
}
