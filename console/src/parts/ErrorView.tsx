import { Box, Button } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { RefusalAlert } from './RefusalAlert';

/** In the place of what could not be loaded. Also the router's own: a page that threw. */
export function ErrorView(props: { error: unknown; reset?: (() => void) | undefined }) {
  return (
    <Box p="md" maw="44rem">
      <RefusalAlert error={props.error} />
      {props.reset && (
        <Button mt="sm" variant="default" size="xs" leftSection={<RotateCw size={14} aria-hidden />} onClick={props.reset}>
          Try again
        </Button>
      )}
    </Box>
  );
}
