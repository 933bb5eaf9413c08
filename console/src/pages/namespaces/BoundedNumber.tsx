import { WholeNumber } from '@/forms/WholeNumber';
import { BOUNDS, type BoundedField } from '@/rules/namespace';

/** A whole number within the bounds that the contract has for this field. */
export function BoundedNumber(props: { field: BoundedField; label: string; unit?: string; description?: string; value: number; onChange: (value: number) => void }) {
  const { field, ...rest } = props;
  const [min, max] = BOUNDS[field];
  return <WholeNumber {...rest} min={min} max={max} />;
}
