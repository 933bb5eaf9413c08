/** A whole number within bounds as people write it, or why it is none. Spaces and commas between digits are for people. */
export function readWhole(text: string, min: number, max: number): { readonly value: number } | { readonly fault: string } {
  const digits = text.replaceAll(/[\s,_]/g, '');
  if (!/^\d{1,15}$/.test(digits)) return { fault: 'A whole number.' };
  const value = Number(digits);
  if (value < min || value > max) return { fault: `${min.toLocaleString('en')} to ${max.toLocaleString('en')}.` };
  return { value };
}
