// Subject lines by table: marks, tags, version, number, base.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSubject, subjectKey, type SubjectParts } from '../../../ingest/thread/subject.ts';

const PLAIN: SubjectParts = {
  base: '',
  tags: [],
  version: 0,
  index: -1,
  total: -1,
  isReply: false,
  isForward: false,
  isPatch: false,
  was: '',
};
const PATCH = { isPatch: true, version: 1, tags: ['PATCH'] } as const;

const TABLE: readonly (readonly [string, Partial<SubjectParts>])[] = [
  ['', {}],
  ['Keep the old names', { base: 'Keep the old names' }],
  ['  Keep \t the\n old  names ', { base: 'Keep the old names' }],
  ['Re: Keep', { base: 'Keep', isReply: true }],
  ['RE: re: Re[2]: Re (3) : Keep', { base: 'Keep', isReply: true }],
  ['Re^2: Keep', { base: 'Keep', isReply: true }],
  ['AW: Keep', { base: 'Keep', isReply: true }],
  ['SV: VS: Antw: R: Odp: Keep', { base: 'Keep', isReply: true }],
  ['Réf : Keep', { base: 'Keep', isReply: true }],
  ['回复：Keep', { base: 'Keep', isReply: true }],
  ['Fwd: Re: Keep', { base: 'Keep', isReply: true, isForward: true }],
  ['WG: Keep', { base: 'Keep', isForward: true }],
  ['rv: Keep', { base: 'rv: Keep' }],
  ['[PATCH] fs: Keep', { ...PATCH, base: 'fs: Keep' }],
  ['Keep (fwd)', { base: 'Keep' }],
  ['Review: Keep', { base: 'Review: Keep' }],
  ['Report: R and D', { base: 'Report: R and D' }],
  ['I think: no', { base: 'I think: no' }],
  ['[some-list] Re: Keep', { base: 'Keep', tags: ['some-list'], isReply: true }],
  ['Re: [some-list] [other] Keep', { base: 'Keep', tags: ['some-list', 'other'], isReply: true }],
  ['[TECH TOPIC] Keep', { base: 'Keep', tags: ['TECH TOPIC'] }],
  ['[ANNOUNCE]', { base: '[ANNOUNCE]' }],
  ['Keep [the] names', { base: 'Keep [the] names' }],
  ['[PATCH] Keep', { ...PATCH, base: 'Keep' }],
  ['[PATCH v3 2/5] Keep', { ...PATCH, base: 'Keep', version: 3, index: 2, total: 5 }],
  [
    '[RFC PATCH bpf-next v2 00/12] Keep',
    { ...PATCH, base: 'Keep', tags: ['RFC', 'PATCH', 'bpf-next'], version: 2, index: 0, total: 12 },
  ],
  ['[PATCHv4 1/2] Keep', { ...PATCH, base: 'Keep', version: 4, index: 1, total: 2 }],
  ['[V2,1/3] Keep', { base: 'Keep', version: 2, index: 1, total: 3 }],
  ['[RFC v3] Keep', { base: 'Keep', tags: ['RFC'], version: 3 }],
  ['[RFCv3] Keep', { base: 'Keep', tags: ['RFC'], version: 3 }],
  [
    'Re: [PATCH RESEND] [tree] Keep',
    { ...PATCH, base: 'Keep', tags: ['PATCH', 'RESEND', 'tree'], isReply: true },
  ],
  ['PATCH v2: Keep', { ...PATCH, base: 'Keep', version: 2 }],
  ['RFC: Keep', { base: 'Keep', tags: ['RFC'] }],
  ['[PATCH] Keep, v3', { ...PATCH, base: 'Keep', version: 3 }],
  ['[PATCH] Keep (V2)', { ...PATCH, base: 'Keep', version: 2 }],
  ['Keep v3', { base: 'Keep v3' }],
  ['New (was: Re: Old)', { base: 'New', was: 'Old' }],
  ['New (was: Old)', { base: 'New', was: 'Old' }],
  ['Re: New (was Re: [PATCH 1/2] Old)', { base: 'New', was: 'Old', isReply: true }],
  ['New [was: Old (a detail)]', { base: 'New', was: 'Old (a detail)' }],
  ['New, was Re: Old', { base: 'New', was: 'Old' }],
  ['This was re-done', { base: 'This was re-done' }],
  ['New - was: Old', { base: 'New', was: 'Old' }],
  ['C (was: B (was: A))', { base: 'C', was: 'B' }],
  ['It (was wrong)', { base: 'It (was wrong)' }],
];

test('a subject comes apart into marks, tags, version, number and base', () => {
  for (const [subject, wanted] of TABLE) {
    assert.deepEqual(parseSubject(subject), { ...PLAIN, ...wanted }, subject);
  }
});

test('reply marks and list tags never change the base', () => {
  const word = fc.stringMatching(/^[a-z]{4,9}( [a-z]{4,9}){0,5}$/u);
  fc.assert(
    fc.property(
      word,
      fc.array(fc.constantFrom('Re: ', 'AW: ', '[tag] ', 'Fwd: ', '[PATCH v2 1/2] ')),
      (base, marks) => {
        const parts = parseSubject(marks.join('') + base);
        assert.equal(parts.base, base);
        assert.equal(parts.isReply, marks.includes('Re: ') || marks.includes('AW: '));
      },
    ),
  );
});

test('hostile subjects end in time', () => {
  for (const text of [
    'Re: '.repeat(300_000),
    '['.repeat(1_000_000),
    '(was: '.repeat(200_000),
    ' '.repeat(1_000_000) + 'x',
  ]) {
    const before = performance.now();
    parseSubject(text);
    assert.ok(performance.now() - before < 2000, text.slice(0, 10));
  }
  fc.assert(fc.property(fc.string(), (text) => typeof parseSubject(text).base === 'string'));
});

test('subjects compare by letters and digits only', () => {
  assert.equal(subjectKey('Käse:  the "New"  names!'), subjectKey('käse the new names'));
  assert.notEqual(subjectKey('libfoo 1.2'), subjectKey('libfoo 1.3'));
});
