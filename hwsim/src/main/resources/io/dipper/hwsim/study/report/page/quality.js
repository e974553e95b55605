// Perplexities that a quality model predicted, beside those of live runs, and how well they held.
const predictions = report.predictions.map(row => ({...row, ...partsOf(row.point)}));
const errorOf = new Map(predictions.map(row => [row.point, row.standard_error]));
const hasPredictions = report.quality != null && points.some(p => p.perplexity_predicted != null);
const BUDGETS = [0.1, 0.2, 0.5];

// The dense perplexity over the trace's tokens. What was measured over others is drawn by its increase.
const densePerplexity = points.find(p => p.dense && p.perplexity_dense != null)?.perplexity_dense ?? points.find(p => p.perplexity_dense != null)?.perplexity_dense;
const scaledToDense = (p, perplexity) => densePerplexity * perplexity / p.perplexity_dense;

// "policy {parameters}" or "policy {parameters}, cache, memory", as in predictions.csv and quality.json.
function partsOf(text) {
  const [, policy, json, rest] = /^(\S+) (\{.*\})(?:, (.*))?$/.exec(text) ?? [null, text, '{}', undefined];
  const parameters = JSON.parse(json), name = seriesOf(policy, parameters);
  const key = alongOf.get(policy), along = parameters[key] == null ? [] : [`${key} ${significant(parameters[key], 3)}`];
  return {series: name, label: [[name, ...along].join(' '), rest].filter(Boolean).join(', ')};
}

function setUpPredictions() {
  for (const id of ['predicted-section', 'trust-section']) document.getElementById(id).hidden = !hasPredictions;
  if (!hasPredictions) return;
  const losses = points.map(judged).filter(p => p != null && !p.dense).map(p => p.x - densePerplexity);
  const limits = [1, 2, 5, 10, 20].filter(limit => losses.some(loss => loss > limit));
  state.lossShown = String(limits.find(limit => losses.filter(loss => loss <= limit).length >= Math.min(8, losses.length / 3)) ?? 'all');
  choose('loss-shown', [...limits.map(limit => [String(limit), `+${limit}`]), ['all', 'any']], state.lossShown, value => state.lossShown = value);
  document.getElementById('predicted-note').textContent = points.some(p => p.perplexity != null && Math.abs(p.perplexity_dense - densePerplexity) > 1e-9)
    ? `Some live runs were over other tokens than the trace’s; they are drawn by how much they exceed their own dense run, on top of the trace’s ${fixed(densePerplexity, 2)}.` : '';
  drawTrustWords();
  drawFit();
}

// A point with what is known of its perplexity: x, its interval, and whether it was measured.
function judged(p) {
  if (p.perplexity != null) {
    const error = errorOf.get(`${p.policy} ${p.policy_params}`) ?? errorOf.get(`${p.policy} ${p.policy_params}, ${p.cache}, ${p.capacity}`) ?? 0;
    const x = scaledToDense(p, p.perplexity);
    return {...p, x, low: x - error * densePerplexity, high: x + error * densePerplexity, measured: true};
  }
  return p.perplexity_predicted == null ? null
    : {...p, x: scaledToDense(p, p.perplexity_predicted), low: scaledToDense(p, p.perplexity_low), high: scaledToDense(p, p.perplexity_high), measured: false};
}

function frontOf(rows) {
  let fastest = -Infinity;
  return [...rows].sort((a, b) => a.x - b.x || b.tokens_per_second - a.tokens_per_second).filter(p => {
    const better = p.tokens_per_second > fastest;
    fastest = Math.max(fastest, p.tokens_per_second);
    return better;
  });
}

function throughputOverPerplexity(rows) {
  const limit = state.lossShown === 'all' ? Infinity : Number(state.lossShown);
  const shown = rows.filter(p => p.x - densePerplexity <= limit);
  const most = limit === Infinity ? Math.max(...shown.map(p => Math.max(p.x, p.high)), densePerplexity + 0.6) : densePerplexity + limit;
  const least = Math.min(densePerplexity, ...shown.map(p => p.x)), pad = 0.03 * (most - least);
  const scale = {domain: [least - pad, most + pad / 2], nice: false, zero: false};
  const x = {field: 'x', type: 'quantitative', title: 'perplexity', scale, axis: {tickCount: 6, format: most - least > 20 ? '.0f' : '.2~f'}};
  const speeds = shown.map(p => p.tokens_per_second), room = 0.06 * (Math.max(...speeds) - Math.min(...speeds) || 1);
  const all = THROUGHPUT(largest(rows, 'tokens_per_second'));
  const y = state.log ? all : {...all, scale: {domain: [Math.max(0, Math.min(...speeds) - room), Math.max(...speeds) + room], nice: false, zero: false}};
  const values = slim(shown, 'x', 'low', 'high', 'measured', 'dense').map(v => ({...v, low: Math.max(v.low, scale.domain[0]), high: Math.min(v.high, scale.domain[1])}));
  const masked = values.filter(v => !v.dense), dense = values.filter(v => v.dense);
  const live = masked.filter(v => v.measured), guessed = masked.filter(v => !v.measured);
  const spans = v => v.filter(p => p.high > p.low);
  const soft = state.dark ? '#a2adb9' : '#5b6570';
  const lines = BUDGETS.map((budget, i) => ({x: densePerplexity + budget, label: `+${budget}`, row: i})).filter(line => line.x <= scale.domain[1]);
  const color = seriesColour(shown), interval = {x: {...x, field: 'low'}, x2: {field: 'high'}, y, color};
  const layer = [
    [lines, {mark: {type: 'rule', strokeDash: [4, 4], color: soft}, encoding: {x}}],
    ...lines.map(line => [[line], {mark: {type: 'text', align: 'left', baseline: 'top', dx: 3, dy: 13 * line.row, color: soft, fontSize: 11}, encoding: {x, y: {value: 0}, text: {field: 'label'}}}]),
    [frontOf(values), {mark: {type: 'line', interpolate: 'step-after', strokeWidth: 1.5, opacity: 0.6, color: soft}, encoding: {x, y, order: {field: 'x', type: 'quantitative'}}}],
    [spans(guessed), {mark: {type: 'rule', strokeWidth: 1, opacity: 0.55}, encoding: interval}],
    [spans(live), {mark: {type: 'rule', strokeWidth: 2.5}, encoding: interval}],
    [guessed, {mark: {type: 'point', filled: false, size: 50, strokeWidth: 1.6}, encoding: {x, y, color, ...TIP}}],
    [live, {mark: {type: 'point', filled: true, size: 90, opacity: 1}, encoding: {x, y, color, ...TIP}}],
    [dense, {mark: {type: 'point', shape: 'diamond', size: 150, stroke: referenceColour(), filled: false, strokeWidth: 2.5}, encoding: {x, y, ...TIP}}],
  ].filter(([data]) => data.length).map(([data, spec]) => ({...spec, data: {values: data}}));
  return {...BASE, height: 340, layer};
}

// Increases from a tenth of a per cent to several hundred on one axis.
const INCREASES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

function predictedAgainstMeasured(rows) {
  const ends = rows.flatMap(r => [r.predicted, r.low, r.high, r.measured + (r.standard_error ?? 0), r.measured - (r.standard_error ?? 0)]);
  const domain = [Math.min(0, ...ends) - 0.001, Math.max(...ends) * 1.05];
  const scale = {type: 'symlog', constant: 0.02, domain, nice: false};
  const axis = {values: INCREASES.filter(v => v <= domain[1]), format: '.0%'};
  const x = {field: 'predicted', type: 'quantitative', title: 'increase predicted', scale, axis};
  const y = {field: 'measured', type: 'quantitative', title: 'increase measured', scale, axis};
  const values = rows.map(r => ({...r, below: r.measured - (r.standard_error ?? 0), above: r.measured + (r.standard_error ?? 0),
    tip: {point: r.label, predicted: signed(r.predicted), 'expected (90 %)': `${signed(r.low)} to ${signed(r.high)}`, measured: signed(r.measured),
      'standard error': r.standard_error == null ? EMPTY : `${(100 * r.standard_error).toFixed(2)} %`, fitted: r.fitted ? 'yes' : 'no'}}));
  const held = values.filter(v => !v.fitted), fitted = values.filter(v => v.fitted), color = seriesColour(values);
  const layer = [
    [domain.map(v => ({predicted: v, measured: v})), {mark: {type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: state.dark ? '#7d8894' : '#9aa4af'}, encoding: {x, y}}],
    [values, {mark: {type: 'rule', strokeWidth: 1, opacity: 0.55}, encoding: {x: {...x, field: 'low'}, x2: {field: 'high'}, y, color}}],
    [values, {mark: {type: 'rule', strokeWidth: 1, opacity: 0.55}, encoding: {x, y: {...y, field: 'below'}, y2: {field: 'above'}, color}}],
    [fitted, {mark: {type: 'point', shape: 'diamond', filled: false, size: 100, strokeWidth: 1.8}, encoding: {x, y, color, ...TIP}}],
    [held, {mark: {type: 'point', filled: true, size: 80, opacity: 1}, encoding: {x, y, color, ...TIP}}],
  ].filter(([data]) => data.length).map(([data, spec]) => ({...spec, data: {values: data}}));
  return {...BASE, height: 340, layer};
}

function drawPredictions() {
  if (!hasPredictions) return [];
  const rows = points.filter(p => !state.hidden.has(p.series)).map(judged).filter(p => p != null);
  const checked = predictions.filter(row => !state.hidden.has(row.series));
  return [
    show('predicted', devices.map(device => rows.filter(p => p.device === device)).filter(part => part.length)
      .map(part => ({title: part[0].device, spec: throughputOverPerplexity(part)}))),
    show('trust', checked.length ? [{title: 'Increase of the perplexity over dense', spec: predictedAgainstMeasured(checked)}] : []),
  ];
}

function drawTrustWords() {
  const {check} = report.quality, whole = share => `${Math.round(100 * share)} %`, words = [];
  if (check.points === 0) {
    words.push('No live run besides those that the model was fitted on has been made, so nothing here tests its predictions; “dipper verify” makes such runs.');
  } else {
    const order = check.kendall_tau == null ? '' : ` Kendall’s τ between predicted and measured increases is ${fixed(check.kendall_tau, 2)} (1 is the same order, 0 none).`;
    const miss = check.median_error == null ? '' : ` The median miss is ${whole(check.median_error)} of the increase, over the ${check.compared} whose increase is between 0.5 % and 30 %.`;
    words.push(`Tested on ${check.points} live run${check.points === 1 ? '' : 's'} that the model was not fitted on.${order}${miss} ${whole(check.covered)} of the runs lie in their 90 % interval.`);
  }
  const place = document.getElementById('trust-words');
  place.append(element('p', {}, ...words));
  if (check.points >= 5 && check.covered < 0.7) {
    place.append(element('p', {class: 'warning', role: 'note'},
      'The intervals are too narrow for these runs: they do not know that another text can react otherwise. Calibrate on text like that which you care about, and trust the order of the points more than their distance.'));
  }
  place.append(element('p', {class: 'note'}, element('span', {class: 'key long'}, element('i', {class: 'measured'}), ' not fitted on, a test'), '; ',
    element('span', {class: 'key long'}, element('i', {class: 'fitted'}), ' fitted on'), '. Across: the 90 % interval; upright: the standard error of the live run. On the dashed line the prediction is exact.'));
}

function drawFit() {
  const q = report.quality, three = value => significant(value, 3);
  const chosenBy = (...policies) => points.some(p => policies.includes(p.policy));
  const energies = [
    ['e_x', s => s.lost_input, `${three(q.input)} e_x`, true],
    ['e_h', s => s.lost_glu, `${three(q.glu)} e_h`, true],
    ['e_g', s => s.lost_gate, `${three(q.gate)} e_g² / (e_g + ${three(q.closed)})`, chosenBy('gate', 'cats')],
    ['e_u', s => s.lost_up, `${three(q.up)} e_u`, chosenBy('up')],
  ].filter(([, , , present]) => present);
  const formula = `ln(perplexity / dense) = z + ${three(q.curvature)} z²,   z = ${energies.map(([, , term]) => term).join(' + ')}`;
  const table = element('table');
  simpleTable(table, [['run live'], ...energies.map(([name]) => [name, 'number']), ['increase', 'number'], ['standard error', 'number'], ['predicted without it', 'number'], ['miss', 'number']],
    q.samples.map(s => [partsOf(s.point).label, ...energies.map(([, lost]) => fixed(lost(s), 4)), signed(s.increase),
      s.standard_error == null ? EMPTY : `${(100 * s.standard_error).toFixed(2)} %`, signed(s.left_out), s.increase === 0 ? EMPTY : `${s.left_out < s.increase ? '−' : '+'}${Math.round(100 * Math.abs(s.left_out / s.increase - 1))} %`]));
  document.getElementById('trust-fit').append(
    element('h3', {}, 'The formula'),
    element('p', {class: 'formula'}, formula),
    element('p', {class: 'note'}, `e_x and e_h are the shares of energy that a mask loses at the MLP’s input and among its GLU units${energies.length > 2 ? '; e_g and e_u are those of masks which choose GLU units by the gate’s or the up projection’s signal' : ''}. `
      + `Fitted on ${q.samples.length} live runs, ${q.protocol}, with a dense perplexity of ${fixed(q.perplexity_dense, 2)}. Points are taken to lie within ${Math.round(100 * q.spread)} % of the curve; ${q.run_error}.`),
    element('div', {class: 'scroll'}, table));
}
