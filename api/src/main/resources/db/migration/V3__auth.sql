-- Tokens that no longer count: of a key or a client, those issued before a time; or one by its id.
-- A row is kept until no token can be alive that it covers.
CREATE TABLE token_revocations (
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  kind          text        NOT NULL CHECK (kind IN ('key', 'client', 'token')),
  -- A key id, a clientId or a token id.
  value         text        NOT NULL CHECK (char_length(value) BETWEEN 1 AND 255),
  -- ms since 1970, exclusive; the largest bigint for one token.
  issued_before bigint      NOT NULL,
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (app_id, kind, value),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX token_revocations_by_expiry ON token_revocations (expires_at);
CREATE INDEX token_revocations_of_tenant ON token_revocations (tenant_id, app_id);
