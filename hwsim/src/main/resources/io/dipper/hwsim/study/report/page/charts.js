// The charts, as Vega-Lite specifications. Each takes rows and returns a specification.
const colourOf = name => shownColours.get(name);
let shownColours = new Map();

const BASE = {$schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 'container', height: 250, autosize: {type: 'fit-x', contains: 'padding'}};

function theme() {
  const ink = state.dark ? '#e7eaee' : '#1b1f24', soft = state.dark ? '#a2adb9' : '#5b6570', line = state.dark ? '#343b44' : '#dfe3e8';
  return {
    background: null, font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif', view: {stroke: null},
    axis: {labelColor: soft, titleColor: ink, titleFontWeight: 500, gridColor: line, domainColor: soft, tickColor: soft, labelFontSize: 11, titleFontSize: 12, titlePadding: 8},
    legend: {labelColor: soft, titleColor: ink, titleFontWeight: 500}, line: {strokeWidth: 2}, point: {size: 46, filled: true},
  };
}

const seriesColour = rows => {
  const names = series.filter(name => rows.some(r => r.series === name));
  return {field: 'series', type: 'nominal', legend: null, scale: {domain: names, range: names.map(colourOf)}};
};

// A line for each setting: its dashes and shapes, with a legend where there are several.
const DASHES = [[1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [1, 5]];
const lineSettings = rows => distinct(rows.map(r => r.setting));
// One legend for both: they are of one field.
const LINE_LEGEND = {orient: 'bottom', columns: 1, symbolSize: 120, labelLimit: 340, title: null};
function lineOf(rows) {
  const names = lineSettings(rows);
  if (names.length < 2) return {};
  return {strokeDash: {field: 'setting', type: 'nominal', legend: LINE_LEGEND, scale: {domain: names, range: names.map((_, i) => DASHES[i % DASHES.length])}}};
}
function shapeOf(rows) {
  const names = lineSettings(rows);
  if (names.length < 2) return {};
  return {shape: {field: 'setting', type: 'nominal', legend: LINE_LEGEND, scale: {domain: names, range: names.map((_, i) => SHAPES[i % SHAPES.length])}}};
}

const THROUGHPUT = (top) => ({field: 'tokens_per_second', type: 'quantitative', title: 'tokens/s',
  scale: state.log ? {type: 'log', nice: true} : {domain: [0, top * 1.05], nice: true}, axis: {tickCount: 6, format: state.log ? '~s' : top >= 20 ? ',.0f' : '.3~f'}});
const DENSITY = {field: 'density', type: 'quantitative', title: ROUTED ? 'share of a layer’s experts that a token uses' : 'density (share of the MLP’s weights used)', scale: ROUTED ? {zero: true, nice: true} : {domain: [0, 1]}, axis: {format: ROUTED ? '.3~f' : '.1f', tickCount: 6}};

const largest = (rows, field) => Math.max(...rows.map(r => r[field]), 0);
// The top of an axis of throughputs: what the ranges of the devices' numbers allow is on it.
const highest = rows => Math.max(largest(rows, 'tokens_per_second'), largest(rows, 'tokens_per_second_high'));
const hasBand = p => p.tokens_per_second_low != null && p.tokens_per_second_high != null;

// From the slowest to the fastest that a point may be, a bar behind it.
function bandBars(rows, x, y, ...fields) {
  const banded = rows.filter(hasBand);
  return banded.length === 0 ? [] : [{
    data: {values: slim(banded, 'tokens_per_second_low', 'tokens_per_second_high', ...fields)},
    mark: {type: 'rule', strokeWidth: 5, opacity: 0.25},
    encoding: {x, y: {...y, field: 'tokens_per_second_low'}, y2: {field: 'tokens_per_second_high'}, color: seriesColour(rows), ...TIP},
  }];
}

function tooltipRow(p) {
  const tip = {
    policy: p.series, device: p.device, memory: p.capacity, cache: p.cache,
    ...Object.fromEntries(AXES.map(axis => [axis, p.settings[axis]])), [SHARE]: fixed(p.density, 3),
    'tokens/s': significant(p.tokens_per_second, 4), [OVER]: times(p.speedup), 'hit rate': percent(p.hit_rate),
    'Flash per token': bytes(p.flash_bytes_per_token), resident: bytes(p.resident_bytes), touched: bytes(p.touched_bytes_per_token),
  };
  if (hasBand(p)) tip['tokens/s, over the ranges'] = bandText(p);
  if (p.kept_energy != null) tip['energy kept'] = percent(p.kept_energy);
  if (p.lost_weight != null) tip['router weight lost'] = percent(p.lost_weight);
  if (p.perplexity != null) tip.perplexity = fixed(p.perplexity, 3);
  if (p.perplexity_predicted != null) tip['perplexity predicted'] = `${fixed(p.perplexity_predicted, 3)} (90 %: ${fixed(p.perplexity_low, 2)} to ${fixed(p.perplexity_high, 2)})`;
  return {...tip, point: p.point_id};
}

const slim = (rows, ...fields) => rows.map(p => ({...Object.fromEntries(['series', 'setting', 'density', 'tokens_per_second', ...fields].map(f => [f, p[f]])), tip: tooltipRow(p)}));
const TIP = {tooltip: {field: 'tip', type: 'nominal'}};

const referenceColour = () => referenceGrey(state.dark);

function throughputOverDensity(rows, all) {
  const dense = rows.filter(p => p.dense);
  const y = THROUGHPUT(highest(all));
  return {
    ...BASE,
    layer: [
      ...bandBars(rows, DENSITY, y),
      ...(dense.length ? [{data: {values: slim(dense)}, mark: {type: 'rule', strokeDash: [5, 4], color: referenceColour(), opacity: 0.8}, encoding: {y}}] : []),
      {data: {values: slim(rows)}, mark: {type: 'line'}, encoding: {x: DENSITY, y, color: seriesColour(rows), ...lineOf(rows)}},
      {data: {values: slim(rows)}, mark: {type: 'point'}, encoding: {x: DENSITY, y, color: seriesColour(rows), ...shapeOf(rows), ...TIP}},
    ],
  };
}

function throughputOverDram(rows, all) {
  const [factor, unit] = byteAxis(all.map(p => p.dram_bytes));
  const placed = rows.map(p => ({...p, x: p.dram_bytes / factor}));
  const x = {field: 'x', type: 'quantitative', title: `DRAM for the model (${unit})`, scale: {zero: false, padding: 12}, axis: {tickCount: 6, format: '.4~r'}};
  const y = THROUGHPUT(highest(all));
  return {
    ...BASE,
    data: {values: slim(placed, 'x')},
    layer: [
      ...bandBars(placed, x, y, 'x'),
      {mark: {type: 'line'}, encoding: {x, y, color: seriesColour(rows), ...lineOf(rows)}},
      {mark: {type: 'point'}, encoding: {x, y, color: seriesColour(rows), ...shapeOf(rows), ...TIP}},
    ],
  };
}

function hitRateOverDensity(rows, axis) {
  const shown = rows.filter(p => p[`hit_rate_${axis}`] != null).map(p => ({...p, rate: p[`hit_rate_${axis}`]}));
  const y = {field: 'rate', type: 'quantitative', title: 'hit rate', scale: {domain: [0, 1]}, axis: {format: '.0%', tickCount: 6}};
  return {
    ...BASE,
    data: {values: slim(shown, 'rate')},
    layer: [
      {mark: {type: 'line'}, encoding: {x: DENSITY, y, color: seriesColour(shown), ...lineOf(shown)}},
      {mark: {type: 'point'}, encoding: {x: DENSITY, y, color: seriesColour(shown), ...shapeOf(shown), ...TIP}},
    ],
  };
}

function memoryThroughputQuality(rows) {
  const field = state.memoryAxis === 'touched' ? 'touched_bytes_per_token' : 'resident_bytes';
  const [factor, unit] = byteAxis(rows.map(p => p[field]));
  const title = state.memoryAxis === 'touched' ? `touched bytes per token (${unit})` : `resident bytes in DRAM (${unit})`;
  const values = slim(rows.map(p => ({...p, x: p[field] / factor, curve: [p.series, p.capacity, p.setting].join('\u0000')})), 'x', 'perplexity', 'dense', 'policy', 'curve');
  const dense = values.filter(v => v.dense).sort((a, b) => b.tokens_per_second - a.tokens_per_second);
  const x = {field: 'x', type: 'quantitative', title, scale: {zero: false, padding: 14}, axis: {tickCount: 8, format: '.4~r'}};
  const y = THROUGHPUT(largest(rows, 'tokens_per_second'));
  const quality = {field: 'perplexity', type: 'quantitative', title: 'perplexity', scale: {range: state.dark ? ['#6cb0ff', '#c79be0', '#ff9457'] : ['#1b6ca8', '#8e4b9e', '#d9480f'], interpolate: 'lab', zero: false}, legend: {gradientLength: 160}};
  const names = distinct(rows.filter(p => !p.dense).map(p => p.policy));
  const shape = {field: 'policy', type: 'nominal', title: 'policy', scale: {domain: names, range: SHAPES}};
  const grey = {value: state.dark ? '#7d8894' : '#9aa4af'};
  const masked = values.filter(v => !v.dense), verifiedOnes = masked.filter(v => v.perplexity != null), others = masked.filter(v => v.perplexity == null);
  const curve = {detail: {field: 'curve', type: 'nominal'}, order: {field: 'density', type: 'quantitative'}};
  // A layer without data has no extent, so only those with data are drawn.
  const layer = [
    [masked, {mark: {type: 'line', strokeWidth: 1, opacity: 0.35}, encoding: {x, y, ...curve, color: grey}}],
    [others, {mark: {type: 'point', filled: false, opacity: 0.75, size: 50}, encoding: {x, y, shape, color: grey, ...TIP}}],
    [verifiedOnes, {mark: {type: 'point', size: 110}, encoding: {x, y, shape, color: quality, ...TIP}}],
    [dense, {mark: {type: 'point', shape: 'diamond', size: 170, stroke: referenceColour(), filled: false, strokeWidth: 2.5}, encoding: {x, y, ...TIP}}],
    [dense.slice(0, 1), {mark: {type: 'text', text: ROUTED ? 'own router' : 'dense', dy: -16, color: referenceColour(), fontWeight: 600}, encoding: {x, y}}],
  ].filter(([data]) => data.length).map(([data, spec]) => ({...spec, data: {values: data}}));
  return {...BASE, height: 360, layer};
}

const SHAPES = ['circle', 'square', 'triangle-up', 'cross', 'triangle-down', 'triangle-right', 'triangle-left', 'arrow', 'stroke', 'wedge'];

const PARTS = [['time_flash_s', 'waiting for Flash', '#d9480f'], ['time_dram_s', 'reading DRAM', '#1c7ed6'], ['time_compute_s', 'arithmetic', '#2f9e44'],
  ['time_select_s', 'selecting and gathering', '#ae3ec9'], ['time_admit_s', 'taking experts into caches', '#f08c00'],
  ['time_other_s', 'launches and the rest', '#868e96']];

// What tells a point from the others of a chart: policy, density, and its setting where several are shown.
function lineName(p, rows) {
  const name = pointName(p);
  return lineSettings(rows).length > 1 ? `${name}, ${p.setting}` : name;
}

function timeLedger(rows) {
  const [factor, unit] = timeAxis(rows.map(p => PARTS.reduce((sum, [field]) => sum + (p[field] ?? 0), 0)));
  const values = rows.flatMap(p => PARTS.map(([field, part], order) => ({
    label: lineName(p, rows), part, order, time: (p[field] ?? 0) / factor,
    tip: {policy: p.series, ...Object.fromEntries(AXES.map(axis => [axis, p.settings[axis]])), part, time: seconds(p[field]), 'density': fixed(p.density, 3), 'tokens/s': significant(p.tokens_per_second, 4)},
  })));
  return {
    ...BASE, height: 26 * rows.length, data: {values}, mark: {type: 'bar', cornerRadius: 2},
    encoding: {
      y: {field: 'label', type: 'nominal', title: null, sort: null, axis: {labelLimit: innerWidth < 640 ? 150 : 340, labelFontSize: 12, ticks: false, domain: false}},
      x: {field: 'time', type: 'quantitative', stack: 'zero', title: `time per token (${unit})`},
      color: {field: 'part', type: 'nominal', title: null, scale: {domain: PARTS.map(p => p[1]), range: PARTS.map(p => p[2])}, legend: {orient: 'top', columns: innerWidth < 640 ? 2 : PARTS.length}},
      order: {field: 'order', type: 'ordinal'}, ...TIP,
    },
  };
}

const DIRECTIONS = [['lower', '#e8590c'], ['higher', '#1971c2']];

// One bar each way from no change; pale where the number is assumed.
function tornado(rows) {
  const label = r => `${r.number} (${r.shown})`;
  const values = rows.flatMap(r => [[r.tokens_per_second_low, r.shown_low], [r.tokens_per_second_high, r.shown_high]].map((turned, d) => [...turned, d]).filter(([speed]) => speed != null).map(([speed, to, d]) => {
    const change = speed / r.tokens_per_second - 1;
    return {label: label(r), change, direction: DIRECTIONS[d][0], origin: r.provenance === 'assumed' ? 'assumed' : 'known',
      tip: {number: r.number, value: r.shown, provenance: r.provenance, 'turned to': to, 'tokens/s': significant(speed, 4), change: signed(change)}};
  }));
  const most = Math.max(...values.map(v => Math.abs(v.change))) * 1.08;
  return {
    ...BASE, height: 20 * rows.length, data: {values}, mark: {type: 'bar', strokeWidth: 1.2},
    encoding: {
      y: {field: 'label', type: 'nominal', title: null, sort: rows.map(label), axis: {labelLimit: 250, labelFontSize: 11.5, ticks: false, domain: false}},
      x: {field: 'change', type: 'quantitative', stack: null, title: 'change of tokens/s', scale: {domain: [-most, most], nice: false}, axis: {format: '+.2~%', tickCount: 5}},
      color: {field: 'direction', type: 'nominal', title: 'the number', scale: {domain: DIRECTIONS.map(d => d[0]), range: DIRECTIONS.map(d => d[1])}, legend: {orient: 'top'}},
      stroke: {field: 'direction', type: 'nominal', title: 'the number', legend: {orient: 'top'}, scale: {domain: DIRECTIONS.map(d => d[0]), range: DIRECTIONS.map(d => d[1])}},
      fillOpacity: {field: 'origin', type: 'ordinal', legend: null, scale: {domain: ['known', 'assumed'], range: [0.95, 0.25]}}, ...TIP,
    },
  };
}

// Prediction against what happened; the diagonal is a perfect prediction.
function replayAgainstLive(values, title, format, shape) {
  const all = values.flatMap(v => [v.replay, v.live]);
  const low = Math.min(...all), high = Math.max(...all), pad = (high - low || high || 1) * 0.08;
  const scale = {domain: [Math.max(0, low - pad), high + pad], nice: false, zero: false};
  const x = {field: 'replay', type: 'quantitative', title: `${title}, replayed`, scale, axis: {format, tickCount: 6}};
  const y = {field: 'live', type: 'quantitative', title: `${title}, live`, scale, axis: {format, tickCount: 6}};
  const ends = scale.domain.map(v => ({replay: v, live: v}));
  return {
    ...BASE, height: 300,
    layer: [
      {data: {values: ends}, mark: {type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: state.dark ? '#7d8894' : '#9aa4af'}, encoding: {x, y}},
      {data: {values}, mark: {type: 'point', size: 80, opacity: 0.9}, encoding: {x, y, color: seriesColour(values), ...TIP,
        ...(shape ? {shape: {field: 'axis', type: 'nominal', title: 'axis', scale: {domain: ['x', 'h'], range: ['circle', 'triangle-up']}, legend: {orient: 'top'}}} : {})}},
    ],
  };
}
