// Numbers as people read them, always with their unit.
const EMPTY = '–';

function significant(value, digits = 3) {
  if (value == null || Number.isNaN(value)) return EMPTY;
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(digits - 1);
  const whole = Math.abs(value) >= 10 ** (digits - 1);
  return value.toLocaleString('en', whole ? {maximumFractionDigits: 0} : {maximumSignificantDigits: digits});
}

function scaled(value, steps) {
  if (value == null) return EMPTY;
  const [factor, unit] = steps.find(([f]) => Math.abs(value) >= f) ?? steps[steps.length - 1];
  return `${significant(value / factor)} ${unit}`;
}

const bytes = value => scaled(value, [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB'], [1, 'B']]);
const seconds = value => scaled(value, [[1, 's'], [1e-3, 'ms'], [1e-6, 'µs'], [1e-9, 'ns']]);
const joules = value => scaled(value, [[1, 'J'], [1e-3, 'mJ'], [1e-6, 'µJ'], [1e-9, 'nJ']]);
const percent = value => value == null ? EMPTY : `${(100 * value).toFixed(1)} %`;
const signed = share => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(2)} %`;
const fixed = (value, digits) => value == null ? EMPTY : value.toFixed(digits);
const bandText = p => `${significant(p.tokens_per_second_low, 4)} to ${significant(p.tokens_per_second_high, 4)}`;
const times = value => value == null ? EMPTY : `${fixed(value, 2)}×`;

// The factor and unit in which a whole axis of bytes is drawn.
function byteAxis(values) {
  const largest = Math.max(...values, 0);
  return [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']].find(([f]) => largest >= f) ?? [1, 'B'];
}

function timeAxis(values) {
  const largest = Math.max(...values, 0);
  return [[1, 's'], [1e-3, 'ms'], [1e-6, 'µs']].find(([f]) => largest >= f) ?? [1e-9, 'ns'];
}

// An element with text and attributes; text is never read as markup.
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') Object.entries(value).forEach(([event, f]) => node.addEventListener(event, f));
    else if (key === 'colour') node.style.setProperty('--colour', value);
    else if (value != null) node.setAttribute(key, value);
  }
  node.append(...children.map(child => child instanceof Node ? child : String(child)));
  return node;
}
