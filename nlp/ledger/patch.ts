// Diffs, diffstats and range-diffs inside a body, line by line. Prose below or between diffs, and the notes between
// `---` and the diffstat, stay text. Hunks are followed by their line counts (unified diff, POSIX diff -c as well).
import type { Lines } from './line.ts';

const DIFF_HEAD =
  /^(?:diff (?:--git|--cc|-[a-zA-Z]+) |Index: \S|={60,}$|index [0-9a-f]{4,}\.\.|(?:old|new|deleted file|new file) mode \d|similarity index |dissimilarity index |(?:rename|copy) (?:from|to) |Binary files |GIT binary patch|RCS file: |retrieving revision |\*{15}$)/;
const HUNK = /^@@+ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
const DIFFSTAT =
  /^(?: \S.*\s\|\s+(?:\d+(?: [+-]+)?|Bin\b.*|Unk.*)\s*$|\s\d+ files? changed\b| (?:create|delete) mode \d| {1,2}(?:rename|copy) .*\(\d+%\)| mode change \d)/;
const CONTEXT_LINE = /^(?:[!+\- ] |\*\*\*|---|\s*$|\t)/;
const RANGE_DIFF =
  /^\s{0,4}(?:\d+|-+):\s{1,4}(?:[0-9a-f]{7,40}|-{7,40}) [!=<>] {1,4}(?:\d+|-+):\s{1,4}(?:[0-9a-f]{7,40}|-{7,40})/;
const MAIL_FROM = /^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001/;
const BASE = /^(?:base-commit|prerequisite-(?:patch-id|change-id|message-id)|change-id): /;
const LONG = 2000;

function startsWithAny(line: string, chars: string): boolean {
  return line !== '' && chars.includes(line.charAt(0));
}

function isDiffstat(line: string): boolean {
  return line.length < LONG && line.startsWith(' ') && DIFFSTAT.test(line);
}

/**
 * Marks diff and diffstat lines of text kind as `patch`. A hunk goes on while its header's counts owe lines; one with
 * wrong counts (edited by hand) goes on over `+` and `-` lines.
 */
export function markPatches(lines: Lines): void {
  const { text, kind, count } = lines;
  let lastDiff = -1;
  for (let i = count - 1; i >= 0 && lastDiff < 0; i--) {
    const line = text[i] ?? '';
    if (line.startsWith('diff --git') || isDiffstat(line)) lastDiff = i;
  }
  let old = 0;
  let added = 0;
  let hunk = false;
  let context = false;
  let range = false;
  for (let i = 0; i < count; i++) {
    const line = text[i] ?? '';
    const next = text[i + 1] ?? '';
    const before = text[i - 1] ?? '';
    const counts = line.startsWith('@@') ? HUNK.exec(line) : null;
    if (counts) {
      old = Number(counts[1] ?? 1);
      added = Number(counts[2] ?? 1);
      hunk = true;
      context = false;
    } else if (old > 0 || added > 0) {
      hunk = line === '' || startsWithAny(line, ' +-\\\t');
      const first = line.charAt(0);
      old = hunk && first !== '+' && first !== '\\' ? old - 1 : hunk ? old : 0;
      added = hunk && first !== '-' && first !== '\\' ? added - 1 : hunk ? added : 0;
    } else {
      hunk = hunk && startsWithAny(line, '+-\\') && line.trimEnd() !== '--';
    }
    if (/^\*\*\* \S/.test(line) && next.startsWith('--- ')) context = true;
    else if (context && !CONTEXT_LINE.test(line)) context = false;
    const head =
      DIFF_HEAD.test(line) ||
      (/^--- \S/.test(line) && next.startsWith('+++ ')) ||
      (/^\+\+\+ \S/.test(line) && before.startsWith('--- '));
    const ruler = line.startsWith('---') && line.trimEnd() === '---' && i < lastDiff;
    if (RANGE_DIFF.test(line)) range = true;
    else if (range && line !== '' && !line.startsWith('    ')) range = false;
    const inRange = range && (line !== '' || next.startsWith('    '));
    if (
      (kind[i] === 'text' &&
        (hunk ||
          context ||
          head ||
          ruler ||
          isDiffstat(line) ||
          inRange ||
          MAIL_FROM.test(line) ||
          BASE.test(line))) ||
      // a hunk's context line that starts with white space and `>` is no quote
      (kind[i] === 'quote' && hunk && startsWithAny(line, ' \t') && !counts)
    ) {
      kind[i] = 'patch';
      lines.depth[i] = 0;
    }
  }
}
