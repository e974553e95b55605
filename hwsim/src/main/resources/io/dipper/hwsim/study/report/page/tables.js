// The tables: the best points, all points, the devices.
const COLUMNS = [
  ['policy', p => p.series, p => p.series, ''],
  ['device', p => p.device, p => p.device, ''],
  ['memory', p => p.capacity, p => p.dram_bytes, ''],
  ['cache', p => p.cache, p => p.cache, ''],
  ['density', p => fixed(p.density, 3), p => p.density, 'number'],
  ['hit rate', p => percent(p.hit_rate), p => p.hit_rate, 'number'],
  ['tokens/s', p => significant(p.tokens_per_second, 4), p => p.tokens_per_second, 'number'],
  ['speed-up', p => times(p.speedup), p => p.speedup, 'number'],
  ['perplexity', p => fixed(p.perplexity, 3), p => p.perplexity, 'number'],
  ['loss', p => p.loss == null ? EMPTY : `${p.loss >= 0 ? '+' : '−'}${Math.abs(p.loss).toFixed(3)}`, p => p.loss, 'number'],
  ['predicted (90 %)', p => p.perplexity_predicted == null ? EMPTY : `${fixed(p.perplexity_predicted, 3)} (${fixed(p.perplexity_low, 2)}–${fixed(p.perplexity_high, 2)})`, p => p.perplexity_predicted, 'number'],
  ['Flash / token', p => bytes(p.flash_bytes_per_token), p => p.flash_bytes_per_token, 'number'],
  ['touched / token', p => bytes(p.touched_bytes_per_token), p => p.touched_bytes_per_token, 'number'],
  ['resident', p => bytes(p.resident_bytes), p => p.resident_bytes, 'number'],
  ['TTFT', p => seconds(p.ttft_s), p => p.ttft_s, 'number'],
  ['energy / token', p => joules(p.energy_j_per_token), p => p.energy_j_per_token, 'number'],
  ['point', p => p.point_id, p => p.point_id, 'mono'],
].filter(([name, , value]) => ['policy', 'point', 'tokens/s'].includes(name) || points.some(p => value(p) != null));

const order = {column: COLUMNS.findIndex(([name]) => name === 'tokens/s'), descending: true, all: false};
const FIRST_ROWS = 200;

function setUpTable() {
  const table = document.getElementById('points');
  table.append(element('thead', {}, element('tr', {}, ...COLUMNS.map(([name, , , kind], i) =>
    element('th', {scope: 'col', class: kind}, element('button', {type: 'button', on: {click: () => sortBy(i)}}, name))))), element('tbody'));
  document.getElementById('filter').addEventListener('input', drawTable);
  document.getElementById('more').addEventListener('click', () => { order.all = true; drawTable(); });
}

function sortBy(column) {
  order.descending = order.column === column ? !order.descending : COLUMNS[column][3] === 'number';
  order.column = column;
  drawTable();
}

function compare(a, b) {
  const value = COLUMNS[order.column][2], x = value(a), y = value(b);
  if (x == null || y == null) return (x == null) - (y == null);
  const result = typeof x === 'number' ? x - y : x.localeCompare(y, 'en', {numeric: true});
  return order.descending ? -result : result;
}

function drawTable() {
  const table = document.getElementById('points');
  const words = document.getElementById('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = p => [p.series, p.device, p.capacity, p.cache, p.point_id].join(' ').toLowerCase();
  const rows = points.filter(p => !state.hidden.has(p.series) && words.every(word => text(p).includes(word))).sort(compare);
  const shown = order.all ? rows : rows.slice(0, FIRST_ROWS);
  table.tBodies[0].replaceChildren(...shown.map(p => element('tr', {}, ...COLUMNS.map(([, show, , kind], i) =>
    element('td', {class: kind}, ...(i === 0 ? [element('span', {class: 'dot', colour: colourOf(p.series)})] : []), show(p))))));
  table.querySelectorAll('th').forEach((th, i) => {
    if (i === order.column) th.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
    else th.removeAttribute('aria-sort');
  });
  document.getElementById('count').textContent = `${rows.length} of ${points.length} points${shown.length < rows.length ? `, the first ${shown.length} shown` : ''}`;
  document.getElementById('more').hidden = shown.length === rows.length;
}

function simpleTable(table, heads, rows) {
  table.replaceChildren(
    element('thead', {}, element('tr', {}, ...heads.map(([name, kind]) => element('th', {scope: 'col', class: kind ?? ''}, name)))),
    element('tbody', {}, ...rows.map(cells => element('tr', {}, ...cells.map((cell, i) => element('td', {class: heads[i][1] ?? ''}, cell))))));
}

function within(p) {
  return state.budget === 'any' || p.dense || (p.loss != null && p.loss <= Number(state.budget));
}

function drawBest() {
  const best = devices.map(device => points.filter(p => p.device === device && !p.dense && within(p))
    .reduce((top, p) => !top || p.tokens_per_second > top.tokens_per_second ? p : top, null));
  const heads = [['device'], ['best point'], ['density', 'number'], ['memory'], ['cache'], ['hit rate', 'number'], ['dense tokens/s', 'number'],
    ['tokens/s', 'number'], ['speed-up', 'number'], ['perplexity', 'number'], ['point', 'mono']];
  simpleTable(document.getElementById('best'), heads, devices.map((device, i) => {
    const p = best[i];
    if (!p) return [device, 'none within this loss', ...Array(9).fill(EMPTY)];
    const quality = p.perplexity == null ? 'not verified' : `${fixed(p.perplexity, 2)} (dense ${fixed(p.perplexity_dense, 2)})`;
    return [device, p.series, fixed(p.density, 2), p.capacity, p.cache, percent(p.hit_rate), significant(p.baseline?.tokens_per_second, 4),
      significant(p.tokens_per_second, 4), p.speedup == null ? EMPTY : element('span', {class: p.speedup >= 1 ? 'gain' : 'slower'}, times(p.speedup)), quality, p.point_id];
  }));
  document.getElementById('best-note').textContent = state.budget === 'any'
    ? 'The fastest point, whatever it costs in quality. Choose an allowed loss to see the fastest of the points that a live run has verified.'
    : `The fastest of the points whose live perplexity is at most ${state.budget} over dense.`;
}

function drawDevices() {
  const table = element('table');
  simpleTable(table, [['device'], ['accounting'], ['points', 'number'], ['numbers assumed']], devices.map(device => {
    const rows = points.filter(p => p.device === device), share = rows[0].assumed_share;
    const bar = element('span', {class: 'bar', 'aria-hidden': 'true'}, element('i', {style: `width: ${Math.round(100 * (share ?? 0))}%`}));
    return [device, rows[0].accounting, String(rows.length), share == null ? EMPTY : element('span', {}, bar, `${Math.round(100 * share)} %`)];
  }));
  const profiles = report.devices.map(({name, description, numbers}) => {
    const inner = element('table');
    simpleTable(inner, [['number'], ['value', 'number'], ['provenance'], ['source', 'wrap']], numbers.map(n => [n.name, n.value, n.provenance, n.source]));
    return element('details', {}, element('summary', {}, `${name}: ${numbers.length} numbers`), element('p', {class: 'note'}, description), element('div', {class: 'scroll'}, inner));
  });
  document.getElementById('devices').replaceChildren(element('div', {class: 'scroll'}, table), ...profiles);
}

function drawConfiguration() {
  document.getElementById('config').textContent = report.resolved ?? 'No resolved sweep lies beside these points.';
  if (report.skipped.length === 0) return;
  const table = element('table');
  simpleTable(table, [['policy'], ['parameters', 'mono'], ['cache'], ['device'], ['reason', 'wrap']],
    report.skipped.map(s => [s.policy, s.policy_params, s.cache, s.hardware, s.reason]));
  document.getElementById('skipped').replaceChildren(element('h3', {}, `${report.skipped.length} points cannot exist and were left out`), element('div', {class: 'scroll tall'}, table));
}
