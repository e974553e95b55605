// What the reader has chosen, and the controls that choose it.
const mostPoints = (values, key, allowed = () => true) => {
  const count = value => points.filter(p => p[key] === value).length + (allowed(value) ? points.length : 0);
  return values.reduce((best, value) => count(value) > count(best) ? value : best, values[0]);
};

const EVERY = '*', MOST_SETTINGS = 6;

const state = {
  device: devices[0],
  capacity: capacities[Math.floor(capacities.length / 2)],
  cache: mostPoints(caches, 'cache', cache => cache !== 'none' && cache !== 'belady'),
  density: densities.reduce((best, d) => Math.abs(d - 0.5) < Math.abs(best - 0.5) ? d : best, densities[0] ?? 1),
  axes: firstChoices(),
  facet: devices.length > 1 ? 'device' : capacities.length > 1 ? 'capacity' : 'cache',
  memoryAxis: 'touched',
  budget: 'any',
  lossShown: 'all',
  log: false,
  hidden: new Set(),
  dark: matchMedia('(prefers-color-scheme: dark)').matches,
};

// A line for each setting where they can be told apart; of more, the longest axes are fixed at first.

function firstChoices() {
  const choices = new Map(AXES.map(axis => [axis, EVERY]));
  const settings = () => AXES.filter(axis => choices.get(axis) === EVERY).reduce((n, axis) => n * valuesOf(axis).length, 1);
  for (const axis of [...AXES].sort((a, b) => valuesOf(b).length - valuesOf(a).length)) {
    if (settings() > MOST_SETTINGS) choices.set(axis, valuesOf(axis)[0]);
  }
  return choices;
}

const FACETS = {device: ['device', devices], capacity: ['memory', capacities], cache: ['cache', caches]};
for (const axis of AXES) FACETS[axis] = [axis, valuesOf(axis)];

// The value of a point on a facet's axis.
const facetOf = (p, key) => AXES.includes(key) ? p.settings[key] : p[key];

function choose(id, options, current, change) {
  const select = document.getElementById(id);
  select.replaceChildren(...options.map(([value, label]) => element('option', {value}, label)));
  select.value = current;
  select.disabled = options.length < 2;
  select.addEventListener('change', () => { change(select.value); draw(); });
}

function setUpControls() {
  const plain = values => values.map(value => [value, value]);
  choose('device', plain(devices), state.device, value => state.device = value);
  choose('capacity', plain(capacities), state.capacity, value => state.capacity = value);
  choose('cache', plain(caches), state.cache, value => state.cache = value);
  const fields = document.querySelector('.controls .fields'), before = document.getElementById('density').closest('label');
  for (const axis of AXES) {
    const id = `axis-${axis.replaceAll(' ', '-')}`;
    fields.insertBefore(element('label', {}, `${axis[0].toUpperCase()}${axis.slice(1)} `, element('select', {id})), before);
    choose(id, [[EVERY, 'each a line'], ...plain(valuesOf(axis))], state.axes.get(axis), value => state.axes.set(axis, value));
  }
  choose('density', densities.map(d => [String(d), d.toFixed(2)]), String(state.density), value => state.density = Number(value));
  choose('facet', Object.entries(FACETS).map(([key, [label]]) => [key, label]), state.facet, value => state.facet = value);
  const axis = document.getElementById('memory-axis');
  axis.addEventListener('change', () => { state.memoryAxis = axis.value; draw(); });
  const log = document.getElementById('log');
  log.addEventListener('change', () => { state.log = log.checked; draw(); });
  document.getElementById('theme').addEventListener('click', () => { state.dark = !state.dark; draw(); });
  const chips = document.getElementById('chips');
  const all = shown => () => { state.hidden = new Set(shown ? [] : series); draw(); };
  chips.append(
    ...series.map(name => element('button', {class: 'chip', type: 'button', 'data-series': name, on: {click: () => toggle(name)}}, element('i'), name)),
    element('button', {class: 'chip plain', type: 'button', on: {click: all(true)}}, 'all'),
    element('button', {class: 'chip plain', type: 'button', on: {click: all(false)}}, 'none'));
}

function toggle(name) {
  if (!state.hidden.delete(name)) state.hidden.add(name);
  draw();
}

function showChips(colour) {
  for (const chip of document.querySelectorAll('.chip[data-series]')) {
    chip.style.setProperty('--colour', colour.get(chip.dataset.series));
    chip.setAttribute('aria-pressed', String(!state.hidden.has(chip.dataset.series)));
  }
}

// The points that fit the chosen device, memory and cache; the named ones may vary.
function chosen(...free) {
  return points.filter(p => !state.hidden.has(p.series)
    && ['device', 'capacity', 'cache'].every(key => free.includes(key) || p[key] === state[key])
    && AXES.every(axis => free.includes(axis) || [EVERY, p.settings[axis]].includes(state.axes.get(axis))));
}

// Of each curve in each group, the point nearest to the chosen density, which its label tells; dense always.
function nearChosenDensity(rows, group) {
  const best = new Map();
  for (const p of rows) {
    const distance = p.dense ? 0 : Math.abs(p.density - state.density);
    const key = `${p.series}\u0000${p.setting}\u0000${group(p)}`;
    if (!(best.get(key)?.distance <= distance)) best.set(key, {p, distance});
  }
  return [...best.values()].map(entry => entry.p);
}
