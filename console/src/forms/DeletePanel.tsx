import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { Panel } from '@/parts/Panel';

/** Deletes what the page is about, once its name has been typed. `children`: what follows from it, said in the question. */
export function DeletePanel(props: {
  /** "hook". */
  what: string;
  name: string;
  /** What goes with it. */
  description: string;
  onDelete: () => Promise<void>;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Panel
        danger
        title={`Delete this ${props.what}`}
        description={props.description}
        actions={
          <Button color="red" variant="outline" onClick={() => setOpened(true)}>
            Delete the {props.what}
          </Button>
        }
      />
      <ConfirmByName opened={opened} onClose={() => setOpened(false)} title={`Delete the ${props.what}`} name={props.name} confirm={`Delete this ${props.what}`} onConfirm={props.onDelete}>
        {props.children}
      </ConfirmByName>
    </>
  );
}
