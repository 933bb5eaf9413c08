import { Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readWhole } from './whole-number';

/**
 * A whole number within bounds, with its unit. What is typed is told to `onChange` once it is one; until then it says
 * what is wrong, and the browser does not send its form.
 */
export function WholeNumber(props: {
  label: string;
  description?: string | undefined;
  unit?: string | undefined;
  width?: number;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readWhole(typed, props.min, props.max);
  const fault = read !== null && 'fault' in read ? read.fault : undefined;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.setCustomValidity(fault ?? ''), [fault]);
  return (
    <TextInput
      ref={input}
      w={props.width ?? 190}
      label={props.label}
      description={props.description ?? `${props.min.toLocaleString('en')} to ${props.max.toLocaleString('en')}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      autoComplete="off"
      rightSection={
        props.unit === undefined ? undefined : (
          <Text size="xs" c="dimmed" pr={10}>
            {props.unit}
          </Text>
        )
      }
      rightSectionWidth={props.unit === undefined ? undefined : 14 + 8 * props.unit.length}
      rightSectionPointerEvents="none"
      value={typed ?? props.value.toLocaleString('en')}
      error={fault}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = readWhole(text, props.min, props.max);
        if ('value' in next) props.onChange(next.value);
      }}
      onBlur={() => {
        if (fault === undefined) setTyped(null);
      }}
    />
  );
}
