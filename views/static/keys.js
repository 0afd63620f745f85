// Keys of a mail reader for the pages: j/k messages, n/p marked sentences, / search, ? help. Improves pages that are
// complete without it. Never acts inside inputs, never with Ctrl, Alt or Meta; can be turned off (WCAG 2.1.4).
const keysOff = 'hum-keys-off';

function off() {
  try {
    return localStorage.getItem(keysOff) === '1';
  } catch {
    return false;
  }
}

const calm = matchMedia('(prefers-reduced-motion: reduce)');

function show(element) {
  for (let above = element.closest('details'); above; above = above.parentElement?.closest('details'))
    above.open = true;
  if (!element.hasAttribute('tabindex') && !element.matches('a[href], button, summary'))
    element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start', behavior: calm.matches ? 'instant' : 'auto' });
}

/** The first of `all` below where the reader is, or the last above. */
function step(selector, forward) {
  const all = [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
  const current = all.indexOf(document.activeElement?.closest(selector) ?? null);
  if (current !== -1) return all[current + (forward ? 1 : -1)];
  const place = (each) => each.getBoundingClientRect().top;
  return forward ? all.find((each) => place(each) > 40) : all.findLast((each) => place(each) < -5);
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) location.href = link.href;
}

function permalink() {
  const at = document.activeElement?.closest('article.message, .passage, [id]') ?? null;
  const anchor = at?.id ? `#${at.id}` : location.hash;
  const link = new URL(anchor || location.href, location.href).href;
  navigator.clipboard?.writeText(link).then(
    () => say('Permalink copied'),
    () => say(link),
  );
}

let status;
function say(text) {
  if (!status) {
    status = document.createElement('p');
    status.className = 'said';
    status.setAttribute('role', 'status');
    document.body.append(status);
  }
  status.textContent = text;
  setTimeout(() => {
    if (status.textContent === text) status.textContent = '';
  }, 2500);
}

const keys = {
  j: ['next message, or next row', () => step('article.message, .debates td.subject > a, .hits h2 a', true)],
  k: ['previous message', () => step('article.message, .debates td.subject > a, .hits h2 a', false)],
  n: ['next marked sentence', () => step('a.taken', true)],
  p: ['previous marked sentence', () => step('a.taken', false)],
  o: ['open the message or the row', () => open()],
  e: ['evidence: positions, in their words', () => document.querySelector('#positions')],
  u: ['up to where they stand', () => follow('[data-key="u"]')],
  t: ['threaded or collated', () => follow('[data-key="t"]:not([aria-current])')],
  y: ['copy the permalink', () => permalink()],
  '/': ['search', () => document.querySelector('input[type="search"]')],
  '?': ['this help', () => help()],
};

function open() {
  const message = document.activeElement?.closest('article.message');
  const link = message?.querySelector('header a.number') ?? document.activeElement?.closest('a');
  if (link?.href) location.href = link.href;
}

function help() {
  const dialog = document.createElement('dialog');
  dialog.className = 'keys';
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const title = document.createElement('h2');
  title.id = 'keys-title';
  title.textContent = 'Keys';
  const list = document.createElement('dl');
  for (const [key, [what]] of Object.entries({ ...keys, Esc: ['close'] })) {
    const row = document.createElement('div');
    const name = document.createElement('dt');
    const code = document.createElement('kbd');
    const text = document.createElement('dd');
    code.textContent = key;
    name.append(code);
    text.textContent = what;
    row.append(name, text);
    list.append(row);
  }
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = !off();
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(keysOff, box.checked ? '0' : '1');
    } catch {
      say('This browser keeps no settings');
    }
  });
  label.append(box, ' keys are on');
  const form = document.createElement('form');
  form.method = 'dialog';
  const close = document.createElement('button');
  close.textContent = 'Close';
  form.append(close);
  dialog.append(title, list, label, form);
  const back = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    back?.focus?.({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (event.target.closest('input, textarea, select, [contenteditable], dialog')) return;
  if (event.key === 'Escape') {
    const panel = document.querySelector('#trail');
    if (panel) panel.replaceChildren();
    return;
  }
  if (off()) return;
  const action = Object.hasOwn(keys, event.key) ? keys[event.key][1] : undefined;
  if (!action) return;
  event.preventDefault();
  const target = action();
  if (target instanceof Element) show(target);
});

for (const button of document.querySelectorAll('[data-help]')) {
  button.hidden = false;
  button.addEventListener('click', help);
}

/** A permalink into something folded opens it, in browsers that do not do so themselves. */
function reveal() {
  const target =
    location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const folded = target?.closest('details:not([open])');
  if (!folded) return;
  for (let above = folded; above; above = above.parentElement?.closest('details')) above.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', reveal);
reveal();
