import { Text, TextInput } from '@mantine/core';
import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { Panel } from '@/parts/Panel';
import { candidates, whyBefore, type Candidate } from '@/rules/applying';
import { channelNameFault } from '@/rules/channel-name';
import classes from './namespaces.module.css';

interface Named {
  readonly name: string;
  readonly pattern: string;
}

/** Which namespace wins for a channel, and why the others do not. `mine`: marked among them, while it is edited. */
export function ApplyingTester(props: { namespaces: readonly Named[]; mine?: string }) {
  const [channel, setChannel] = useState('');
  const fault = channel === '' ? null : channelNameFault(channel);
  const all = channel === '' || fault !== null ? [] : candidates(props.namespaces, channel);
  const covering = all.filter(({ difference }) => difference === null);
  const first = covering[0];
  return (
    <Panel title="Which one applies?" description="Most literal segments, then most literal characters, then by text: as the gateway decides.">
      <TextInput
        aria-label="A channel"
        placeholder="chat:room-7"
        maw={420}
        spellCheck={false}
        autoComplete="off"
        value={channel}
        error={fault}
        onChange={(event) => setChannel(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {channel !== '' && fault === null && (
          <Text size="sm" mt="sm">
            {first ? (
              <>
                <b>{first.namespace.name}</b> applies to <code>{channel}</code>.
              </>
            ) : (
              <>
                No namespace covers <code>{channel}</code>: the default rules apply.
              </>
            )}
          </Text>
        )}
        {all.length > 0 && (
          <ul className={classes.candidates}>
            {all.map((one) => (
              <CandidateLine key={one.namespace.name} of={one} first={first?.namespace} mine={one.namespace.name === props.mine} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function CandidateLine(props: { of: Candidate<Named>; first: Named | undefined; mine: boolean }) {
  const { namespace, difference } = props.of;
  const wins = namespace === props.first;
  return (
    <li className={classes.candidate} data-wins={wins || undefined}>
      {wins ? <Check size={15} aria-label="applies" /> : <Minus size={15} aria-label="does not apply" />}
      <span className={classes.who}>
        <b>{namespace.name}</b> {props.mine && <i>this one</i>} <code>{namespace.pattern}</code>
      </span>
      <span className={classes.why}>{difference ?? (wins || !props.first ? 'covers it, and is the most specific' : `covers it, but ${whyBefore(props.first, namespace)}`)}</span>
    </li>
  );
}
