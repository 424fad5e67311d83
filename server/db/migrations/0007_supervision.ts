import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Supervisors who are with an operator's calls, for a server that starts again while they are. */
export const supervision: Migration = {
  async up(db) {
    await sql`
      create table live_listening (
        supervisor_id text primary key references user_account (id),
        session_id text not null,
        address text not null,
        operator_id text not null references user_account (id),
        mode text not null check (mode in ('listen', 'coach', 'join')),
        call_leg text,
        heard jsonb,
        snoop jsonb,
        since bigint not null
      );
    `.execute(db)
  },
}
