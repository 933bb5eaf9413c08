import { useNavigate, useSearch } from '@tanstack/react-router';

/** Whether a page's "create" dialog is open, kept in the URL as `?create=true`, so that a link or the palette can open it. */
export function useCreateFlag(): [boolean, (open: boolean) => void] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const open = 'create' in search && search.create === true;
  return [open, (next) => void navigate({ to: '.', search: (previous) => ({ ...previous, create: next ? true : undefined }), replace: !next })];
}
