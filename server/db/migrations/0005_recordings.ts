import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Recordings of calls: what there is, where its sound is, how long it stays. The sound itself is a file, encrypted. */
export const recordings: Migration = {
  async up(db) {
    await sql`
      create table recordings (
        id text primary key,
        leg text not null,
        attempt_id text not null references attempts (id) on delete cascade,
        operator text not null references user_account (id),
        state text not null
          check (state in ('recording', 'ended', 'stored', 'missing', 'not-recorded', 'deleted')),
        failure text check (failure in ('no-notice', 'refused', 'lost')),
        started_at bigint not null,
        ended_at bigint,
        held_back text[] not null default '{}',
        marks jsonb not null default '[]',
        on_switch boolean not null,
        file_left boolean not null default false,
        stored_at bigint,
        duration_ms int,
        bytes bigint,
        sha256 text,
        key_id text,
        salt bytea,
        peaks smallint[],
        deleted_at bigint,
        -- Only what is stored has the marks of a sound, and all of them.
        check ((state = 'stored') = (num_nonnulls(stored_at, duration_ms, bytes, sha256, key_id, salt, peaks) = 7)),
        check (state = 'stored' or num_nonnulls(stored_at, duration_ms, bytes, sha256, key_id, salt, peaks) = 0)
      );
      create index recordings_attempt on recordings (attempt_id);
      create index recordings_unfinished on recordings (id)
        where state in ('recording', 'ended') or on_switch or file_left;
      create index recordings_kept on recordings (ended_at) where state = 'stored';
      create table recording_listenings (
        id text primary key,
        recording_id text not null references recordings (id) on delete cascade,
        user_id text not null references user_account (id),
        at bigint not null
      );
      create index recording_listenings_recording on recording_listenings (recording_id);
    `.execute(db)
  },
}
