// The tables: the best points, all points, the devices.
// "minor" columns are left out in print. Name, text, value to sort by, classes.
const COLUMNS = [
  ['policy', p => ROUTED ? writtenPolicy(p) : p.series, p => ROUTED ? writtenPolicy(p) : p.series, 'head'],
  ['tokens/s', p => significant(p.tokens_per_second, 4), p => p.tokens_per_second, 'number'],
  ['over the ranges', p => hasBand(p) ? bandText(p) : EMPTY, p => p.tokens_per_second_low, 'number'],
  [OVER, p => times(p.speedup), p => p.speedup, 'number'],
  [SHARE, p => fixed(p.density, 3), p => p.density, 'number'],
  ['device', p => p.device, p => p.device, ''],
  ['memory', p => p.capacity, p => p.dram_bytes, ''],
  ['cache', p => p.equal_caches ?? p.cache, p => p.cache, ''],
  ...AXES.map(axis => [axis, p => p.settings[axis], p => p.settings[axis], '']),
  ['hit rate', p => percent(p.hit_rate), p => p.hit_rate, 'number'],
  ['energy kept', p => percent(p.kept_energy), p => p.kept_energy, 'number'],
  ['router weight lost', p => percent(p.lost_weight), p => p.lost_weight, 'number'],
  ['experts dropped', p => p.dropped == null ? EMPTY : p.dropped.toLocaleString('en'), p => p.dropped, 'number'],
  ['perplexity', p => fixed(p.perplexity, 3), p => p.perplexity, 'number'],
  ['loss', p => p.loss == null ? EMPTY : `${p.loss >= 0 ? '+' : '−'}${Math.abs(p.loss).toFixed(3)}`, p => p.perplexity == null ? null : p.loss, 'number'],
  ['predicted (90 %)', p => p.perplexity_predicted == null ? EMPTY : `${fixed(p.perplexity_predicted, 3)} (${fixed(p.perplexity_low, 2)}–${fixed(p.perplexity_high, 2)})`, p => p.perplexity_predicted, 'number'],
  ['Flash / token', p => bytes(p.flash_bytes_per_token), p => p.flash_bytes_per_token, 'number'],
  ['read / token', p => bytes(p.flash_bytes_read_per_token), p => p.flash_bytes_read_per_token, 'number'],
  ['touched / token', p => bytes(p.touched_bytes_per_token), p => p.touched_bytes_per_token, 'number minor'],
  ['resident', p => bytes(p.resident_bytes), p => p.resident_bytes, 'number minor'],
  ['TTFT', p => seconds(p.ttft_s), p => p.ttft_s, 'number minor'],
  ['TTFT, warm', p => seconds(p.ttft_warm_s), p => p.ttft_warm_s, 'number minor'],
  ['outside table', p => percent(p.flash_unmeasured_share), p => p.flash_unmeasured_share, 'number minor'],
  ['energy / token', p => joules(p.energy_j_per_token), p => p.energy_j_per_token, 'number minor'],
  ['energy covers', p => p.energy_covers ?? EMPTY, p => p.energy_covers, 'minor'],
  ['point', p => p.point_id, p => p.point_id, 'mono'],
].filter(([name, , value]) => ['policy', 'point', 'tokens/s'].includes(name) || points.some(p => value(p) != null));

// Of points that differ in a cache that cannot matter, the first stands for all.
const listed = points.filter(p => p.equals == null);

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
  order.descending = order.column === column ? !order.descending : COLUMNS[column][3].startsWith('number');
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
  const text = p => [p.series, p.equal_caches ?? '', p.point_id, ...Object.values(p.settings)].join(' ').toLowerCase();
  const rows = listed.filter(p => !state.hidden.has(p.series) && words.every(word => text(p).includes(word))).sort(compare);
  const shown = order.all ? rows : rows.slice(0, FIRST_ROWS);
  table.tBodies[0].replaceChildren(...shown.map(p => element('tr', {}, ...COLUMNS.map(([name, show, , kind], i) =>
    element('td', {class: kind, 'data-label': name}, ...(i === 0 ? [element('span', {class: 'dot', colour: colourOf(p.series)})] : []), show(p))))));
  table.querySelectorAll('th').forEach((th, i) => {
    if (i === order.column) th.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
    else th.removeAttribute('aria-sort');
  });
  document.getElementById('count').textContent = `${rows.length} of ${listed.length} points${shown.length < rows.length ? `, the first ${shown.length} shown` : ''}`;
  document.getElementById('equal-caches').textContent =
    [report.equal_caches, report.cold_masks].filter(line => line != null).map(line => `${line}.`).join(' ');
  document.getElementById('more').hidden = shown.length === rows.length;
}

function simpleTable(table, heads, rows) {
  table.replaceChildren(
    element('thead', {}, element('tr', {}, ...heads.map(([name, kind]) => element('th', {scope: 'col', class: kind ?? ''}, name)))),
    element('tbody', {}, ...rows.map(cells => element('tr', {}, ...cells.map((cell, i) => element('td', {class: heads[i][1] ?? '', 'data-label': heads[i][0]}, cell))))));
}

// What is said of each device depends on the loss that the reader allows; green is a gain within it.
const bounded = () => state.budget !== 'any';

// A device, and how its time was computed where that differs.
const deviceName = ({device, accounting}) => accountings.length > 1 ? `${device} by ${accounting}` : device;

function drawVerdicts() {
  document.getElementById('verdicts').replaceChildren(...report.verdicts.filter(v => v.loss === state.budget).map(v =>
    element('li', {class: v.wins ? 'wins' : ''}, element('b', {}, deviceName(v)), `: ${v.sentence}.`,
      ...(v.bands.length ? [element('ul', {class: 'bands'}, ...v.bands.map(line => element('li', {}, `${line}.`)))] : []))));
}

const over = loss => `${loss < 0 ? '−' : '+'}${fixed(Math.abs(loss), 2)}`;
const QUALITY = p => p.dense ? (ROUTED ? 'none' : 'dense') : p.loss != null ? `${over(p.loss)}, measured`
  : p.perplexity_predicted != null && p.perplexity_dense != null ? `${over(p.perplexity_predicted - p.perplexity_dense)}, predicted` : 'unknown';

// For each device the best point that is known to keep the loss, and in grey one that is faster and may keep it.
function drawBest() {
  const heads = [['device', 'head'], ['point'], ['tokens/s', 'number'], [OVER, 'number'], ['loss'], ROUTED ? ['router weight lost', 'number'] : ['energy kept', 'number'], [SHARE, 'number'], ['memory'], ['cache'],
    ...AXES.filter(axis => axis !== 'accounting').map(axis => [axis]), ['id', 'mono minor']];
  const row = (device, p, kind) => {
    const cells = [device, ROUTED ? writtenPolicy(p) : p.series, significant(p.tokens_per_second, 4), element('span', {class: kind === 'proven' && bounded() && p.speedup > 1 ? 'gain' : ''}, times(p.speedup)), QUALITY(p),
      percent(ROUTED ? p.lost_weight : p.kept_energy), fixed(p.density, 2), p.capacity, p.equal_caches ?? p.cache, ...AXES.filter(axis => axis !== 'accounting').map(axis => p.settings[axis]), p.point_id];
    return element('tr', {class: kind}, ...cells.map((cell, i) => element('td', {class: heads[i][1] ?? '', 'data-label': heads[i][0]}, cell)));
  };
  const rows = report.best.filter(b => b.loss === state.budget).flatMap(b => {
    const proven = byId.get(b.proven), promising = byId.get(b.promising);
    return [...(proven ? [row(deviceName(b), proven, 'proven')] : []), ...(promising ? [row(deviceName(b), promising, 'promising')] : [])];
  });
  document.getElementById('best').replaceChildren(
    element('thead', {}, element('tr', {}, ...heads.map(([name, kind]) => element('th', {scope: 'col', class: kind ?? ''}, name)))),
    element('tbody', {}, ...rows));
  document.getElementById('best-note').textContent = (!bounded()
    ? `The fastest point whose perplexity was measured in a live run, whatever it loses; ${REFERENCE} is one of them.`
    : `The fastest of the points whose live perplexity is at most ${state.budget} over dense; ${REFERENCE} is one of them.`)
    + ` None is slower than ${REFERENCE} with the same memory.`
    + '  Grey: faster still, but no live run has measured what it loses.';
}

// Shares of a device's reads that lie outside of its measured table, where rows tell.
const outside = rows => {
  const shares = rows.map(p => p.flash_unmeasured_share).filter(share => share != null);
  return shares.length ? Math.max(...shares) : null;
};

function drawDevices() {
  const table = element('table');
  const heads = [['device', 'head'], ['accounting'], ['points', 'number'], ['numbers assumed'], ['reads outside its table', 'number'], ['bits per weight and value', 'wrap']];
  const kept = heads.map(([name]) => name !== 'reads outside its table' || outside(points) != null);
  simpleTable(table, heads.filter((_, i) => kept[i]), devices.map(device => {
    const rows = points.filter(p => p.device === device), share = rows[0].assumed_share;
    const bar = element('span', {class: 'bar', 'aria-hidden': 'true'}, element('i', {style: `width: ${Math.round(100 * (share ?? 0))}%`}));
    return [device, distinct(rows.map(p => p.accounting)).join(', '), String(rows.length), share == null ? EMPTY : element('span', {}, bar, `${Math.round(100 * share)} %`),
      outside(rows) == null ? EMPTY : `up to ${percent(outside(rows))}`, report.devices.find(d => d.name === device)?.bits || EMPTY].filter((_, i) => kept[i]);
  }));
  const profiles = report.devices.map(({name, description, executions, numbers}) => {
    const inner = element('table');
    simpleTable(inner, [['number'], ['value', 'number'], ['provenance'], ['source', 'wrap']], numbers.map(n => [n.name, n.value, n.provenance, n.source]));
    return element('details', {}, element('summary', {}, `${name}: ${numbers.length} numbers`), element('p', {class: 'note'}, [description, executions].filter(Boolean).join(' ')), element('div', {class: 'scroll'}, inner));
  });
  document.getElementById('devices').replaceChildren(element('div', {class: 'scroll'}, table), ...profiles);
}

function drawConfiguration() {
  document.getElementById('config').textContent = report.resolved ?? 'No resolved sweep lies beside these points.';
  if (report.skipped.length === 0) return;
  const table = element('table');
  simpleTable(table, [['points', 'number head'], ['devices; memory; caches; policies', 'wrap'], ['reason', 'wrap']], report.skipped.map(s => [String(s.points), s.settings, s.reason]));
  const count = report.skipped.reduce((sum, s) => sum + s.points, 0);
  document.getElementById('skipped').replaceChildren(element('h3', {}, `${count} points cannot exist and were left out (skipped.csv has each)`), element('div', {class: 'scroll'}, table));
}
