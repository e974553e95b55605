// Experts: hit rate and speed over the size of their caches, and how often each of them was chosen.
const withExperts = points.filter(p => p.expert_cache_bytes != null);
const CACHE_COLOURS = ['#1c7ed6', '#e8590c', '#2f9e44', '#ae3ec9', '#d6336c', '#0c8599', '#f08c00', '#868e96'];
const cacheLine = p => [`cache ${p.cache}`, settingOf(p, AXES)].filter(Boolean).join(', ');

// A line for each cache (its colour) and policy (its dashes); the upright lines are one token's cycle.
function overCacheSize(rows, y) {
  const [factor, unit] = byteAxis(rows.map(p => p.expert_cache_bytes));
  const cycles = distinct(rows.map(p => p.one_token_cycle_bytes)).map(cycle => ({x: cycle / factor}));
  const values = slim(rows.map(p => ({...p, series: writtenPolicy(p), x: p.expert_cache_bytes / factor, line: cacheLine(p)})), 'x', 'line', 'hit_rate');
  const names = distinct(values.map(v => v.line)), policies = distinct(values.map(v => v.series));
  const x = {field: 'x', type: 'quantitative', title: `cache of experts (${unit})`, scale: {zero: true, padding: 8}, axis: {tickCount: 6, format: '.3~r'}};
  const color = {field: 'line', type: 'nominal', legend: LINE_LEGEND, scale: {domain: names, range: names.map((_, i) => CACHE_COLOURS[i % CACHE_COLOURS.length])}};
  const dash = policies.length < 2 ? {} : {strokeDash: {field: 'series', type: 'nominal', legend: {...LINE_LEGEND, symbolType: 'stroke'}, scale: {domain: policies, range: policies.map((_, i) => DASHES[i % DASHES.length])}}};
  const soft = state.dark ? '#a2adb9' : '#5b6570';
  return {
    ...BASE, height: 280,
    layer: [
      {data: {values: cycles}, mark: {type: 'rule', strokeDash: [5, 4], color: soft}, encoding: {x}},
      {data: {values: cycles}, mark: {type: 'text', text: 'one token’s cycle', align: 'left', baseline: 'bottom', dx: 4, color: soft, fontSize: 11}, encoding: {x, y: {value: 280}}},
      {data: {values}, mark: {type: 'line'}, encoding: {x, y, color, detail: {field: 'series'}, ...dash}},
      {data: {values}, mark: {type: 'point'}, encoding: {x, y, color, ...TIP}},
    ],
  };
}

// A cell for each layer and expert, the darker the more of the trace's tokens used it.
function expertUse(rows) {
  const values = rows.map(r => ({layer: r.layer, expert: r.expert, share: r.tokens ? r.uses / r.tokens : 0,
    tip: {layer: r.layer, expert: r.expert, 'chosen by': `${r.uses} of ${r.tokens} tokens`, share: percent(r.tokens ? r.uses / r.tokens : 0)}}));
  const layers = distinct(rows.map(r => r.layer)), experts = Math.max(...rows.map(r => r.expert)) + 1;
  const step = Math.max(1, Math.ceil(experts / (innerWidth < 640 ? 8 : 16)));
  const ticks = Array.from({length: Math.ceil(experts / step)}, (_, i) => i * step);
  const rowStep = Math.max(1, Math.ceil(layers.length / 12));
  return {
    ...BASE, height: Math.max(90, Math.min(480, 10 * layers.length)), data: {values}, mark: {type: 'rect'},
    encoding: {
      x: {field: 'expert', type: 'ordinal', title: 'expert', axis: {values: ticks, labelAngle: 0, ticks: false, domain: false}, scale: {padding: 0}},
      y: {field: 'layer', type: 'ordinal', title: 'layer', axis: {values: layers.filter((_, i) => i % rowStep === 0), ticks: false, domain: false}, scale: {padding: 0}},
      color: {field: 'share', type: 'quantitative', title: 'share of tokens', scale: {domainMin: 0, range: state.dark ? ['#1d2127', '#2f6db3', '#d6ecff'] : ['#f3f6fa', '#5a9bd8', '#08306b']}, legend: {orient: 'top', format: '.0%', gradientLength: innerWidth < 640 ? 140 : 220}},
      ...TIP,
    },
  };
}

function drawExperts() {
  document.getElementById('experts-section').hidden = withExperts.length === 0;
  if (withExperts.length === 0) return [];
  sayFixed('experts', 'device');
  const rows = chosen('capacity', 'cache').filter(p => p.expert_cache_bytes != null);
  const share = {field: 'hit_rate', type: 'quantitative', title: 'hit rate', scale: {domain: [0, 1]}, axis: {format: '.0%', tickCount: 6}};
  const charts = rows.length === 0 ? [] : [
    {title: 'Hit rate', spec: overCacheSize(rows, share)},
    {title: 'Tokens per second', spec: overCacheSize(rows, THROUGHPUT(largest(rows, 'tokens_per_second')))},
  ];
  const uses = report.experts, tokens = Math.max(...uses.map(r => r.tokens), 0);
  document.getElementById('expert-use-note').textContent = uses.length === 0 ? ''
    : `How often the model’s routers chose each expert, by layer, over the ${tokens.toLocaleString('en')} tokens of the trace, prompts included. Rows with a few dark cells are served by a small cache.`;
  // Many thousand cells are one picture, not as many elements.
  return [show('expert-cache', charts), ...(uses.length === 0 ? [] : [show('expert-use', [{title: 'Experts by layer', spec: expertUse(uses), renderer: uses.length > 3000 ? 'canvas' : 'svg'}])])];
}
