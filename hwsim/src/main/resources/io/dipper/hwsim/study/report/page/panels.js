// Puts charts into their places on the page.
const errors = [];
addEventListener('error', event => errors.push(event.message));
addEventListener('unhandledrejection', event => errors.push(String(event.reason)));

let generation = 0;

async function show(id, panels) {
  const place = document.getElementById(id);
  const mine = generation;
  if (panels.length === 0) {
    place.replaceChildren(element('p', {class: 'empty'}, 'No point fits this choice.'));
    return;
  }
  const cards = panels.map(({title}) => element('div', {class: 'card'}, element('h3', {}, title), element('div', {class: 'chart'})));
  place.replaceChildren(...cards);
  await Promise.all(panels.map(async ({title, spec, renderer = 'svg'}, i) => {
    const chart = cards[i].querySelector('.chart');
    const description = `${document.querySelector(`#${id}`).closest('section').querySelector('h2').textContent}: ${title}`;
    await vegaEmbed(chart, {...spec, description}, {
      actions: {export: true, source: false, compiled: false, editor: false}, renderer, config: theme(), mode: 'vega-lite',
      tooltip: {theme: state.dark ? 'dark' : 'light'}, downloadFileName: id,
    });
    if (mine === generation) chart.dataset.rendered = 'true';
  }));
}

// One panel per device, memory or cache, as chosen; the other two are fixed.
function facets(rows, title, spec) {
  const [, values] = FACETS[state.facet];
  return values.map(value => rows.filter(p => facetOf(p, state.facet) === value))
    .filter(part => part.length > 0)
    .map(part => ({title: title(part[0]), spec: spec(part, rows)}));
}

// What is the same in all panels of a section, and what names one of them.
const LABELS = {device: p => p.device, capacity: p => p.capacity, cache: p => `cache ${p.cache}`};
for (const axis of AXES) LABELS[axis] = p => settingOf(p, [axis]);
const MAIN = ['device', 'capacity', 'cache'];
const where = p => MAIN.map(key => LABELS[key](p)).join(', ');
const facetTitle = p => LABELS[state.facet](p);

// The axes that the reader has fixed, in words.
const fixedAxes = () => AXES.filter(axis => state.axes.get(axis) !== EVERY && axis !== state.facet).map(axis => `${axis} ${state.axes.get(axis)}`);

function sayFixed(id, ...keys) {
  const text = [...keys.map(key => LABELS[key](state)), ...fixedAxes()].join(', ');
  document.getElementById(`${id}-fixed`).textContent = text ? `Shown: ${text}.` : '';
}

function drawCharts() {
  const panel = (rows, title, spec) => rows.length ? [{title, spec: spec(rows)}] : [];
  const free = chosen(state.facet);
  const here = chosen();
  const rest = MAIN.filter(key => key !== state.facet);
  sayFixed('throughput-density', ...rest);
  sayFixed('hit-rate', 'device', 'capacity', 'cache');
  document.getElementById('hits-section').hidden = !points.some(p => p.hit_rate_x != null || p.hit_rate_h != null);
  return Promise.all([
    show('throughput-density', facets(free, facetTitle, throughputOverDensity)),
    show('quality', panel(state.memoryAxis === 'touched' ? here : chosen('capacity'), state.memoryAxis === 'touched' ? where(state) : `${state.device}, cache ${state.cache}, every memory`, memoryThroughputQuality)),
    drawDram(),
    ...drawExperts(),
    show('hit-rate', ['x', 'h'].flatMap(axis => panel(here.filter(p => p[`hit_rate_${axis}`] != null),
      axis === 'x' ? 'Input columns (x)' : 'GLU units (h)', rows => hitRateOverDensity(rows, axis)))),
    show('ledger', panel(nearChosenDensity(here, () => ''), where(state), timeLedger)),
    drawTornado(),
    drawGap(),
    ...drawCompared(),
    ...drawPredictions(),
  ]);
}

// Every memory, in panels by cache or by device; one memory alone would be points above each other.
function drawDram() {
  document.getElementById('dram-section').hidden = capacities.length < 2;
  if (capacities.length < 2) return Promise.resolve();
  const [facet, values, fixed] = state.facet === 'cache' ? ['cache', caches, 'device'] : ['device', devices, 'cache'];
  sayFixed('throughput-dram', fixed);
  const rows = nearChosenDensity(chosen('capacity', facet), p => `${p.device}|${p.capacity}|${p.cache}`);
  const panels = values.map(value => rows.filter(p => p[facet] === value)).filter(part => part.length)
    .map(part => ({title: LABELS[facet](part[0]), spec: throughputOverDram(part, rows)}));
  return show('throughput-dram', panels);
}

// Of the chosen device, dense and the fastest point, whatever their memory and cache.
function drawTornado() {
  const rows = report.sensitivity;
  document.getElementById('tornado-section').hidden = rows.length === 0;
  if (rows.length === 0) return Promise.resolve();
  const tokens = distinct(rows.map(r => r.tokens)).join(', ');
  document.getElementById('tornado-tokens').textContent = `Over the first ${tokens} tokens of the trace, with the same hits and misses.`;
  const panels = distinct(rows.map(r => r.point_id)).map(id => points.find(p => p.point_id === id))
    .filter(p => p && p.device === state.device)
    .map(p => ({title: `${pointName(p)}, ${[where(p), p.setting].filter(Boolean).join(', ')}`, spec: tornado(rows.filter(r => r.point_id === p.point_id))}));
  return show('tornado', panels);
}

function drawGap() {
  const rows = points.filter(p => p.live && !state.hidden.has(p.series));
  document.getElementById('gap-section').hidden = report.verified.length === 0;
  if (report.verified.length === 0) return Promise.resolve();
  const tip = (p, axis, replay, live, format) => ({policy: p.series, device: p.device, memory: p.capacity, cache: p.cache, ...Object.fromEntries(AXES.map(key => [key, p.settings[key]])), density: fixed(p.density, 3), axis, replayed: format(replay), live: format(live),
    'mask Jaccard x': fixed(p.live.jaccard_x, 3), 'mask Jaccard h': fixed(p.live.jaccard_h, 3), point: p.point_id});
  const rates = ['x', 'h'].flatMap(axis => rows.filter(p => p.live[`live_hit_rate_${axis}`] != null && p.live[`replay_hit_rate_${axis}`] != null).map(p => {
    const replay = p.live[`replay_hit_rate_${axis}`], live = p.live[`live_hit_rate_${axis}`];
    return {series: p.series, axis, replay, live, tip: tip(p, axis, replay, live, percent)};
  }));
  const speeds = rows.filter(p => p.device === state.device && p.live.live_tokens_per_second != null && p.live.replay_tokens_per_second != null).map(p => {
    const {replay_tokens_per_second: replay, live_tokens_per_second: live} = p.live;
    return {series: p.series, replay, live, tip: tip(p, EMPTY, replay, live, v => significant(v, 4))};
  });
  const panels = [];
  if (rates.length) panels.push({title: 'Hit rate of the verified points', spec: replayAgainstLive(rates, 'hit rate', '.0%', true)});
  if (speeds.length) panels.push({title: `Throughput on ${state.device}`, spec: replayAgainstLive(speeds, 'tokens/s', largest(speeds, 'live') >= 20 ? ',.0f' : '.3~f', false)});
  return show('gap', panels);
}
