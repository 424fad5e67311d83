import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const identity: Migration = {
  async up(db) {
    await sql`
      create table user_account (
        id text primary key,
        username text not null constraint user_account_username unique,
        display_name text not null,
        role text not null check (role in ('administrator', 'supervisor', 'operator')),
        grammar text not null check (grammar in ('f', 'm', 'n')),
        active boolean not null default true,
        must_change_password boolean not null,
        password_hash text not null,
        wrong_tries integer not null default 0,
        locked_until bigint,
        last_sign_in_at bigint,
        created_at bigint not null
      )`.execute(db)
    await sql`
      create table session (
        id text primary key,
        token_hash text not null unique,
        user_id text not null references user_account (id),
        address text not null,
        started_at bigint not null,
        last_seen_at bigint not null
      )`.execute(db)
    await sql`create index session_by_user on session (user_id)`.execute(db)
    await sql`
      create table audit_entry (
        id bigint generated always as identity primary key,
        at bigint not null,
        username text,
        address text not null,
        action text not null,
        subject text,
        details jsonb not null
      )`.execute(db)
    await sql`create index audit_entry_by_action on audit_entry (action, id)`.execute(db)
    await sql`create index audit_entry_by_username on audit_entry (username, id)`.execute(db)
    // Also against our own mistakes, not only against people: what is written stays.
    await sql`
      create function audit_entry_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit is append-only' using errcode = 'restrict_violation';
      end $$`.execute(db)
    await sql`
      create trigger audit_entry_append_only before update or delete or truncate on audit_entry
      for each statement execute function audit_entry_is_append_only()`.execute(db)
  },
}
