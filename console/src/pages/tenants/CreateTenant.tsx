import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, take } from '@/api/client';
import { NameDialog } from '@/parts/NameDialog';

export function CreateTenant(props: { opened: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (name: string) => take(api.POST('/v1/tenants', { body: { name } })),
    onSuccess: async (tenant) => {
      await navigate({ to: '/tenants/$tenantId', params: { tenantId: tenant.id } });
      await queryClient.invalidateQueries({ queryKey: ['tenants'] });
    },
  });
  return (
    <NameDialog
      {...props}
      title="Create a tenant"
      label="Name"
      placeholder="Acme"
      hint="For people; it can be changed. Limits take their defaults and are changed on the tenant's page of limits."
      button="Create"
      busy={create.isPending}
      error={create.error}
      onName={create.mutate}
      onReset={create.reset}
    />
  );
}
