// How often the detected role is the labeled one: accuracy beside always-unknown, confusions, and the errors with their evidence.
// Usage: node dist/bench/roles.js GOLD-FOLDER MAIL-FOLDER [--errors]
import { readLabeled } from '../pipeline/labeled.ts';
import { detectRoles } from '../nlp/role/role.ts';

const [goldFolder = '../shared/gold/dev', mailFolder = '../shared/mail/dev', ...flags] =
  process.argv.slice(2);

interface Labeled {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly role: string;
}

const confusion = new Map<string, Map<string, number>>();
const perList = new Map<string, { right: number; all: number }>();
let right = 0;
let all = 0;
for (const { gold, debate, ledger, context } of await readLabeled(goldFolder, mailFolder)) {
  const { people } = context;
  const roles = detectRoles(debate, ledger, people);
  for (const participant of gold.participants as readonly Labeled[]) {
    const addresses = new Set(participant.addresses.map((address) => address.toLowerCase()));
    const person =
      people.all.find((one) => one.addresses.some((address) => addresses.has(address.toLowerCase()))) ??
      people.personOf({ name: participant.name, address: '' });
    const evidence = roles.get(person?.id ?? '') ?? [];
    const role = evidence[0]?.role ?? 'unknown';
    const row = confusion.get(participant.role) ?? new Map<string, number>();
    confusion.set(participant.role, row.set(role, (row.get(role) ?? 0) + 1));
    const list = perList.get(gold.list) ?? { right: 0, all: 0 };
    perList.set(gold.list, list);
    list.all += 1;
    all += 1;
    if (role === participant.role) {
      right += 1;
      list.right += 1;
    } else if (flags.includes('--errors')) {
      const why = evidence
        .slice(0, 3)
        .map(
          (one) =>
            `${one.role}: ${one.reason}${one.quote === undefined ? '' : ` "${one.quote.replace(/\s+/gu, ' ').slice(0, 90)}"`}`,
        );
      console.log(
        `${gold.threadId.slice(0, 40)} ${participant.name}: labeled ${participant.role}, found ${role} [${why.join('; ')}]`,
      );
    }
  }
}
const roles = ['maintainer', 'developer', 'reviewer', 'user', 'bot', 'unknown'];
console.log(
  `accuracy ${(right / all).toFixed(3)} of ${all}; always unknown ${((sum(confusion.get('unknown')) || 0) / all).toFixed(3)}`,
);
console.log(
  `${'labeled'.padEnd(12)}${roles.map((role) => role.padStart(11)).join('')}${'precision'.padStart(11)}${'recall'.padStart(8)}`,
);
for (const role of roles) {
  const row = confusion.get(role);
  const hit = row?.get(role) ?? 0;
  const found = roles.reduce((total, other) => total + (confusion.get(other)?.get(role) ?? 0), 0);
  console.log(
    `${role.padEnd(12)}${roles.map((other) => String(row?.get(other) ?? 0).padStart(11)).join('')}${(hit / Math.max(1, found)).toFixed(2).padStart(11)}${(hit / Math.max(1, sum(row))).toFixed(2).padStart(8)}`,
  );
}
for (const [list, one] of [...perList].toSorted()) console.log(`${list.padEnd(24)} ${one.right}/${one.all}`);

function sum(row: ReadonlyMap<string, number> | undefined): number {
  return [...(row?.values() ?? [])].reduce((total, one) => total + one, 0);
}
