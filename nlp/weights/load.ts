// Reads the shipped weights, once per process.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../model/fault.ts';
import type { Models } from '../language.ts';
import { unpack } from './pack.ts';

// Compiled modules run from dist/, sources and tests from the checkout: data/ is looked for beside both.
const FILE = 'data/model/analysis.weights';

export interface LoadedModels {
  readonly models: Models;
  /** First 12 hex digits of the file's SHA-256. */
  readonly hash: string;
}

export function weightsPath(): string {
  return fileURLToPath(new URL(`../../../${FILE}`, import.meta.url));
}

let loaded: LoadedModels | undefined;

/**
 * The shipped models.
 * @throws Fault (config) when the file is absent or damaged
 */
export function loadModels(path = weightsPath()): LoadedModels {
  if (loaded && path === weightsPath()) return loaded;
  try {
    const bytes = readFileSync(path);
    const models = unpack(bytes);
    if (!isModels(models)) throw new TypeError('not a set of models');
    const found = { models, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
    if (path === weightsPath()) loaded = found;
    return found;
  } catch (cause) {
    throw new Fault(
      'config',
      `${path}: cannot be read as trained weights`,
      'install the package again, or run npm run train',
      {
        cause,
      },
    );
  }
}

function isModels(value: unknown): value is Models {
  return typeof value === 'object' && value !== null && 'unit' in value && typeof value.unit === 'object';
}
