import { Button, Group } from '@mantine/core';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { clock, moment } from '@/charts/format';
import { CodeBlock } from '@/parts/CodeBlock';
import { JsonView } from '@/live/JsonView';
import { blocks, publishSnippets, type Publication } from '@/live/snippets/publication';
import { preview } from '@/live/words';
import classes from './ChannelPage.module.css';

export interface ShownMessage {
  readonly seq: number;
  readonly id: string;
  readonly name?: string | undefined;
  readonly data?: unknown;
  readonly encoding?: string | undefined;
  readonly clientId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly timestamp: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly epoch?: string | undefined;
}

/** One message on a line, and all of it when it is opened. */
export function MessageRow(props: { channel: string; message: ShownMessage; onAgain?: ((publication: Publication) => void) | undefined }) {
  const { channel, message, onAgain } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.message}>
      <button type="button" className={classes.line} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={`tg-num ${classes.seq}`}>#{message.seq}</span>
        <span className={`tg-num ${classes.time}`}>
          {moment(message.timestamp).split(',')[0]} {clock(message.timestamp)}
        </span>
        <span className={classes.data}>
          {message.name !== undefined && <span className={classes.name}>{message.name}</span>}
          {preview(message.data)}
        </span>
        <span className={classes.client}>{message.clientId}</span>
      </button>
      {isOpen && <Whole channel={channel} message={message} onAgain={onAgain} />}
    </div>
  );
}

function Whole({ channel, message, onAgain }: { channel: string; message: ShownMessage; onAgain: ((publication: Publication) => void) | undefined }) {
  const publication: Publication = { channel, name: message.name, data: message.data, encoding: message.encoding, headers: message.headers };
  return (
    <div className={classes.open}>
      <JsonView value={message} depth={2} />
      <Group mt="sm" mb="sm">
        {onAgain && (
          <Button variant="default" size="xs" leftSection={<Send size={14} aria-hidden />} onClick={() => onAgain(publication)}>
            Publish the same again
          </Button>
        )}
      </Group>
      <CodeBlock snippets={blocks(publishSnippets(location.origin, publication))} maxHeight={220} />
    </div>
  );
}
