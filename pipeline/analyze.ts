// Reports of the debates that changed.
import type { Store } from '../store/store.ts';
import type { AddProgress } from './add.ts';

export async function analyzeList(
  _store: Store,
  _list: string,
  _options: { readonly onProgress?: (progress: AddProgress) => void; readonly signal?: AbortSignal },
): Promise<{ readonly interrupted: boolean }> {
  return { interrupted: false };
}
