import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

/** What an `<a>` takes beside what the component itself names. */
type Rest<Props> = Props & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { ref?: Ref<HTMLAnchorElement> };

/** Mantine's parts as links within the console, with the router's checked `to`, `params` and `search`. */
export const AnchorLink = createLink((props: Rest<AnchorProps>) => <Anchor {...props} />);
export const ButtonLink = createLink((props: Rest<ButtonProps>) => <Button component="a" {...props} />);
