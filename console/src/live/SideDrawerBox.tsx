import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

export function SideDrawerBox(props: Props) {
  return (
    <Drawer opened={props.opened} onClose={props.onClose} position="bottom" size="80%" title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.children}
    </Drawer>
  );
}
