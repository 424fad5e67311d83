import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportJob, ImportPreview } from '../../../shared/crm-api/imports.ts'
import type { CampaignId, ImportId } from '../../../shared/std/ids.ts'
import type { z } from 'zod'
import { callFloor } from '../../../tests/support/call-floor.ts'
import type { CallFloor } from '../../../tests/support/call-floor.ts'
import { load } from './load.ts'
import { importFiles } from './files.ts'
import { makeUuid } from '../../entry/system.ts'

type Job = z.infer<typeof ImportJob>
let floor: CallFloor

beforeAll(async () => {
  floor = await callFloor()
})
afterAll(() => floor.close())

const upload = (text: string, fileName = 'lista.csv') =>
  floor.asSupervisor<ImportPreview>('imports.upload', { query: { fileName }, upload: Buffer.from(text) })

async function run(file: ImportPreview, campaign: CampaignId | null = null): Promise<Job> {
  const { id, format, mapping } = file
  let job = await floor.asSupervisor<Job>('imports.start', {
    params: { id },
    body: { format, mapping, campaign },
  })
  while (job.state === 'waiting' || job.state === 'running') {
    await pause(20)
    job = await floor.asSupervisor<Job>('imports.get', { params: { id } })
  }
  return job
}

/** Numbers nobody has: unassigned prefix, a different block for each test. */
const rows = (block: number, count: number) =>
  Array.from(
    { length: count },
    (_, index) => `Cognome ${index};Nome;395 ${block}${String(index).padStart(5, '0')}`,
  )
const table = (...lines: string[]) => ['Cognome;Nome;Cellulare', ...lines, ''].join('\r\n')

it('shows how a spreadsheet of Windows reads before anything is loaded', async () => {
  const file = await readFile(new URL('../../../resources/demo/contatti-napoli.csv', import.meta.url))
  const preview = await floor.asSupervisor<ImportPreview>('imports.upload', {
    query: { fileName: 'C:\\liste\\contatti-napoli.csv' },
    upload: file,
  })
  expect(preview).toMatchObject({
    fileName: 'contatti-napoli.csv',
    bytes: file.length,
    format: { encoding: 'windows-1252', separator: ';', header: true },
  })
  expect(preview.rows).toHaveLength(10)
  expect(preview.mapping.slice(1, 4)).toEqual(['lastName', 'firstName', 'company'])
  const first = preview.rows[0]
  expect(first?.read[preview.mapping.indexOf('phone1')]).toBe('396 197 5284')
  const job = await run(preview)
  expect(job).toMatchObject({ state: 'done', failure: null, rowCount: preview.rowCount })
  expect(job.counts.read).toBe(preview.rowCount)
  expect(job.counts.loaded + job.counts.duplicates + job.counts.rejected).toBe(job.counts.read)
  expect(job.counts.rejected).toBeGreaterThan(0)
})

it('counts what was loaded, what was double and what was rejected, each with its reason', async () => {
  const preview = await upload(
    table('Rossi;Mario;395 1000001', 'Rossi;M.;+39 395 1000001', 'Bianchi;Anna;boh', ';;395 1000002'),
  )
  expect(preview.rows.map(({ verdict }) => verdict)).toEqual(['load', 'duplicate', 'reject', 'reject'])
  const job = await run(preview)
  expect(job.counts).toEqual({ read: 4, loaded: 1, duplicates: 1, rejected: 2 })
  const rejected = await floor.asSupervisor<{ line: number; problems: { code: string }[] }[]>(
    'imports.rejected',
    { params: { id: job.id } },
  )
  expect(rejected.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
    [3, 'duplicate-in-file'],
    [4, 'phone-letters'],
    [5, 'no-name'],
  ])
  const file = await floor.asSupervisor<string>('imports.rejectedFile', { params: { id: job.id } })
  const lines = file.split('\r\n')
  expect(lines[0]).toBe('\uFEFFCognome;Nome;Cellulare;Motivo')
  expect(lines[2]).toBe(
    'Bianchi;Anna;boh;"ci sono lettere nel numero «boh» [phone-letters]"'.replaceAll('"', ''),
  )
})

it('brings people known already into the campaign too, and never twice', async () => {
  await run(await upload(table(...rows(20, 3))))
  const campaign = await floor.campaign({})
  const job = await run(await upload(table(...rows(20, 5))), campaign)
  expect(job.counts).toEqual({ read: 5, loaded: 2, duplicates: 3, rejected: 0 })
  const again = await run(await upload(table(...rows(20, 5))), campaign)
  expect(again.counts).toMatchObject({ loaded: 0, duplicates: 5 })
  const page = await floor.asSupervisor<{ total: number }>('campaigns.records', { params: { id: campaign } })
  expect(page.total).toBe(5)
  const added = await floor.asSupervisor('campaigns.addRecords', {
    params: { id: campaign },
    body: { import: again.id },
  })
  expect(added).toEqual({ added: 0, alreadyIn: 5 })
})

it('goes on exactly where a crash has left it, however often it is begun', async () => {
  const preview = await upload(table(...rows(30, 3_500)))
  const files = importFiles(floor.importsDir)
  const { db, clock } = floor
  let batches = 0
  const ports = { db, clock, makeId: makeUuid, files, addToCampaign: () => Promise.resolve() }
  await db.updateTable('imports').set({ state: 'waiting' }).where('id', '=', preview.id).execute()
  // The second batch dies after its first statement.
  const dying = { ...ports, makeId: () => (++batches > 1_200 ? fail() : makeUuid()) }
  await expect(load(dying, preview.id, () => false)).rejects.toThrow('crash')
  await db
    .updateTable('imports')
    .set({ state: 'running', failure: null })
    .where('id', '=', preview.id)
    .execute()
  await Promise.all([load(ports, preview.id, () => false), load(ports, preview.id, () => false)])
  const job = await floor.asSupervisor<Job>('imports.get', { params: { id: preview.id } })
  expect(job).toMatchObject({
    state: 'done',
    counts: { read: 3_500, loaded: 3_500, duplicates: 0, rejected: 0 },
  })
  const { count } = await db
    .selectFrom('contacts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('import_id', '=', preview.id)
    .executeTakeFirstOrThrow()
  expect(count).toBe(3_500)
})

function fail(): never {
  throw new Error('crash')
}

it('can be taken back until somebody of it was offered, and leaves no file behind', async () => {
  const campaign = await floor.campaign({})
  const preview = await upload(table(...rows(40, 3)))
  expect(readdirSync(floor.importsDir).some((name) => name.startsWith(preview.id))).toBe(true)
  const job = await run(preview, campaign)
  expect(job.undoable).toBe(true)
  expect(readdirSync(floor.importsDir).some((name) => name.startsWith(preview.id))).toBe(false)
  const undone = await floor.asSupervisor<Job>('imports.undo', { params: { id: job.id } })
  expect(undone).toMatchObject({ state: 'undone', undoable: false })
  const page = await floor.asSupervisor<{ total: number }>('campaigns.records', { params: { id: campaign } })
  expect(page.total).toBe(0)
  const second = await run(await upload(table(...rows(40, 3))), campaign)
  expect(second.counts.loaded).toBe(3)
  const anna = await floor.operator(campaign)
  await anna.ready()
  anna.offer()
  const refused = await floor.request('imports.undo', { params: { id: second.id } }, floor.supervisor.token)
  expect(refused).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } })
})

it('refuses what is no table, a mapping without a number, and a start of something else', async () => {
  const send = (name: string, input: object) => floor.request(name, input, floor.supervisor.token)
  const zip = { query: { fileName: 'a.xlsx' }, upload: Buffer.from('PK\u0003\u0004 and so on') }
  expect(await send('imports.upload', zip)).toMatchObject({ status: 422, body: { code: 'file-unreadable' } })
  const preview = await upload(table('Rossi;Mario;395 5000001'))
  const body = { format: preview.format, mapping: ['lastName', 'firstName', 'ignore'], campaign: null }
  expect((await send('imports.start', { params: { id: preview.id }, body })).status).toBe(400)
  const missing = { params: { id: 'nobody' as ImportId }, body: { ...body, mapping: preview.mapping } }
  expect((await send('imports.start', missing)).status).toBe(404)
})
