// Sentence ends in technical mail: each passage with the sentences a reader sees in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { segmentBody } from '../../../nlp/ledger/segment.ts';
import { splitSentences } from '../../../nlp/ledger/sentence.ts';

function sentencesOf(body: string): string[] {
  const { segments } = segmentBody(body);
  return splitSentences(body, segments).map((one) => body.slice(one.start, one.end).replace(/\s+/g, ' '));
}

const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['plain', 'This works. That does not.', ['This works.', 'That does not.']],
  [
    'hard wrap',
    'The lock is taken\ntwice here. Please\ndrop one.',
    ['The lock is taken twice here.', 'Please drop one.'],
  ],
  ['no final stop', 'First one. and\nthen nothing', ['First one.', 'and then nothing']],
  ['question and answer', 'Is it safe? I think so.', ['Is it safe?', 'I think so.']],
  ['several marks', 'Really?! Yes!!! Fine...', ['Really?!', 'Yes!!!', 'Fine...']],
  ['smiley after stop', 'Works for me. :-) Next one please.', ['Works for me. :-)', 'Next one please.']],
  ['smiley before stop', 'I like it :). Next.', ['I like it :).', 'Next.']],
  ['winking smiley', 'Sure, go on! ;-) But test it.', ['Sure, go on! ;-)', 'But test it.']],
  ['(!)', 'It took two (!) days. Then it crashed.', ['It took two (!) days.', 'Then it crashed.']],
  ['(?)', 'The cache (?) is stale. Flush it.', ['The cache (?) is stale.', 'Flush it.']],
  ['list numbers in line', 'Two ways: 1. keep it. 2. drop it.', ['Two ways: 1. keep it.', '2. drop it.']],
  ['numbered lines', '1. Keep the helper.\n2. Drop it.', ['Keep the helper.', 'Drop it.']],
  ['bracket numbers', '1) Keep it\n2) Drop it', ['Keep it', 'Drop it']],
  ['dashes', '- one thing\n- another\n  thing', ['one thing', 'another thing']],
  ['stars', '* first point. With more.\n* second', ['first point.', 'With more.', 'second']],
  ['letters', 'a) yes\nb) no', ['yes', 'no']],
  ['item after prose', 'We could:\n- keep it\n- drop it', ['We could:', 'keep it', 'drop it']],
  ['version', 'Use v5.10.3 or later. It is fixed in 6.1.', ['Use v5.10.3 or later.', 'It is fixed in 6.1.']],
  ['version with word', 'Python 3.12. Nothing older.', ['Python 3.12.', 'Nothing older.']],
  ['e.g.', 'Some files, e.g. Makefile, differ. Look.', ['Some files, e.g. Makefile, differ.', 'Look.']],
  [
    'i.e. before capital',
    'The owner, i.e. Ann, decides. Ask her.',
    ['The owner, i.e. Ann, decides.', 'Ask her.'],
  ],
  ['etc. inside', 'Headers, tools, etc. are moved. Good.', ['Headers, tools, etc. are moved.', 'Good.']],
  [
    'etc. at the end',
    'We moved headers, etc. The rest stays.',
    ['We moved headers, etc.', 'The rest stays.'],
  ],
  ['vs.', 'Speed vs. size matters. I prefer size.', ['Speed vs. size matters.', 'I prefer size.']],
  ['cf.', 'It is old (cf. Section 2). Read it.', ['It is old (cf. Section 2).', 'Read it.']],
  ['et al.', 'See Other et al. for numbers. They differ.', ['See Other et al. for numbers.', 'They differ.']],
  [
    'titles',
    'Dr. Other and Mr. Else agree. Both said so.',
    ['Dr. Other and Mr. Else agree.', 'Both said so.'],
  ],
  ['initials', 'Ask J. R. Other about it. He knows.', ['Ask J. R. Other about it.', 'He knows.']],
  ['function call', 'It calls foo(). That is wrong.', ['It calls foo().', 'That is wrong.']],
  ['call opens', 'Not there. foo_bar() is enough.', ['Not there.', 'foo_bar() is enough.']],
  ['struct member', 'Set dev.name first. Then dev.id.', ['Set dev.name first.', 'Then dev.id.']],
  ['file name', 'Look at main.c or util.h. Both break.', ['Look at main.c or util.h.', 'Both break.']],
  ['file name opens', 'It is broken. main.c needs a fix.', ['It is broken.', 'main.c needs a fix.']],
  ['not equal', 'The test is ptr != NULL there. Fine.', ['The test is ptr != NULL there.', 'Fine.']],
  ['shebang', 'Add a #!/bin/sh line. Then run it.', ['Add a #!/bin/sh line.', 'Then run it.']],
  [
    'url',
    'See https://example.org/a.b?c=d. It explains.',
    ['See https://example.org/a.b?c=d.', 'It explains.'],
  ],
  [
    'url in brackets',
    'It is known <https://example.org/x.y>. Read on.',
    ['It is known <https://example.org/x.y>.', 'Read on.'],
  ],
  ['mail address', 'Write to ann@example.org. She answers.', ['Write to ann@example.org.', 'She answers.']],
  ['ellipsis goes on', 'Well... maybe we should. Or not.', ['Well... maybe we should.', 'Or not.']],
  ['ellipsis ends', 'I wonder... Perhaps not.', ['I wonder...', 'Perhaps not.']],
  ['ellipsis character', 'Hmm… not sure. Later.', ['Hmm… not sure.', 'Later.']],
  ['stop inside quotes', 'He said "No." and left. We stayed.', ['He said "No." and left.', 'We stayed.']],
  ['stop inside quotes ends', 'He said "No." Then he left.', ['He said "No."', 'Then he left.']],
  [
    'stop inside brackets',
    'It fails (see above. twice) here. Fix it.',
    ['It fails (see above. twice) here.', 'Fix it.'],
  ],
  ['sentence in brackets', 'It works. (I tested it.) Good.', ['It works.', '(I tested it.)', 'Good.']],
  ['lower-case opener', 'Looks fine. imho we can take it.', ['Looks fine.', 'imho we can take it.']],
  ['lower-case writer', 'no. i disagree. we need it.', ['no.', 'i disagree.', 'we need it.']],
  [
    'identifier after stop',
    'Drop it. kfree_sensitive() does that.',
    ['Drop it.', 'kfree_sensitive() does that.'],
  ],
  ['one word', 'Correct. That was the idea.', ['Correct.', 'That was the idea.']],
  ['NACK', 'NACK. This breaks users.', ['NACK.', 'This breaks users.']],
  ['vote', '+1', ['+1']],
  ['emphasis', 'It is *not* ok. _Never_ was.', ['It is *not* ok.', '_Never_ was.']],
  ['percent', 'It costs 0.5% of 1.2 GB. Nothing.', ['It costs 0.5% of 1.2 GB.', 'Nothing.']],
  ['time', 'Meet at 10 a.m. in the lobby. Be there.', ['Meet at 10 a.m. in the lobby.', 'Be there.']],
  ['no. before number', 'It is bug no. 12 again. Sigh.', ['It is bug no. 12 again.', 'Sigh.']],
  ['no. as an answer', 'Should we? No. It is fine.', ['Should we?', 'No.', 'It is fine.']],
  [
    'page numbers',
    'Read p. 12 and pp. 14-16 first. Then ask.',
    ['Read p. 12 and pp. 14-16 first.', 'Then ask.'],
  ],
  ['company', 'Example Inc. sells it. They know.', ['Example Inc. sells it.', 'They know.']],
  ['dotfile', 'Edit .config first. Or .gitignore.', ['Edit .config first.', 'Or .gitignore.']],
  ['semicolon stays', 'It is slow; it always was. Fine.', ['It is slow; it always was.', 'Fine.']],
  ['footnote mark', 'It was decided.[1] Nobody objected.', ['It was decided.[1]', 'Nobody objected.']],
  [
    'footnote after space',
    'It was decided. [1] Nobody objected.',
    ['It was decided.', '[1] Nobody objected.'],
  ],
  ['blank line', 'One thought\n\nanother thought', ['One thought', 'another thought']],
  ['greeting', 'Hi Ann,\n\nI like it.', ['Hi Ann,', 'I like it.']],
  ['greeting without blank line', 'Hello Ann,\nI like it.', ['Hello Ann,', 'I like it.']],
  ['farewell', 'I like it.\nThanks,\nBob', ['I like it.', 'Thanks,', 'Bob']],
  ['around a quote', 'Before.\n> quoted words. Here.\nAfter.', ['Before.', 'After.']],
  ['around code', 'Like this:\n\n\tif (x)\n\t\treturn y;\n\nand done.', ['Like this:', 'and done.']],
  ['elision', 'Yes.\n\n[...]\n\nNo.', ['Yes.', 'No.']],
  ['snip', '<snip>\n\nAgreed.', ['Agreed.']],
  ['German', 'Das geht z.B. so. Oder nicht.', ['Das geht z.B. so.', 'Oder nicht.']],
  ['guillemets', 'Il a dit « non. » Puis rien.', ['Il a dit « non. »', 'Puis rien.']],
  ['curly quotes', 'She said “no.” Then nothing.', ['She said “no.”', 'Then nothing.']],
  ['double dash', "I don't care -- really. Do it.", ["I don't care -- really.", 'Do it.']],
  [
    'question in the middle',
    'Why? because it is slow. That is all.',
    ['Why?', 'because it is slow.', 'That is all.'],
  ],
];

for (const [name, body, expected] of table) {
  test(`sentences: ${name}`, () => assert.deepEqual(sentencesOf(body), expected));
}

test('sentences lie in own segments, in order, trimmed, and their clauses tile their words', () => {
  const piece = fc.constantFrom(
    'word', 'Word', '. ', '? ', ', but ', '; ', ' if ', '\n', '\n\n', '> q\n', '- ', '1. ', '(', ')', ' -- ', '"', '...', ' e.g. ',
    '```\n', '\tx = 1;\n', 'Acked-by: Ann <ann@example.org>\n', ' I think ', ', and so ', '\u00a0', '[1]', ':-)',
  ); // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const body = pieces.join('');
      const { segments } = segmentBody(body);
      let last = 0;
      for (const sentence of splitSentences(body, segments)) {
        const segment = segments[sentence.segment];
        assert.ok(segment?.kind === 'own');
        assert.ok(sentence.start >= last && sentence.start < sentence.end);
        assert.ok(segment.start <= sentence.start && sentence.end <= segment.end);
        const text = body.slice(sentence.start, sentence.end);
        assert.equal(text, text.trim());
        assert.equal(sentence.clauses[0]?.start, sentence.start);
        assert.equal(sentence.clauses.at(-1)?.end, sentence.end);
        for (const [i, clause] of sentence.clauses.entries()) {
          assert.ok(clause.start < clause.end);
          const next = sentence.clauses[i + 1];
          if (next) assert.equal(body.slice(clause.end, next.start).trim(), '');
        }
        last = sentence.end;
      }
    }),
    { numRuns: 3000 },
  );
});

test('what a sentence opens and answers', () => {
  const body =
    'Top post.\n\n> first quote\n\nAnswer one. More.\n\nNew paragraph.\n\n> second\nAnswer two.\n- item';
  const { segments } = segmentBody(body);
  const seen = splitSentences(body, segments).map((one) => {
    const quote = one.answers === undefined ? undefined : segments[one.answers];
    const answered = quote ? body.slice(quote.start, quote.end).trim() : '-';
    return `${one.opens ?? '.'} | ${answered} | ${body.slice(one.start, one.end)}`;
  });
  assert.deepEqual(seen, [
    'paragraph | - | Top post.',
    'answer | > first quote | Answer one.',
    '. | > first quote | More.',
    'paragraph | > first quote | New paragraph.',
    'answer | > second | Answer two.',
    'item | > second | item',
  ]);
});
