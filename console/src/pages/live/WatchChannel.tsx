import { Badge, Button, CloseButton, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './LivePage.module.css';

/** The log shows the beginning of what was published, and not all under load: whoever wants all of it subscribes to that channel as well. */
export function WatchChannel(props: { channel: string; onChannel: (channel: string) => void }) {
  const [typed, setTyped] = useState('');
  if (props.channel !== '') {
    return (
      <div className={classes.watch}>
        <Text size="xs" c="dimmed">
          With the messages of
        </Text>
        <Badge className="tg-mono" maw={320} rightSection={<CloseButton size="xs" aria-label="Without these messages" onClick={() => props.onChannel('')} />}>
          {props.channel}
        </Badge>
      </div>
    );
  }
  return (
    <form
      className={classes.watch}
      onSubmit={(event) => {
        event.preventDefault();
        props.onChannel(typed.trim());
        setTyped('');
      }}
    >
      <Text size="xs" c="dimmed">
        The log shows the beginnings of messages.
      </Text>
      <TextInput size="xs" placeholder="Channel to see all of" aria-label="Channel to see all messages of" spellCheck={false} autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Button type="submit" size="xs" variant="default" disabled={typed.trim() === ''}>
        Watch
      </Button>
    </form>
  );
}
