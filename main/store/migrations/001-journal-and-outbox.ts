export const journalAndOutbox = `
create table call (
  attempt text primary key,
  user_id text not null,
  offer text not null,
  -- null until the server has allowed the call
  call text,
  draft text not null,
  updated integer not null,
  closed integer
) strict;
create index call_open on call (user_id) where closed is null;

create table outbox (
  seq integer primary key autoincrement,
  key text not null unique,
  kind text not null check (kind in ('wrap-up', 'undo')),
  attempt text not null,
  user_id text not null,
  body text not null,
  shown text not null,
  created integer not null,
  tries integer not null default 0,
  next_try integer not null default 0,
  refused text,
  refused_at integer,
  set_aside integer,
  delivered integer
) strict;
create index outbox_waiting on outbox (user_id, seq) where delivered is null;
create index outbox_attempt on outbox (attempt, seq);

create table setting (
  name text primary key,
  value text not null
) strict;
`
