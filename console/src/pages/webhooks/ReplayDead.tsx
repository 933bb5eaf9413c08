import { Button } from '@mantine/core';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { whenOpened } from '@/parts/when-opened';
import type { Props } from './ReplayDeadDialog';

const ReplayDeadDialog = whenOpened<Props>(() => import('./ReplayDeadDialog').then((module) => module.ReplayDeadDialog));

export function ReplayDead(props: Omit<Props, 'opened' | 'onClose'>) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" leftSection={<Send size={14} aria-hidden />} onClick={() => setOpened(true)}>
        Replay dead letters
      </Button>
      <ReplayDeadDialog {...props} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
