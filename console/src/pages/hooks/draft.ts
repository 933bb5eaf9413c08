import type { Schema } from '@/api/client';
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

export function faultsOf(draft: HookDraft): Partial<Record<'name' | 'url' | 'pattern', string>> {
  const pattern = draft.kind === 'before-publish' ? patternFault(draft.pattern) : null;
  return {
    ...(draft.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(/^https?:\/\/[^\s]+$/.test(draft.url.trim()) ? {} : { url: 'An absolute URL: https://…' }),
    ...(pattern === null ? {} : { pattern }),
  };
}

/** What a change takes: the kind stays, and what the other kind has is left out. */
export function changeOf(draft: HookDraft): Schema<'HookUpdate'> {
  const { name, url, onFailure, timeoutMs, enabled } = draft;
  return {
    name: name.trim(),
    url: url.trim(),
    onFailure,
    timeoutMs,
    enabled,
    ...(draft.kind === 'before-publish' ? { pattern: draft.pattern } : { cacheSeconds: draft.cacheSeconds }),
  };
}

export function bodyOf(draft: HookDraft): Schema<'HookCreate'> {
  const { name, url, onFailure, timeoutMs, enabled } = draft;
  const common = { name: name.trim(), url: url.trim(), onFailure, timeoutMs, enabled };
  return draft.kind === 'before-publish'
    ? ({ ...common, kind: 'before-publish', pattern: draft.pattern } as Schema<'HookCreate'>)
    : ({ ...common, kind: 'connect', cacheSeconds: draft.cacheSeconds } as Schema<'HookCreate'>);
}
