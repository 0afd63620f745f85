// A person's name with the role as a small word, and what the role rests on.
import type { DebateIndex } from '../debate.ts';
import { html, type Html } from '../html.ts';
import { roleWord } from '../word.ts';

export function personName(debate: DebateIndex, id: string | undefined): Html {
  const person = debate.person(id);
  if (person === undefined) return html`<bdi>${id ?? 'somebody'}</bdi>`;
  const role = roleWord[person.role];
  const reason = person.roleEvidence;
  return html`<bdi class="person">${person.name === '' ? 'unnamed' : person.name}</bdi>${
    role !== '' &&
    html` <small class="role" ${reason !== undefined && html` title="${reason}"`}>${role}</small>`
  }`;
}
