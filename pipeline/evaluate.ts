// `npm run evaluate [GOLD MAIL]`: scores cross-validated by list beside baselines, bars and the annotators' agreement,
// per label, group of lists and list, and the worst errors; writes docs/quality.md. Labels: data/gold unless given.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Report } from '../model/report.ts';
import { type Baseline, baselinesFrom } from '../nlp/train/score/baseline.ts';
import {
  align,
  countView,
  type Counts,
  identityAlignment,
  labels,
  type Measure,
  measures,
  total,
} from '../nlp/train/score/measure.ts';
import { matchPeople } from '../nlp/train/score/view.ts';
import { type CrossDebate, crossCounts, crossReport, crossValidation } from './cross-validate.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Scored {
  readonly debate: CrossDebate;
  readonly report: Report;
  readonly counts: Counts;
}

/** Lists reported apart: no measure may rest on one kind of list. */
const GROUPS: readonly (readonly [string, (list: string) => boolean])[] = [
  ['kernel summits', (list) => list.startsWith('ksummit')],
  ['twisted', (list) => list.startsWith('twisted')],
  ['bitcoin', (list) => list.startsWith('bitcoin')],
  [
    'gpsd, fetchmail, imagej, socketcan, cake',
    (list) => /^(?:gpsd|fetchmail|imagej|socketcan|cake)/.test(list),
  ],
];

function number(value: number | undefined): string {
  return value === undefined
    ? '–'
    : value
        .toFixed(3)
        .replace(/^0/, '')
        .replace(/^1\.000$/, '1.00');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function baselineCounts(baseline: Baseline, scored: readonly Scored[]): Counts {
  return total(
    scored.map(({ debate }) => {
      const view = baseline.view(debate.mail);
      const aligned = baseline.goldTargets ? identityAlignment(view) : align(view, debate.mail.view);
      return countView(debate.mail.gold, debate.mail.mail, debate.mail.view, view, aligned);
    }),
  );
}

/** Baselines that say something about a measure: spoken positions and honesty have none. */
function bestBaseline(measure: Measure, all: readonly { name: string; counts: Counts }[]): string {
  if (/^(?:spoken|honesty)/.test(measure.key)) return '–';
  const values = all.map(({ name, counts }) => ({ name, value: measure.value(counts) ?? 0 }));
  const best = values.reduce((a, b) => (b.value > a.value ? b : a), { name: '', value: 0 });
  return best.value > 0 ? `${number(best.value)} ${best.name}` : '.000';
}

function bootstrap(rows: readonly Counts[], measure: Measure, runs: number): [number, number] | undefined {
  let state = 20_240_501;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const found: number[] = [];
  for (let run = 0; run < runs; run++) {
    const sample = rows.map(() => rows[Math.floor(next() * rows.length)] ?? new Map<string, number>());
    const value = measure.value(total(sample));
    if (value !== undefined) found.push(value);
  }
  found.sort((a, b) => a - b);
  const low = found[Math.floor(0.025 * (found.length - 1))];
  const high = found[Math.round(0.975 * (found.length - 1))];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Errors a reader would see first: printed head positions that the labels contradict, wrong heads, wrong statuses. */
function worstErrors(scored: readonly Scored[], most: number): string[] {
  const lines: string[] = [];
  for (const { debate, report } of scored) {
    const { gold, mail, view } = debate.mail;
    const people = matchPeople(gold, report, mail);
    const head = report.proposals.find((p) => p.head)?.id;
    for (const stance of report.stances) {
      if (stance.target !== head || stance.value === 'neutral' || (stance.confidence ?? 1) < 0.5) continue;
      const truth = view.headValues.get(people.get(stance.participant) ?? '') ?? 'neutral';
      const evidence = stance.evidence[0];
      if (truth === stance.value || !evidence) continue;
      lines.push(
        `- ${gold.threadId}: position on the head printed **${stance.value}**, labeled **${truth}**: \`<${evidence.messageId}>\` [${evidence.start}, ${evidence.end}) (${evidence.reason})`,
      );
    }
    if (report.status.value !== view.status) {
      lines.push(`- ${gold.threadId}: status printed **${report.status.value}**, labeled **${view.status}**`);
    }
  }
  return lines.slice(0, most);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cache: { type: 'string', default: join(tmpdir(), 'hum-cross') },
      runs: { type: 'string', default: '200' },
    },
  });
  const [goldFolder = join(root, 'data/gold'), mailFolder = '../shared/mail/dev'] = positionals;
  const note = (line: string): void => void process.stderr.write(`${line}\n`);
  const cross = await crossValidation(goldFolder, mailFolder, values.cache, note);
  const scored = cross.debates.map((debate): Scored => {
    const { report } = crossReport(debate, cross);
    return { debate, report, counts: crossCounts(debate, report) };
  });
  const rows = scored.map(({ counts }) => counts);
  const sum = total(rows);
  const baselines = baselinesFrom(scored.map(({ debate }) => debate.mail)).map((baseline) => ({
    name: baseline.name,
    counts: baselineCounts(baseline, scored),
  }));
  const headline = measures.filter((m) => m.headline);
  const lists = [...new Set(scored.map(({ debate }) => debate.labeled.list))].toSorted();
  const grouped = [
    ...GROUPS.map(([name, of]) => ({ name, rows: scored.filter(({ debate }) => of(debate.labeled.list)) })),
    {
      name: 'kernel lists',
      rows: scored.filter(({ debate }) => !GROUPS.some(([, of]) => of(debate.labeled.list))),
    },
  ].filter((group) => group.rows.length > 0);
  const short = [
    'span.any-stance',
    'span.macro',
    'target',
    'head',
    'head_stance.macro_f1',
    'status.accuracy',
    'question',
    'open_question',
    'rouge1',
    'spoken.right',
  ]
    .map((key) => measures.find((m) => m.key === key))
    .filter((m) => m !== undefined);
  const notesPath = join(root, 'docs/quality-notes.md');
  const text = [
    '# Quality',
    '',
    `Cross-validated by list on ${scored.length} labeled debates of ${lists.length} lists (${scored.reduce((n, { debate }) => n + debate.labeled.found.turns.length, 0)} messages): no debate is scored by models that saw its list.`,
    'Made by `npm run evaluate`; the definitions are those of the labeling guidelines (`docs/labeling.md`), and `test/pipeline/labeled.test.ts` holds that',
    'the numbers agree with the reference scorer. The labels were made by language-model annotators; *agreement* is that of two of them on eight debates.',
    'Majority baselines are given the labeled pairs, which flatters them in all stance measures. The interval is a 95 % bootstrap over debates.',
    '',
    '## Headline',
    '',
    table(
      ['measure', 'Hum', '95 %', 'bar', 'best baseline', 'agreement'],
      headline.map((m) => {
        const range = bootstrap(rows, m, Number(values.runs));
        return [
          m.title,
          `**${number(m.value(sum))}**`,
          range ? `${number(range[0])} to ${number(range[1])}` : '–',
          m.bar === undefined ? '–' : number(m.bar),
          bestBaseline(m, baselines),
          m.agreement === undefined ? '–' : number(m.agreement),
        ];
      }),
    ),
    '',
    '## Everything',
    '',
    table(
      ['measure', 'Hum', 'best baseline'],
      measures
        .filter((m) => !m.headline)
        .map((m) => [m.title, number(m.value(sum)), bestBaseline(m, baselines)]),
    ),
    '',
    '## By kind of list',
    '',
    table(
      ['lists', 'debates', ...short.map((m) => m.title)],
      grouped.map(({ name, rows: members }) => {
        const counts = total(members.map((member) => member.counts));
        return [name, String(members.length), ...short.map((m) => number(m.value(counts)))];
      }),
    ),
    '',
    '## By list',
    '',
    table(
      ['list', 'debates', ...short.map((m) => m.title)],
      lists.map((list) => {
        const members = scored.filter(({ debate }) => debate.labeled.list === list);
        const counts = total(members.map((member) => member.counts));
        return [list, String(members.length), ...short.map((m) => number(m.value(counts)))];
      }),
    ),
    '',
    '## Errors to look at first',
    '',
    'As Message-ID and span of the decoded body, since no mail is copied here; `hum ledger` prints the bodies.',
    '',
    ...worstErrors(scored, 60),
    '',
  ];
  let notes = '';
  try {
    notes = readFileSync(notesPath, 'utf8').trim();
  } catch {
    note('no docs/quality-notes.md');
  }
  const path = join(root, 'docs/quality.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${[...text, notes].join('\n').trim()}\n`);
  for (const m of headline) {
    process.stdout.write(
      `${number(m.value(sum)).padStart(5)}  bar ${m.bar === undefined ? '–' : number(m.bar)}  ${m.title}\n`,
    );
  }
  note(`${path}, ${labels.length} labels`);
}

await main();
