import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Calls that come in, those dialled by hand, and calls on their way to somebody outside. */
export const callers: Migration = {
  async up(db) {
    await sql`
      create table callers (
        id text primary key,
        channel text not null,
        campaign_id text not null references campaigns (id),
        -- E.164 where it can be read as such; null where withheld.
        number text,
        name text not null,
        called text not null,
        came_at bigint not null,
        contact_id text references contacts (id) on delete set null,
        -- Put into the queue by an operator whose attempt this was.
        handed_from text references attempts (id),
        ring_operator text references user_account (id),
        ring_attempt text,
        answered_at bigint,
        gone_at bigint,
        gone_reason text check (gone_reason in
          ('hung-up', 'outside-hours', 'nobody-there', 'waited-too-long', 'lost')),
        call_back_attempt text references attempts (id),
        check ((gone_at is null) = (gone_reason is null)),
        check (answered_at is null or gone_at is null),
        check ((ring_operator is null) = (ring_attempt is null))
      );
      create index callers_waiting on callers (campaign_id) where answered_at is null and gone_at is null;
      create unique index callers_ringing on callers (ring_attempt) where ring_attempt is not null;
      create index callers_gone on callers (campaign_id, gone_at) where gone_at is not null;

      -- Who called, or why it was dialled beside the campaign's own order; and the record as it was found then.
      alter table attempts
        add column kind text not null default 'campaign' check (kind in ('campaign', 'inbound', 'manual')),
        add column caller text references callers (id),
        add column record_found jsonb;
      create index attempts_caller on attempts (caller) where caller is not null;
      -- A call that rings is no attempt yet: nothing is made for a caller whom nobody answers.
      alter table operators drop constraint operators_attempt_fkey;

      -- Customers on their way to somebody outside, of whom no operator has a leg any more.
      create table handed_calls (
        leg text primary key,
        campaign_id text references campaigns (id),
        contact_id text references contacts (id) on delete set null,
        customer text not null,
        peer text not null,
        party text not null,
        waits boolean not null
      );
    `.execute(db)
  },
}
