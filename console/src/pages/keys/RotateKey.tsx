import { Button } from '@mantine/core';
import { useState } from 'react';
import { whenOpened } from '@/parts/when-opened';
import type { Props } from './RotateKeyDialog';

const RotateKeyDialog = whenOpened<Props>(() => import('./RotateKeyDialog').then((module) => module.RotateKeyDialog));

export function RotateKey(props: Omit<Props, 'opened' | 'onClose'>) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Rotate
      </Button>
      <RotateKeyDialog {...props} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
