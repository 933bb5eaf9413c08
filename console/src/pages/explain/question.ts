import type { Schema } from '@/api/client';
import { capabilitiesOf, capabilityFaults, forTokens, grantsOf, type Grant } from '@/rules/capabilities';
import { channelNameFault } from '@/rules/channel-name';
import type { Operation } from '@/rules/operations';
import type { Key } from '../keys/keys';

export type Asked = 'credential' | 'key' | 'capabilities';

export interface Question {
  readonly asked: Asked;
  /** Kept by the page alone while it is open. */
  readonly credential: string;
  readonly keyId: string;
  readonly grants: readonly Grant[];
  readonly clientId: string;
  readonly operation: Operation;
  readonly channel: string;
  readonly origin: string;
  readonly messageBytes: string;
}

export const NO_QUESTION: Question = {
  asked: 'capabilities',
  credential: '',
  keyId: '',
  grants: [{ pattern: 'chat:*', operations: ['subscribe'] }],
  clientId: '',
  operation: 'publish',
  channel: '',
  origin: '',
  messageBytes: '',
};

/** The request, or the field that keeps it back. `key`: the one that `keyId` names. */
export function requestOf(
  question: Question,
  key: Key | undefined,
): { readonly request: Schema<'ExplainRequest'> } | { readonly field: string; readonly fault: string } {
  const channelFault = channelNameFault(question.channel);
  if (channelFault !== null) return { field: 'channel', fault: channelFault };
  const holder = holderOf(question, key);
  if ('fault' in holder) return holder;
  const bytes = Number(question.messageBytes || '0');
  if (!Number.isInteger(bytes) || bytes < 0 || bytes > 1_048_576) return { field: 'messageBytes', fault: 'A whole number up to 1,048,576.' };
  return {
    request: {
      ...holder.who,
      operation: question.operation,
      channel: question.channel,
      ...(question.origin === '' ? {} : { origin: question.origin }),
      messageBytes: question.operation === 'publish' ? bytes : 0,
    },
  };
}

type Who = { readonly credential: string } | { readonly capabilities: Schema<'Capabilities'>; readonly clientId?: string };

function holderOf(question: Question, key: Key | undefined): { readonly who: Who } | { readonly field: string; readonly fault: string } {
  if (question.asked === 'credential') {
    const credential = question.credential.trim();
    return credential === '' ? { field: 'credential', fault: 'Paste a key, a token or a ticket.' } : { who: { credential } };
  }
  const named = question.clientId === '' ? {} : { clientId: question.clientId };
  if (question.asked === 'key') {
    if (key === undefined) return { field: 'keyId', fault: 'Choose a key.' };
    return { who: { capabilities: capabilitiesOf(forTokens(grantsOf(key.capabilities))), ...named } };
  }
  const fault = capabilityFaults(question.grants, 'token')[0];
  if (fault !== undefined) return { field: 'grants', fault: fault.message };
  return { who: { capabilities: capabilitiesOf(question.grants), ...named } };
}
