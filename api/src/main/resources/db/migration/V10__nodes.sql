-- Gateway processes; one that was not seen for 12 s is gone.
create table nodes (
  id text primary key,
  version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  connections bigint not null default 0
);
