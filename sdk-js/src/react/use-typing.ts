import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useStores } from './provider.js';

/** People pause to think; longer than this they do something else. */
const TIMEOUT_MS = 3_000;

export interface UseTypingOptions {
  /** How long after the last {@link TypingView.typed} one is still typing; 3,000 when absent. */
  readonly timeoutMs?: number;
}

export interface TypingView {
  /** The clientIds of the others who type, each once. */
  readonly typing: readonly string[];
  /** To be called on each input; it is sent only when typing begins. */
  typed(): void;
  /** To be called when the text was sent or thrown away. */
  stopped(): void;
}

/**
 * Who types in a channel, as `typing: true` in the data of members; whoever types is a member. It needs the
 * capability `presence` and ends with the connection.
 */
export function useTyping(name: string, { timeoutMs = TIMEOUT_MS }: UseTypingOptions = {}): TypingView {
  const stores = useStores();
  const { client } = stores;
  const presence = stores.presence(name);
  const owner = useRef({}).current;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopped = useCallback(() => {
    clearTimeout(timer.current);
    presence.release(owner);
  }, [presence, owner]);
  const typed = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(stopped, timeoutMs);
    presence.hold(owner, { typing: true });
  }, [presence, owner, stopped, timeoutMs]);
  useEffect(() => stopped, [stopped]);
  const { members } = useSyncExternalStore(presence.listen, presence.snapshot, presence.snapshot);
  const typing = useMemo(() => {
    const others = members.filter(
      ({ clientId, data }) => (data as { typing?: boolean } | undefined)?.typing && clientId !== client.connection.clientId,
    );
    return [...new Set(others.map((member) => member.clientId))].sort();
  }, [members, client]);
  return { typing, typed, stopped };
}
