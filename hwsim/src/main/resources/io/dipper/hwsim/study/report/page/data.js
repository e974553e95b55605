// The rows, and what every part of the page derives from them.
const report = JSON.parse(document.getElementById('data').textContent);
const points = report.points;
const verified = new Map(report.verified.map(v => [v.point_id, v]));
const distinct = values => [...new Set(values)];
// A sweep of a model with experts: its policies change what routers choose, and nothing masks columns.
const ROUTED = points.every(p => p.expert_cache_bytes != null);
const SHARE = ROUTED ? 'experts used' : 'density', OVER = ROUTED ? 'over own router' : 'over dense', REFERENCE = ROUTED ? 'the model’s own router' : 'dense';
const accountings = distinct(points.map(p => p.accounting));

// What a policy keeps runs along a curve; everything else of its parameters names the curve.
const amountsOf = policy => report.parameters[policy]?.amounts;
// Details at their defaults are what a reader expects and need not be spelt out.
const isUsual = (policy, key, value) => report.parameters[policy]?.usual[key] === value;
const SHORT = {gamma: 'γ', warm_up: 'warm-up', fixed_top: 'fixed', top_m_ratio: 'top-m', fixed_ratio: 'fixed'};

for (const p of points) {
  p.parameters = JSON.parse(p.policy_params || '{}');
}

// The one parameter of each policy that runs along its curves: of its amounts the one with most values.
const alongOf = new Map(distinct(points.map(p => p.policy)).map(policy => {
  const own = points.filter(p => p.policy === policy);
  const valuesOf = key => distinct(own.map(p => p.parameters[key]).filter(v => v != null)).length;
  const amounts = distinct(own.flatMap(p => Object.keys(p.parameters))).filter(key => amountsOf(policy)?.includes(key) ?? movesDensity(own, key));
  return [policy, amounts.reduce((best, key) => best != null && valuesOf(best) >= valuesOf(key) ? best : key, null)];
}));

// Whether a number alone changes how much takes part, everything else being equal: the amount of a policy whose declaration is not here.
function movesDensity(own, key) {
  if (!own.every(p => p.parameters[key] == null || typeof p.parameters[key] === 'number')) return false;
  const spread = new Map();
  for (const p of own) {
    const others = JSON.stringify([p.settings, {...p.parameters, [key]: 0}]);
    const [low, high] = spread.get(others) ?? [p.density, p.density];
    spread.set(others, [Math.min(low, p.density), Math.max(high, p.density)]);
  }
  return [...spread.values()].some(([low, high]) => high - low > 0.01);
}

function seriesOf(policy, parameters) {
  const told = Object.entries(parameters)
    .filter(([key, value]) => value != null && key !== alongOf.get(policy) && !isUsual(policy, key, value))
    .map(([key, value]) => value === true ? SHORT[key] ?? key : `${SHORT[key] ?? key.replace('_', ' ')} ${value}`);
  return [policy, ...told].join(' ');
}

// Beside device, memory and cache, each axis on which points differ: a filter, a column, and a part of what names a line.
const AXES = report.axes;
const byId = new Map(points.map(p => [p.point_id, p]));
for (const p of points) {
  p.series = seriesOf(p.policy, p.parameters);
  p.device = p.settings.device;
  p.capacity = p.settings.memory;
  p.setting = settingOf(p, AXES);
  p.live = verified.get(p.point_id) ?? null;
  // The fastest dense point under the same conditions, as everywhere.
  p.baseline = byId.get(p.baseline) ?? null;
  p.loss = p.dense ? 0 : p.perplexity != null && p.perplexity_dense != null ? p.perplexity - p.perplexity_dense : null;
}
for (const p of points) p.speedup = p.baseline ? p.tokens_per_second / p.baseline.tokens_per_second : null;

// What some axes of a point say, e.g. "bundled, max gap 32 KiB".
function settingOf(p, axes) {
  return axes.map(axis => /^[a-z]/.test(p.settings[axis]) && axis !== 'bits' && !['none', 'natural'].includes(p.settings[axis]) ? p.settings[axis] : `${axis} ${p.settings[axis]}`).join(', ');
}

// A policy that chooses experts with all that is set of it, as it is written in a sweep.
const writtenPolicy = p => [p.policy, ...Object.entries(p.parameters).map(([key, value]) => `${key}=${value}`)].join(' ');

// A point by its curve and its place on it.
const pointName = p => p.policy === 'dense' ? 'dense' : ROUTED ? writtenPolicy(p) : `${p.series} @ ${fixed(p.density, 2)}`;

const valuesOf = axis => distinct(points.map(p => p.settings[axis]));
const devices = distinct(points.map(p => p.device));
const capacities = distinct(points.map(p => p.capacity));
const caches = distinct(points.map(p => p.cache));
const densities = distinct(points.filter(p => !p.dense).map(p => Math.round(p.density * 20) / 20)).sort((a, b) => a - b);
const series = distinct(points.map(p => p.series)).sort((a, b) => seriesRank(a) - seriesRank(b) || a.localeCompare(b, 'en', {numeric: true}));

function seriesRank(name) { return name === 'dense' ? 0 : 1; }

// One hue per policy, one lightness per variant of it.
const HUES = {dip: [217, 80], 'dip-ca': [22, 88], glu: [173, 75], 'glu-oracle': [88, 60], gate: [272, 65], up: [330, 70],
  cats: [44, 85], approximate: [192, 80], teal: [140, 50], wina: [0, 70], 'look-ahead': [250, 60]};
const SPARE_HUES = [[240, 40], [60, 60], [300, 40], [160, 40]];

// What all others are held against.
const referenceGrey = dark => dark ? '#c3cad2' : '#4b5563';

function colours(dark) {
  const policies = distinct(points.map(p => p.policy));
  const unknown = policies.filter(name => name !== 'dense' && !HUES[name]);
  const result = new Map();
  for (const policy of policies) {
    const variants = series.filter(name => name.split(' ')[0] === policy);
    variants.forEach((name, i) => {
      if (policy === 'dense') return result.set(name, referenceGrey(dark));
      const [hue, saturation] = HUES[policy] ?? SPARE_HUES[unknown.indexOf(policy) % SPARE_HUES.length];
      const middle = dark ? 62 : 45;
      const spread = variants.length > 1 ? (i / (variants.length - 1) - 0.5) * 32 : 0;
      return result.set(name, hex(hue, saturation, middle + spread));
    });
  }
  return result;
}

function hex(hue, saturation, lightness) {
  const s = saturation / 100, l = lightness / 100, a = s * Math.min(l, 1 - l);
  const part = n => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)))).toString(16).padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}
