import { NumberInput } from '@mantine/core';
import { BOUNDS, type BoundedField } from '@/rules/namespace';

/** A whole number within the bounds of the contract; what is typed beyond them is drawn back when the field is left. */
export function BoundedNumber(props: { field: BoundedField; label: string; unit?: string; description?: string; value: number; onChange: (value: number) => void }) {
  const [min, max] = BOUNDS[props.field];
  return (
    <NumberInput
      w={180}
      label={props.label}
      description={props.description ?? `${min.toLocaleString('en')} to ${max.toLocaleString('en')}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      suffix={props.unit === undefined ? '' : ` ${props.unit}`}
      thousandSeparator=","
      allowDecimal={false}
      allowNegative={false}
      min={min}
      max={max}
      clampBehavior="blur"
      value={props.value}
      onChange={(value) => {
        if (typeof value === 'number') props.onChange(value);
      }}
    />
  );
}
