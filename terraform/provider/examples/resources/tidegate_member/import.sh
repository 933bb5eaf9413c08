# tenant_id/member_id
tofu import tidegate_member.grace 0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d/0197f3d1-5a10-7c0e-8f21-4b6a9d3e2c11
