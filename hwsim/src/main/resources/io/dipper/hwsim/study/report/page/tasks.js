// Accuracies on multiple-choice items, a table for each task and way to compute its prompts.
function drawTasks() {
  document.getElementById('tasks-section').hidden = report.tasks.length === 0;
  const asked = distinct(report.tasks.map(r => JSON.stringify([r.task, r.task_sha256, r.prompt, r.items])));
  document.getElementById('tasks').replaceChildren(...asked.flatMap(key => {
    const [task, , prompt, items] = JSON.parse(key);
    const rows = report.tasks.filter(r => JSON.stringify([r.task, r.task_sha256, r.prompt, r.items]) === key);
    const table = element('table', {class: 'cards'});
    simpleTable(table, [['policy', 'head'], ['right', 'number'], ['change', 'number'], ['gained, lost', 'number'],
      ['by length', 'number'], ['change by length', 'number'], ['gained, lost by length', 'number']], answers(rows));
    return [element('h3', {}, `${items.toLocaleString('en')} items of ${task}, prompts ${prompt}`), element('div', {class: 'scroll'}, table)];
  }));
}

const perCent = (share, error, sign) => `${sign && share > 0 ? '+' : share < 0 ? '\u2212' : ''}${fixed(100 * Math.abs(share), 1)}${error == null ? '' : ` ± ${fixed(100 * error, 1)}`}`;

// The model as it is, and one line for all points of a mask: what answers does not depend on the device.
function answers(rows) {
  const masks = new Map();
  for (const row of rows) {
    const point = byId.get(row.point_id);
    const name = point ? [pointName(point), ...(AXES.includes('trace') ? [point.trace] : [])].join(', ') : row.policy;
    const cells = [perCent(row.accuracy, row.accuracy_error), perCent(row.accuracy_change, row.accuracy_change_error, true), `${row.gained}, ${row.lost}`,
      perCent(row.accuracy_by_length, row.accuracy_by_length_error), perCent(row.accuracy_by_length_change, row.accuracy_by_length_change_error, true), `${row.gained_by_length}, ${row.lost_by_length}`];
    masks.set(JSON.stringify([name, cells]), [name, ...cells]);
  }
  const dense = distinct(rows.map(r => JSON.stringify([r.accuracy_dense, r.accuracy_by_length_dense]))).map(key => JSON.parse(key));
  return [...dense.map(([raw, byLength]) => ['(the model)', perCent(raw), EMPTY, EMPTY, perCent(byLength), EMPTY, EMPTY]), ...masks.values()];
}
