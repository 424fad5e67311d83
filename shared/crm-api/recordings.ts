import { z } from 'zod'
import { pauseReasons } from '../domain/call/recording.ts'
import type { AttemptId, CampaignId, ContactId, ListeningId, RecordingId, UserId } from '../std/ids.ts'
import { del, Done, get, id, IdParams, Instant, page, PageQuery, post, put, resource } from './resource.ts'

/**
 * `recording`: the switch records. `ended`: the sound is still on the switch, or on its way to us. `stored`: it can be
 * heard. `missing`: the switch lost it. `not-recorded`: it should have been recorded and was not, see `failure`.
 * `deleted`: the sound is gone for good, by hand or after its time.
 */
export const recordingStates = ['recording', 'ended', 'stored', 'missing', 'not-recorded', 'deleted'] as const
/** `no-notice`: the notice could not be played, so nobody was recorded. `refused`: the switch did not record. */
export const recordingFailures = ['no-notice', 'refused', 'lost'] as const

export const Recording = z.object({
  id: id<RecordingId>(),
  attempt: id<AttemptId>(),
  contact: z.object({ id: id<ContactId>(), name: z.string() }),
  campaign: z.object({ id: id<CampaignId>(), description: z.string() }),
  operator: z.object({ id: id<UserId>(), name: z.string() }),
  state: z.enum(recordingStates),
  failure: z.enum(recordingFailures).nullable(),
  startedAt: Instant,
  /** Of the sound, pauses left out; null until it is stored, and once it is deleted. */
  durationMs: z.number().int().nullable(),
  /** When its time is over. */
  keptUntil: Instant.nullable(),
})
export type Recording = z.infer<typeof Recording>

/** The number of peaks in a waveform. */
export const peakCount = 400

export const RecordingDetails = Recording.extend({
  /** Loudest sample of each part of the sound, 0 to 255. */
  peaks: z.array(z.number().int().min(0).max(255)).max(peakCount),
  pauses: z.array(
    z.object({
      atMs: z.number().int(),
      lastedMs: z.number().int().nullable(),
      why: z.array(z.enum(pauseReasons)),
    }),
  ),
  /** Of the file as it is heard, in hex. */
  sha256: z.string().nullable(),
})
export type RecordingDetails = z.infer<typeof RecordingDetails>

const allow = ['supervisor', 'operator'] as const

/** Supervisors reach all recordings, operators those of their own calls; administrators, who hold the key, none. */
export const recordings = resource({
  list: get('/recordings', {
    summary: 'Recordings, newest first; operators see their own',
    allow,
    query: PageQuery.extend({
      contact: id<ContactId>().optional(),
      campaign: id<CampaignId>().optional(),
      attempt: id<AttemptId>().optional(),
      /** Part of the contact's name, or of the number that was called. */
      search: z.string().trim().max(80).optional(),
    }),
    reply: page(Recording),
  }),
  get: get('/recordings/:id', {
    summary: 'One recording with its waveform and pauses, without its sound',
    allow,
    params: IdParams,
    reply: RecordingDetails,
  }),
  listen: post('/recordings/:id/listenings', {
    summary: 'Begins to listen, which is written to the audit; the sound wants the id that is returned',
    allow,
    params: IdParams,
    reply: z.object({ listening: id<ListeningId>() }),
    perMinute: 120,
  }),
  audio: get('/recordings/:id/audio', {
    summary: 'The sound (audio/wav), whole or the one part that a Range header names',
    allow,
    params: IdParams,
    query: z.object({ listening: id<ListeningId>() }),
    reply: z.unknown(),
    stream: 'download',
  }),
  remove: del('/recordings/:id', {
    summary: 'Deletes the sound for good; that it was there stays in the audit',
    allow: ['supervisor'],
    params: IdParams,
    reply: Done,
  }),
  sensitive: put('/attempts/:id/sensitive', {
    summary:
      'A sensitive field of the own call has the focus: its recording, if any, pauses until it has not',
    allow: ['operator'],
    params: IdParams,
    body: z.strictObject({ on: z.boolean() }),
    reply: Done,
  }),
})
