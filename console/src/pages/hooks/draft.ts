import type { Schema } from '@/api/client';
import { calledFaults } from '@/called/called';
import { patternFault } from '@/rules/channel-pattern';
import type { Hook } from './hooks';

export interface HookDraft {
  readonly name: string;
  readonly kind: Hook['kind'];
  readonly url: string;
  /** Of before-publish alone. */
  readonly pattern: string;
  readonly onFailure: Hook['onFailure'];
  readonly timeoutMs: number;
  /** Of connect alone. */
  readonly cacheSeconds: number;
  readonly enabled: boolean;
}

export const NEW_HOOK: HookDraft = {
  name: '',
  kind: 'before-publish',
  url: '',
  pattern: '*',
  onFailure: 'refuse',
  timeoutMs: 1000,
  cacheSeconds: 0,
  enabled: true,
};

export function draftOf(hook: Hook): HookDraft {
  const { name, kind, url, pattern, onFailure, timeoutMs, cacheSeconds, enabled } = hook;
  return { name, kind, url, pattern: pattern ?? '*', onFailure, timeoutMs, cacheSeconds: cacheSeconds ?? 0, enabled };
}

/** What is unfinished, by field. */
export function faultsOf(draft: HookDraft): Partial<Record<'name' | 'url' | 'pattern', string>> {
  const pattern = draft.kind === 'before-publish' ? patternFault(draft.pattern) : null;
  return { ...calledFaults(draft), ...(pattern === null ? {} : { pattern }) };
}

/** What a change takes: the kind stays, and what the other kind has is left out. */
export function changeOf({ name, url, onFailure, timeoutMs, enabled, kind, pattern, cacheSeconds }: HookDraft): Schema<'HookUpdate'> {
  return { name: name.trim(), url: url.trim(), onFailure, timeoutMs, enabled, ...(kind === 'before-publish' ? { pattern } : { cacheSeconds }) };
}

export function bodyOf(draft: HookDraft): Schema<'HookCreate'> {
  return { ...changeOf(draft), kind: draft.kind } as Schema<'HookCreate'>;
}
