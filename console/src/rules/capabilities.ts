import { isMeta } from './channel-name';
import { matches, patternFault } from './channel-pattern';
import { isOperation, OPERATIONS, type Operation } from './operations';

/** Channel pattern to operations, as on the wire. */
export type Capabilities = Record<string, Operation[]>;

/** One line of an editor: a pattern may be unfinished, twice there, or without an operation. */
export interface Grant {
  readonly pattern: string;
  readonly operations: readonly Operation[];
}

const MAX_PATTERNS = 100;

export function grantsOf(capabilities: Capabilities): Grant[] {
  return Object.entries(capabilities).map(([pattern, operations]) => ({ pattern, operations: inOrder(operations) }));
}

/** Of lines without faults; of a pattern that stands twice the operations add up. */
export function capabilitiesOf(grants: readonly Grant[]): Capabilities {
  const merged = new Map<string, Operation[]>();
  for (const { pattern, operations } of grants) {
    merged.set(pattern, inOrder([...(merged.get(pattern) ?? []), ...operations]));
  }
  return Object.fromEntries(merged);
}

/** What of them a token can have: all but `admin`. */
export function forTokens(grants: readonly Grant[]): Grant[] {
  return grants
    .map(({ pattern, operations }) => ({ pattern, operations: operations.filter((operation) => operation !== 'admin') }))
    .filter(({ operations }) => operations.length > 0);
}

export interface CapabilityFault {
  /** The line, or null where it is all of them. */
  readonly line: number | null;
  readonly message: string;
}

/** What keeps these lines from being capabilities of a key, or of a token (which never has `admin`). */
export function capabilityFaults(grants: readonly Grant[], of: 'key' | 'token'): CapabilityFault[] {
  const faults: CapabilityFault[] = [];
  if (grants.length === 0) faults.push({ line: null, message: 'Add at least one pattern.' });
  if (grants.length > MAX_PATTERNS) faults.push({ line: null, message: 'There are at most 100 patterns.' });
  const seen = new Set<string>();
  for (const [line, { pattern, operations }] of grants.entries()) {
    const fault = patternFault(pattern);
    if (fault !== null) faults.push({ line, message: fault });
    else if (seen.has(pattern)) faults.push({ line, message: 'This pattern stands above already.' });
    if (operations.length === 0) faults.push({ line, message: 'Choose at least one operation.' });
    if (of === 'token' && operations.includes('admin')) faults.push({ line, message: 'Tokens never carry admin.' });
    seen.add(pattern);
  }
  return faults;
}

/** Capabilities in a text that somebody pasted, or what is wrong with it. */
export function parseCapabilities(text: string): { readonly grants: Grant[] } | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'This is not JSON.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: 'Capabilities are an object: {"chat:*": ["publish", "subscribe"]}.' };
  }
  const grants: Grant[] = [];
  for (const [pattern, operations] of Object.entries(value)) {
    if (!Array.isArray(operations)) return { fault: `“${pattern}” has a list of operations.` };
    const stranger: unknown = operations.find((one) => !isOperation(one));
    if (stranger !== undefined) return { fault: `${JSON.stringify(stranger)} is no operation: ${OPERATIONS.join(', ')}.` };
    grants.push({ pattern, operations: inOrder(operations.filter(isOperation)) });
  }
  return { grants };
}

export interface Verdict {
  readonly allowed: boolean;
  /** The pattern that grants it, the first as the gateway would name it. */
  readonly by: string | null;
}

/** Whether these capabilities alone allow it. A namespace, a limit or a hook may still refuse: `explain` knows those. */
export function wouldAllow(grants: readonly Grant[], operation: Operation, channel: string): Verdict {
  const wanted = neededFor(operation, channel);
  if (wanted === null) return { allowed: false, by: null };
  const grant = grants.find(
    ({ pattern, operations }) =>
      operations.includes(wanted) && patternFault(pattern) === null && matches(pattern, channel),
  );
  return grant === undefined ? { allowed: false, by: null } : { allowed: true, by: grant.pattern };
}

/** The app's log is read by keys with `admin` on it, and written by the gateway alone. */
function neededFor(operation: Operation, channel: string): Operation | null {
  if (!isMeta(channel)) return operation;
  return operation === 'publish' || operation === 'presence' ? null : 'admin';
}

function inOrder(operations: readonly Operation[]): Operation[] {
  return OPERATIONS.filter((operation) => operations.includes(operation));
}
