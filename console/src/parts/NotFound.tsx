import { Compass } from 'lucide-react';
import { EmptyState } from './EmptyState';
import { ButtonLink } from './links';

export function NotFound() {
  return (
    <main>
      <EmptyState order={1} icon={Compass} title="Nothing is at this address" action={<ButtonLink to="/">Go to the overview</ButtonLink>}>
        The page was moved, or what it showed was deleted.
      </EmptyState>
    </main>
  );
}
