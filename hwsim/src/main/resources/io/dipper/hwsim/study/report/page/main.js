// The page: everything is drawn from the data and the state, again after every choice.
async function draw() {
  generation++;
  const mine = generation;
  document.documentElement.dataset.theme = state.dark ? 'dark' : 'light';
  shownColours = colours(state.dark);
  showChips(shownColours);
  drawVerdicts();
  drawBest();
  drawTable();
  await drawCharts();
  if (mine === generation) {
    document.documentElement.dataset.errors = errors.join('\n');
    document.documentElement.dataset.ready = 'true';
  }
}

// What the numbers rest on, in one sentence.
function basis() {
  const shares = points.map(p => p.assumed_share).filter(share => share != null).map(share => Math.round(100 * share));
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  const bits = distinct(report.devices.map(d => d.bits).filter(Boolean));
  return [
    shares.length ? `${low === high ? low : `${low} to ${high}`} % of the devices’ numbers are assumed` : null,
    outside(points) > 0 ? `up to ${percent(outside(points))} of a device’s reads lie outside of its measured table` : null,
    bits.length ? `bits per weight and value: ${bits.join('; or ')}` : null,
  ].filter(Boolean).map((part, i) => i === 0 ? `These numbers rest on this: ${part}` : part).join('; ') + '.';
}

function setUpHead() {
  const first = points[0];
  const tokens = distinct(points.map(p => p.tokens)).map(n => n.toLocaleString('en')).join(', ');
  const parts = [distinct(points.map(p => p.model)).join(', '), `trace ${distinct(points.map(p => p.trace)).join(', ')}`, `${tokens} tokens`, `${points.length} points`,
    `accounting ${accountings.join(' and ')}`];
  if (first.perplexity_dense != null) parts.push(`dense perplexity ${fixed(first.perplexity_dense, 2)} (${first.perplexity_protocol})`);
  document.getElementById('subtitle').textContent = parts.join(' · ');
  if (points.some(p => p.trace.endsWith('(synthetic)'))) {
    document.getElementById('marks').append(element('p', {class: 'warning', role: 'note'},
      'These points come from a synthetic trace: no model produced its activations. Use them for capacity planning, not as results about a model.'));
  }
  const verified = points.filter(p => p.loss != null && !p.dense);
  document.getElementById('basis').textContent = basis();
  state.budget = report.usual_loss;
  choose('budget', report.losses.map(loss => [loss, loss]), state.budget, value => state.budget = value);
  document.getElementById('quality-note').textContent = verified.length
    ? 'Up and to the left is better. Colour is the perplexity of a live run; grey points are not verified.'
    : 'Up and to the left is better. No point is verified yet, so quality is not shown; “dipper verify” measures it.';
  document.getElementById('footer').textContent = `Dipper ${distinct(points.map(p => p.dipper_version)).join(', ')} · trace SHA-256 ${first.trace_sha256} · charts by Vega 6.4.0, Vega-Lite 6.5.0 and Vega-Embed 7.3.0 (BSD-3-Clause, University of Washington Interactive Data Lab), inside this file`;
}

// The words of a sweep of experts, in place of those of masks.
function setUpWords() {
  if (!ROUTED) return;
  for (const part of document.querySelectorAll('[data-routed]')) part.textContent = part.dataset.routed;
}

setUpWords();
setUpHead();
setUpControls();
setUpTable();
setUpPredictions();
drawTasks();
drawDevices();
drawConfiguration();
draw();
