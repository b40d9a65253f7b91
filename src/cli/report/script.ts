/**
 * What runs in the report: unfolding, and filtering. Without it everything stands there unfolded.
 */
export const SCRIPT = `
document.documentElement.classList.add('scripted');

document.addEventListener('DOMContentLoaded', () => {
  const filters = document.getElementById('filters');
  filters.addEventListener('input', apply);
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('button[aria-controls]');
    if (button) unfold(button, button.getAttribute('aria-expanded') !== 'true');
  });
  apply();

  function apply() {
    const chosen = new FormData(filters);
    const outcomes = chosen.getAll('outcome');
    const origin = chosen.get('origin');
    for (const head of document.querySelectorAll('thead [data-origin]')) {
      head.hidden = origin !== '' && head.dataset.origin !== origin;
    }
    for (const row of document.querySelectorAll('tbody')) {
      let some = false;
      for (const cell of row.querySelectorAll('[data-origin]')) {
        const fits = outcomes.includes(cell.dataset.outcome);
        cell.hidden = origin !== '' && cell.dataset.origin !== origin;
        cell.classList.toggle('faded', !fits);
        const button = cell.querySelector('button');
        if (button && (!fits || cell.hidden)) unfold(button, false);
        some = some || (fits && !cell.hidden);
      }
      row.hidden = !some;
    }
    for (const section of document.querySelectorAll('.api')) {
      section.hidden = !section.querySelector('tbody:not([hidden])');
    }
    document.getElementById('nothing').hidden = document.querySelector('.api:not([hidden])') !== null;
  }

  function unfold(button, open) {
    button.setAttribute('aria-expanded', String(open));
    document.getElementById(button.getAttribute('aria-controls')).classList.toggle('open', open);
  }
});
`;
