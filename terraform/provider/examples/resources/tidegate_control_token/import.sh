# tenant_id/token_id. The token itself cannot be read: it is null.
tofu import tidegate_control_token.ci 0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d/0197f3c4-0a77-7f21-b0c1-9d8e7f6a5b4c
