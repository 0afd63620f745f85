// Names a proposal by a short verb phrase in its own words: the subject of a patch, or what follows "we should", "let's", ...
import { flat } from './unit.ts';

const MOST_WORDS = 14;
const FEWEST_WORDS = 2;
/** `subsystem:` and `area/part:` before what a patch does. */
const PREFIX = /^(?:[\w./,*+ -]{1,40}:\s+)+(?=\S)/;
const TRAILING = /[\s,;:.!?()"'-]+$/;
const LEADING = /^[\s,;:.!?("'*-]+/;

/** What stands before the verb phrase of a proposing sentence; the last one that matches wins. */
const OPENERS: readonly RegExp[] = [
  /\b(?:we|you|they|one|i|it|people|everyone) (?:really |probably |definitely |also |just |all |still |now )?(?:should|ought to|need to|have to|must|could|can|might want to|may want to|would have to) (?:really |probably |definitely |also |just |all |still |instead |at least |simply |rather |perhaps |maybe |now )*(?=[a-z])/gi,
  /\b(?:i|we)(?:'d| would| will|'ll)? (?:\w+ )?(?:propose|suggest|recommend|prefer|like|want|vote|plan|intend|volunteer) (?:to |that we |that you |we |you )(?:should |could )?(?=[a-z])/gi,
  /\blet(?:'s|s| us) (?:just |instead |simply )?(?=[a-z])/gi,
  /\b(?:why not|why don't (?:we|you)|how about (?:we |you )?|what about (?:we |you )?|(?:better|best|easier|nicer|cleaner|good|great|nice|useful|helpful|safer|saner|simpler) (?:idea )?to|the idea is to|the plan is to|in order to|is to|want(?:ed)? (?:you |us )?to|would be to|could be to) (?:just |instead |simply |rather )?(?=[a-z])/gi,
  /\b(?:please|perhaps|maybe|instead,?|so,?|then,?|therefore,?|thus,?) (?=(?:add|allow|avoid|change|create|deprecate|disable|do|drop|enable|extend|fix|have|implement|introduce|keep|leave|let|make|merge|move|put|remove|rename|replace|require|revert|send|set|split|start|stop|switch|try|turn|use)\b)/gi,
];
/** "This patch adds ...", "It reserves ...": a third-person verb becomes an imperative. */
const THIRD_PERSON =
  /\b(?:this|these|the|my|our|it|patch \d+|(?:this|the) \w+ ?\w*) (?:\w+ )?(?:patch|patches|patchset|series|set|change|commit|rfc|pep|bip|proposal|draft|document)?\s?(?:simply |just |also |now |only )?(adds?|allows?|avoids?|changes?|converts?|creates?|deprecates?|disables?|documents?|drops?|enables?|exports?|extends?|extracts?|fixes|fix|implements?|improves?|includes?|introduces?|lets?|makes?|modifies|moves?|passes|prevents?|proposes?|provides?|reduces?|removes?|renames?|replaces?|reserves?|restricts?|reverts?|reworks?|sets?|simplifies|splits?|starts?|stops?|supports?|switches|turns?|updates?|uses?)\b/i;
const GERUND_OPENERS =
  /\b(?:what about|how about|instead of|propose|suggest|recommend|consider|support|prefer|about|by|of|for|like|start|started|for adding) (?=([a-z]{3,}ing)\b)/gi;
const CUT =
  /[;:]|\.(?=\s|$)|\?|\s(?:-|--|—|–)\s|,?\s(?:because|since|so that|unless|although|though|but|however|whereas|which would|which is|as it|as this|as that|if we|if you|if it)\b/i;

/** Title from the sentence that introduces a proposal; '' when no verb phrase is found. */
export function titleOfSentence(sentence: string): string {
  const text = flat(sentence);
  let start = -1;
  let verb = '';
  for (const opener of OPENERS) {
    opener.lastIndex = 0;
    for (let match = opener.exec(text); match; match = opener.exec(text)) {
      const end = match.index + match[0].length;
      if (start < 0 || end < start) start = end;
      if (match[0].length === 0) opener.lastIndex++;
    }
    if (start >= 0) break;
  }
  if (start < 0) {
    const third = THIRD_PERSON.exec(text);
    if (third?.[1]) {
      verb = baseForm(third[1].toLowerCase());
      start = third.index + third[0].length;
    }
  }
  if (start < 0) {
    GERUND_OPENERS.lastIndex = 0;
    const gerund = GERUND_OPENERS.exec(text);
    if (gerund?.[1]) {
      start = gerund.index + gerund[0].length + gerund[1].length;
      verb = baseForm(gerund[1].toLowerCase());
    }
  }
  if (start < 0) return '';
  return shaped(`${verb} ${text.slice(start)}`);
}

/** Title from a subject line without tags: `mm: drop the cache` -> `Drop the cache`. */
export function titleOfSubject(subject: string): string {
  const bare = subject.replace(PREFIX, '');
  return shaped(bare === '' ? subject : bare);
}

/** At most 14 words, cut where the phrase ends, first letter capital. */
export function shaped(phrase: string): string {
  const text = flat(phrase).replace(LEADING, '');
  const cut = CUT.exec(text);
  const clause =
    cut && text.slice(0, cut.index).split(' ').length >= FEWEST_WORDS + 1 ? text.slice(0, cut.index) : text;
  const words = closed(withoutTail(clause.split(' ').slice(0, MOST_WORDS)).join(' '));
  return words.split(' ').length < FEWEST_WORDS && words.length < 4
    ? ''
    : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words that no title ends with: the cut came in the middle of a phrase. */
const DANGLING: ReadonlySet<string> = new Set(
  (
    'a an and as at be been but by for from if in into is it its of on or our so than that the their them there this to ' +
    'was we were what when where which who will with would you your are how'
  ).split(' '),
);

function withoutTail(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > FEWEST_WORDS && DANGLING.has((words[end - 1] ?? '').toLowerCase().replace(TRAILING, '')))
    end--;
  return words.slice(0, end);
}

/** Trims marks at the end, but keeps or removes quotes and parentheses in pairs. */
function closed(text: string): string {
  const trimmed = text.replace(TRAILING, '');
  // the marks of a call belong to its name
  const bare = text.startsWith('()', trimmed.length) ? `${trimmed}()` : trimmed;
  const rest = text.slice(bare.length);
  let result = bare;
  if (count(bare, '"') % 2 === 1) {
    const at = bare.lastIndexOf('"');
    result = rest.startsWith('"') ? `${bare}"` : bare.slice(0, at) + bare.slice(at + 1);
  }
  if (count(result, '(') > count(result, ')')) {
    const at = result.lastIndexOf('(');
    result = rest.includes(')') ? `${result})` : result.slice(0, at) + result.slice(at + 1);
  }
  return result.trim();
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  fixes: 'fix',
  passes: 'pass',
  switches: 'switch',
  modifies: 'modify',
  simplifies: 'simplify',
  using: 'use',
  making: 'make',
  having: 'have',
  putting: 'put',
  getting: 'get',
  dropping: 'drop',
  splitting: 'split',
  setting: 'set',
  stopping: 'stop',
  running: 'run',
};
/** Verbs whose -ing form lost an e. */
const SILENT_E =
  /^(?:mak|us|mov|remov|chang|replac|introduc|creat|renam|deprecat|disabl|enabl|improv|includ|reduc|updat|provid|requir|writ|tak|giv|leav|merg|chos|combin|defin|delet|eliminat|ensur|exclud|forc|generat|handl|ignor|isolat|nam|pars|prepar|reserv|resolv|restor|reus|revis|rout|sav|schedul|separat|shar|stor|valid|trac|typ|unif|involv|believ|clos|declar|decid|describ|duplicat|encourag|hid|invit|integrat|manag|mandat|minimiz|organiz|optimiz|rephras|recogniz|standardiz)$/;

/** Base form of `adds`, `introduces`, `adding`, `moving`; other words stay. */
export function baseForm(verb: string): string {
  const irregular = IRREGULAR[verb];
  if (irregular) return irregular;
  if (verb.endsWith('ing') && verb.length > 5) {
    const root = verb.slice(0, -3);
    if (SILENT_E.test(root)) return `${root}e`;
    return /([b-df-hj-np-tv-z])\1$/.test(root) && !/(?:ss|ll|ff|zz|dd)$/.test(root)
      ? root.slice(0, -1)
      : root;
  }
  if (verb.endsWith('ies')) return `${verb.slice(0, -3)}y`;
  if (verb.endsWith('s') && !verb.endsWith('ss')) return verb.slice(0, -1);
  return verb;
}
