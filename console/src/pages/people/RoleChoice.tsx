import { Radio, Stack } from '@mantine/core';
import { reaches, ROLE_WORDS, ROLES, type Role } from '@/api/session';

/** One of the roles up to one's own, with what each may. */
export function RoleChoice(props: { value: Role; onChange: (role: Role) => void; own: Role | 'operator' | undefined }) {
  return (
    <Radio.Group label="Role" value={props.value} onChange={(role) => props.onChange(role as Role)}>
      <Stack gap={10} mt={8}>
        {ROLES.filter((role) => reaches(props.own, role)).map((role) => (
          <Radio key={role} value={role} label={role} description={ROLE_WORDS[role]} styles={{ label: { textTransform: 'capitalize', fontWeight: 500 } }} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
