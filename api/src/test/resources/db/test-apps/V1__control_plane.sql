-- What the log needs of the control plane, until its own migration is here.
CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL, limits jsonb NOT NULL);
CREATE TABLE apps (
  id        bigint PRIMARY KEY,
  tenant_id uuid   NOT NULL REFERENCES tenants (id),
  name      text   NOT NULL,
  settings  jsonb  NOT NULL,
  UNIQUE (tenant_id, id)
);
