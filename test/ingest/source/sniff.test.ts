import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sniff, type ContentKind } from '../../../ingest/source/sniff.ts';

const table: readonly (readonly [string, string, ContentKind])[] = [
  ['nothing', '', 'empty'],
  ['only empty lines', '\r\n\n', 'empty'],
  ['gzip', gzipSync('x').toString('latin1'), 'gzip'],
  ['xz', '\xfd7zXZ\0\0\x04', 'packed'],
  ['zip', 'PK\x03\x04\x14', 'packed'],
  ['git bundle', '# v2 git bundle\nabc refs/heads/master\n', 'bundle'],
  ['mbox', 'From a@example.org Tue Mar  5 10:00:00 2024\nSubject: x\n', 'mbox'],
  [
    'mbox after empty lines and a byte order mark',
    '\xef\xbb\xbf\n\nFrom a Tue Mar  5 10:00:00 2024\nSubject: x\n',
    'mbox',
  ],
  ['mbox with CRLF', 'From a Tue Mar  5 10:00:00 2024\r\nSubject: x\r\n', 'mbox'],
  ['mbox of which one line is there', 'From mboxrd@z Thu Jan  1 00:00:00 1970\n', 'mbox'],
  [
    'pipermail month',
    'From ann at example.org  Tue Mar  5 10:00:00 2024\nFrom: ann at example.org (Ann)\n',
    'mbox',
  ],
  ['file of patches', `From ${'0a'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: x\n`, 'mbox'],
  ['mbox without its beginning', 'rest of a text\n\nFrom a Tue Mar  5 10:00:00 2024\nSubject: x\n', 'mbox'],
  ['mail', 'Return-Path: <a@example.org>\nX-Odd: 1\nSubject: x\n\nbody', 'eml'],
  ['mail with malformed header lines', 'no colon here\nFrom : a\nSubject: x\n: empty\n\nbody', 'eml'],
  [
    'mail with NUL bytes',
    'From: Ann\0a <ann@example.org>\nSubject: with \0 inside\n\nbody \0 of a mail\n',
    'eml',
  ],
  ['mail with one field', 'Subject: x\n', 'eml'],
  ['mail with a pasted mbox', 'Subject: x\n\nlook:\n\nFrom a Tue Mar  5 10:00:00 2024\nSubject: y\n', 'eml'],
  ['page', '<!DOCTYPE html>\n<html><body>', 'html'],
  ['page that begins with a comment', '<!-- MHonArc v2.6.19+ -->\n<html>', 'html'],
  ['text', 'Notes of 2024\n\nFrom here on: nothing\n', 'text'],
  ['text with a colon', 'Note: this\nis no mail: really\n\n', 'text'],
  ['prose after From', 'From the 10:00 meeting of 2024 we learn\nnothing.\n', 'text'],
  ['source code', 'import x\ndef f():\n  return 1\n', 'text'],
  ['random bytes', '\x8f\x02\x91\xe3\x00\x00\x1b\x07\x1a\x9c\x01\x03', 'binary'],
];

describe('sniff', () => {
  for (const [name, input, expected] of table) {
    test(`${name}: ${expected}`, () => assert.equal(sniff(Buffer.from(input, 'latin1')), expected));
  }
  test('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => sniff(Buffer.from(bytes)) !== undefined),
    );
  });
});
