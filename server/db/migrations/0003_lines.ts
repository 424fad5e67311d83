import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Real calls: how campaigns and people telephone, operators' phones, the legs that are up. */
export const lines: Migration = {
  async up(db) {
    await sql`
      alter table campaigns
        add column caller_id text not null default '',
        add column lcr_prefix text not null default '',
        add column inbound jsonb not null default '{"numbers": []}',
        add column recording text not null default 'off' check (recording in ('off', 'always', 'on-demand')),
        add column supervision jsonb not null default '{"tellOperator": true}';
      create table phone_setup (
        user_id text primary key references user_account (id) on delete cascade,
        dial_prefix text not null,
        desk_phone text not null
      );
      create table operator_phone (
        user_id text primary key references user_account (id) on delete cascade,
        session_id text not null,
        kind text not null check (kind in ('web', 'desk')),
        endpoint text not null,
        answer_token text not null,
        password text not null,
        expires_at bigint not null
      );
      create table live_leg (
        leg text primary key,
        call_id text not null,
        user_id text not null references user_account (id),
        attempt_id text references attempts (id),
        channel text not null,
        direction text not null check (direction in ('in', 'out')),
        peer text not null,
        state text not null check (state in ('dialing', 'ringing', 'answered')),
        held boolean not null,
        consult jsonb,
        recording text not null,
        server_dialed boolean not null,
        started_at bigint not null,
        answered_at bigint
      );
      create index live_leg_user on live_leg (user_id);

      -- Dialled by the server for its operator (progressive), and when somebody answered: before, nothing is shown.
      alter table attempts
        add column server_dialed boolean not null default false,
        add column reached_at bigint;
      alter table attempts drop constraint attempts_state_check;
      alter table attempts add constraint attempts_state_check check (state in
        ('offered', 'withdrawn', 'skipped', 'blocked', 'started', 'handed-on', 'failed', 'wrapped-up'));
      -- A call handed on leaves its first operator to say how it went, while a colleague has the record.
      drop index attempts_open_operator;
      create unique index attempts_open_operator on attempts (operator)
        where state in ('offered', 'started', 'handed-on');
    `.execute(db)
  },
}
