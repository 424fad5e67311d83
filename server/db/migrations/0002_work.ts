import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Campaigns, their records, the operators' work on them, imports. Instants are UTC milliseconds. */
export const work: Migration = {
  async up(db) {
    await tables(db)
    await indexes(db)
    await catalogue(db)
  },
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outcomes (
      code text primary key,
      label jsonb not null,
      effect text not null,
      retry_after_minutes int,
      needs_complete_answers boolean not null,
      position int not null
    );
    create table campaigns (
      id text primary key,
      code text not null unique,
      description text not null,
      state text not null check (state in ('draft', 'running', 'suspended', 'closed')),
      version int not null,
      starts_on text not null,
      ends_on text not null,
      hours jsonb not null,
      work_mode text not null,
      line text not null,
      priority int not null,
      max_attempts int not null,
      wrap_up_seconds int not null,
      callback_grace_minutes int not null,
      outcomes jsonb not null,
      script text not null,
      created_at bigint not null,
      updated_at bigint not null
    );
    create table campaign_operators (
      campaign_id text not null references campaigns (id) on delete cascade,
      user_id text not null references user_account (id),
      primary key (campaign_id, user_id)
    );
    create table imports (
      id text primary key,
      file_name text not null,
      bytes bigint not null,
      format jsonb not null,
      mapping jsonb not null,
      headers jsonb not null,
      row_count int not null,
      read int not null default 0,
      loaded int not null default 0,
      duplicates int not null default 0,
      rejected int not null default 0,
      state text not null check (state in ('uploaded', 'waiting', 'running', 'done', 'failed', 'undone')),
      started_by text not null references user_account (id),
      campaign_id text references campaigns (id) on delete set null,
      created_at bigint not null,
      finished_at bigint,
      failure text
    );
    create table contacts (
      id text primary key,
      first_name text not null,
      last_name text not null,
      company text not null,
      email text not null,
      street text not null,
      postcode text not null,
      city text not null,
      province text not null,
      birth_date text,
      marketing_consent boolean,
      external_id text not null,
      note text not null,
      custom jsonb not null,
      import_id text references imports (id),
      created_at bigint not null
    );
    create table contact_phones (
      contact_id text not null references contacts (id) on delete cascade,
      position int not null,
      e164 text not null,
      kind text not null,
      raw text not null,
      wrong_by_attempt text,
      primary key (contact_id, position)
    );
    create table import_rows (
      import_id text not null references imports (id),
      line int not null,
      verdict text not null check (verdict in ('load', 'duplicate', 'reject')),
      contact_id text references contacts (id) on delete set null,
      cells jsonb,
      problems jsonb,
      primary key (import_id, line)
    );
    create table campaign_records (
      id text primary key,
      campaign_id text not null references campaigns (id),
      contact_id text not null references contacts (id),
      state text not null check (state in ('waiting', 'reserved', 'working', 'closed')),
      kind text not null check (kind in ('new', 'retry', 'callback')),
      due_at bigint,
      callback_operator text references user_account (id),
      operator text references user_account (id),
      attempt text,
      attempts int not null,
      closed_as text,
      -- Which import brought it in, so that the import can be taken back.
      import_id text references imports (id),
      created_at bigint not null,
      unique (campaign_id, contact_id),
      -- Held by an operator exactly while reserved or working; closed for a reason exactly when closed.
      check ((state in ('reserved', 'working')) = (operator is not null and attempt is not null)),
      check ((state = 'closed') = (closed_as is not null))
    ) with (fillfactor = 80);
    create table attempts (
      id text primary key,
      -- The order in which they were offered, whatever the clock said.
      seq bigint generated always as identity,
      record_id text not null references campaign_records (id),
      campaign_id text not null references campaigns (id),
      contact_id text not null references contacts (id),
      operator text not null references user_account (id),
      state text not null
        check (state in ('offered', 'withdrawn', 'skipped', 'blocked', 'started', 'wrapped-up')),
      offered_at bigint not null,
      campaign_version int not null,
      phone text,
      started_at bigint,
      answered_at bigint,
      ended_at bigint,
      end_cause text,
      switch_cause text,
      outcome jsonb,
      outcome_code text generated always as (outcome ->> 'code') stored,
      answers jsonb,
      note text not null default '',
      callback_at bigint,
      saved_at bigint,
      wrapped_up_at bigint,
      record_before jsonb,
      block_reason text,
      block_until bigint,
      check ((state = 'wrapped-up') = (outcome is not null))
    );
    -- One row per source, so that taking one objection back leaves another one standing.
    create table do_not_call (
      e164 text not null,
      source text not null,
      added_at bigint not null,
      primary key (e164, source)
    );
    create table operators (
      user_id text primary key references user_account (id),
      state text not null,
      since bigint not null,
      break_reason text,
      wanted text,
      attempt text references attempts (id),
      resume text
    );
    create table deliveries (
      key text primary key,
      operator text not null references user_account (id),
      attempt_id text not null references attempts (id),
      what text not null,
      at bigint not null
    );
  `.execute(db)
}

async function indexes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index campaign_operators_user on campaign_operators (user_id);
    create index contacts_import on contacts (import_id);
    create index contact_phones_e164 on contact_phones (e164);
    create index import_rows_contact on import_rows (contact_id);
    create index import_rows_not_loaded on import_rows (import_id, line) where verdict <> 'load';
    create index campaign_records_import on campaign_records (import_id);
    create index campaign_records_contact on campaign_records (contact_id);
    create index campaign_records_count on campaign_records (campaign_id, state, kind, closed_as);

    -- One index for each way in which a record is chosen for a ready operator (work/reservation.ts).
    create index campaign_records_new on campaign_records (campaign_id, id)
      where state = 'waiting' and due_at is null;
    create index campaign_records_due on campaign_records (campaign_id, due_at)
      where state = 'waiting' and kind <> 'callback' and due_at is not null;
    create index campaign_records_callback on campaign_records (campaign_id, due_at)
      where state = 'waiting' and kind = 'callback';
    create index campaign_records_own_callback on campaign_records (callback_operator, due_at)
      where state = 'waiting' and kind = 'callback';

    -- One started attempt per record and per operator at a time, whatever the program does.
    create unique index attempts_open_record on attempts (record_id) where state in ('offered', 'started');
    create unique index attempts_open_operator on attempts (operator) where state in ('offered', 'started');
    create index attempts_record on attempts (record_id, offered_at);
    create index attempts_contact on attempts (contact_id, wrapped_up_at);
    create index attempts_phone on attempts (phone, started_at) where started_at is not null;
    create index attempts_started on attempts (started_at) where started_at is not null;
    create index attempts_operator_day on attempts (operator, wrapped_up_at);
    create index attempts_outcomes on attempts (campaign_id, outcome_code) where outcome is not null;
  `.execute(db)
}

interface Seed {
  code: string
  it: string
  en: string
  effect: string
  retry?: number
  complete?: true
}

const seeds: readonly Seed[] = [
  { code: 'interested', it: 'Interessato', en: 'Interested', effect: 'close-positive', complete: true },
  { code: 'appointment', it: 'Appuntamento', en: 'Appointment', effect: 'close-positive' },
  { code: 'callback', it: 'Da richiamare', en: 'Call back', effect: 'callback' },
  { code: 'not-interested', it: 'Non interessato', en: 'Not interested', effect: 'close-negative' },
  { code: 'no-answer', it: 'Non risponde', en: 'No answer', effect: 'retry', retry: 180 },
  { code: 'busy', it: 'Occupato', en: 'Busy', effect: 'retry', retry: 30 },
  { code: 'machine', it: 'Segreteria', en: 'Answering machine', effect: 'retry', retry: 240 },
  { code: 'wrong-number', it: 'Numero errato', en: 'Wrong number', effect: 'wrong-number' },
  { code: 'already-customer', it: 'Già cliente', en: 'Already a customer', effect: 'close-negative' },
  { code: 'do-not-call', it: 'Non richiamare più', en: 'Do not call again', effect: 'do-not-call' },
]

async function catalogue(db: Kysely<unknown>): Promise<void> {
  const rows = seeds.map(({ code, it, en, effect, retry, complete }, position) => ({
    code,
    label: { it, en },
    effect,
    retry_after_minutes: retry ?? null,
    needs_complete_answers: complete ?? false,
    position,
  }))
  await sql`
    insert into outcomes
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row (code text, label jsonb, effect text, retry_after_minutes int, needs_complete_answers boolean, position int)
  `.execute(db)
}
