import { z } from 'zod'
import type { CampaignId, ImportId } from '../std/ids.ts'
import { del, get, id, IdParams, Instant, post, resource } from './resource.ts'

export const importFields = [
  'lastName',
  'firstName',
  'fullName',
  'lastNameFirst',
  'company',
  'phone1',
  'phone2',
  'phone3',
  'email',
  'street',
  'postcode',
  'city',
  'province',
  'birthDate',
  'marketingConsent',
  'externalId',
  'note',
  'ignore',
] as const

/** A known field, or `custom:Heading` for a column of the campaign's own. */
export const ImportField = z.union([z.enum(importFields), z.string().regex(/^custom:.{1,60}$/)])

/** How the file is read; detected, and changeable where the guess is wrong. */
export const FileFormat = z.strictObject({
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']),
  separator: z.enum([';', ',', '\t', '|']),
  header: z.boolean(),
})
export type FileFormat = z.infer<typeof FileFormat>

/** Field per column, by position. */
export const Mapping = z.array(ImportField).max(300)
export type Mapping = z.infer<typeof Mapping>

/** What is odd about one cell (or, column null, the row): its text is under `imports.problems.<code>`. */
export const CellProblem = z.object({
  column: z.number().int().nullable(),
  code: z.string(),
  value: z.string(),
})

export const PreviewRow = z.object({
  line: z.number().int(),
  cells: z.array(z.string()),
  /** How each cell was understood (a number in its national form, a date), null where as written. */
  read: z.array(z.string().nullable()),
  verdict: z.enum(['load', 'duplicate', 'reject']),
  problems: z.array(CellProblem),
})

export const ImportPreview = z.object({
  id: id<ImportId>(),
  fileName: z.string(),
  bytes: z.number().int(),
  format: FileFormat,
  headers: z.array(z.string()),
  mapping: Mapping,
  /** Ten real rows. */
  rows: z.array(PreviewRow),
  /** Rows in the whole file. */
  rowCount: z.number().int(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportCounts = z.object({
  read: z.number().int(),
  loaded: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
})

export const ImportJob = z.object({
  id: id<ImportId>(),
  fileName: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'undone']),
  startedBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  rowCount: z.number().int(),
  counts: ImportCounts,
  campaign: id<CampaignId>().nullable(),
  /** May be taken back: nobody of it has been called yet. */
  undoable: z.boolean(),
  /** Error code of a failed job. */
  failure: z.string().nullable(),
})
export type ImportJob = z.infer<typeof ImportJob>

export const RejectedRow = z.object({
  line: z.number().int(),
  verdict: z.enum(['duplicate', 'reject']),
  cells: z.array(z.string()),
  problems: z.array(CellProblem),
})

export const imports = resource({
  upload: post('/imports', {
    summary: 'Takes a file and says how it reads: format, mapping, ten rows',
    allow: ['supervisor'],
    query: z.object({ fileName: z.string().min(1).max(200) }),
    reply: ImportPreview,
    stream: 'upload',
    perMinute: 20,
  }),
  preview: post('/imports/:id/preview', {
    summary: 'The same file read with another format or mapping',
    allow: ['supervisor'],
    params: IdParams,
    body: z.strictObject({ format: FileFormat, mapping: Mapping.nullable() }),
    reply: ImportPreview,
    repeat: 'safe',
  }),
  start: post('/imports/:id/start', {
    summary: 'Loads the file as a batch job, into a campaign where one is named (CP-14)',
    allow: ['supervisor'],
    params: IdParams,
    body: z.strictObject({ format: FileFormat, mapping: Mapping, campaign: id<CampaignId>().nullable() }),
    reply: ImportJob,
    repeat: 'safe',
  }),
  list: get('/imports', {
    summary: 'Imports, newest first',
    allow: ['supervisor'],
    reply: z.array(ImportJob),
  }),
  get: get('/imports/:id', {
    summary: 'One import with its progress',
    allow: ['supervisor'],
    params: IdParams,
    reply: ImportJob,
  }),
  rejected: get('/imports/:id/rejected', {
    summary: 'The first 1,000 rows that were not loaded, with the reason of each',
    allow: ['supervisor'],
    params: IdParams,
    reply: z.array(RejectedRow),
  }),
  rejectedFile: get('/imports/:id/rejected.csv', {
    summary: 'All rows that were not loaded, as a file with a column of reasons',
    allow: ['supervisor'],
    params: IdParams,
    reply: z.unknown(),
    stream: 'download',
  }),
  undo: del('/imports/:id', {
    summary: 'Takes an import back while nobody of it has been called',
    allow: ['supervisor'],
    params: IdParams,
    reply: ImportJob,
  }),
})
