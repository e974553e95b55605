// Points that were executed beside their simulation.
const compared = report.compared.map(row => ({...row, point: byId.get(row.point_id)})).filter(row => row.point != null);
const executed = compared.filter(row => row.executed_tokens_per_second != null);

function drawCompared() {
  document.getElementById('compared-section').hidden = executed.length === 0;
  if (executed.length === 0) return [];
  const left = compared.length - executed.length;
  document.getElementById('compared-note').textContent = left === 0 ? '' : `${left} of ${compared.length} points were not executed (compare.csv says why).`;
  const values = executed.filter(row => !state.hidden.has(row.point.series)).map(row => {
    const p = row.point;
    return {
      series: p.series, replay: row.simulated_tokens_per_second, live: row.executed_tokens_per_second, low: row.executed_low, high: row.executed_high,
      tip: {policy: p.series, device: p.device, memory: p.capacity, cache: p.cache, ...Object.fromEntries(AXES.map(axis => [axis, p.settings[axis]])),
        simulated: significant(row.simulated_tokens_per_second, 4), executed: `${significant(row.executed_tokens_per_second, 4)} (${significant(row.executed_low, 4)} to ${significant(row.executed_high, 4)}, ${row.executions} times)`,
        'executed over simulated': times(row.ratio), point: p.point_id},
    };
  });
  return [show('compared', values.length ? [{title: 'Tokens per second', spec: simulatedAgainstExecuted(values)}] : [])];
}

// Logarithmic, so that errors of equal shares are equally far from the diagonal.
function simulatedAgainstExecuted(values) {
  const all = values.flatMap(v => [v.replay, v.low, v.high]);
  const scale = {type: 'log', domain: [Math.min(...all) / 1.1, Math.max(...all) * 1.1], nice: false};
  const axis = {tickCount: 6, format: '.3~r'};
  const x = {field: 'replay', type: 'quantitative', title: 'tokens/s, simulated', scale, axis};
  const y = {field: 'live', type: 'quantitative', title: 'tokens/s, executed', scale, axis};
  const ends = scale.domain.map(v => ({replay: v, live: v}));
  return {
    ...BASE, height: 320,
    layer: [
      {data: {values: ends}, mark: {type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: state.dark ? '#7d8894' : '#9aa4af'}, encoding: {x, y}},
      {data: {values}, mark: {type: 'rule', strokeWidth: 2, opacity: 0.6}, encoding: {x, y: {...y, field: 'low'}, y2: {field: 'high'}, color: seriesColour(values)}},
      {data: {values}, mark: {type: 'point', size: 60, opacity: 0.9}, encoding: {x, y, color: seriesColour(values), ...TIP}},
    ],
  };
}
